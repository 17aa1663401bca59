"""What a changed target group is said to mean, in all organisations, equals the figures before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from courses.actions.change_audience import change_audience
from courses.membership import RuleTerms, changes_with
from courses.models import Acceptance, Assignment, Audience, Module
from organisation.models import Department
from reports.figures import figures
from tests.reports.building import Builder
from tests.reports.worlds import BEGINNING, DAYS, FIRST, LAST, OCCUPATIONS, EditionPlan, World, moment, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
KINDS = st.tuples(st.sets(st.sampled_from(OCCUPATIONS)), st.booleans(), st.sets(st.integers(0, 4), min_size=1))


@contextmanager
def forgotten() -> Any:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def assigned_everywhere(built: Builder, audience: Audience) -> Module:
    """A module of its own, which every department has accepted for the audience."""
    module = Module.objects.create(slug="ny", title="Ny")
    built.make_edition(module, EditionPlan((1, 0), FIRST, BEGINNING, None, None, only_a_step=False))
    assignment = Assignment.objects.create(module=module, audience=audience, from_on=FIRST, due_days=1, recorded_at=BEGINNING)
    said = {"accepted_on": FIRST, "accepted_by": built.persons[0], "persons": 0, "minutes": 0, "recorded_at": BEGINNING}
    Acceptance.objects.bulk_create(Acceptance(assignment=assignment, department=one, **said) for one in built.departments)
    return module


def targets(day: dt.date, module: Module) -> dict[str, int]:
    """How many each department has in the target group."""
    return {one.department: one.target for one in figures(day, modules=[module.slug]) if one.target}


def counted(rows: Collection[dict[str, Any]], *what: str) -> dict[str, int]:
    ids = dict(Department.objects.values_list("pk", "external_id"))
    sums = {ids[row["department"]]: sum(row[one] for one in what) for row in rows}
    return {department: number for department, number in sums.items() if number}


@given(worlds(), DAYS, KINDS, st.booleans())
def test_the_protocol_says_what_the_figures_say(
    world: World, day: dt.date, kind: tuple[set[str], bool, set[int]], corrects_past: bool
) -> None:
    occupations, only_meets_young, numbers = kind
    with forgotten():
        built = Builder(world)
        audience = built.audiences[0]
        module = assigned_everywhere(built, audience)
        named = frozenset(built.departments[number % len(built.departments)].pk for number in numbers)
        terms = RuleTerms(named, frozenset(occupations), only_meets_young)
        today = LAST if corrects_past else day
        days = sorted({day, today})
        before = [targets(one, module) for one in days]
        previewed = [one.as_data() for one in changes_with(audience, terms, day, today)]

        change = change_audience(
            audience=audience, name="Ny", terms=terms, from_on=day, may_correct_past=True, by=None, at=moment(today, 11)
        )

        if change is None:
            assert all(one["came"] == one["went"] == 0 for one in previewed)
            return
        assert change.counted == previewed
        for one, that_day, old in zip(previewed, days, before, strict=True):
            assert counted(one["departments"], "went", "stay") == old
            assert counted(one["departments"], "came", "stay") == targets(that_day, module)
