"""Who is who: the number identifies the person, and an address never opens an earlier person's record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from organisation.models import User
from tests.factories import PASSWORD, UserFactory
from tests.organisation.hr.files import MONDAY, PEOPLE_HEADER, people_file, person
from tests.organisation.hr.importing import employments_on, imported, person_of

pytestmark = pytest.mark.django_db

LATER = MONDAY + dt.timedelta(days=28)
OTHER = person("1002")


def test_it_makes_persons_who_cannot_log_in_until_they_choose_a_password() -> None:
    imported(people=people_file(person(first="Åsa", last="Öberg", address="Asa.Oberg@Example.se")))

    user = person_of()
    assert (user.get_full_name(), user.email, user.is_active) == ("Åsa Öberg", "asa.oberg@example.se", True)
    assert not user.has_usable_password()
    assert not user.is_staff


def test_a_person_without_an_address_counts() -> None:
    imported(people=people_file(person(address=""), person("1002", address="")))

    assert employments_on(MONDAY) == {("1001", "D1"), ("1002", "D1")}
    assert person_of().email is None


def test_another_name_and_address_are_the_same_person() -> None:
    imported()
    before = person_of()
    before.set_password(PASSWORD)
    before.save()

    done = imported(people=people_file(person(last="Nygift", address="nygift@example.se")), as_of=LATER)

    after = person_of()
    assert (after.pk, after.last_name, after.email) == (before.pk, "Nygift", "nygift@example.se")
    assert after.check_password(PASSWORD)
    assert after.joined_at == before.joined_at
    assert done.changes.people.renamed == [("1001", "Alva Test1001", "Alva Nygift")]
    assert done.changes.people.new_address == [("1001",)]


def test_two_persons_may_swap_addresses() -> None:
    imported(people=people_file(person(), OTHER))

    imported(people=people_file(person(address="p1002@example.se"), person("1002", address="p1001@example.se")), as_of=LATER)

    assert (person_of("1001").email, person_of("1002").email) == ("p1002@example.se", "p1001@example.se")


def test_a_leavers_address_is_released() -> None:
    imported(people=people_file(person(), OTHER))

    done = imported(people=people_file(OTHER), as_of=LATER)

    assert (person_of().email, person_of().is_active) == (None, False)
    assert done.changes.people.left == [("1001",)]


def test_a_leavers_address_opens_only_the_record_of_who_has_it_now() -> None:
    imported(people=people_file(person(), OTHER))
    earlier = person_of()
    earlier.set_password(PASSWORD)
    earlier.save()
    session = Client()
    session.force_login(earlier)

    imported(people=people_file(person("2001", "Ny", address="p1001@example.se"), OTHER), as_of=LATER)

    now = User.objects.get(email="p1001@example.se")
    assert (now.employee_number, now.pk == earlier.pk) == ("2001", False)
    assert not Client().login(email="p1001@example.se", password=PASSWORD)
    assert session.get("/mina-intyg/").status_code == 302


def test_a_leavers_row_gives_no_address() -> None:
    imported(people=people_file(person(till="2026-02-28"), OTHER))

    assert person_of().email is None


def test_who_returns_gets_the_address_of_the_file_and_may_log_in() -> None:
    imported(people=people_file(person(), OTHER))
    imported(people=people_file(OTHER), as_of=LATER)

    done = imported(people=people_file(person(start="2026-08-10", address="ny@example.se"), OTHER), as_of=dt.date(2026, 8, 10))

    assert (person_of().email, person_of().is_active) == ("ny@example.se", True)
    assert done.changes.people.returned == [("1001",)]


def test_an_account_that_was_closed_by_hand_stays_closed() -> None:
    imported()
    User.objects.update(is_active=False)

    imported(as_of=LATER)

    assert not person_of().is_active


def test_who_works_until_a_day_to_come_keeps_the_address_until_then() -> None:
    imported(people=people_file(person(), OTHER))

    imported(people=people_file(OTHER), as_of=LATER, at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC))
    assert (person_of().email, person_of().is_active) == ("p1001@example.se", True)

    imported(people=people_file(OTHER), as_of=LATER)
    assert (person_of().email, person_of().is_active) == (None, False)


def test_an_address_goes_to_whom_the_file_gives_it_also_before_the_other_has_left() -> None:
    imported(people=people_file(person(), OTHER))

    rows = people_file(person("2001", address="p1001@example.se"), OTHER)
    imported(people=rows, as_of=LATER, at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC))

    assert (person_of().email, person_of().is_active) == (None, True)
    assert person_of("2001").email == "p1001@example.se"


def test_accounts_that_do_not_come_from_hr_are_left_alone() -> None:
    by_hand = [UserFactory(employee_number=None, email="admin@example.se"), UserFactory(email="konsult@example.se")]

    imported()

    for account in by_hand:
        before = account.email
        account.refresh_from_db()
        assert (account.email, account.is_active) == (before, True)


@pytest.mark.parametrize(("said", "is_protected"), [("ja", True), ("nej", False), ("", False), ("JA", True)])
def test_it_knows_protected_identity(said, is_protected) -> None:
    imported(people=people_file(f"{person()};{said}", header=f"{PEOPLE_HEADER};skyddad"))

    assert person_of().is_protected == is_protected


def test_a_file_that_says_nothing_of_protection_changes_none() -> None:
    imported(people=people_file(f"{person()};ja", header=f"{PEOPLE_HEADER};skyddad"))

    imported(as_of=LATER)

    assert person_of().is_protected
