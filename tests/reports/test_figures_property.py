"""The figures, in all organisations."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Department
from organisation.tree import Tree
from reports.figures import figures
from reports.managing import NOBODY
from reports.statuses import statuses_in
from tests.reports import reference
from tests.reports.building import Builder
from tests.reports.later import LATER, record_later
from tests.reports.worlds import DAYS, LAST, MOMENTS, World, worlds
from tests.volume import volume

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo what is done inside, so that each example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def as_dicts(day: dt.date, known_at: dt.datetime | None) -> list[dict[str, object]]:
    return [dataclasses.asdict(figure) for figure in figures(day, known_at)]


@volume(sample=60, proof=10_000)
@given(worlds(), MOMENTS)
def test_it_equals_the_slow_reference(world: World, known_at: dt.datetime) -> None:
    with forgotten():
        Builder(world)

        for day, moment in zip(world.days_to_ask, (None, None, None, known_at), strict=True):
            assert as_dicts(day, moment) == reference.figures(day, moment)


@given(worlds(), DAYS, MOMENTS)
def test_it_answers_with_what_was_known_at_the_moment(world: World, day: dt.date, known_at: dt.datetime) -> None:
    with forgotten():
        Builder(world, known_by=known_at)
        answered_then = figures(day)

    with forgotten():
        Builder(world)
        assert figures(day, known_at) == answered_then


@given(worlds(), DAYS)
def test_it_shows_managers_the_same(world: World, day: dt.date) -> None:
    with forgotten():
        Builder(world)
        tree = Tree.on(day)

        for department in tree.parents:
            in_line = statuses_in(tree.below(department), day, tree)
            shown = {terms.slug: in_line.share(terms.module_id, [department]) for terms in in_line.modules}
            external_id = Department.objects.get(pk=department).external_id
            for figure in figures(day, departments=[external_id]):
                share = shown.get(figure.module, NOBODY)
                assert (share.target, share.exempt) == (figure.target, figure.exempt)
                assert (share.done, share.overdue) == (figure.valid, figure.overdue)


@given(worlds(), DAYS, st.randoms(use_true_random=False))
def test_it_never_changes_for_a_known_moment(world: World, day: dt.date, chance: Random) -> None:
    known_at = dt.datetime.combine(LAST, dt.time(22), tzinfo=dt.UTC)
    with forgotten():
        Builder(world)
        before = figures(day, known_at)

        record_later(chance, at=dt.datetime.combine(LATER, dt.time(8), tzinfo=dt.UTC))

        assert figures(day, known_at) == before
