"""A planned reorganisation is taken back on the coordinator's pages, with the target groups that followed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from lxml import html

from courses.actions.change_audience import change_audience
from courses.membership import RuleTerms
from courses.models import Acceptance, Assignment, AudienceChange, AudienceRule
from organisation.actions.correct_period import correct_period
from organisation.actions.correct_period import take_back as leave
from organisation.models import Department, Employment, Reorganisation, User
from organisation.reorganising.requests import Merging, Opening, Renaming
from tests.cms.test_reorganising_pages import ClientOf, confirm, named_on, text
from tests.factories import DepartmentFactory, EmploymentFactory, UserFactory
from tests.organisation.reorganising import APRIL, AT, MONDAY, done, new, staff_on, tree_on, whole_organisation
from tests.reports.record import give_out
from tests.taking import assign

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/organisation/protokoll/{}/ta-tillbaka/"
MERGED = {"others": ["S"], "into": "", "name": "Mitt", "kind": "enhet", "unit_id": "M", "parent": "K", "from_on": "2026-04-01"}
MAY = dt.date(2026, 5, 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(city: Any, coordinator: User, client_of: ClientOf) -> Client:
    return client_of(coordinator)


@pytest.fixture
def town(db: None) -> dict[str, Department]:
    """Kultur, with Norr (two persons) and Söder (one) below it."""
    found = {"K": DepartmentFactory(name="Kultur", external_id="K")}
    for unit, name in (("N", "Norr"), ("S", "Söder")):
        found[unit] = DepartmentFactory(name=name, external_id=unit, parent=found["K"])
    for number, unit in (("1", "N"), ("2", "N"), ("3", "S")):
        EmploymentFactory(user=UserFactory(employee_number=number), department=found[unit])
    return found


def merge(client: Client, town: dict[str, Department]) -> Reorganisation:
    """Let Norr and Söder become Mitt from April on, with the target groups that follow."""
    confirm(client, f"/admin/organisation/{town['N'].pk}/sla-samman/", MERGED)
    return Reorganisation.objects.get()


def rules() -> list[Any]:
    """Return what the target groups' rules say, with their days."""
    known = AudienceRule.objects.known_at(None).order_by("from_on")
    return [(rule.from_on, rule.until_on, rule.audience_id, RuleTerms.of(rule)) for rule in known]


def take_back(client: Client, protocol: Reorganisation) -> HttpResponse:
    """Look at what would change, and let it be done as it stands on the page."""
    address = ADDRESS.format(protocol.pk)
    (form,) = html.fromstring(client.get(address).content).xpath("//form[.//input[@name='seen']]")
    return client.post(address, dict(form.form_values()))


def test_it_is_shown_then_taken_back_and_target_groups_return(client: Client, town, coordinator: User, clock: Any) -> None:
    module = give_out("dela").module
    assignment = assign(module, town["N"])
    before, rules_before = whole_organisation(), rules()
    protocol = merge(client, town)
    assert named_on(APRIL) == ["M"]
    page = client.get(f"/admin/organisation/protokoll/{protocol.pk}/")
    assert ADDRESS.format(protocol.pk) in page.content.decode()
    clock.shift(3600)

    shown = text(client.get(ADDRESS.format(protocol.pk)))

    assert "Mitt läggs aldrig till." in shown
    assert "2 personer arbetar i Norr i stället för i Mitt." in shown
    assert "avser åter samma enheter som före den: " + assignment.audience.name in shown
    assert module.title in shown
    assert Reorganisation.objects.count() == 1

    answer = take_back(client, protocol)

    assert (whole_organisation(), rules()) == (before, rules_before)
    called_off = Reorganisation.objects.get(takes_back=protocol)
    assert (answer["Location"], called_off.done_by) == (f"/admin/organisation/protokoll/{called_off.pk}/", coordinator)
    assert "Tar tillbaka: Sammanslagning, från 1 april 2026" in text(client.get(answer["Location"]))
    change = AudienceChange.objects.get(reorganisation=called_off)
    assert [(one["day"], one["came"], one["went"], one["stay"]) for one in change.days] == [(APRIL, 2, 0, 0)]
    assert list(AudienceRule.objects.on(APRIL, AT).get().departments.all()) == [Department.objects.get(external_id="M")]


