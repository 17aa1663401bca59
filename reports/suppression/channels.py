"""The numbers of a module that can be otherwise each by itself, which small ones they tell, and what is hidden for that.

Each step looks at what one kind of people could be instead, all else as it is: a person offered the module or not, done or
not, overdue or not. So the steps need not know of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.suppression.hiding import Hiding
from reports.suppression.mending import mend
from reports.suppression.numbers import Numbers, Values, minus
from reports.suppression.pools import ENDLESS, Need, Pools


@dataclass(frozen=True)
class Group:
    """People whose number is protected where it is small, by unit.

    It rises as the cells rise, or falls (`is_more`). One that is printed nowhere may be 0 in truth (`is_derived`), where those
    others are none who are counted in it whatever the cells are (`besides`).
    Where `beside` is 0 the cells have nothing to do with it, or it is protected otherwise.
    """

    values: Values
    is_more: bool = True
    is_derived: bool = False
    besides: Values | None = None
    beside: Values | None = None


@dataclass(frozen=True)
class Channel:
    """Cells, as (module, measure), that are hidden together. `give` and `take` by atom, `sizes` by unit."""

    cells: Sequence[tuple[str, str]]
    sizes: Values
    give: Values
    take: Values
    groups: Sequence[Group]
    may_hide_zero: bool = False


def settle(hiding: Hiding, channel: Channel) -> list[Need]:
    """Hide the channel's small cells, and as many others as must be. Return what cannot be protected so."""
    numbers, forest = hiding.numbers, hiding.numbers.forest
    needs = list(_needs(hiding, channel))
    small = {need.node for need in needs if not need.is_own}
    for module, measure in channel.cells:
        values = numbers.of[module][measure]
        hiding.small[module, measure] |= {node for node in small if values[node] or channel.may_hide_zero}
    start = hiding.all_hide(channel.cells) | small
    pools = Pools(forest, channel.give, channel.take, start)
    unmet = mend(pools, needs, hiding.costs(channel.cells, channel.sizes, channel.may_hide_zero))
    for module, measure in channel.cells:
        values = numbers.of[module][measure]
        hiding.added[module, measure] |= {node for node in pools.hidden - start if values[node] or channel.may_hide_zero}
    return unmet


def _needs(hiding: Hiding, channel: Channel) -> Iterator[Need]:
    forest, threshold = hiding.numbers.forest, hiding.numbers.threshold
    nobody = [0] * len(forest.ids)
    for group in channel.groups:
        beside, besides = group.beside or group.values, group.besides or nobody
        for is_own, turn in ((False, list), (True, forest.own)):
            for node, (value, is_meant, others) in enumerate(zip(*map(turn, (group.values, beside, besides)), strict=True)):
                if hiding.numbers.is_small(value) and is_meant and not (is_own and value == group.values[node]):
                    or_by = value if group.is_derived and not others else 0
                    yield Need(node, threshold - value, is_own, group.is_more, or_by)


def giving(numbers: Numbers, values: Values, *floors: Values) -> Values:
    """Return how much each atom can do without: what is hidden is above 0, and not less than what is a part of it.

    Where so few are no part of it that they are protected, the part can be smaller too; its own step sees to it.
    """
    forest = numbers.forest
    own = forest.own(values)
    kept = [value - (value == whole) for value, whole in zip(own, values, strict=True)]
    spare = [forest.own(minus(values, floor)) for floor in floors]
    spare = [[ENDLESS if numbers.is_small(value) else value for value in one] for one in spare]
    return [max(0, min(amounts)) for amounts in zip(kept, *spare, strict=True)]


def taking(hiding: Hiding, module: str, present: Values, room: Values | None = None, *outers: Values) -> Values:
    """Return how much more each atom can hold. Nobody is put where nobody is `present`.

    Where a number that it is a part of, one of `outers`, is itself protected, that can be larger too; its own step sees to it.
    """
    numbers = hiding.numbers
    forest = numbers.forest
    left = [ENDLESS] * len(present) if room is None else forest.own(room)
    around = zip(*map(forest.own, outers), strict=True) if outers else [()] * len(left)
    can_be = [bool(own) or not below for own, below in zip(forest.own(present), forest.children, strict=True)]
    found = [
        (ENDLESS if any(map(numbers.is_small, outer)) else amount) if possible else 0
        for amount, outer, possible in zip(left, around, can_be, strict=True)
    ]
    for name, node, _is_own in hiding.loose:
        if name == module and can_be[node]:
            found[node] = ENDLESS
    return found


def least(all_values: Iterable[Values]) -> Values:
    """Return the least of several, unit by unit."""
    return [min(values) for values in zip(*all_values, strict=True)]
