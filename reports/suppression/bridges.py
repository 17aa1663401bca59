"""What a report hides of its bridges: of a hidden figure the whole bridge, of the others the small parts.

All that is not shown stands as one line, parts of 0 too. So nothing of a part is known from the ends of its bridge, only
from the same part of the units above and beside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reports.follow_up.basis import Basis, BridgeAt
from reports.suppression.channels import least, most
from reports.suppression.hidden import HiddenBridge, HiddenPart, Shown, Why
from reports.suppression.hiding import Hiding
from reports.suppression.mending import Costs, mend, weighted
from reports.suppression.numbers import Numbers, Values
from reports.suppression.pools import ENDLESS, WAYS, Amounts, Need, Pools

NOT_SUMMED = frozenset({"moved_in", "moved_out"})
"""Who moves between two units of a department has not moved as far as the department is concerned."""

JOINT = ("completed", "valid")
"""Mostly the same persons come and go, so what is hidden of the one is hidden of the other."""


def hidden_bridges(basis: Basis, hiding: Hiding, earlier: Sequence[Shown]) -> tuple[HiddenBridge, ...]:
    """Return the bridges one end of which is a hidden figure, sorted."""
    before = next((shown for shown in earlier if basis.previous and _is(shown, basis)), None)
    numbers = hiding.numbers
    hidden = {
        (module, counted): hiding.nodes(module, counted)
        for module in numbers.of
        for counted in ("target", "completed", "valid")
    }

    def is_hidden(bridge: BridgeAt) -> bool:
        key = bridge.module, bridge.unit, bridge.counted
        if numbers.forest.numbers.get(bridge.unit) in hidden.get((bridge.module, bridge.counted), ()):
            return True
        return numbers.is_small(bridge.opening) or (before is not None and not before.hidden.shows(*key))

    return tuple(
        sorted(
            HiddenBridge(module=bridge.module, unit=bridge.unit, counted=bridge.counted)
            for bridge in basis.bridges
            if is_hidden(bridge)
        )
    )


def _is(shown: Shown, basis: Basis) -> bool:
    cycle, previous = shown.basis.cycle, basis.previous
    return previous is not None and (cycle.year, cycle.period) == (previous.year, previous.period)


Part = tuple[str, str, str]
"""(module, counted, cause)"""


def hidden_parts(basis: Basis, numbers: Numbers, bridges: tuple[HiddenBridge, ...]) -> tuple[HiddenPart, ...]:
    """Return the parts that are hidden of bridges that are shown, sorted."""
    parts = _parts(basis, numbers)
    closed = {unit.id for unit in basis.closed}
    whole: dict[tuple[str, str], set[int]] = defaultdict(set)
    for bridge in bridges:
        if bridge.unit not in closed:
            whole[bridge.module, bridge.counted].add(numbers.forest.numbers.get(bridge.unit, 0))
    found = [part for bridge in basis.bridges if bridge.unit in closed for part in _all_parts(bridge)]
    for together in _together(parts):
        start, small = _start(numbers, parts, together, whole)
        hidden = start | _added(numbers, parts, together, start)
        found += [part for one in together for part in _named(numbers, parts, one, hidden, small, whole)]
    return tuple(sorted(found))


def _all_parts(bridge: BridgeAt) -> Iterator[HiddenPart]:
    """Yield every part of a closed unit's bridge: no more is told of it than the earlier report did."""
    for cause in bridge.parts:
        yield HiddenPart(module=bridge.module, unit=bridge.unit, counted=bridge.counted, cause=cause, why="small")


def _parts(basis: Basis, numbers: Numbers) -> dict[Part, Values]:
    parts: dict[Part, Values] = defaultdict(lambda: [0] * len(numbers.forest.ids))
    for bridge in basis.bridges:
        for cause, number in bridge.parts.items():
            if bridge.unit in numbers.forest.numbers:
                parts[bridge.module, bridge.counted, cause][numbers.forest.numbers[bridge.unit]] = abs(number)
    return dict(parts)


def _together(parts: dict[Part, Values]) -> Iterator[list[Part]]:
    """Yield the parts that are hidden together: the same cause of what is completed and of what is valid."""
    for module, counted, cause in sorted(parts):
        both = [(module, one, cause) for one in JOINT if (module, one, cause) in parts]
        if counted not in JOINT:
            yield [(module, counted, cause)]
        elif both[0] == (module, counted, cause):
            yield both


def _start(
    numbers: Numbers, parts: dict[Part, Values], together: list[Part], whole: dict[tuple[str, str], set[int]]
) -> tuple[set[int], set[int]]:
    """Return the units where none of the parts is shown, and those of them where that is because one is small."""
    values = [parts[part] for part in together]
    wider = parts.get((together[0][0], "target", together[0][2])) if together[0][1] != "target" else None
    small = {node for node, amounts in enumerate(zip(*values, strict=True)) if any(map(numbers.is_small, _told(amounts)))}
    if wider is not None:
        small |= {
            node for one in values for node, (a, b) in enumerate(zip(wider, one, strict=True)) if b and numbers.is_small(a - b)
        }
    if together[0][2] not in NOT_SUMMED:
        small |= {node for node, _child, _amount in _besides(numbers, values)}
    blank = [{node for node, value in enumerate(parts[part]) if not value} | whole[part[0], part[1]] for part in together]
    return small | set.intersection(*blank), small


def _besides(numbers: Numbers, values: list[Values]) -> list[tuple[int, int, int]]:
    """Return where few are besides those of one unit below, as (unit, child, how many)."""
    return [found for one in values for found in numbers.forest.few_besides_one(one, numbers.threshold)]


def _told(amounts: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers that tell how many: each, and how many more one is than the other."""
    return (*amounts, max(amounts) - min(amounts)) if min(amounts) else amounts


def _added(numbers: Numbers, parts: dict[Part, Values], together: list[Part], start: set[int]) -> set[int]:
    if together[0][2] in NOT_SUMMED:
        return set()
    forest, values = numbers.forest, [parts[part] for part in together]
    owns = [forest.own(one) for one in values]
    needs = {
        Need(node, numbers.threshold - amount, is_own)
        for one, own in zip(values, owns, strict=True)
        for is_own, amounts in ((False, one), (True, own))
        for node, amount in enumerate(amounts)
        if numbers.is_small(amount) and not (is_own and amount == one[node])
    }
    needs |= {Need(node, numbers.threshold - amount, besides=child) for node, child, amount in _besides(numbers, values)}
    least_own = least(owns)
    endless = [ENDLESS] * len(least_own)
    give, take = Amounts(least_own, least(values)), Amounts(endless, endless)
    pools = Pools(forest, {way: take if way[0] else give for way in WAYS}, start)
    sizes = most(values)
    costs = [sum(value > 0 for value in amounts) for amounts in zip(*values, strict=True)]
    mend(
        pools,
        sorted(needs, key=lambda need: (need.node, need.by, need.is_own, need.besides)),
        Costs(weighted(forest, costs), sizes, frozenset()),
    )
    return pools.hidden - start


def _named(
    numbers: Numbers,
    parts: dict[Part, Values],
    part: Part,
    hidden: set[int],
    small: set[int],
    whole: dict[tuple[str, str], set[int]],
) -> Iterator[HiddenPart]:
    module, counted, cause = part
    for node in hidden - whole[module, counted]:
        if parts[part][node]:
            why: Why = "small" if node in small else "complementary"
            yield HiddenPart(module=module, unit=numbers.forest.ids[node], counted=counted, cause=cause, why=why)
