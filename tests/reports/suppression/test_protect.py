"""What a report hides, case by case."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.follow_up.basis import Basis, BridgeAt, FigureAt, Rules, UnitAt
from reports.suppression import Hidden, Shown, protect
from tests.reports.follow_up.samples import a_basis
from tests.reports.suppression.organisations import Organisation, Shape, shapes
from tests.volume import volume

EMPTY = Organisation(Shape(seed=1, units=1, modules=1, cycles=1, pace=0.3, doubles=0.0)).bases[0]


def basis(parents: dict[str, str], bridges: tuple[BridgeAt, ...] = (), **targets: int) -> Basis:
    """Return a basis in which everybody is offered the module and nobody has begun it; `city` is the city's target."""
    targets[""] = targets.pop("city")
    zeros = dict.fromkeys(FigureAt.__struct_fields__[2:], 0)
    return msgspec.structs.replace(
        EMPTY,
        units=tuple(UnitAt(id=unit, name=unit, kind="", parent=parent) for unit, parent in parents.items()),
        figures=tuple(
            FigureAt(module="a", unit=unit, **{**zeros, "target": target, "offered": target})
            for unit, target in targets.items()
        ),
        bridges=bridges,
        late=(),
    )


def hidden_units(hidden: Hidden) -> set[str]:
    return {row.unit for row in hidden.rows}


FLAT = {"u": "", "v": "", "w": "", "x": ""}


def test_it_hides_the_row_of_a_small_target_and_two_beside_since_each_manager_knows_one() -> None:
    hidden = protect(basis(FLAT, u=3, v=20, w=30, x=40, city=93))

    assert hidden_units(hidden) == {"u", "v", "w"}


def test_it_shows_zero() -> None:
    hidden = protect(basis(FLAT, u=0, v=20, w=30, x=40, city=90))

    assert hidden.rows == hidden.cells == ()


def test_it_protects_those_who_work_in_a_parent_directly() -> None:
    hidden = protect(basis({"u": "", "v": "u", "w": "u", "x": ""}, u=52, v=20, w=30, x=40, city=92))

    assert hidden_units(hidden)


def test_two_small_rows_that_are_few_together_do_not_protect_each_other() -> None:
    hidden = protect(basis(FLAT, u=1, v=2, w=30, x=40, city=73))

    assert {"w", "x"} <= hidden_units(hidden)


def test_the_threshold_is_never_below_five() -> None:
    low = msgspec.structs.replace(
        basis(FLAT, u=4, v=20, w=30, x=40, city=94), rules=Rules(figures=1, suppression=1, threshold=2)
    )

    assert protect(low).threshold == 5
    assert not protect(low).shows_row("a", "u")


def test_a_higher_threshold_hides_more() -> None:
    high = msgspec.structs.replace(
        basis(FLAT, u=8, v=20, w=30, x=40, city=98), rules=Rules(figures=1, suppression=1, threshold=10)
    )

    assert not protect(high).shows_row("a", "u")


def test_nothing_is_hidden_where_there_is_nothing() -> None:
    nothing = msgspec.structs.replace(EMPTY, units=(), modules=(), figures=(), assignments=(), bridges=(), late=())

    assert protect(nothing) == Hidden(threshold=5, rows=(), cells=(), bridges=(), parts=())


def a_bridge(opening: int, closing: int, **parts: int) -> BridgeAt:
    return BridgeAt(module="a", unit="v", counted="target", opening=opening, parts=parts, closing=closing)


def test_a_bridge_prints_its_large_parts_and_one_line_for_all_others() -> None:
    bridge = a_bridge(12, 20, employed=9, moved_in=2, stopped_working=-3)
    hidden = protect(basis(FLAT, (bridge,), u=10, v=20, w=30, x=40, city=100))

    assert hidden.shows_bridge("a", "v", "target")
    assert hidden.parts_of(bridge) == ({"employed": 9}, -1)


def test_a_bridge_from_or_to_a_small_number_is_hidden_whole() -> None:
    hidden = protect(basis(FLAT, (a_bridge(3, 20, employed=17),), u=10, v=20, w=30, x=40, city=100))

    assert not hidden.shows_bridge("a", "v", "target")


def test_a_bridge_from_what_the_earlier_report_hid_is_hidden_whole() -> None:
    first, second, *_ = Organisation(Shape(seed=5, units=6, modules=1, cycles=2, pace=0.6, doubles=0.0)).bases
    shown = Shown(basis=first, hidden=protect(first))
    hidden = protect(second, [shown])

    for bridge in second.bridges:
        if not shown.hidden.shows(bridge.module, bridge.unit, bridge.counted):
            assert not hidden.shows_bridge(bridge.module, bridge.unit, bridge.counted)


def test_the_city_is_hidden_last() -> None:
    sample: Any = a_basis()
    hidden = protect(sample)

    for module in sample.modules:
        assert hidden.shows(module.slug, "", "target")
        assert hidden.shows(module.slug, "", "valid")


@volume(sample=15, proof=300)
@given(shapes(), st.randoms(use_true_random=False))
def test_it_hides_the_same_in_whatever_order_it_is_told(shape: Shape, random: Random) -> None:
    shown: list[Shown] = []
    for one in Organisation(shape).bases:
        hidden = protect(one, shown)
        mixed = msgspec.structs.replace(
            one,
            **{
                name: tuple(random.sample(rows, len(rows)))
                for name in ("units", "figures", "bridges", "assignments")
                if (rows := getattr(one, name))
            },
        )
        assert msgspec.json.encode(protect(mixed, random.sample(shown, len(shown)))) == msgspec.json.encode(hidden)
        shown.append(Shown(basis=one, hidden=hidden))


@pytest.mark.parametrize("seed", range(5))
def test_every_small_number_is_hidden(seed: int) -> None:
    for one in Organisation(Shape(seed=seed, units=7, modules=3, cycles=1, pace=0.6, doubles=0.1)).bases:
        hidden = protect(one)
        for row in one.figures:
            for name in FigureAt.__struct_fields__[2:]:
                if 0 < getattr(row, name) < 5:
                    assert not hidden.shows(row.module, row.unit, name)
