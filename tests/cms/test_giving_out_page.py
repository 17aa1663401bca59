"""The page of giving out: what it shows, what it refuses, whom it lets in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.composing import compose_module
from cms.models import LegalApproval, ModulePage
from courses.models import Edition, FormerSlug, LegalCheck, LegalSource, Withdrawal
from courses.payload import fingerprint
from organisation.models import User
from organisation.permissions import ADMINISTRATORS, JURISTS
from tests.cms.pages import check_page, lesson_page, module_page, question, text, whole_module
from tests.factories import RECORDED, UserFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _a_day_in_march() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def jurist(db: None) -> User:
    user = UserFactory(first_name="Jo", last_name="Jurist", is_staff=True)
    user.groups.add(Group.objects.get(name=JURISTS))
    return user


def address(page: ModulePage) -> str:
    return reverse("give_out:module", args=[page.module_id])


def terms(page: ModulePage, **changes: str) -> dict[str, str]:
    last = page.module.editions.order_by("-major", "-minor").first()
    decided = {
        "content": fingerprint(compose_module(page)),
        "based_on": str(last.pk) if last else "",
        "change_note": "Första utgåvan.",
        "in_force_from": "2026-03-02",
    }
    return decided | changes


def numbers(page: ModulePage) -> list[str]:
    return [edition.number for edition in page.module.editions.order_by("major", "minor")]


def edit(page: ModulePage, html: str) -> Any:
    """Publish a lesson with other words."""
    lesson = page.get_children().get(slug="lektion").specific
    lesson.body = [text("lektion-t", html), question("lektion-q")]
    lesson.save_revision().publish()
    return lesson


def test_it_gives_out_the_first_edition(trainer: User, client_of: ClientOf) -> None:
    page = whole_module()

    response = client_of(trainer).post(address(page), terms(page))

    assert response.status_code == 302
    edition = Edition.objects.get(module=page.module)
    assert (edition.number, edition.sealed_by, edition.reviewed_by) == ("1.0", trainer, "")


def test_it_shows_every_fault_with_a_link_to_the_block(trainer: User, client_of: ClientOf) -> None:
    page = module_page()
    image = {"type": "image", "id": "bild-1", "value": {"image": None, "alt": "", "is_decorative": False}}
    lesson = lesson_page(page, body=[image])
    check_page(page, draw=9)

    html = client_of(trainer).get(address(page)).content.decode()

    assert f"{reverse('wagtailadmin_pages:edit', args=[lesson.pk])}#block-bild-1-section" in html
    assert html.count('<li><a href="/admin/pages/') == 2


def test_it_gives_out_nothing_while_a_fault_remains(trainer: User, client_of: ClientOf) -> None:
    page = module_page()
    lesson_page(page)

    response = client_of(trainer).post(address(page), terms(page))

    assert response.status_code == 200
    assert numbers(page) == []


def test_it_refuses_a_module_whose_own_page_is_not_published(trainer: User, client_of: ClientOf) -> None:
    page = whole_module(live=False)

    client_of(trainer).post(address(page), terms(page))

    assert numbers(page) == []


@pytest.mark.parametrize(("choice", "number"), [("editorial", "1.1"), ("material", "2.0")])
def test_it_numbers_by_what_the_trainer_judged(trainer: User, client_of: ClientOf, choice: str, number: str) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))
    lesson = edit(page, "<p>Andra ord.</p>")

    client.post(address(page), terms(page, **{f"change-{lesson.key}": choice}))

    assert numbers(page) == ["1.0", number]


@pytest.mark.parametrize("key", ["²", "9" * 19, "9" * 5000])
def test_it_is_based_on_no_edition_that_cannot_be(trainer: User, client_of: ClientOf, key: str) -> None:
    page = whole_module()

    response = client_of(trainer).post(address(page), terms(page, based_on=key))

    assert response.status_code in (200, 302)


@pytest.mark.parametrize("where", ["utgavor/{}/", "utgavor/{}/godkann/", "utgavor/{}/1.0/", "samtal/{}/", "klistra-in/{}/"])
@pytest.mark.parametrize("key", ["9" * 18, "9" * 19, "9" * 30])
def test_an_address_with_a_number_that_no_key_can_be_does_not_exist(
    trainer: User, jurist: User, client_of: ClientOf, where: str, key: str
) -> None:
    who = jurist if "godkann" in where else trainer

    assert client_of(who).post(f"/admin/{where.format(key)}").status_code in (404, 405)
    assert client_of(who).get(f"/admin/{where.format(key)}").status_code in (404, 405)


def test_it_asks_for_a_judgement_of_each_changed_step(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))
    edit(page, "<p>Andra ord.</p>")

    response = client.post(address(page), terms(page))

    assert response.status_code == 200
    assert numbers(page) == ["1.0"]


def test_it_shows_the_difference_in_words(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))
    edit(page, "<p>Andra ord.</p>")

    html = client.get(address(page)).content.decode()

    assert "Andra ord.</ins>" in html
    assert "Läs detta.</del>" in html


def test_it_refuses_words_that_the_trainer_has_not_seen(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    seen = terms(page)
    edit(page, "<p>Någon hann emellan.</p>")

    client.post(address(page), seen)

    assert numbers(page) == []


def test_it_refuses_the_second_of_two_trainers(trainer: User, client_of: ClientOf) -> None:
    page = whole_module()
    first = second = terms(page)

    client_of(trainer).post(address(page), first)
    response = client_of(trainer).post(address(page), second)

    assert response.status_code == 200
    assert numbers(page) == ["1.0"]


def test_it_offers_the_new_state_after_a_refusal(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    seen = terms(page)
    edit(page, "<p>Någon hann emellan.</p>")

    html = client.post(address(page), seen).content.decode()

    assert f'value="{terms(page)["content"]}"' in html


def test_it_schedules_but_never_backdates(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)

    client.post(address(page), terms(page, in_force_from="2026-03-01"))
    assert numbers(page) == []

    client.post(address(page), terms(page, in_force_from="2026-04-01"))
    assert page.module.editions.get().in_force_from == dt.date(2026, 4, 1)


def test_it_asks_why_when_a_legal_source_is_overdue(trainer: User, client_of: ClientOf) -> None:
    source = LegalSource.objects.create(key="osl-10-27", law="OSL", designation="OSL 10:27", summary="Väg.")
    LegalCheck.objects.create(
        recorded_at=RECORDED,
        source=source,
        checked_on=dt.date(2025, 1, 1),
        checked_by="Jurist",
        check_again_on=dt.date(2026, 1, 1),
    )
    page, client = module_page(), client_of(trainer)
    lesson_page(page, body=[{"type": "legal", "id": "r1", "value": {"source": source.pk, "text": ""}}])
    check_page(page)

    client.post(address(page), terms(page))
    assert numbers(page) == []

    client.post(address(page), terms(page, overdue_reason="Lagen är oförändrad."))
    assert page.module.editions.get().overdue_reason == "Lagen är oförändrad."


def test_it_seals_the_jurists_approval_of_exactly_this_content(trainer: User, jurist: User, client_of: ClientOf) -> None:
    page = whole_module()

    client_of(jurist).post(reverse("give_out:approve", args=[page.module_id]), {"content": terms(page)["content"]})
    client_of(trainer).post(address(page), terms(page))

    edition = page.module.editions.get()
    assert (edition.reviewed_by, edition.reviewed_on) == ("Jo Jurist", dt.date(2026, 3, 2))


def test_it_drops_an_approval_of_other_words(trainer: User, jurist: User, client_of: ClientOf) -> None:
    page = whole_module()
    client_of(jurist).post(reverse("give_out:approve", args=[page.module_id]), {"content": terms(page)["content"]})
    edit(page, "<p>Andra ord.</p>")

    client_of(trainer).post(address(page), terms(page))

    assert page.module.editions.get().reviewed_by == ""


def test_it_lets_a_jurist_approve_only_what_was_read(jurist: User, client_of: ClientOf) -> None:
    page = whole_module()
    read = terms(page)["content"]
    edit(page, "<p>Andra ord.</p>")

    client_of(jurist).post(reverse("give_out:approve", args=[page.module_id]), {"content": read})

    assert not LegalApproval.objects.exists()


def test_it_lets_no_jurist_give_out_and_no_trainer_approve(trainer: User, jurist: User, client_of: ClientOf) -> None:
    page = whole_module()

    client_of(jurist).post(address(page), terms(page))
    client_of(trainer).post(reverse("give_out:approve", args=[page.module_id]), {"content": terms(page)["content"]})

    assert numbers(page) == []
    assert not LegalApproval.objects.exists()


@pytest.mark.parametrize("who", ["trainer", "jurist"])
def test_it_withdraws_a_step_and_lets_it_go_on(who: str, request: Any, trainer: User, client_of: ClientOf) -> None:
    page = whole_module()
    client_of(trainer).post(address(page), terms(page))
    client, step = client_of(request.getfixturevalue(who)), page.get_children().get(slug="lektion").specific.key

    client.post(reverse("give_out:edition", args=[page.module_id, 1, 0]), {"step": step, "reason": "Lagen ändras."})
    withdrawal = Withdrawal.objects.get(lifted_at=None)
    client.post(reverse("give_out:lift", args=[withdrawal.pk]))

    withdrawal.refresh_from_db()
    assert (withdrawal.step_key, withdrawal.reason) == (step, "Lagen ändras.")
    assert withdrawal.lifted_at == NOW


def test_it_asks_why_something_is_withdrawn(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))

    response = client.post(reverse("give_out:edition", args=[page.module_id, 1, 0]), {"step": "", "reason": " "})

    assert response.status_code == 200
    assert not Withdrawal.objects.exists()


def test_it_shows_an_earlier_edition_with_its_differences(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))
    lesson = edit(page, "<p>Andra ord.</p>")
    client.post(address(page), terms(page, **{f"change-{lesson.key}": "editorial"}))

    html = client.get(reverse("give_out:edition", args=[page.module_id, 1, 1])).content.decode()

    assert "Andra ord.</ins>" in html


def test_it_gives_a_renamed_module_its_new_address_with_the_next_edition(trainer: User, client_of: ClientOf) -> None:
    page, client = whole_module(), client_of(trainer)
    client.post(address(page), terms(page))
    page.slug = "nytt-namn"
    page.save_revision().publish()
    page.module.refresh_from_db()
    assert page.module.slug == "informationsdelning"

    client.post(address(page), terms(page))

    page.module.refresh_from_db()
    assert page.module.slug == "nytt-namn"
    assert FormerSlug.objects.get().slug == "informationsdelning"


@pytest.mark.parametrize("who", ["learner", "manager", "coordinator", "administrator", "outsider"])
@pytest.mark.parametrize("name", ["modules", "module", "edition", "approve", "lift"])
def test_it_lets_in_no_other_role(who: str, name: str, request: Any, city: Any, trainer: User, client_of: ClientOf) -> None:
    page = whole_module()
    client_of(trainer).post(address(page), terms(page))
    withdrawal = Withdrawal.objects.create(
        edition=page.module.editions.get(), reason="Fel.", withdrawn_at=NOW, withdrawn_by=trainer
    )
    keys = {"modules": [], "edition": [page.module_id, 1, 0], "lift": [withdrawal.pk]}
    target = reverse(f"give_out:{name}", args=keys.get(name, [page.module_id]))

    client = client_of(request.getfixturevalue(who))
    answers = [client.get(target), client.post(target, terms(page) | {"step": "", "reason": "x"})]

    assert all(answer.status_code in {302, 403, 405} for answer in answers)
    withdrawal.refresh_from_db()
    assert (numbers(page), withdrawal.lifted_at) == (["1.0"], None)


@pytest.fixture
def administrator(db: None) -> User:
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user
