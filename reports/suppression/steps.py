"""The steps, measure by measure. `docs/small-numbers.md` has them as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.suppression.channels import Channel, Group, giving, least, settle, taking
from reports.suppression.hiding import Hiding
from reports.suppression.mending import mend
from reports.suppression.numbers import Values, minus
from reports.suppression.pools import Need, Pools


def hide_rows(hiding: Hiding, modules: Sequence[str]) -> list[Need]:
    """Hide the rows with a small target, and others beside them; of modules with the same audience together."""
    numbers = hiding.numbers
    targets = [numbers.of[module]["target"] for module in modules]
    loose = [(node, is_own) for module, node, is_own in sorted(hiding.loose) if module in modules]
    small = {node for values in targets for node, value in enumerate(values) if numbers.is_small(value)}
    small |= {node for node, is_own in loose if not is_own}
    needs = [Need(node, numbers.threshold - 1, is_own) for node, is_own in loose]
    needs += [
        Need(node, numbers.threshold - value, is_own)
        for values in targets
        for is_own, amounts in ((False, values), (True, numbers.forest.own(values)))
        for node, value in enumerate(amounts)
        if numbers.is_small(value) and not (is_own and value == values[node])
    ]
    give = least(giving(numbers, values) for values in targets)
    pools = Pools(numbers.forest, give, taking(hiding, modules[0], targets[0]), small)
    unmet = mend(pools, needs, hiding.row_costs(modules, least(targets)))
    for module, values in zip(modules, targets, strict=True):
        hiding.small[module, "target"] = {node for node in small if values[node]}
        hiding.added[module, "target"] = {node for node in pools.hidden - small if values[node]}
    return unmet


def hide_exempt(hiding: Hiding, modules: Sequence[str]) -> list[Need]:
    """Hide who is exempt: of modules with the same audience together, since target and exempt add up to the same."""
    numbers = hiding.numbers
    all_values = [numbers.of[module]["exempt"] for module in modules]
    channel = Channel(
        cells=[(module, "exempt") for module in modules],
        sizes=[max(values) for values in zip(*all_values, strict=True)],
        give=least(giving(numbers, values) for values in all_values),
        take=taking(hiding, modules[0], least(numbers.of[module]["target"] for module in modules)),
        groups=[Group(values) for values in all_values],
        may_hide_zero=len(modules) > 1,
    )
    return settle(hiding, channel)


def hide_measures(hiding: Hiding, module: str, before: dict[str, Values]) -> Iterator[Need]:
    """Hide what a module's other measures tell. `before` has what an earlier report of a part of the period showed."""
    numbers = hiding.numbers
    values = numbers.of[module]
    loose = {node for name, node, is_own in hiding.loose if name == module and not is_own}
    shown_rows = [0 if numbers.is_small(value) or node in loose else value for node, value in enumerate(values["target"])]
    for measure, outer in (("offered", "target"), ("started", "target"), ("refresher", "valid")):
        yield from settle(hiding, part_of(hiding, module, measure, outer, shown_rows))
    for channel in (done, overdue, expired):
        yield from settle(hiding, channel(hiding, module, shown_rows))
    yield from settle(hiding, counted_in_period(hiding, module, "trained", before, [values["trained_left"]]))
    yield from settle(hiding, part_of(hiding, module, "trained_left", "trained", values["trained"]))
    yield from settle(hiding, counted_in_period(hiding, module, "certificates", before, []))
    yield from settle(hiding, counted_in_period(hiding, module, "late", {}, []))


def part_of(hiding: Hiding, module: str, measure: str, outer: str, shown_rows: Values) -> Channel:
    """Return how many of `outer` are so, and how many are not."""
    numbers = hiding.numbers
    values = numbers.of[module]
    inner, around = values[measure], values[outer]
    rest = minus(around, inner)
    return Channel(
        cells=[(module, measure)],
        sizes=inner,
        give=giving(numbers, inner),
        take=taking(hiding, module, around, rest, around),
        groups=[
            Group(inner),
            Group(rest, is_more=False, is_derived=True, beside=least([inner, shown_rows])),
        ],
    )


def done(hiding: Hiding, module: str, shown_rows: Values) -> Channel:
    """Return who is done and who is not: completed with valid, since mostly the one is the other."""
    numbers = hiding.numbers
    values = numbers.of[module]
    valid = values["valid"]
    beside = least([valid, shown_rows])
    return Channel(
        cells=[(module, "completed"), (module, "valid")],
        sizes=valid,
        give=giving(numbers, valid, values["refresher"]),
        take=taking(hiding, module, values["target"], values["pending"], values["target"], values["not_overdue"]),
        groups=[
            Group(values["completed"], beside=valid),
            Group(valid),
            Group(values["not_completed"], is_more=False, is_derived=True, beside=beside, besides=values["missed"]),
            Group(values["not_valid"], is_more=False, is_derived=True, beside=beside, besides=values["overdue"]),
        ],
    )


def overdue(hiding: Hiding, module: str, shown_rows: Values) -> Channel:
    """Return who is overdue and who is not, among those who are not done."""
    numbers = hiding.numbers
    values = numbers.of[module]
    all_overdue = values["overdue"]
    beside = least([all_overdue, shown_rows])
    return Channel(
        cells=[(module, "overdue")],
        sizes=all_overdue,
        give=giving(numbers, all_overdue, values["expired"]),
        take=taking(hiding, module, values["target"], values["pending"], values["target"], values["not_valid"]),
        groups=[
            Group(all_overdue),
            Group(values["missed"], is_derived=True, beside=least([values["expired"], shown_rows])),
            Group(values["pending"], is_more=False, is_derived=True, beside=beside),
            Group(values["not_overdue"], is_more=False, beside=beside),
        ],
    )


def expired(hiding: Hiding, module: str, shown_rows: Values) -> Channel:
    """Return who completed but is no longer valid: completed alone is hidden."""
    numbers = hiding.numbers
    values = numbers.of[module]
    no_valid = [value if not valid else 0 for value, valid in zip(shown_rows, values["valid"], strict=True)]
    return Channel(
        cells=[(module, "completed")],
        sizes=values["completed"],
        give=giving(numbers, values["completed"], values["valid"]),
        take=taking(hiding, module, values["target"], values["missed"], values["target"], values["overdue"]),
        groups=[
            Group(values["expired"], is_derived=True),
            Group(values["not_completed"], is_more=False, is_derived=True, beside=least([values["completed"], no_valid])),
        ],
    )


def counted_in_period(hiding: Hiding, module: str, measure: str, before: dict[str, Values], parts: Sequence[Values]) -> Channel:
    """Return a number of the period; if an earlier report covers a part of it, also what has been added since."""
    numbers = hiding.numbers
    values = numbers.of[module][measure]
    groups, floors = [Group(values)], list(parts)
    if measure in before:
        groups.append(Group(minus(values, before[measure]), beside=least([values, before[measure]])))
        floors.append(before[measure])
    present = [value + target for value, target in zip(values, numbers.of[module]["target"], strict=True)]
    return Channel(
        cells=[(module, measure)],
        sizes=values,
        give=giving(numbers, values, *floors),
        take=taking(hiding, module, present),
        groups=groups,
    )
