"""The steps, measure by measure. `docs/small-numbers.md` has them as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.suppression.channels import Channel, Group, giving, least, least_of, most, settle, taking
from reports.suppression.forest import NONE
from reports.suppression.hiding import ROW, Hiding
from reports.suppression.mending import mend
from reports.suppression.numbers import Values, minus
from reports.suppression.pools import Amounts, Need, Pools


def hide_rows(hiding: Hiding, modules: Sequence[str]) -> list[Need]:
    """Hide the rows with a small target, and others beside them; of modules with the same audience together."""
    numbers = hiding.numbers
    targets = [numbers.of[module]["target"] for module in modules]
    loose = [need for module in modules for need in hiding.loose_needs(module, "target")]
    small = {node for values in targets for node, value in enumerate(values) if numbers.is_small(value)}
    alone = [need for module in modules for need in hiding.loose_needs(module, ROW)]
    small |= {need.node for need in [*loose, *alone] if not need.is_own}
    besides = [found for values in targets for found in numbers.forest.few_besides_one(values, numbers.threshold)]
    small |= {node for node, _child, _value in besides}
    needs = loose
    needs += [Need(node, numbers.threshold - value, besides=child) for node, child, value in besides]
    needs += [
        Need(node, numbers.threshold - value, is_own)
        for values in targets
        for is_own, amounts in ((False, values), (True, numbers.forest.own(values)))
        for node, value in enumerate(amounts)
        if numbers.is_small(value) and not (is_own and value == values[node])
    ]
    amounts = {
        **least_of(giving(hiding, modules[0], values, ()) for values in targets),
        **taking(hiding, modules[0], targets, None),
    }
    pools = Pools(numbers.forest, amounts, small)
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
        sizes=most(all_values),
        amounts={
            **least_of(giving(hiding, modules[0], values, ()) for values in all_values),
            **taking(hiding, modules[0], [*all_values, *(numbers.of[module]["target"] for module in modules)], None),
        },
        groups=[Group(values) for values in all_values],
        may_hide_zero=len(modules) > 1,
    )
    return settle(hiding, channel)


def hide_measures(hiding: Hiding, module: str, before: dict[str, Values]) -> Iterator[tuple[str, Need]]:
    """Hide what a module's other measures tell. `before` has what an earlier report of a part of the period showed.

    Yield what cannot be protected unless another measure is hidden too, with that measure.
    """
    for outer, channel in _channels(hiding, module, before):
        yield from ((outer, need) for need in settle(hiding, channel))


def _channels(hiding: Hiding, module: str, before: dict[str, Values]) -> Iterator[tuple[str, Channel]]:
    """Yield the channels in their order: a later one looks at what the former have hidden."""
    yield "target", part_of(hiding, module, "offered", "target")
    yield "target", part_of(hiding, module, "started", "target")
    yield "valid", part_of(hiding, module, "refresher", "valid")
    yield "target", done(hiding, module)
    yield "not_valid", overdue(hiding, module)
    yield "target", expired(hiding, module)
    yield "target", counted_in_period(hiding, module, "trained", before, ["trained_left"])
    yield "trained", part_of(hiding, module, "trained_left", "trained")
    yield "target", counted_in_period(hiding, module, "certificates", before, [])
    yield "target", counted_in_period(hiding, module, "late", {}, [])


def part_of(hiding: Hiding, module: str, measure: str, outer: str) -> Channel:
    """Return how many of `outer` are so, and how many are not.

    Where `outer` is hidden so that it can be more, those who are not so can be more with it. Not so for the target: its step
    does not look at who else would have to be so.
    """
    numbers = hiding.numbers
    values = numbers.of[module]
    inner, around = values[measure], values[outer]
    rest = minus(around, inner)
    return Channel(
        cells=[(module, measure)],
        sizes=inner,
        amounts={**giving(hiding, module, inner, [outer]), **taking(hiding, module, [inner, around], rest, outer)},
        groups=[
            Group(inner),
            Group(
                rest,
                is_more=False,
                beside=inner,
                around=around if outer == "target" else None,
                elsewhere=hiding.loose.get((module, outer), frozenset()) if outer != "target" else frozenset(),
            ),
        ],
    )


def done(hiding: Hiding, module: str) -> Channel:
    """Return who is done and who is not: completed with valid, since mostly the one is the other."""
    numbers = hiding.numbers
    values = numbers.of[module]
    valid = values["valid"]
    return Channel(
        cells=[(module, "completed"), (module, "valid")],
        sizes=valid,
        amounts={
            **giving(hiding, module, valid, ["target"], values["refresher"]),
            **taking(hiding, module, [valid, values["target"]], values["pending"], "target", "not_overdue"),
        },
        groups=[
            Group(values["completed"], beside=valid),
            Group(valid),
            Group(values["not_completed"], is_more=False, beside=valid, around=values["target"]),
            Group(values["not_valid"], is_more=False, beside=valid, around=values["target"]),
        ],
        further=[*hiding.loose_needs(module, "valid"), *hiding.loose_needs(module, "not_valid", is_more=False)],
    )


def overdue(hiding: Hiding, module: str) -> Channel:
    """Return who is overdue and who is not, among those who are not done."""
    numbers = hiding.numbers
    values = numbers.of[module]
    all_overdue = values["overdue"]
    take = taking(hiding, module, [all_overdue, values["target"]], values["pending"], "target", "not_valid")
    return Channel(
        cells=[(module, "overdue")],
        sizes=all_overdue,
        amounts={
            **giving(hiding, module, all_overdue, ["target", "not_valid"], values["expired"]),
            **take,
            (True, False): _with_undone(hiding, module, take[True, False]),
        },
        groups=[
            Group(all_overdue),
            Group(values["missed"], beside=values["expired"]),
            Group(values["pending"], is_more=False, beside=all_overdue, around=values["target"]),
            Group(values["not_overdue"], is_more=False, beside=all_overdue, around=values["target"]),
        ],
    )


def _with_undone(hiding: Hiding, module: str, take: Amounts) -> Amounts:
    """Return how many more can be overdue in units as a whole, if fewer can be done in them and in all above them."""
    values, forest = hiding.numbers.of[module], hiding.numbers.forest
    hidden = hiding.all_hide([(module, "completed"), (module, "valid")])
    wholes, open_to_top = list(take.wholes), set()
    for node in reversed(forest.upwards):
        if node in hidden and (forest.parents[node] == NONE or forest.parents[node] in open_to_top):
            open_to_top.add(node)
            wholes[node] += max(0, values["valid"][node] - max(1, values["refresher"][node]))
    return Amounts(take.atoms, wholes)


def expired(hiding: Hiding, module: str) -> Channel:
    """Return who completed but is no longer valid: completed alone is hidden."""
    numbers = hiding.numbers
    values = numbers.of[module]
    no_valid = [value if not valid else 0 for value, valid in zip(values["target"], values["valid"], strict=True)]
    return Channel(
        cells=[(module, "completed")],
        sizes=values["completed"],
        amounts={
            **giving(hiding, module, values["completed"], ["target"], values["valid"]),
            **taking(hiding, module, [values["completed"], values["target"]], values["missed"], "target", "overdue"),
        },
        groups=[
            Group(values["expired"]),
            Group(values["not_completed"], is_more=False, beside=least([values["completed"], no_valid])),
        ],
    )


def counted_in_period(hiding: Hiding, module: str, measure: str, before: dict[str, Values], parts: Sequence[str]) -> Channel:
    """Return a number of the period; if an earlier report covers a part of it, also what has been added since."""
    numbers = hiding.numbers
    values = numbers.of[module][measure]
    groups, floors = [Group(values)], [numbers.of[module][part] for part in parts]
    if measure in before:
        groups.append(Group(minus(values, before[measure]), beside=least([values, before[measure]])))
        floors.append(before[measure])
    present = [values, numbers.of[module]["target"]]
    return Channel(
        cells=[(module, measure)],
        sizes=values,
        amounts={**giving(hiding, module, values, (), *floors), **taking(hiding, module, present, None)},
        groups=groups,
        further=hiding.loose_needs(module, measure),
    )
