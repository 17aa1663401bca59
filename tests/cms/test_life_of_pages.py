"""Pages that are copied, renamed, moved, unpublished or deleted, before and after somebody has completed the module."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cms.composing import compose_module
from cms.models import HomePage, LessonPage, ModuleIndexPage, ModulePage
from courses.models import Edition, Module
from organisation.models import User
from tests.cms.pages import lesson_page, module_page, whole_module
from tests.drafts import given_out

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def page(db: None) -> ModulePage:
    return whole_module()


def give_out(page: ModulePage) -> Edition:
    return given_out(compose_module(page), module=page.module)


def test_it_makes_a_module_with_its_page(page: ModulePage) -> None:
    assert (page.module.slug, page.module.title) == ("informationsdelning", "Informationsdelning")


def test_it_makes_another_module_of_a_copy(page: ModulePage) -> None:
    give_out(page)

    copy = page.copy(recursive=True, update_attrs={"slug": "kopia", "title": "Kopia"})

    assert copy.module_id != page.module_id
    assert copy.get_latest_revision_as_object().module_id == copy.module_id
    assert not copy.module.editions.exists()
    keys = [{step.specific.key for step in one.get_children()} for one in (page, copy)]
    assert keys[0].isdisjoint(keys[1])


def test_it_renews_the_key_of_a_lesson_that_is_copied_beside_itself(page: ModulePage) -> None:
    lesson = LessonPage.objects.get()

    copy = lesson.copy(update_attrs={"slug": "lektion-2"})

    assert copy.key != lesson.key


def test_it_keeps_the_key_through_editing_and_going_back(page: ModulePage) -> None:
    lesson = LessonPage.objects.get()
    key, first = lesson.key, lesson.save_revision()
    content = first.content | {"key": "någon-annans"}
    type(first).objects.filter(pk=first.pk).update(content=content)
    first.refresh_from_db()

    first.publish()

    assert LessonPage.objects.get().key == key


def test_it_leaves_what_was_given_out_when_pages_go(page: ModulePage) -> None:
    edition = give_out(page)
    sealed = edition.payload

    LessonPage.objects.get().delete()
    page.unpublish()

    edition.refresh_from_db()
    assert edition.payload == sealed
    assert edition.steps.count() == 2


@pytest.mark.parametrize("address", ["delete", "bulk"])
def test_it_refuses_to_delete_what_was_given_out(address: str, page: ModulePage, trainer: User, client_of: ClientOf) -> None:
    give_out(page)
    for step in page.get_children():
        # Trainers delete pages one by one; one with others below it is not theirs to delete at all.
        step.delete()
    bulk = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'delete'])}?id={page.pk}"
    target = bulk if address == "bulk" else reverse("wagtailadmin_pages:delete", args=[page.pk])

    response = client_of(trainer).post(target, follow=True)

    assert ModulePage.objects.filter(pk=page.pk).exists()
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_it_forgets_a_module_that_was_never_given_out(trainer: User, client_of: ClientOf) -> None:
    page = module_page()

    client_of(trainer).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert not ModulePage.objects.exists()
    assert not Module.objects.exists()


@pytest.mark.parametrize("model", [HomePage, ModuleIndexPage])
@pytest.mark.parametrize("action", ["delete", "unpublish", "move", "copy"])
def test_it_keeps_the_pages_that_the_site_stands_on(
    model: type[HomePage], action: str, trainer: User, client_of: ClientOf
) -> None:
    page = model.objects.get()

    client_of(trainer).post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]), {"new_slug": "x", "new_title": "x"})

    page.refresh_from_db()
    assert page.live
    assert model.objects.count() == 1


def test_it_sends_readers_to_what_was_given_out_and_never_to_drafts(
    page: ModulePage, learner: User, client_of: ClientOf
) -> None:
    give_out(page)
    draft = lesson_page(page, slug="hemligt-utkast", live=False)
    client = client_of(learner)

    assert page.url == "/moduler/informationsdelning/"
    assert client.get(page.url).status_code == 200
    assert client.get(f"/moduler/informationsdelning/{draft.slug}/").status_code == 404


def test_it_shows_nothing_of_a_module_that_was_never_given_out(page: ModulePage, learner: User, client_of: ClientOf) -> None:
    assert client_of(learner).get(page.url).status_code == 404


def test_it_gives_a_second_module_with_a_taken_address_another_one(page: ModulePage) -> None:
    page.slug = "omdopt"
    page.save()

    other = module_page(title="Informationsdelning")

    assert other.module.slug.startswith("informationsdelning-")
