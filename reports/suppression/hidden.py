"""What a report does not show, as data: the one answer that every output asks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import msgspec

from reports.follow_up.basis import Basis, BridgeAt

MEASURES = (
    "target",
    "exempt",
    "offered",
    "started",
    "completed",
    "valid",
    "refresher",
    "overdue",
    "trained",
    "trained_left",
    "certificates",
    "late",
)
"""The numbers of a row, `FigureAt`'s; `late` is that of `LateCompletions`, 0 where there is none."""

Why = Literal["small", "complementary"]
"""A number is hidden because it, or what it is short of, is small; or so that such a number cannot be computed.

Printed at a cell it would say which cells are small: an output may only say how many there are of each.
"""


class HiddenRow(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """All measures of a module in a unit."""

    module: str
    unit: str
    why: Why


class HiddenCell(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One measure of a row that is otherwise shown."""

    module: str
    unit: str
    measure: str
    why: Why


class HiddenBridge(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A whole bridge: its opening or its closing is hidden where it stands as a figure."""

    module: str
    unit: str
    counted: str


class HiddenPart(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A part, not 0, of a bridge that is otherwise shown. Parts of 0 are never shown either; see `Hidden.parts_of`."""

    module: str
    unit: str
    counted: str
    cause: str
    why: Why


class Hidden(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that is hidden in one report. Sorted; `cells` are only those outside `rows`."""

    threshold: int
    rows: tuple[HiddenRow, ...]
    cells: tuple[HiddenCell, ...]
    bridges: tuple[HiddenBridge, ...]
    parts: tuple[HiddenPart, ...]

    def shows(self, module: str, unit: str, measure: str) -> bool:
        """Whether the number may be printed, be counted in a sum, or be part of a share."""
        return (module, unit) not in self._rows and (module, unit, measure) not in self._cells

    def shows_row(self, module: str, unit: str) -> bool:
        """Whether anything of the row may be printed."""
        return (module, unit) not in self._rows

    def shows_bridge(self, module: str, unit: str, counted: str) -> bool:
        """Whether the bridge's ends, and those of its parts that `parts_of` gives, may be printed."""
        return (module, unit, counted) not in self._bridges

    def parts_of(self, bridge: BridgeAt) -> tuple[Mapping[str, int], int]:
        """Return the parts to print, and what all others add together: one line, without saying which they are.

        Print that line also when it is 0. Print neither if `shows_bridge` says no.
        """
        key = bridge.module, bridge.unit, bridge.counted
        shown = {cause: number for cause, number in bridge.parts.items() if number and (*key, cause) not in self._parts}
        return shown, bridge.closing - bridge.opening - sum(shown.values())

    @cached_property
    def _rows(self) -> frozenset[tuple[str, str]]:
        return frozenset((row.module, row.unit) for row in self.rows)

    @cached_property
    def _cells(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((cell.module, cell.unit, cell.measure) for cell in self.cells)

    @cached_property
    def _bridges(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((bridge.module, bridge.unit, bridge.counted) for bridge in self.bridges)

    @cached_property
    def _parts(self) -> frozenset[tuple[str, str, str, str]]:
        return frozenset((part.module, part.unit, part.counted, part.cause) for part in self.parts)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier report as it was published: it can no longer be changed."""

    basis: Basis
    hidden: Hidden
