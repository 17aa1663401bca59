"""The bridges between two days, in all organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Module
from organisation.models import Department
from reports.bridge import EXPLAINED, TAKE_AWAY, Bridge, Cause, Comparison, build_bridge
from reports.comparing import AsOf, compare
from reports.figures import figures
from tests.reports.building import Builder
from tests.reports.test_figures_property import forgotten
from tests.reports.worlds import DAYS, MOMENTS, World, worlds

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MAYBE_MOMENTS = st.none() | MOMENTS
CORRECTIONS = {Cause.ADDED_AFTERWARDS, Cause.REMOVED_AFTERWARDS}


def every_bridge(comparison: Comparison) -> Iterator[tuple[int, int, Bridge]]:
    departments = {*comparison.earlier.tree.parents, *comparison.later.tree.parents}
    for module in Module.objects.values_list("pk", flat=True):
        for department in departments:
            for counted in EXPLAINED:
                yield module, department, build_bridge(comparison, module, [department], counted)


def answers(as_of: AsOf) -> dict[tuple[int, int, str], int]:
    modules = dict(Module.objects.values_list("slug", "pk"))
    departments = dict(Department.objects.values_list("external_id", "pk"))
    return {
        (modules[figure.module], departments[figure.department], counted): getattr(figure, counted)
        for figure in figures(as_of.day, as_of.known_at)
        for counted in EXPLAINED
    }


@given(worlds(), DAYS, DAYS, MAYBE_MOMENTS, MAYBE_MOMENTS)
def test_its_parts_lead_from_one_figure_to_the_other(
    world: World, one_day: dt.date, other_day: dt.date, known_then: dt.datetime | None, known_now: dt.datetime | None
) -> None:
    earlier, later = AsOf(min(one_day, other_day), known_then), AsOf(max(one_day, other_day), known_now)
    with forgotten():
        Builder(world)
        then, now = answers(earlier), answers(later)

        for module, department, bridge in every_bridge(compare(earlier, later)):
            key = module, department, bridge.counted
            assert (bridge.opening, bridge.closing) == (then.get(key, 0), now.get(key, 0))
            assert bridge.unexplained == 0
            assert all((number < 0) == (cause in TAKE_AWAY) for cause, number in bridge.parts.items())


@given(worlds(), DAYS, DAYS, MAYBE_MOMENTS)
def test_it_gives_no_cause_that_cannot_be(
    world: World, one_day: dt.date, other_day: dt.date, known_at: dt.datetime | None
) -> None:
    earlier, later = AsOf(min(one_day, other_day), known_at), AsOf(max(one_day, other_day), known_at)
    of_progress = {Cause.COMPLETED, Cause.COMPLETED_AGAIN, Cause.RULES_CHANGED, Cause.EXPIRED}
    possible = {
        "target": set(Cause) - CORRECTIONS - of_progress,
        "completed": set(Cause) - CORRECTIONS - of_progress | {Cause.COMPLETED},
        "valid": set(Cause) - CORRECTIONS,
    }
    with forgotten():
        Builder(world)
        comparison = compare(earlier, later)

        for _module, _department, bridge in every_bridge(comparison):
            assert bridge.parts.keys() <= possible[bridge.counted]

        everywhere = {*comparison.earlier.tree.parents, *comparison.later.tree.parents}
        for module in Module.objects.values_list("pk", flat=True):
            whole = build_bridge(comparison, module, everywhere, "target")
            assert not whole.parts.keys() & {Cause.MOVED_IN, Cause.MOVED_OUT}


@given(worlds(), DAYS, MOMENTS, MOMENTS)
def test_between_two_answers_about_one_day_there_are_only_corrections(
    world: World, day: dt.date, one_moment: dt.datetime, other_moment: dt.datetime
) -> None:
    with forgotten():
        Builder(world)

        for _module, _department, bridge in every_bridge(compare(AsOf(day, one_moment), AsOf(day, other_moment))):
            assert bridge.parts.keys() <= CORRECTIONS
