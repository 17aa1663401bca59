"""What is planned for a day to come is called off: afterwards every day is as it would have been without it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError

from organisation.actions.correct_period import correct_period
from organisation.actions.reorganise import PlanChanged
from organisation.models import Department, DepartmentManager, Employment, Event, Reorganisation, User
from organisation.reorganising.calling_off import CallingOff
from organisation.reorganising.plan import plan_of
from organisation.reorganising.requests import (
    Closing,
    Managing,
    Merging,
    Moving,
    Opening,
    Renaming,
    Request,
    Splitting,
)
from organisation.reorganising.wording import texts_of
from tests.factories import DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import dated_rows, employments, imported
from tests.organisation.reorganising import (
    APRIL,
    AT,
    MONDAY,
    done,
    managers_on,
    new,
    reasons,
    staff_on,
    tree_on,
    whole_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
PLANNED, BETWEEN, CALLED_OFF = AT + HOUR, AT + 2 * HOUR, AT + 3 * HOUR
TUESDAY, MARCH_31, MAY, JUNE = MONDAY + DAY, dt.date(2026, 3, 31), dt.date(2026, 5, 1), dt.date(2026, 6, 1)
UNITS = [
    department("K", "Kultur", "forvaltning", manager="9"),
    department("U", "Utbildning", "forvaltning"),
    department("N", "Norr", parent="K", manager="1"),
    department("S", "Söder", parent="K", manager="3"),
    department("G", "Gruppen", parent="N"),
]
PEOPLE = [
    person("9", unit="K"),
    person("1", unit="N"),
    person("2", unit="N"),
    person("2", unit="S", occupation="Kurator", till="2026-05-31"),
    person("5", unit="N", till="2026-04-30"),
    person("3", unit="S"),
    person("4", unit="G"),
]
COMING = person("6", unit="N", occupation="Fritidsledare", start="2026-05-01")


@pytest.fixture(autouse=True)
def _english(in_english: None) -> None:
    """Sentences are looked at in English."""


@pytest.fixture(autouse=True)
def _town() -> None:
    """Norr and Söder below Kultur, and a group below Norr.

    In Norr there are two managers, somebody who is to come, somebody who is there until a day, somebody who works in Söder
    too, and a new name from June on.
    """
    imported(departments_file(*UNITS), people_file(*PEOPLE))
    north = Department.objects.get(external_id="N")
    EmploymentFactory(user=UserFactory(employee_number="6"), department=north, from_on=MAY)
    ManagerFactory(manager=UserFactory(employee_number="7", last_name="Test7"), department=north)
    done(Renaming("N", "Nordväst", "verksamhet"), JUNE)


def user(number: str) -> User:
    return User.objects.get(employee_number=number)


def planned(request: Request, from_on: dt.date = APRIL) -> Reorganisation:
    return done(request, from_on, at=PLANNED)


def call_off(protocol: Reorganisation, at: dt.datetime = CALLED_OFF) -> Reorganisation:
    return done(CallingOff(protocol), protocol.from_on, at=at)


def against(protocol: Reorganisation) -> list[str]:
    """Return why it cannot be called off, having seen that nothing changed."""
    return reasons(CallingOff(protocol), protocol.from_on)


def file_of(day: dt.date, people: list[str] = PEOPLE, units: list[str] = UNITS) -> None:
    imported(departments_file(*units), people_file(*people, COMING), as_of=day)


def merger() -> Request:
    return Merging(("N", "S"), new=new(manager=user("1")), parent="K")


KINDS: dict[str, Callable[[], Request]] = {
    "merge": merger,
    "merge into": lambda: Merging(("N",), into="S"),
    "split": lambda: Splitting("N", (new("N1"), new("N2", "Den andra", user("3"))), {user("2").pk: "N2"}, {"G": "N2"}),
    "move": lambda: Moving("N", "U"),
    "rename": lambda: Renaming("N", "Nordost", "verksamhet"),
    "close": lambda: Closing("N", "U"),
    "close all": lambda: Closing("N", "U", with_below=True),
    "open": lambda: Opening(new(manager=user("3")), "K"),
    "managers": lambda: Managing("N", leaving=("1", "7"), joining=user("3")),
}


@pytest.mark.parametrize("day", [TUESDAY, APRIL, MAY, dt.date(2026, 5, 15), JUNE, dt.date(2026, 7, 1)])
@pytest.mark.parametrize("kind", KINDS)
def test_every_day_is_as_before_and_the_plan_can_still_be_seen(kind: str, day: dt.date) -> None:
    before = whole_organisation()
    protocol = planned(KINDS[kind](), day)
    plan = whole_organisation()
    assert plan != before

    called_off = call_off(protocol)

    assert whole_organisation() == before
    assert whole_organisation(known_at=BETWEEN) == plan
    assert (called_off.takes_back, called_off.kind, called_off.from_on) == (protocol, "calling_off", day)
    assert set(called_off.departments.all()) == set(protocol.departments.all())
    assert Event.objects.get(verb="organisation.called_off").details["takes_back"] == protocol.pk


@pytest.mark.parametrize("kind", KINDS)
def test_files_of_days_before_it_are_no_hindrance(kind: str) -> None:
    before = whole_organisation()
    protocol = planned(KINDS[kind](), APRIL)
    file_of(TUESDAY)

    call_off(protocol)

    assert whole_organisation() == before


def test_it_says_what_becomes_of_whom() -> None:
    protocol = call_off(planned(merger()))

    assert texts_of(protocol.changes) == [
        "Nya enheten never begins.",
        "Gruppen stays below Norr.",
        "Norr goes on.",
        "Söder goes on.",
        "Alva Test1 goes on as manager of Norr.",
        "Alva Test7 goes on as manager of Norr.",
        "Alva Test1 is no longer manager of Nya enheten.",
        "Alva Test3 goes on as manager of Söder.",
        "3 persons work in Norr instead of Nya enheten.",
        "2 persons work in Söder instead of Nya enheten.",
        "1 later change of Norr that had fallen away holds again.",
    ]


def test_it_counts_people_before_and_after() -> None:
    protocol = planned(merger())

    plan = plan_of(CallingOff(protocol), APRIL, MONDAY)

    counts = {one.name: (one.before, one.after) for one in plan.staff}
    assert counts == {"Norr": (0, 3), "Nya enheten": (4, 0), "Söder": (0, 2)}
    assert not plan.reasons


@pytest.mark.parametrize("kind", KINDS)
def test_its_day_begins_at_midnight_in_sweden(kind: str) -> None:
    protocol = planned(KINDS[kind]())
    midnight = dt.datetime(2026, 3, 31, 22, 0, tzinfo=dt.UTC)
    too_late = "It holds since 1 April 2026, so it cannot be called off. Make a new reorganisation instead."

    assert plan_of(CallingOff(protocol), APRIL, APRIL).reasons == [too_late]
    with pytest.raises(Exception, match="It holds since 1 April 2026"):
        call_off(protocol, midnight)
    assert call_off(protocol, midnight - dt.timedelta(seconds=1)).takes_back == protocol


def test_it_is_called_off_once() -> None:
    protocol = planned(merger())
    called_off = call_off(protocol)

    assert against(protocol) == ["It has been called off already."]
    assert against(called_off) == ["What was called off cannot be brought back. Make the reorganisation anew."]
    with pytest.raises(IntegrityError):
        Reorganisation.objects.create(kind="calling_off", from_on=APRIL, done_at=AT, changes=[], takes_back=protocol)


def test_a_protocol_from_before_rows_were_kept_cannot_be_called_off() -> None:
    protocol = Reorganisation.objects.create(kind="renaming", from_on=APRIL, done_at=AT, changes=[])

    assert against(protocol) == [
        "It was decided before reorganisations could be called off. Make a new reorganisation instead."
    ]


def test_another_reorganisation_of_the_same_is_in_the_way_until_it_is_called_off() -> None:
    before = whole_organisation()
    first = planned(Moving("N", "U"))
    second = planned(Moving("N", "S"), MAY)

    assert against(first) == [
        "The place of Norr has been changed since.",
        "Decided since about the same departments: Move, from 1 May 2026. Call that off first.",
    ]

    call_off(second)
    call_off(first, CALLED_OFF + HOUR)
    assert whole_organisation() == before


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (lambda: Renaming("N", "A", "enhet"), lambda: Renaming("N", "B", "enhet"), "The name or kind of A"),
        (lambda: Managing("N", joining=user("3")), lambda: Managing("N", leaving=("3",)), "The managers of Norr"),
        (lambda: Merging(("N",), into="S"), lambda: Closing("S", "U"), "The employment of 1 person in Söder"),
        (merger, lambda: Managing("N1", joining=user("4")), "The managers of Nya enheten"),
        (merger, lambda: Moving("U", "N1"), "Utbildning would stand below Nya enheten, which is not there"),
        (merger, lambda: Merging(("U",), into="N1"), "1 person has come to Nya enheten since, which would never begin."),
        (lambda: Merging(("N",), into="S"), lambda: Moving("G", "U"), "The place of Gruppen"),
    ],
)
def test_what_was_decided_since_about_the_same_is_named(first, second, reason: str) -> None:
    EmploymentFactory(user=UserFactory(employee_number="8"), department=Department.objects.get(external_id="U"))
    protocol = planned(first())
    done(second(), MAY, at=BETWEEN)

    assert reason in " ".join(against(protocol))


def test_a_department_that_has_taken_the_name_is_named() -> None:
    protocol = planned(Closing("N", "U"))
    done(Opening(new(name="Norr"), "K"), APRIL, at=BETWEEN)

    assert against(protocol) == ["There are two departments with the name Norr in the same place: Kultur."]


def test_who_came_to_what_is_to_close_works_there_on() -> None:
    protocol = planned(Closing("N", "U"))
    file_of(TUESDAY, [*PEOPLE, person("10", unit="N", start="2026-03-03")])

    call_off(protocol)

    assert staff_on(APRIL)["N"] == ["1", "10", "2", "5"]
    assert "Norr" in tree_on(APRIL)


def test_who_left_by_a_file_is_not_employed_again() -> None:
    protocol = planned(Merging(("N",), into="U"))
    file_of(TUESDAY, [row for row in PEOPLE if not row.startswith("5;")])

    call_off(protocol)

    assert employments("5") == [("N", "Lärare", "2020-08-01", str(TUESDAY))]
    assert staff_on(APRIL)["N"] == ["1", "2"]


def test_what_a_file_changed_before_the_day_goes_on() -> None:
    protocol = planned(Merging(("N",), into="U"))
    units = [*UNITS[:2], department("N", "Nordan", parent="K", manager="2"), UNITS[3], department("G", "Gruppen", parent="S")]
    people = [row if not row.startswith("1;") else person("1", unit="N", occupation="Kurator") for row in PEOPLE]
    file_of(TUESDAY, people, units)

    call_off(protocol)

    assert (tree_on(APRIL)["Nordan"], tree_on(APRIL)["Gruppen"]) == ("Kultur", "Söder")
    assert managers_on(APRIL)["N"] == {"2"}
    assert [row[:2] for row in employments("1")][-1] == ("N", "Kurator")
    assert employments("1")[-1][-1] == ""


def test_what_a_file_of_its_day_has_put_back_is_left() -> None:
    protocol = planned(Moving("N", "U"))
    file_of(APRIL)

    assert against(protocol) == ["Nothing would change."]


def test_a_department_that_a_file_has_begun_is_in_the_way() -> None:
    protocol = planned(Opening(new(), "K"))
    file_of(TUESDAY, units=[*UNITS, department("N1", "Nya enheten", parent="K")])

    assert against(protocol) == ["Nya enheten is there for other reasons too, for instance by an HR file."]


def test_nobody_is_left_without_work() -> None:
    protocol = planned(Merging(("N",), into="U"))
    row = Employment.objects.known_at(None).get(user=user("1"), until_on=APRIL)
    correct_period(row=row, from_on=row.from_on, until_on=MARCH_31, by=user("9"), at=BETWEEN)

    assert against(protocol) == ["1 person would work nowhere, as that employment has been changed since."]


def test_files_do_not_keep_what_is_called_off() -> None:
    call_off(planned(Merging(("N",), into="U")))
    file_of(TUESDAY, [row if not row.startswith("1;") else person("1", unit="N", till="2026-03-31") for row in PEOPLE])
    file_of(TUESDAY + DAY)

    assert employments("1") == [("N", "Lärare", "2020-08-01", "")]


def test_the_id_of_a_department_that_never_began_can_be_used_again() -> None:
    call_off(planned(Opening(new(manager=user("3")), "K")))
    assert "Nya enheten" not in tree_on(APRIL)

    again = done(Opening(new(), "U"), MAY, at=CALLED_OFF + HOUR)

    assert tree_on(MAY)["Nya enheten"] == "Utbildning"
    assert Department.objects.filter(external_id="N1").count() == 1
    call_off(again, CALLED_OFF + 2 * HOUR)
    assert "Nya enheten" not in tree_on(MAY)


def test_what_was_called_off_can_be_done_anew() -> None:
    protocol = planned(merger())
    plan = whole_organisation()
    call_off(protocol)

    done(merger(), APRIL, at=CALLED_OFF + HOUR)

    assert whole_organisation() == plan


def test_a_manager_without_a_number_answers_for_it_again() -> None:
    outsider = UserFactory(employee_number=None)
    done(Managing("S", joining=outsider), TUESDAY)
    protocol = planned(Closing("S", "U"))

    call_off(protocol)

    assert DepartmentManager.objects.on(APRIL).filter(manager=outsider, department__external_id="S").exists()


def test_a_calling_off_that_is_no_longer_the_one_that_was_shown_is_refused() -> None:
    protocol = planned(Merging(("N",), into="U"))
    seen = plan_of(CallingOff(protocol), APRIL, MONDAY).fingerprint
    file_of(TUESDAY, [row for row in PEOPLE if not row.startswith("5;")])
    before = dated_rows()

    with pytest.raises(PlanChanged):
        done(CallingOff(protocol), APRIL, at=CALLED_OFF, seen=seen)

    assert dated_rows() == before
    assert not Reorganisation.objects.exclude(takes_back=None).exists()


def test_it_takes_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    north = Department.objects.get(external_id="N")
    for _number in range(5):
        EmploymentFactory(department=DepartmentFactory(parent=north))
        EmploymentFactory(department=north)
    protocol = planned(Closing("K", "U", with_below=True))

    with django_assert_max_num_queries(14):
        plan_of(CallingOff(protocol), APRIL, MONDAY)
