"""Logging in with a slip."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.utils import timezone

from organisation.actions.login_slips import SlipRefused, make_slip
from organisation.models import Event, LoginSlip, User
from tests.factories import EmploymentFactory, ManagerFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

DOOR = "/konto/engangskod/"


@pytest.fixture(autouse=True)
def _no_guesses_yet():
    caches["default"].clear()


@pytest.fixture
def unreachable(youth_centre):
    """Works at the youth centre and has no address."""
    return EmploymentFactory(user=UserFactory(email=None, employee_number="77001"), department=youth_centre).user


@pytest.fixture
def code(unreachable, manager) -> str:
    return make_slip(user=unreachable, by=manager, at=timezone.now()).code


def type_in(client, code: str, number: str = "77001"):
    return client.post(DOOR, {"employee_number": number, "code": code})


def test_it_lets_the_person_in_for_a_short_while(client, unreachable, code) -> None:
    answer = type_in(client, code)

    assert answer["Location"] == "/"
    assert get_user(client) == unreachable
    assert client.session.get_expiry_age() <= 4 * 60 * 60
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "written", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} ".replace("0", "o")]
)
def test_it_reads_the_code_as_people_write_it(client, unreachable, code, written) -> None:
    type_in(client, written(code))

    assert get_user(client) == unreachable


def test_it_reads_the_number_in_large_and_small_letters_unless_it_could_be_another_s(client, unreachable, manager) -> None:
    User.objects.filter(pk=unreachable.pk).update(employee_number="Ab-77")
    code = make_slip(user=User.objects.get(pk=unreachable.pk), by=manager, at=timezone.now()).code
    UserFactory(employee_number="AB-77")
    UserFactory(employee_number="aB-77")
    type_in(client, code, "ab-77")
    assert not get_user(client).is_authenticated

    User.objects.exclude(pk=unreachable.pk).filter(employee_number__iexact="ab-77").update(employee_number=None)
    type_in(client, code, "ab-77")

    assert get_user(client) == unreachable


def test_it_lets_nobody_in_twice(client, code) -> None:
    type_in(client, code)
    client.logout()

    type_in(client, code)

    assert not get_user(client).is_authenticated


def test_a_new_slip_voids_the_former(client, unreachable, manager, code) -> None:
    newer = make_slip(user=unreachable, by=manager, at=timezone.now()).code

    type_in(client, code)
    assert not get_user(client).is_authenticated
    type_in(client, newer)
    assert get_user(client) == unreachable


def test_it_holds_fourteen_days_and_no_longer(client, code) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        type_in(client, code)

        assert not get_user(client).is_authenticated


def test_it_is_of_no_use_with_another_s_number(client, youth_centre, code) -> None:
    other = EmploymentFactory(user=UserFactory(email=None), department=youth_centre).user

    type_in(client, code, other.employee_number)

    assert not get_user(client).is_authenticated


def test_it_says_the_same_of_a_wrong_code_and_an_unknown_number(client, code) -> None:
    wrong, unknown = type_in(client, "AAAA-AAAA-AAAA"), type_in(client, code, "finns-inte")

    assert wrong.context["form"].errors == unknown.context["form"].errors != {}


def test_guesses_at_a_number_are_stopped_also_with_the_right_code(client, code) -> None:
    for _turn in range(5):
        type_in(client, "AAAA-AAAA-AAAA")

    type_in(client, code)

    assert not get_user(client).is_authenticated


def test_guesses_at_both_doors_are_counted_together(client, code) -> None:
    for turn in range(5):
        type_in(client, "AAAA-AAAA-AAAA", f"nummer-{turn}")
        client.post("/konto/logga-in/", {"login": f"nagon{turn}@example.se", "password": "fel"})

    type_in(client, code)

    assert not get_user(client).is_authenticated


def test_nothing_that_can_be_read_is_stored(unreachable, code) -> None:
    slip = LoginSlip.objects.get()
    said = f"{slip.code_hash} {[event.details for event in Event.objects.all()]}"

    assert code not in said
    assert code.replace("-", "") not in said


def test_printing_and_use_are_logged(client, unreachable, manager, code) -> None:
    type_in(client, code)

    events = Event.objects.filter(verb__startswith="login_slip.").order_by("pk").values_list("verb", "actor", "subject_id")
    assert list(events) == [
        ("login_slip.printed", manager.pk, str(unreachable.pk)),
        ("login_slip.used", unreachable.pk, str(unreachable.pk)),
    ]


def test_it_lets_in_nobody_who_has_left(client, unreachable, code) -> None:
    unreachable.is_active = False
    unreachable.save()

    type_in(client, code)

    assert not get_user(client).is_authenticated


def test_it_sets_no_password_that_an_address_would_make_a_key(client, unreachable, code) -> None:
    type_in(client, code)

    for address in ("/konto/losenord/", "/konto/losenord/valj/"):
        client.post(address, {"password1": "en lång hemlighet", "password2": "en lång hemlighet"})

    unreachable.refresh_from_db()
    assert not unreachable.check_password("en lång hemlighet")


def given_an_address(person) -> None:
    person.email = "ny@example.se"
    person.save()


def given_the_administration(person) -> None:
    person.is_staff = True
    person.save()


def put_in_a_group(person) -> None:
    person.groups.add(Group.objects.create(name="Någon grupp"))


def made_a_manager(person) -> None:
    ManagerFactory(manager=person)


@pytest.mark.parametrize("become", [given_an_address, given_the_administration, put_in_a_group, made_a_manager])
def test_it_is_never_a_way_to_another_s_rights(client, unreachable, manager, code, become) -> None:
    become(unreachable)

    type_in(client, code)

    assert not get_user(client).is_authenticated
    with pytest.raises(SlipRefused):
        make_slip(user=unreachable, by=manager, at=timezone.now())


@pytest.mark.parametrize("somebody", ["other_manager", "learner", "coordinator", "outsider"])
def test_only_those_who_answer_for_the_person_print_one(request, unreachable, somebody) -> None:
    with pytest.raises(SlipRefused):
        make_slip(user=unreachable, by=request.getfixturevalue(somebody), at=timezone.now())

    assert not LoginSlip.objects.exists()
