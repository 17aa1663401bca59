"""The one function that decides what a report hides."""

from __future__ import annotations

from collections.abc import Sequence

from reports.follow_up.basis import Basis
from reports.suppression.bridges import hidden_bridges, hidden_parts
from reports.suppression.hidden import Hidden, Shown
from reports.suppression.hiding import ROW, Hiding
from reports.suppression.numbers import Numbers, Values
from reports.suppression.pools import Need
from reports.suppression.showing import hide_less
from reports.suppression.steps import hide_exempt, hide_measures, hide_rows

SUMMED_UP = ("trained", "certificates")
"""What is counted over a period: two periods that begin together tell by their difference what was in between."""


def protect(basis: Basis, earlier: Sequence[Shown] = ()) -> Hidden:
    """Return what must be hidden of `basis` when `earlier` reports are out, whoever reads them all."""
    numbers = Numbers.read(basis)
    earlier = sorted(earlier, key=lambda shown: shown.basis.cycle.cut_off_on)
    hiding, before = Hiding(numbers, _hidden_before(earlier)), _counted_before(basis, numbers, earlier)
    for modules in numbers.alike:
        same = numbers.same(modules, before)
        joined = Hiding(numbers.joined(same), _hidden_before(earlier)) if same else hiding
        _hide(joined, modules, before)
        if not earlier:
            hide_less(joined, modules)
        hiding.take(joined, same)
    bridges = hidden_bridges(basis, hiding, earlier)
    return Hidden(
        threshold=numbers.threshold,
        rows=hiding.rows(),
        cells=hiding.cells(),
        bridges=bridges,
        parts=hidden_parts(basis, numbers, bridges),
    )


def _hide(hiding: Hiding, modules: Sequence[str], before: dict[str, dict[str, Values]]) -> None:
    """Hide rows, then cells, of modules with the same audience: no others have to do with them.

    Where a part has too little room, begin again and hide what it is a part of, then the row, at last with others beside it.
    """
    loose = hiding.loose
    while True:
        hiding.begin(modules, loose)
        hide_rows(hiding, modules)
        hide_exempt(hiding, modules)
        for module in modules:
            unmet = list(hide_measures(hiding, module, before.get(module, {})))
            loose = loose | _looser(hiding.loose, module, unmet)
        if loose == hiding.loose:
            return


Loose = dict[tuple[str, str], frozenset[Need]]


def _looser(loose: Loose, module: str, unmet: Sequence[tuple[str, Need]]) -> Loose:
    """Return what else is to be hidden for the needs. Where a row goes for one, the others there are looked at again first."""
    steps = [(need, _next_step(loose, module, outer, need)) for outer, need in unmet]
    rows = {need.node for need, step in steps if step in (ROW, "target")}
    found: Loose = {}
    for need, step in steps:
        if step in (ROW, "target") or need.node not in rows:
            key = module, step
            found[key] = found.get(key, loose.get(key, frozenset())) | {need}
    return found


def _next_step(loose: Loose, module: str, outer: str, need: Need) -> str:
    ways = (outer, ROW, "target") if outer != "target" else (ROW, "target")
    return next((way for way in ways if need not in loose.get((module, way), ())), "target")


def _hidden_before(earlier: Sequence[Shown]) -> frozenset[tuple[str, str, str]]:
    """Return the cells that the last report hid: they had better be hidden again than others."""
    if not earlier:
        return frozenset()
    last = earlier[-1].hidden
    rows = {(row.module, row.unit, "target") for row in last.rows}
    return frozenset(rows | {(cell.module, cell.unit, cell.measure) for cell in last.cells})


def _counted_before(basis: Basis, numbers: Numbers, earlier: Sequence[Shown]) -> dict[str, dict[str, Values]]:
    """Return what the last report of a part of this period says, by module and measure."""
    inside = [shown.basis for shown in earlier if _is_part(shown.basis, basis)]
    found: dict[str, dict[str, Values]] = {}
    for figure in inside[-1].figures if inside else ():
        place = found.setdefault(figure.module, {})
        for measure in SUMMED_UP:
            values = place.setdefault(measure, [0] * len(numbers.forest.ids))
            if figure.unit in numbers.forest.numbers:
                values[numbers.forest.numbers[figure.unit]] = getattr(figure, measure)
    return found


def _is_part(one: Basis, whole: Basis) -> bool:
    return whole.cycle.from_on <= one.cycle.from_on and one.cycle.cut_off_on < whole.cycle.cut_off_on
