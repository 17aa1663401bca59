"""Rows of many keys are asked for with one parameter."""

from __future__ import annotations

import pytest

from organisation.keys import IsOneOf
from organisation.models import Employment
from tests.factories import EmploymentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def employments_of(keys: list[int]) -> set[int]:
    return set(Employment.objects.filter(IsOneOf("user", keys)).values_list("pk", flat=True))


def test_it_finds_those_and_no_others() -> None:
    first, second, _third = EmploymentFactory.create_batch(3)

    assert employments_of([first.user_id, second.user_id, 2**40]) == {first.pk, second.pk}


def test_it_finds_nothing_for_no_keys() -> None:
    EmploymentFactory()

    assert employments_of([]) == set()


def test_it_asks_for_more_keys_than_a_statement_takes_parameters() -> None:
    employment = EmploymentFactory()

    assert employments_of([*range(-300_000, 0), employment.user_id]) == {employment.pk}


def test_it_goes_with_other_conditions_and_the_other_way_round() -> None:
    first, second = EmploymentFactory.create_batch(2)
    keys = [first.user_id, second.user_id]

    assert set(Employment.objects.filter(IsOneOf("user", keys), pk=second.pk)) == {second}
    assert set(Employment.objects.exclude(IsOneOf("user", [first.user_id]))) == {second}
