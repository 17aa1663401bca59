"""A department's comment: written by those who answer for it, beside its own figures."""

from __future__ import annotations

import datetime as dt

import pytest
from lxml import html

from reports.follow_up.basis import UnitAt
from reports.follow_up.states import State
from reports.models import DepartmentComment
from tests.factories import UserFactory
from tests.reports.follow_up.cycles import cycle_in
from tests.reports.follow_up.samples import MODULES, a_basis, a_figure, hidden_nothing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
SAID = {
    "reason": "Två vikarier började i mars.",
    "action": "Tid avsätts i maj.",
    "responsible": "Enhetschef",
    "by_when": "2026-05-31",
}


@pytest.fixture
def page(youth_centre) -> str:
    return f"/chef/{youth_centre.pk}/kommentar/"


@pytest.fixture
def basis(youth_centre):
    """Three persons work at the youth centre: a small number."""
    units = (UnitAt(id=youth_centre.external_id, name="Ungdomens hus", kind="enhet", parent=""),)
    figures = [a_figure(slug, unit, 3) for slug in MODULES for unit in ("", youth_centre.external_id)]
    empty = {"bridges": (), "late": (), "previous": None, "last_year": None, "assignments": ()}
    return a_basis(units=units, figures=tuple(figures), **empty)


@pytest.fixture
def draft(coordinator, basis):
    return cycle_in(State.DRAFT, coordinator, basis=basis).follow_up


def words(response) -> str:
    return " ".join(html.fromstring(response.text).xpath("//main")[0].text_content().split())


def test_it_shows_the_own_figures_in_full(client_of, manager, draft, page) -> None:
    rows = html.fromstring(client_of(manager).get(page).text).xpath("//table/tbody/tr")

    assert [cell.text_content() for cell in rows[0]] == ["Tidiga tecken och symboler", "3", "3", "2", "1", "1", "0", "0"]


def test_it_keeps_the_comment_and_each_earlier_one(client_of, manager, draft, page, youth_centre) -> None:
    client = client_of(manager)

    response = client.post(page, SAID)
    client.post(page, SAID | {"reason": "Tre vikarier började i mars."})

    assert response["Location"] == page
    first, second = DepartmentComment.objects.order_by("pk")
    assert (first.department, first.action, first.by_when) == (youth_centre, "Tid avsätts i maj.", dt.date(2026, 5, 31))
    assert second.reason == "Tre vikarier började i mars."
    assert "Tre vikarier började i mars." in client.get(page).text


def test_it_keeps_a_comment_that_is_sent_twice_once(client_of, manager, draft, page) -> None:
    client = client_of(manager)

    answers = [client.post(page, SAID)["Location"] for _time in range(2)]

    assert answers == [page, page]
    assert DepartmentComment.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Skriv varför siffrorna ser ut som de gör."),
        ({"reason": "å" * 50_000}, "Skriv högst 4000 tecken. Du har skrivit 50000."),
        ({"responsible": "å" * 151}, "Skriv högst 150 tecken. Du har skrivit 151."),
        ({"by_when": "i höst"}, "Skriv en dag, till exempel 2026-10-31."),
        ({"reason": "Lo Kråkbär var sjuk."}, "Kråkbär"),
    ],
)
def test_it_says_what_is_wrong_and_loses_nothing(client_of, manager, learner, draft, page, changed, said) -> None:
    response = client_of(manager).post(page, SAID | changed)

    assert (response.status_code, DepartmentComment.objects.exists()) == (422, False)
    assert said in words(response).replace("\u00a0", "")
    written = (SAID | changed)["reason"]
    assert html.fromstring(response.text).xpath("//textarea[@name='reason']")[0].text.strip() == written
    assert html.fromstring(response.text).xpath("//title")[0].text.strip().startswith("Fel:")


def test_it_shows_what_was_written_with_its_signs_escaped(client_of, manager, draft, page) -> None:
    client = client_of(manager)
    client.post(page, SAID | {"reason": "<script>alert(1)</script> =1+1"})

    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1" in client.get(page).text


def test_it_is_read_only_when_the_report_is_published(client_of, manager, coordinator, basis, page) -> None:
    report = cycle_in(State.PUBLISHED, coordinator, basis=basis, hidden=hidden_nothing()).follow_up
    client = client_of(manager)

    response = client.post(page, SAID)

    assert "Rapporten är publicerad" in words(response)
    assert "<textarea" not in response.text
    assert not DepartmentComment.objects.filter(follow_up=report).exists()


def test_it_says_so_when_nothing_is_frozen(client_of, manager, page) -> None:
    assert "Det finns inget att kommentera än" in words(client_of(manager).get(page))


def test_it_says_so_when_the_department_did_not_exist_that_day(client_of, manager, coordinator, page) -> None:
    cycle_in(State.DRAFT, coordinator)

    assert "Enheten har inga egna siffror den dagen." in words(client_of(manager).get(page))


def test_it_is_not_for_others(client_of, other_manager, coordinator, draft, page) -> None:
    for wrong in (other_manager, coordinator, UserFactory()):
        assert client_of(wrong).post(page, SAID).status_code == 404
    assert not DepartmentComment.objects.exists()
