"""The numbers of a module that can be otherwise each by itself, which small ones they tell, and what is hidden for that.

Each step looks at what one kind of people could be instead, all else as it is: a person offered the module or not, done or
not, overdue or not. So the steps need not know of each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.suppression.hiding import Hiding
from reports.suppression.mending import mend
from reports.suppression.numbers import Values, minus
from reports.suppression.pools import ENDLESS, Amounts, Need, Pools, Way


@dataclass(frozen=True)
class Group:
    """People whose number is protected where it is small, by unit.

    It rises as the cells rise, or falls (`is_more`).
    Where `beside` is 0 the cells have nothing to do with it, or it is protected otherwise; but not where `around`, which it is
    a part of, is small. The needs `elsewhere` are seen to by another step.
    """

    values: Values
    is_more: bool = True
    beside: Values | None = None
    around: Values | None = None
    elsewhere: frozenset[Need] = frozenset()


@dataclass(frozen=True)
class Channel:
    """Cells, as (module, measure), that are hidden together. `sizes` is how many each unit has, the most of them."""

    cells: Sequence[tuple[str, str]]
    sizes: Values
    amounts: Mapping[Way, Amounts]
    groups: Sequence[Group]
    further: Sequence[Need] = ()
    may_hide_zero: bool = False


def settle(hiding: Hiding, channel: Channel) -> list[Need]:
    """Hide the channel's small cells, and as many others as must be. Return what cannot be protected so."""
    numbers, forest = hiding.numbers, hiding.numbers.forest
    needs = [*_needs(hiding, channel), *channel.further]
    small = {need.node for need in needs if not need.is_own}
    for module, measure in channel.cells:
        values = numbers.of[module][measure]
        hiding.small[module, measure] |= {node for node in small if values[node] or channel.may_hide_zero}
    start = hiding.all_hide(channel.cells) | small
    pools = Pools(forest, channel.amounts, start)
    unmet = mend(pools, needs, hiding.costs(channel.cells, channel.sizes, channel.may_hide_zero))
    for module, measure in channel.cells:
        values = numbers.of[module][measure]
        hiding.added[module, measure] |= {node for node in pools.hidden - start if values[node] or channel.may_hide_zero}
    return unmet


def _needs(hiding: Hiding, channel: Channel) -> Iterator[Need]:
    numbers, forest = hiding.numbers, hiding.numbers.forest
    nobody = [0] * len(forest.ids)
    for group in channel.groups:
        arrays = group.values, group.beside or group.values, group.around or nobody
        for is_own, turn in ((False, list), (True, forest.own)):
            for node, (value, beside, around) in enumerate(zip(*map(turn, arrays), strict=True)):
                is_meant = numbers.is_small(value) and (beside or numbers.is_small(around))
                if is_meant and not (is_own and value == group.values[node]):
                    need = Need(node, numbers.threshold - value, is_own, group.is_more)
                    if need not in group.elsewhere:
                        yield need
        for node, child, value in forest.few_besides_one(group.values, numbers.threshold):
            if arrays[1][node]:
                yield Need(node, numbers.threshold - value, is_more=group.is_more, besides=child)


Turn = Callable[[Values], Values]
"""From units' numbers to atoms', or not at all."""


def giving(hiding: Hiding, module: str, values: Values, outers: Sequence[str], *floors: Values) -> dict[Way, Amounts]:
    """Return how many fewer there can be: what is hidden is above 0 unless its row is, and not less than what is a part of it.

    Where so few are no part of it that they are protected, the part can be smaller too; and where one of the `outers` that it
    is a part of is protected, that can be larger instead. Their own steps see to it. Only the protected number may count
    on that.
    """
    numbers, loose = hiding.numbers, hiding.loose_units(module, *outers)
    rows = hiding.nodes(module, "target")

    def spare(turn: Turn, is_protected: bool) -> Values:
        kept = [
            amount - (amount == whole and node not in rows)
            for node, (amount, whole) in enumerate(zip(turn(values), values, strict=True))
        ]
        above = [turn(minus(values, floor)) for floor in floors]
        if not is_protected:
            return [max(0, min(each)) for each in zip(kept, *above, strict=True)]
        above = [[ENDLESS if numbers.is_small(value) else value for value in one] for one in above]
        around = [turn(numbers.of[module][outer]) for outer in outers]
        is_free = [node in loose or any(numbers.is_small(one[node]) for one in around) for node in range(len(values))]
        return [ENDLESS if free else max(0, min(each)) for free, *each in zip(is_free, kept, *above, strict=True)]

    return {(False, one): Amounts(spare(numbers.forest.own, one), spare(list, one)) for one in (False, True)}


def taking(hiding: Hiding, module: str, present: Sequence[Values], room: Values | None, *outers: str) -> dict[Way, Amounts]:
    """Return how many more there can be; without `room` as many as one likes. Nobody is put where none of those `present` are.

    Where a number that it is a part of, one of `outers`, is itself protected, that can be larger too: its own step sees to
    it. Only the protected number may count on that.
    """
    numbers, own = hiding.numbers, hiding.numbers.forest.own
    loose = hiding.loose_units(module, *outers)
    here = most(own(values) for values in present)
    can_be = [bool(somebody) or not below for somebody, below in zip(here, numbers.forest.children, strict=True)]

    def left(turn: Turn, is_protected: bool) -> Values:
        if room is None:
            return [ENDLESS] * len(here)
        around = zip(*(turn(numbers.of[module][outer]) for outer in outers), strict=True) if outers else [()] * len(room)
        return [
            ENDLESS if is_protected and (node in loose or any(map(numbers.is_small, outer))) else amount
            for node, (amount, outer) in enumerate(zip(turn(room), around, strict=True))
        ]

    def in_atoms(is_protected: bool) -> Values:
        return [amount if possible else 0 for amount, possible in zip(left(own, is_protected), can_be, strict=True)]

    return {(True, one): Amounts(in_atoms(one), left(list, one)) for one in (False, True)}


def least(all_values: Iterable[Values]) -> Values:
    """Return the least of several, unit by unit."""
    return [min(values) for values in zip(*all_values, strict=True)]


def most(all_values: Iterable[Values]) -> Values:
    """Return the most of several, unit by unit."""
    return [max(values) for values in zip(*all_values, strict=True)]


def least_of(all_amounts: Iterable[Mapping[Way, Amounts]]) -> dict[Way, Amounts]:
    """Return the least of several amounts."""
    found = list(all_amounts)
    return {way: Amounts(least(one[way].atoms for one in found), least(one[way].wholes for one in found)) for way in found[0]}
