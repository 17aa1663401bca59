"""Nobody who reads every table of every cycle can tell a small number: not the public, not a manager who knows her own line."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from reports.suppression import MEASURES, Hidden, Shown, bridges, channels, protect, showing, steps
from reports.suppression.hidden import HiddenCell, HiddenRow
from tests.reports.suppression.attacker import Attacker
from tests.reports.suppression.organisations import Organisation, Shape, shapes
from tests.volume import volume

SMALL = range(1, 5)


def published(organisation: Organisation) -> list[Shown]:
    shown: list[Shown] = []
    for basis in organisation.bases:
        shown.append(Shown(basis=basis, hidden=protect(basis, shown)))
    return shown


@pytest.mark.proof
@pytest.mark.parametrize("small_system", [0, showing.SMALL_SYSTEM])
@volume(sample=6, proof=500)
@given(shape=shapes())
# One person started, in a unit where for the target's part nobody is left for certain: others work in it and below it.
@example(shape=Shape(seed=870342, units=8, modules=1, cycles=2, pace=0.05, doubles=0.1))
# A small organisation's second report, looked at as a whole, told what the first had hidden.
@example(shape=Shape(seed=1462, units=6, modules=1, cycles=2, pace=0.9, doubles=0.0))
# Few have left besides those of a unit three levels below, whose manager subtracts hers.
@example(shape=Shape(seed=627290, units=8, modules=2, cycles=3, pace=0.9, doubles=0.0))
# Who has not started adds up over the units below, though those who have, and the target, do not.
@example(shape=Shape(seed=59657, units=6, modules=3, cycles=3, pace=0.6, doubles=0.1))
# The manager knows all who can be exempt but those of the units that are shown.
@example(shape=Shape(seed=359077, units=7, modules=2, cycles=3, pace=0.05, doubles=0.1))
# Few expired besides those of one unit, among so few who are overdue that no pool had room.
@example(shape=Shape(seed=804657, units=4, modules=3, cycles=3, pace=0.9, doubles=0.0))
# One is still there besides those of a unit.
@example(shape=Shape(seed=509089, units=2, modules=1, cycles=3, pace=0.05, doubles=0.0))
def test_no_role_tells_a_small_number(small_system: int, shape: Shape) -> None:
    organisation = Organisation(shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(showing, "SMALL_SYSTEM", small_system)
        attacker = Attacker(organisation, published(organisation))

    for role in (None, *organisation.parents):
        assert attacker.tell(role) == []


@pytest.mark.proof
@volume(sample=10, proof=300)
@given(shapes(max_units=5, cycles=1, doubles=(0.0,)))
# One pool after the other left it open that these were 0.
@example(Shape(seed=504097, units=7, modules=1, cycles=1, pace=0.9, doubles=0.0))
@example(Shape(seed=856350, units=7, modules=1, cycles=1, pace=0.6, doubles=0.0))
def test_in_a_small_organisation_every_small_number_could_be_at_the_threshold(shape: Shape) -> None:
    organisation = Organisation(shape)
    attacker = Attacker(organisation, published(organisation), is_0_safe=False)

    for role in (None, *organisation.parents):
        assert attacker.tell(role) == []


def without_others(organisation: Organisation) -> list[Shown]:
    """Hide small numbers and nothing beside them."""
    return [
        Shown(
            basis=basis,
            hidden=Hidden(
                threshold=5,
                rows=tuple(
                    HiddenRow(module=row.module, unit=row.unit, why="small") for row in basis.figures if row.target in SMALL
                ),
                cells=tuple(
                    HiddenCell(module=row.module, unit=row.unit, measure=name, why="small")
                    for row in basis.figures
                    for name in MEASURES
                    if getattr(row, name, 0) in SMALL
                ),
                bridges=(),
                parts=(),
            ),
        )
        for basis in organisation.bases
    ]


def a_shape(seed: int, units: int = 6, cycles: int = 1) -> Shape:
    return Shape(seed=seed, units=units, modules=1, cycles=cycles, pace=0.6, doubles=0.0)


def test_the_attacker_tells_them_where_only_they_are_hidden() -> None:
    organisation = Organisation(a_shape(3))

    assert Attacker(organisation, without_others(organisation)).tell()


STEPS = [(steps, a_shape(5)), (channels, a_shape(3))]
# Here a manager tells what is either small or 0.
BRIDGES = Shape(seed=6425, units=13, modules=1, cycles=2, pace=0.9, doubles=0.0)


@pytest.mark.parametrize(("step", "shape", "is_0_safe"), [*((*each, True) for each in STEPS), (bridges, BRIDGES, False)])
def test_the_attacker_tells_them_where_a_step_hides_nothing_beside(
    monkeypatch: pytest.MonkeyPatch, step: object, shape: Shape, is_0_safe: bool
) -> None:
    monkeypatch.setattr(step, "mend", lambda pools, needs, costs: [])
    monkeypatch.setattr(showing, "SMALL_SYSTEM", 0)
    organisation = Organisation(shape)
    attacker = Attacker(organisation, published(organisation), is_0_safe=is_0_safe)

    assert any(attacker.tell(role) for role in (None, *organisation.parents))


@pytest.mark.parametrize(("step", "shape"), STEPS)
def test_a_small_system_is_protected_even_so(monkeypatch: pytest.MonkeyPatch, step: object, shape: Shape) -> None:
    monkeypatch.setattr(step, "mend", lambda pools, needs, costs: [])
    organisation = Organisation(shape)
    attacker = Attacker(organisation, published(organisation), is_0_safe=False)

    assert not any(attacker.tell(role) for role in (None, *organisation.parents))