def test_the_old_protocol_says_by_whom_and_when(client: Client, town, coordinator: User) -> None:
    protocol = merge(client, town)
    take_back(client, protocol)
    called_off = Reorganisation.objects.get(takes_back=protocol)

    page = client.get(f"/admin/organisation/protokoll/{protocol.pk}/")

    assert f"Togs tillbaka 2 mars 2026 10:00 av {coordinator.get_full_name()}." in text(page)
    assert f"/admin/organisation/protokoll/{called_off.pk}/" in page.content.decode()
    assert ADDRESS.format(protocol.pk) not in page.content.decode()
    mitt = Department.objects.get(external_id="M")
    assert f'/{mitt.pk}/">Mitt</a>' in page.content.decode()
    assert text(client.get(f"/admin/organisation/{mitt.pk}/")).startswith("Mitt")
    assert "Tillbakatagen" in text(client.get("/admin/organisation/"))
    assert "Norr" in tree_on(APRIL)


def test_acceptances_hold_on(client: Client, town) -> None:
    assignment = assign(give_out("dela").module, town["N"])
    accepted = list(Acceptance.objects.values_list())
    take_back(client, merge(client, town))

    assert Assignment.objects.known_at(None).get() == assignment
    assert list(Acceptance.objects.values_list()) == accepted


@pytest.mark.parametrize("until_on", [None, dt.date(2026, 4, 15), MAY])
@pytest.mark.parametrize("from_on", [dt.date(2025, 1, 1), APRIL, dt.date(2026, 4, 10)])
def test_every_rule_is_as_before(client: Client, town, from_on: dt.date, until_on: dt.date | None) -> None:
    rule = assign(give_out("dela").module, town["N"]).audience.rules.get()
    AudienceRule.objects.filter(pk=rule.pk).update(superseded_at=AT)
    for days in [(from_on, until_on), *([(until_on, None)] if until_on else [])]:
        row = AudienceRule.objects.create(audience=rule.audience, from_on=days[0], until_on=days[1], recorded_at=AT)
        row.departments.set([town["N"]])
    before = rules()

    take_back(client, merge(client, town))

    assert [rule for rule in rules() if rule[1] != from_on] == before


def test_the_last_decided_is_taken_back_first(client: Client, town) -> None:
    assign(give_out("dela").module, town["N"])
    before = whole_organisation(), rules()
    first = merge(client, town)
    mitt = Department.objects.get(external_id="M")
    confirm(client, f"/admin/organisation/{mitt.pk}/sla-samman/?dag=2026-05-01", {"into": "K", "from_on": "2026-05-01"})
    second = Reorganisation.objects.latest("pk")

    told = text(client.get(ADDRESS.format(first.pk)))

    assert "Platsen för Mitt har ändrats sedan dess." in told
    assert "Sammanslagning, från 1 maj 2026. Ta tillbaka det först." in told

    take_back(client, second)
    take_back(client, first)
    assert (whole_organisation(), rules()) == before


def new_rule(rule: AudienceRule, department: Department, from_on: dt.date) -> None:
    terms = RuleTerms(frozenset({department.pk}))
    change_audience(audience=rule.audience, name=rule.audience.name, terms=terms, from_on=from_on, by=None, at=AT)


def test_a_target_group_with_another_rule_since_is_left(client: Client, town) -> None:
    rule = assign(give_out("dela").module, town["N"]).audience.rules.get()
    protocol = merge(client, town)
    new_rule(rule, town["K"], MONDAY)
    after = rules()

    assert f"den får stå. Se efter om de avser rätt enheter: {rule.audience.name}" in text(
        client.get(ADDRESS.format(protocol.pk))
    )
    take_back(client, protocol)

    assert rules() == after
    assert staff_on(APRIL) == {"N": ["1", "2"], "S": ["3"]}


