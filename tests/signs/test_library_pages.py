"""Looking something up: found by whole letters, filtered, noted before, drafts for those who write and approve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.library import folded
from courses.models import Symbol
from organisation.models import User
from tests.drafts import check, draft, given_out, lesson, question
from tests.signs.conftest import DRAWING, entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "today")]
ClientOf = Callable[[User], Client]


@pytest.fixture
def today() -> Any:
    with time_machine.travel(dt.datetime(2026, 3, 2, 11, tzinfo=dt.UTC), tick=False):
        yield


def found(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("courses:signs"), asked).context["page"]
    return [symbol.name for symbol in page]


def html_of(client: Client, symbol: Symbol, **asked: str) -> str:
    return client.get(reverse("courses:sign", args=[symbol.slug]), asked).content.decode()


@pytest.mark.parametrize("name", ["courses:signs", "courses:sign", "courses:sign-drawing"])
def test_it_asks_for_login(client: Client, name: str) -> None:
    symbol = entry(drawing=DRAWING, drawing_shows="Ett streck.")
    address = reverse(name, args=[] if name == "courses:signs" else [symbol.slug])

    assert client.get(address).status_code == 302
    assert "/konto/logga-in/" in client.get(address)["Location"]


@pytest.mark.parametrize("who", ["learner", "manager", "outsider", "coordinator"])
def test_it_hides_drafts_from_everybody_else(who: str, request: Any, client_of: ClientOf) -> None:
    secret = entry("Utkastet", approved_on=None, drawing=DRAWING, drawing_shows="Ett streck.")
    client = client_of(request.getfixturevalue(who))

    assert found(client) == []
    assert client.get(reverse("courses:sign", args=[secret.slug])).status_code == 404
    assert client.get(reverse("courses:sign-drawing", args=[secret.slug])).status_code == 404


def test_it_shows_drafts_to_trainers(trainer: User, client_of: ClientOf) -> None:
    entry("Utkastet", approved_on=None)

    assert found(client_of(trainer)) == ["Utkastet"]


@pytest.mark.parametrize("words", ["ÖRN", "örn", "o\u0308rn", "Örnen", "stad ör", "kungaörn", "SMYCKEN", "åska"])
def test_it_finds_whatever_the_case_and_the_form_of_the_letters(words: str, learner: User, client_of: ClientOf) -> None:
    entry("Örnen", "Åska", summary="Stadens örn.", ordinary="<p>En kungaörn på smycken.</p>")
    entry("Horn", ordinary="<p>Ett horn.</p>")

    assert found(client_of(learner), sok=words) == ["Örnen"]


def test_it_knows_that_letters_with_rings_and_dots_are_letters() -> None:
    assert folded("ÅÄÖ Ægishjálmur É") == "åäö aegishjalmur e"
    assert "a" not in folded("Å")


def test_it_puts_those_with_the_word_in_the_name_first(learner: User, client_of: ClientOf) -> None:
    entry("Alfa", ordinary="<p>Liknar en hammare.</p>")
    entry("Hammare")

    assert found(client_of(learner), sok="hammare") == ["Hammare", "Alfa"]


def test_it_filters_by_kind_and_tag(learner: User, client_of: ClientOf) -> None:
    entry("Tyr", "runor", kind=Symbol.Kind.RUNE)
    entry("Odal", "runor", "gårdar", kind=Symbol.Kind.RUNE)
    entry("Åttioåtta", "siffror", kind=Symbol.Kind.DIGITS)
    client = client_of(learner)
    tag = Symbol.objects.get(name="Odal").tags.get(name="gårdar").slug

    assert found(client, sort="rune") == ["Odal", "Tyr"]
    assert found(client, etikett=tag) == ["Odal"]
    assert found(client, sort="digits", etikett=tag) == []


def test_it_says_so_when_nothing_fits_and_leads_back(learner: User, client_of: ClientOf) -> None:
    entry()

    html = client_of(learner).get(reverse("courses:signs"), {"sok": "finns inte"}).content.decode()

    assert 'class="empty"' in html
    assert f'href="{reverse("courses:signs")}"' in html


def test_it_says_what_cannot_be_asked_for(learner: User, client_of: ClientOf) -> None:
    entry()
    response = client_of(learner).get(reverse("courses:signs"), {"sort": "kläder"})

    assert "sort" in response.context["form"].errors
    assert response.status_code == 200


def test_it_marks_what_should_have_been_checked_at_once(learner: User, client_of: ClientOf) -> None:
    symbol = entry()
    client = client_of(learner)
    before = html_of(client, symbol)

    Symbol.objects.filter(pk=symbol.pk).update(check_again_on=dt.date(2026, 3, 1))

    assert 'data-kind="warning"' not in before
    assert 'data-kind="warning"' in html_of(client, symbol)
    assert "<strong>" in client.get(reverse("courses:signs")).content.decode()


def test_it_shows_a_note_before_a_drawing_and_an_equal_way_round(learner: User, client_of: ClientOf) -> None:
    symbol = entry(drawing=DRAWING, drawing_shows="Ett streck.", extremist="<p>Det svåra.</p>")
    client, image = client_of(learner), reverse("courses:sign-drawing", args=["valknut"])

    note, whole, careful = (html_of(client, symbol, **asked) for asked in ({}, {"visa": "hela"}, {"visa": "varsamt"}))

    assert ("Det svåra" in note, image in note) == (False, False)
    assert ("Det svåra" in whole, image in whole, "<details" in whole) == (True, True, False)
    assert ("Det svåra" in careful, image in careful, "<details" in careful) == (True, False, True)
    assert 'alt="Ett streck."' in whole


def test_it_keeps_nothing_of_which_way_was_taken(
    learner: User, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    symbol = entry(content_note="Nämner våld.")
    client = client_of(learner)
    before = dict(client.session)

    html_of(client, symbol, visa="varsamt")

    assert dict(client.session) == before


def test_it_puts_innocent_meanings_before_the_extremist_use(learner: User, client_of: ClientOf) -> None:
    html = html_of(client_of(learner), entry())

    assert html.index("Finns på smycken") < html.index("Används också") < html.index("Vad betyder den för dig")


def test_it_serves_the_drawing_as_shapes_that_may_do_nothing(learner: User, client_of: ClientOf) -> None:
    entry(drawing=DRAWING, drawing_shows="Ett streck.")
    client = client_of(learner)

    response = client.get(reverse("courses:sign-drawing", args=["valknut"]))

    assert response["Content-Type"].startswith("image/svg+xml")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_it_leads_to_the_steps_that_use_the_sign(learner: User, client_of: ClientOf) -> None:
    symbol = entry()
    linking = lesson("l2", blocks=(question("l2-q", text="Se /tecken/valknut/."),))
    bank = (question("q1", signs=("valknut",)), question("q2"))
    given_out(draft(lesson("l1"), linking, msgspec.structs.replace(check("k1", draw=1), questions=bank)))
    later = lesson("m1", blocks=(question("m1-q", signs=("valknut",)),))
    given_out(draft(later, check("m9"), slug="annan"), in_force_from=dt.date(2027, 1, 1))

    html = html_of(client_of(learner), symbol)

    assert reverse("courses:step", args=["informationsdelning", "l2"]) in html
    assert reverse("courses:step", args=["informationsdelning", "k1"]) in html
    assert reverse("courses:step", args=["informationsdelning", "l1"]) not in html
    assert "/moduler/annan/" not in html


def test_it_lists_many_with_few_queries(learner: User, client_of: ClientOf, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        entry(f"Tecken {number}", "ett", "två")
    client = client_of(learner)

    with django_assert_max_num_queries(12):
        assert len(found(client)) == 20
    with django_assert_max_num_queries(12):
        client.get(reverse("courses:sign", args=["tecken-1"]))
