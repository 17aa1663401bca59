"""The coordinator reorganises the city from a day on; what was known before stays."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.actions.reorganise import PlanChanged
from organisation.models import (
    Department,
    DepartmentName,
    DepartmentPlace,
    DepartmentSuccession,
    Employment,
    Event,
    Reorganisation,
    User,
)
from organisation.permissions import own_departments
from organisation.reorganising.draft import number_of
from organisation.reorganising.plan import plan_of
from organisation.reorganising.requests import Closing, Managing, Merging, Moving, Opening, Renaming, Splitting
from organisation.reorganising.wording import texts_of
from tests.factories import DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.organisation.reorganising import (
    APRIL,
    AT,
    EARLIER,
    FEBRUARY,
    MONDAY,
    done,
    managers_on,
    new,
    reasons,
    staff_on,
    tree_on,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MARCH_31 = dt.date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _english(in_english: None) -> None:
    """Sentences are looked at in English."""


@pytest.fixture
def town(db: None) -> dict[str, Department]:
    """Two administrations; below Kultur two units, and below Norr a group."""
    found = {"K": DepartmentFactory(name="Kultur", external_id="K"), "U": DepartmentFactory(name="Utbildning", external_id="U")}
    for unit, name, parent in (("N", "Norr", "K"), ("S", "Söder", "K"), ("G", "Gruppen", "N")):
        found[unit] = DepartmentFactory(name=name, external_id=unit, parent=found[parent])
    for number, unit in (("1", "N"), ("2", "N"), ("3", "S"), ("4", "G")):
        EmploymentFactory(user=UserFactory(employee_number=number), department=found[unit])
    for number, unit in (("91", "N"), ("92", "S")):
        ManagerFactory(manager=UserFactory(employee_number=number, last_name=f"Chef{number}"), department=found[unit])
    return found


def person(number: str) -> User:
    return User.objects.get(employee_number=number)


def test_a_merger_moves_everything_into_a_new_department(town) -> None:
    protocol = done(Merging(("N", "S"), new=new(manager=person("91")), parent="K"))

    assert tree_on(MARCH_31) == {"Kultur": "", "Utbildning": "", "Norr": "Kultur", "Söder": "Kultur", "Gruppen": "Norr"}
    assert tree_on(APRIL) == {"Kultur": "", "Utbildning": "", "Nya enheten": "Kultur", "Gruppen": "Nya enheten"}
    assert staff_on(MARCH_31) == {"N": ["1", "2"], "S": ["3"], "G": ["4"]}
    assert staff_on(APRIL) == {"N1": ["1", "2", "3"], "G": ["4"]}
    assert managers_on(MARCH_31) == {"N": {"91"}, "S": {"92"}}
    assert managers_on(APRIL) == {"N1": {"91"}}
    successions = DepartmentSuccession.objects.on(APRIL).values_list(
        "predecessor__external_id", "successor__external_id", "kind"
    )
    assert set(successions) == {("N", "N1", "merged"), ("S", "N1", "merged")}
    assert set(protocol.departments.values_list("external_id", flat=True)) == {"N", "S", "G", "N1"}
    assert Event.objects.get().verb == "organisation.changed"
    assert texts_of(protocol.changes) == [
        "Nya enheten (unit) begins, below Kultur.",
        "Alva Chef91 becomes manager of Nya enheten.",
        "Gruppen moves from Norr to Nya enheten.",
        "2 persons move from Norr to Nya enheten.",
        "1 person moves from Söder to Nya enheten.",
        "Norr ends.",
        "Alva Chef91 is no longer manager of Norr.",
        "Söder ends.",
        "Alva Chef92 is no longer manager of Söder.",
    ]


def test_a_merger_into_one_that_is_there_counts_nobody_twice(town) -> None:
    EmploymentFactory(user=person("1"), department=town["S"], occupation="Kurator", until_on=dt.date(2026, 6, 1))

    protocol = done(Merging(("N",), into="S"))

    assert staff_on(APRIL) == {"S": ["1", "2", "3"], "G": ["4"]}
    rows = Employment.objects.known_at(None).filter(user=person("1"), department=town["S"]).order_by("from_on")
    assert [(row.occupation, str(row.until_on)) for row in rows] == [("Kurator", "2026-06-01"), ("Fritidsledare", "None")]
    assert managers_on(APRIL) == {"S": {"92"}}
    assert "1 of them already works in Söder" in " ".join(texts_of(protocol.changes))


def test_a_merger_backwards_in_time_leaves_what_was_known(town) -> None:
    done(Merging(("N",), into="S"), FEBRUARY)

    assert staff_on(FEBRUARY) == {"S": ["1", "2", "3"], "G": ["4"]}
    assert staff_on(FEBRUARY, known_at=EARLIER) == {"N": ["1", "2"], "S": ["3"], "G": ["4"]}
    assert tree_on(FEBRUARY)["Gruppen"] == "Söder"
    assert tree_on(FEBRUARY, known_at=EARLIER)["Gruppen"] == "Norr"


def test_a_split_distributes_people_and_what_is_below(town) -> None:
    parts = (new("N1", "Norr ett"), new("N2", "Norr två", person("92")))

    done(Splitting("N", parts, people={person("2").pk: "N2"}, below={"G": "N2"}))

    assert staff_on(APRIL) == {"N1": ["1"], "N2": ["2"], "S": ["3"], "G": ["4"]}
    assert tree_on(APRIL) == {
        "Kultur": "",
        "Utbildning": "",
        "Söder": "Kultur",
        "Norr ett": "Kultur",
        "Norr två": "Kultur",
        "Gruppen": "Norr två",
    }
    assert managers_on(APRIL) == {"S": {"92"}, "N2": {"92"}}
    assert DepartmentSuccession.objects.on(APRIL).filter(predecessor=town["N"], kind="split").count() == 2


def test_a_later_merger_takes_the_place_of_a_planned_one(town) -> None:
    done(Merging(("N",), into="S"), dt.date(2026, 6, 1))
    done(Merging(("N",), into="U"), APRIL, at=AT + dt.timedelta(hours=1))

    now = DepartmentSuccession.objects.known_at(None)
    assert [(row.successor, row.from_on) for row in now] == [(town["U"], APRIL)]
    assert DepartmentSuccession.objects.known_at(AT).get().successor == town["S"]
    assert staff_on(dt.date(2026, 7, 1)) == {"S": ["1", "2", "3"], "G": ["4"]}


def test_a_new_name_holds_until_the_one_that_is_known_already(town) -> None:
    done(Renaming("N", "Nordväst", "verksamhet"), dt.date(2026, 6, 1))
    protocol = done(Renaming("N", "Nordost", "enhet"), FEBRUARY)

    names = [(row.name, str(row.from_on)) for row in DepartmentName.objects.known_at(None).filter(department=town["N"])]
    assert sorted(names, key=lambda name: name[1]) == [
        ("Norr", "2025-01-01"),
        ("Nordost", "2026-02-01"),
        ("Nordväst", "2026-06-01"),
    ]
    assert texts_of(protocol.changes) == [
        "Norr is called Nordost. From 1 June 2026 on, what was known already holds.",
    ]
    assert "Norr" in tree_on(FEBRUARY, known_at=EARLIER)


def test_a_move_takes_what_is_below_along(town) -> None:
    done(Moving("N", "U"))

    assert tree_on(APRIL)["Norr"] == "Utbildning"
    assert tree_on(APRIL)["Gruppen"] == "Norr"
    assert tree_on(MARCH_31)["Norr"] == "Kultur"


def test_a_department_is_closed_with_everything_below_it(town) -> None:
    done(Closing("N", move_to="U", with_below=True))

    assert tree_on(APRIL) == {"Kultur": "", "Utbildning": "", "Söder": "Kultur"}
    assert staff_on(APRIL) == {"U": ["1", "2", "4"], "S": ["3"]}


def test_a_department_is_closed_and_what_is_below_moves(town) -> None:
    done(Closing("N", move_to="U"))

    assert tree_on(APRIL) == {"Kultur": "", "Utbildning": "", "Söder": "Kultur", "Gruppen": "Utbildning"}
    assert staff_on(APRIL) == {"U": ["1", "2"], "S": ["3"], "G": ["4"]}
    assert not DepartmentSuccession.objects.exists()


def test_a_new_department_begins(town) -> None:
    done(Opening(new(manager=person("92")), "U"), MONDAY)

    assert tree_on(MONDAY)["Nya enheten"] == "Utbildning"
    assert "Nya enheten" not in tree_on(MONDAY - dt.timedelta(days=1))
    assert managers_on(MONDAY)["N1"] == {"92"}


CLOSED = dt.date(2026, 6, 1)
ORPHAN, BELOW = "Gruppen would stand below Norr,", "Below Kultur there are departments:"


@pytest.mark.parametrize(
    ("request_", "day", "reason"),
    [
        (Moving("K", "G"), APRIL, "Kultur cannot stand below Gruppen, which stands below Kultur itself."),
        (Moving("N", "N"), APRIL, "Norr cannot stand below Norr, which stands below Norr itself."),
        (Moving("N", "X"), APRIL, "There is no department with the id X."),
        (Moving("N", "K"), APRIL, "Nothing would change."),
        (Moving("N", "U"), dt.date(2024, 6, 1), "Norr is not there on 1 June 2024: it begins on 1 January 2025."),
        (Moving("N", "E"), dt.date(2026, 7, 1), "Ending is not there on 1 July 2026: it ended on 1 June 2026."),
        (Moving("N", "E"), APRIL, "Norr would stand below Ending, which is not there on 1 June 2026. Move Norr first."),
        (Renaming("N", "söder", "enhet"), APRIL, "There are two departments with the name söder in the same place: Kultur."),
        (Opening(new("N"), "K"), APRIL, "There is already a department with the id N."),
        (Opening(new(name="Norr"), "K"), APRIL, "There are two departments with the name Norr in the same place: Kultur."),
        (Merging(("N",), new=new(), parent="K"), APRIL, "Choose at least two departments to merge."),
        (Merging(("S",), into="S"), APRIL, "Choose at least two departments to merge."),
        (Merging(("N",), into="E"), APRIL, "Ending ends on 1 June 2026, so nobody can be moved there."),
        (Merging(("N",), into="G"), APRIL, f"{ORPHAN} which is not there on 1 April 2026. Move Gruppen first."),
        (Splitting("N", (new(),)), APRIL, "Choose at least two new departments."),
        (Splitting("N", (new(), new())), APRIL, "There is already a department with the id N1."),
        (Closing("S"), APRIL, "1 person works in Söder that day or later. Say where that person is to work."),
        (Closing("S", "S"), APRIL, "Choose a department that is not closed to move people to."),
        (Closing("K"), APRIL, f"{BELOW} Norr, Söder. Say where they are to stand, or close them too."),
        (Closing("K", with_below=True), APRIL, "4 persons work in Kultur that day or later. Say where they are to work."),
    ],
)  # fmt: skip
def test_it_is_refused_with_the_reason_and_nothing_is_done(town, request_, day: dt.date, reason: str) -> None:
    ending = DepartmentFactory(name="Ending", external_id="E")
    DepartmentPlace.objects.filter(department=ending).update(until_on=CLOSED)

    assert reasons(request_, day) == [reason]


def test_a_department_gets_another_manager_beside_the_one_it_has(town) -> None:
    protocol = done(Managing("N", joining=person("92")))

    assert (managers_on(MARCH_31)["N"], managers_on(APRIL)["N"]) == ({"91"}, {"91", "92"})
    assert texts_of(protocol.changes) == ["Alva Chef92 becomes manager of Norr."]
    assert list(protocol.departments.all()) == [town["N"]]
    assert own_departments(person("92"), APRIL) == sorted([town["N"].pk, town["S"].pk])


def test_a_manager_leaves_the_post_and_another_takes_over(town) -> None:
    done(Managing("N", leaving=("91",), joining=person("3")))

    assert (managers_on(MARCH_31)["N"], managers_on(APRIL)["N"]) == ({"91"}, {"3"})


def test_who_is_a_manager_already_is_not_made_one(town) -> None:
    assert reasons(Managing("N", joining=person("91"))) == ["Alva Chef91 is a manager of Norr already."]


def test_somebody_without_a_number_becomes_a_manager_and_leaves(town) -> None:
    outsider = UserFactory(employee_number=None)
    done(Managing("N", joining=outsider))
    assert own_departments(outsider, APRIL) == [town["N"].pk]

    done(Managing("N", leaving=(number_of(outsider),)))
    assert own_departments(outsider, APRIL) == []


def test_another_principal_stays_at_the_top(town) -> None:
    Department.objects.filter(external_id="U").update(is_other_principal=True)

    assert reasons(Moving("U", "K")) == ["Utbildning is another principal and stands at the top. Take that mark away first."]


def test_a_change_that_is_no_longer_the_one_that_was_shown_is_refused(town) -> None:
    request = Merging(("N",), into="S")
    seen = plan_of(request, APRIL, MONDAY).fingerprint
    EmploymentFactory(department=town["N"])

    with pytest.raises(PlanChanged):
        done(request, seen=seen)

    assert not Reorganisation.objects.exists()
    done(request, seen=plan_of(request, APRIL, MONDAY).fingerprint)


def test_a_plan_takes_a_fixed_number_of_queries(town, django_assert_max_num_queries) -> None:
    for _number in range(5):
        EmploymentFactory(department=DepartmentFactory(parent=town["N"]))

    with django_assert_max_num_queries(7):
        plan_of(Closing("K", "U", with_below=True), APRIL, MONDAY)