@pytest.mark.parametrize(("day", "reason"), [(MAY, "har ändrats sedan dess"), (APRIL, "nämner en enhet som aldrig läggs till")])
def test_a_target_group_that_stands_in_the_way_is_named(client: Client, town, day: dt.date, reason: str) -> None:
    rule = assign(give_out("dela").module, town["N"]).audience.rules.get()
    protocol = merge(client, town)
    other = town["K"] if day == MAY else Department.objects.get(external_id="M")
    if day == APRIL:
        rule = assign(give_out("tolka").module, town["S"]).audience.rules.latest("pk")
    new_rule(rule, other, day)
    before = whole_organisation(), rules()

    shown = client.get(ADDRESS.format(protocol.pk))
    posted = client.post(ADDRESS.format(protocol.pk), {"seen": "x"})

    assert f"Målgruppen {rule.audience.name} {reason}" in text(shown)
    assert "Ingenting gjordes." in text(posted)
    assert (whole_organisation(), rules()) == before


def test_what_has_changed_since_it_was_shown_is_shown_again(client: Client, town, coordinator: User) -> None:
    protocol = done(Merging(("N",), into="S"))
    seen = client.get(ADDRESS.format(protocol.pk)).context["preview"].fingerprint
    there, moved = Employment.objects.filter(user__employee_number="1").order_by("from_on")
    leave(row=moved, by=coordinator, at=AT)
    correct_period(row=there, from_on=there.from_on, until_on=dt.date(2026, 3, 20), by=coordinator, at=AT)

    late = client.post(ADDRESS.format(protocol.pk), {"seen": seen})

    assert "Ingenting gjordes: organisationen har ändrats" in text(late)
    assert "1 person arbetar i Norr i stället för i Söder." in text(late)
    assert not Reorganisation.objects.exclude(takes_back=None).exists()
    take_back(client, protocol)
    assert staff_on(APRIL) == {"N": ["2"], "S": ["3"]}


def test_twice_is_done_once(client: Client, town) -> None:
    protocol = done(Opening(new(), "K"))
    seen = client.get(ADDRESS.format(protocol.pk)).context["preview"].fingerprint

    client.post(ADDRESS.format(protocol.pk), {"seen": seen})
    again = client.post(ADDRESS.format(protocol.pk), {"seen": seen})

    assert "Omorganisationen är redan tillbakatagen." in text(again)
    assert Reorganisation.objects.filter(takes_back=protocol).count() == 1


def test_on_its_day_no_button_leads_there(client: Client, town, coordinator: User, clock: Any) -> None:
    protocol = done(Renaming("N", "Nordan", "enhet"))
    clock.move_to(dt.datetime(2026, 3, 31, 22, 0, tzinfo=dt.UTC))
    client.force_login(coordinator)

    assert "ta-tillbaka" not in client.get(f"/admin/organisation/protokoll/{protocol.pk}/").content.decode()
    assert "gäller sedan 1 april 2026" in text(client.get(ADDRESS.format(protocol.pk)))


def test_an_older_protocol_says_that_it_cannot_be_taken_back(client: Client, town) -> None:
    protocol = Reorganisation.objects.create(kind="renaming", from_on=APRIL, done_at=AT, changes=[])

    for address in (f"/admin/organisation/protokoll/{protocol.pk}/", ADDRESS.format(protocol.pk)):
        assert "beslutades innan det gick att ta tillbaka omorganisationer" in text(client.get(address))


@pytest.mark.parametrize("who", ["trainer", "manager", "learner", "outsider"])
def test_it_opens_to_coordinators_only(who: str, request: Any, city: Any, town, client_of: Callable[[User], Client]) -> None:
    protocol = done(Opening(new(), "K"))
    client = client_of(request.getfixturevalue(who))

    assert client.get(ADDRESS.format(protocol.pk)).status_code in (302, 403)
    assert client.post(ADDRESS.format(protocol.pk), {"seen": "x"}).status_code in (302, 403)
    assert not Reorganisation.objects.exclude(takes_back=None).exists()


def test_there_is_nothing_to_take_back_without_a_protocol(client: Client) -> None:
    assert client.get(ADDRESS.format(4711)).status_code == 404
