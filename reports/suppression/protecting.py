"""The one function that decides what a report hides."""

from __future__ import annotations

from collections.abc import Sequence

from reports.follow_up.basis import Basis
from reports.suppression.hidden import MEASURES, Hidden, HiddenBridge, HiddenCell, HiddenPart, HiddenRow, Shown

SMALLEST_THRESHOLD = 5


def protect(basis: Basis, earlier: Sequence[Shown] = ()) -> Hidden:
    """Return what must be hidden of `basis` when `earlier` reports are out, whoever reads them all."""
    threshold = max(SMALLEST_THRESHOLD, basis.rules.threshold)
    small = range(1, threshold)
    rows = {(figure.module, figure.unit) for figure in basis.figures if figure.target in small}
    late = {(row.module, row.unit): row.count for row in basis.late}
    cells = {
        (figure.module, figure.unit, measure)
        for figure in basis.figures
        for measure in MEASURES
        if (figure.module, figure.unit) not in rows
        and (late.get((figure.module, figure.unit), 0) if measure == "late" else getattr(figure, measure)) in small
    }
    return Hidden(
        threshold=threshold,
        rows=tuple(HiddenRow(module=module, unit=unit, why="small") for module, unit in sorted(rows)),
        cells=tuple(HiddenCell(module=one, unit=two, measure=three, why="small") for one, two, three in sorted(cells)),
        bridges=tuple(
            HiddenBridge(module=bridge.module, unit=bridge.unit, counted=bridge.counted)
            for bridge in basis.bridges
            if (bridge.module, bridge.unit) in rows or (bridge.module, bridge.unit, bridge.counted) in cells
        ),
        parts=tuple(
            HiddenPart(module=bridge.module, unit=bridge.unit, counted=bridge.counted, cause=cause, why="small")
            for bridge in basis.bridges
            for cause, number in sorted(bridge.parts.items())
            if abs(number) in small
        ),
    )
