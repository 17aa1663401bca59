"""Whom to call: functions with numbers, on one page to print; a required number cannot be missing from what is published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.loading.open_pages import load_page
from cms.loading.streams import StreamWriter
from cms.models import HomePage, RoutinePage
from cms.starter.texts import ContactText, PageKind, PageText
from organisation.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ClientOf = Callable[[User], Client]


def contact(id: str = "k1", **fields: Any) -> ContactText:
    values = {"function": "Socialjouren", "when": "På kvällen.", "telephone": "", "hours": "", "is_required": True}
    return ContactText(id=id, facts=("D",), **values | fields)


def text(*contacts: ContactText, slug: str = "vid-oro") -> PageText:
    return PageText(slug=slug, title="Vid oro", kind=PageKind.ROUTINE, summary="Gör så här.", blocks=(), contacts=contacts)


def loaded(*contacts: ContactText, slug: str = "vid-oro") -> RoutinePage:
    load_page(text(*contacts, slug=slug), HomePage.objects.get(), StreamWriter({}))
    return RoutinePage.objects.get(slug=slug)


def functions(page: RoutinePage) -> list[str]:
    return [one.value["function"] for one in page.contacts]


def posted(page: RoutinePage, telephone: str, **action: str) -> dict[str, Any]:
    """The editor's form with one required contact."""
    value = {"function": "Socialjouren", "when": "På kvällen.", "telephone": telephone, "hours": "", "is_required": "on"}
    fields = {"title": page.title, "slug": page.slug, "summary": page.summary, "language": "sv", "body": streamfield([])}
    contacts = streamfield([("contact", value)])
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    return nested_form_data(fields | {"contacts": contacts, "comments": comments} | action)


# --- the card ----------------------------------------------------------------------------------------------------------


def test_it_asks_for_login(client: Client) -> None:
    assert "/konto/logga-in/" in client.get("/vem-ringer-jag/")["Location"]


@pytest.mark.parametrize("who", ["learner", "manager", "trainer", "coordinator", "outsider"])
def test_it_shows_everybody_whom_to_call(who: str, request: Any, client_of: ClientOf) -> None:
    loaded(contact(function="Polisen", telephone="114 14", hours="Dygnet runt"))

    html = client_of(request.getfixturevalue(who)).get("/vem-ringer-jag/").content.decode()

    assert "Polisen" in html
    assert 'href="tel:11414"' in html
    assert "Dygnet runt" in html


def test_it_marks_in_a_demonstration_what_the_city_fills_in(learner: User, client_of: ClientOf, settings: Any) -> None:
    settings.DEMO = True
    loaded(contact())

    html = client_of(learner).get("/vem-ringer-jag/").content.decode()

    assert "Socialjouren" in html
    assert "Fylls i av staden" in html


def test_it_says_what_to_do_before_there_are_contacts(learner: User, client_of: ClientOf) -> None:
    assert "112" in client_of(learner).get("/vem-ringer-jag/").content.decode()


def test_it_prefers_the_routine_for_a_concern(learner: User, client_of: ClientOf) -> None:
    loaded(contact(function="Anhörigstödet", telephone="0520 1"), slug="anhorigstod")
    loaded(contact(function="Polisen", telephone="114 14"))

    html = client_of(learner).get("/vem-ringer-jag/").content.decode()

    assert ("Polisen" in html, "Anhörigstödet" in html) == (True, False)


def test_it_stands_on_the_open_page_too(client: Client) -> None:
    page = loaded(contact(function="Polisen", telephone="114 14"))

    html = client.get(page.url).content.decode()

    assert "114 14" in html
    assert "/vem-ringer-jag/" not in html


def test_it_costs_few_queries(learner: User, client_of: ClientOf, django_assert_max_num_queries: Any) -> None:
    loaded(*(contact(f"k{number}", telephone="112") for number in range(20)))
    client = client_of(learner)

    with django_assert_max_num_queries(13):
        client.get("/vem-ringer-jag/")


# --- nothing required is published empty -------------------------------------------------------------------------------


def test_it_publishes_from_text_only_what_has_its_number(settings: Any) -> None:
    page = loaded(contact("k1", function="Polisen", telephone="114 14"), contact("k2"), contact("k3", is_required=False))

    assert functions(page) == ["Polisen", "Socialjouren"]
    assert [one.value["is_required"] for one in page.contacts] == [True, False]
    assert len(page.get_latest_revision_as_object().contacts) == 3
    assert page.has_unpublished_changes


def test_it_publishes_all_from_text_in_a_demonstration(settings: Any) -> None:
    settings.DEMO = True

    page = loaded(contact("k1"))

    assert functions(page) == ["Socialjouren"]
    assert not page.has_unpublished_changes


def test_it_changes_nothing_when_the_text_is_loaded_again() -> None:
    page = loaded(contact("k1"), contact("k2", telephone="112"))
    before = page.revisions.count()

    loaded(contact("k1"), contact("k2", telephone="112"))

    assert page.revisions.count() == before


def test_it_refuses_in_swedish_at_the_field_to_publish_an_empty_one(trainer: User, client_of: ClientOf) -> None:
    page, client = loaded(), client_of(trainer)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    response = client.post(address, posted(page, "", **{"action-publish": "1"}))

    page.refresh_from_db()
    assert response.status_code == 200
    error = response.context["form"].errors.as_data()["contacts"][0].block_errors[0].block_errors["telephone"]
    assert error.messages == ["Fyll i numret till ”Socialjouren”. Utan det kan sidan inte publiceras."]
    assert functions(page) == []


def test_it_keeps_a_draft_with_an_empty_one_and_publishes_a_filled_one(trainer: User, client_of: ClientOf) -> None:
    page, client = loaded(), client_of(trainer)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    client.post(address, posted(page, ""))
    assert functions(RoutinePage.objects.get().get_latest_revision_as_object()) == ["Socialjouren"]
    assert functions(RoutinePage.objects.get()) == []

    client.post(address, posted(page, "0520-49 50 00", **{"action-publish": "1"}))
    assert functions(RoutinePage.objects.get()) == ["Socialjouren"]


def test_it_publishes_an_empty_one_in_a_demonstration(trainer: User, client_of: ClientOf, settings: Any) -> None:
    settings.DEMO = True
    page = loaded()

    client_of(trainer).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted(page, "", **{"action-publish": "1"}))

    assert functions(RoutinePage.objects.get()) == ["Socialjouren"]


def test_it_refuses_a_number_that_is_none(trainer: User, client_of: ClientOf) -> None:
    page = loaded()

    response = client_of(trainer).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), posted(page, "javascript:1", **{"action-publish": "1"})
    )

    assert response.status_code == 200
    assert functions(RoutinePage.objects.get()) == []


def test_it_cannot_be_published_empty_among_several_pages(trainer: User, client_of: ClientOf) -> None:
    page = loaded(contact("k1"))

    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = client_of(trainer).post(f"{address}?id={page.pk}&next=/admin/", {"include_descendants": ""})

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert functions(RoutinePage.objects.get()) == []
