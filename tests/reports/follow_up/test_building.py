"""The basis of a report, in all organisations: it says what the figures and their bridges say, which other code works out."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Module
from courses.payload import canonical
from organisation.models import Department
from organisation.tree import Tree
from reports.bridge import EXPLAINED, build_bridge
from reports.comparing import AsOf, compare
from reports.counting import COUNTED
from reports.figures import count_people, figures
from reports.follow_up.basis import Basis
from reports.follow_up.building import Undated, build
from reports.follow_up.freezing import freeze
from reports.models import Cycle
from reports.record import terms_on
from tests.reports.building import Builder
from tests.reports.test_figures_property import forgotten
from tests.reports.worlds import DAYS, MOMENTS, World, worlds
from tests.volume import volume

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EVER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


def cycle_of(day: dt.date, period: str = "april") -> Cycle:
    return Cycle(year=day.year, period=period, cut_off_on=day, opened_at=EVER)


def own_tops(tree: Tree, others: set[int]) -> list[int]:
    return [one for one in tree.parents if not others.intersection(tree.above(one))]


@volume(sample=12, proof=500)
@given(worlds(), DAYS, MOMENTS, st.booleans())
def test_its_figures_are_those_of_the_day_with_each_person_once_in_the_city(
    world: World, day: dt.date, known_at: dt.datetime, has_other: bool
) -> None:
    with forgotten():
        builder = Builder(world)
        others = {builder.departments[0].pk} if has_other else set()
        Department.objects.filter(pk__in=others).update(is_other_principal=True)
        basis = build(cycle_of(day), known_at)
        found = {(one.module, one.unit): [getattr(one, name) for name in COUNTED] for one in basis.figures}

        live = {(one.module, one.department): [getattr(one, name) for name in COUNTED] for one in figures(day, known_at)}
        assert {key: counts for key, counts in found.items() if key[1]} == live
        tree = Tree.on(day, known_at)
        people = count_people(day, known_at, tree, terms_on(day, known_at))
        slugs = dict(Module.objects.values_list("pk", "slug"))
        for module in terms_on(day, known_at):
            city = [set().union(*(people.get((module, top, name), ()) for top in own_tops(tree, others))) for name in COUNTED]
            assert found[slugs[module], ""] == [len(persons) for persons in city]


@volume(sample=12, proof=500)
@given(worlds(), DAYS, DAYS, MOMENTS, MOMENTS, st.booleans())
def test_its_bridges_are_those_that_are_built_person_by_person(
    world: World, one_day: dt.date, other_day: dt.date, one_moment: dt.datetime, other_moment: dt.datetime, has_other: bool
) -> None:
    days, moments = sorted((one_day, other_day)), sorted((one_moment, other_moment))
    with forgotten():
        builder = Builder(world)
        others = {builder.departments[0].pk} if has_other else set()
        Department.objects.filter(pk__in=others).update(is_other_principal=True)
        earlier, later = AsOf(days[0], moments[0]), AsOf(days[1], moments[1])
        found = bridges_between(earlier, later)

        comparison = compare(earlier, later)
        slugs = dict(Module.objects.values_list("pk", "slug"))
        for module in terms_on(later.day, later.known_at):
            for one, unit in Department.objects.values_list("pk", "external_id"):
                if one not in comparison.later.tree.parents:
                    continue
                for counted in EXPLAINED:
                    bridge = build_bridge(comparison, module, [one], counted)
                    parts = {cause.value: number for cause, number in bridge.parts.items()}
                    assert found[slugs[module], unit, counted] == (bridge.opening, parts, bridge.closing)
        for (_module, _unit, _counted), (opening, parts, closing) in found.items():
            assert opening + sum(parts.values()) == closing


def bridges_between(earlier: AsOf, later: AsOf) -> dict[tuple[str, str, str], tuple[int, dict[str, int], int]]:
    from reports.follow_up.basis import EarlierAt
    from reports.follow_up.building import Builder

    builder = Builder(cycle_of(later.day), later.known_at, Undated.now())
    builder.figures()
    at = {"year": 1, "period": "april", "number": 1, "sha256": "", "has_same_rules": True}
    bridges = builder.bridges(EarlierAt(**at, known_at=earlier.known_at, cut_off_on=earlier.day))
    return {(one.module, one.unit, one.counted): (one.opening, one.parts, one.closing) for one in bridges}


@volume(sample=5, proof=200)
@given(worlds(), MOMENTS)
def test_it_is_the_same_whenever_it_is_built_and_reads_back(world: World, known_at: dt.datetime) -> None:
    day = known_at.date() - dt.timedelta(days=1)
    with forgotten():
        Builder(world)
        cycle = Cycle.objects.create(year=day.year, period="april", cut_off_on=day, opened_at=known_at)
        first = freeze(cycle, by=None, at=EVER, known_at=known_at)

        basis = msgspec.json.decode(bytes(first.basis), type=Basis)
        assert canonical(basis) == bytes(first.basis)
        assert canonical(build(cycle, known_at)) == bytes(first.basis)
        assert canonical(build(cycle, known_at, Undated.of(basis))) == bytes(first.basis)
