"""The provisions of law: by law, where they are used, when they were checked, and what a step says of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from courses.legal_library import laws_on
from courses.models import LegalCheck, LegalSource
from courses.payload import Review, Text
from organisation.models import User
from tests.drafts import check, draft, given_out, lesson, question
from tests.factories import RECORDED
from tests.taking import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "today")]
ClientOf = Callable[[User], Client]


def provision(key: str = "sol-19-1", *, checked: bool = True, **fields: Any) -> LegalSource:
    values = {"law": "Socialtjänstlagen", "sfs": "2025:400", "chapter": "19", "section": "1", "summary": "Anmäl."}
    source = LegalSource.objects.create(**{"key": key, "designation": f"{key} §"} | values | fields)
    if checked:
        LegalCheck.objects.create(
            recorded_at=RECORDED,
            source=source,
            checked_on=dt.date(2026, 2, 1),
            checked_by="Kommunjuristen",
            check_again_on=dt.date(2026, 9, 1),
        )
    return source


def resting(*keys: str, slug: str = "l1") -> Any:
    blocks = (Text(id=f"{slug}-t", html="<p>Lagen säger.</p>", sources=keys), question(f"{slug}-q"))
    return lesson(slug, blocks=blocks)


def given_out_with(*keys: str, **changes: Any) -> Any:
    from cms.provisions import worded_sources

    terms = {"overdue_reason": "Vi vet."} | changes
    return given_out(draft(resting(*keys), check(), sources=worded_sources(keys)), **terms)


def lesson_html(client: Client) -> str:
    caches["rendered"].clear()
    return client.get(reverse("courses:step", args=["informationsdelning", "l1"])).content.decode()


@pytest.mark.parametrize("path", ["/rattskallor/", "/rattskallor/sol-19-1/"])
def test_it_asks_for_login(client: Client, path: str) -> None:
    provision()

    assert "/konto/logga-in/" in client.get(path)["Location"]


@pytest.mark.parametrize("who", ["learner", "manager", "trainer", "coordinator", "outsider"])
def test_it_shows_everybody_when_each_was_checked_and_by_whom(who: str, request: Any, client_of: ClientOf) -> None:
    provision()

    html = client_of(request.getfixturevalue(who)).get("/rattskallor/").content.decode()

    assert "Kontrollerad 1 februari 2026 av Kommunjuristen." in " ".join(html.split())
    assert "Socialtjänstlagen (2025:400)" in html


def test_it_puts_them_in_the_laws_own_order() -> None:
    provision("c", chapter="10", section="1")
    provision("b", chapter="9", section="7 g")
    provision("a", chapter="9", section="10")
    provision("d", law="Brottsbalken", sfs="1962:700", chapter="16", section="8")

    laws = laws_on(TODAY)

    assert [(law.name, [one.source.key for one in law.provisions]) for law in laws] == [
        ("Brottsbalken", ["d"]),
        ("Socialtjänstlagen", ["b", "a", "c"]),
    ]


def test_it_leads_to_the_steps_in_force_that_rest_on_it(learner: User, client_of: ClientOf) -> None:
    provision()
    provision("osl-10-27")
    given_out_with("sol-19-1")
    step = reverse("courses:step", args=["informationsdelning", "l1"])
    client = client_of(learner)

    assert step in client.get("/rattskallor/sol-19-1/").content.decode()
    assert step not in client.get("/rattskallor/osl-10-27/").content.decode()


def test_it_knows_no_use_in_an_edition_that_is_not_in_force(learner: User, client_of: ClientOf) -> None:
    provision()
    given_out_with("sol-19-1", in_force_from=TODAY + dt.timedelta(days=1))

    assert "/moduler/informationsdelning/" not in client_of(learner).get("/rattskallor/sol-19-1/").content.decode()


def test_it_marks_what_should_have_been_checked(learner: User, client_of: ClientOf) -> None:
    source, client = provision(), client_of(learner)
    provision("aldrig", checked=False)
    before = client.get("/rattskallor/")

    source.checks.update(check_again_on=TODAY - dt.timedelta(days=1))
    after = client.get("/rattskallor/")

    assert (before.context["overdue"], after.context["overdue"]) == (1, 2)
    assert after.content.decode().count("<strong>Ska kontrolleras igen</strong>") == 1
    assert after.content.decode().count("<strong>Ska kontrolleras</strong>") == 1
    assert "data-overdue" in client.get("/rattskallor/sol-19-1/").content.decode()
    assert "Ingen har jämfört" in client.get("/rattskallor/aldrig/").content.decode()


def test_it_knows_no_other_key(learner: User, client_of: ClientOf) -> None:
    assert client_of(learner).get("/rattskallor/finns-inte/").status_code == 404


def test_it_lists_many_with_few_queries(learner: User, client_of: ClientOf, django_assert_max_num_queries: Any) -> None:
    keys = [f"k-{number}" for number in range(60)]
    for key in keys:
        provision(key)
    given_out_with(*keys)
    client = client_of(learner)

    with django_assert_max_num_queries(12):
        client.get("/rattskallor/")


# --- what a step says --------------------------------------------------------------------------------------------------


def test_it_says_when_the_lesson_was_checked_and_that_no_jurist_has_read_it(learner: User, client_of: ClientOf) -> None:
    provision()
    older = provision("osl-10-27")
    older.checks.update(checked_on=dt.date(2026, 1, 7))
    given_out_with("sol-19-1", "osl-10-27")

    html = lesson_html(client_of(learner))

    assert "Kontrollerad mot lagtext: 7 januari 2026." in html
    assert "Ej granskad av jurist." in html


def test_it_names_the_jurist_who_has_reviewed_the_edition(learner: User, client_of: ClientOf) -> None:
    provision()
    given_out_with("sol-19-1", review=Review(by="Kim Jurist", on=dt.date(2026, 1, 30)))

    html = lesson_html(client_of(learner))

    assert "Granskad av jurist Kim Jurist den 30 januari 2026." in html
    assert "Ej granskad" not in html


def test_it_says_what_was_never_checked(learner: User, client_of: ClientOf) -> None:
    provision()
    provision("osl-10-27", checked=False)
    given_out_with("sol-19-1", "osl-10-27")

    html = lesson_html(client_of(learner))

    assert "1 rättskälla har aldrig kontrollerats" in html
    assert "Kontrollerad mot lagtext" not in html


def test_it_says_nothing_of_the_law_where_a_lesson_rests_on_none(learner: User, client_of: ClientOf) -> None:
    given_out()

    html = lesson_html(client_of(learner))

    assert "lagtext" not in html
    assert "granskad" not in html
