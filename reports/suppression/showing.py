"""A small system is looked at as a whole: hide everything, then show what can be shown, what weighs most first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reports.suppression.forest import NONE
from reports.suppression.hidden import MEASURES
from reports.suppression.hiding import Hiding
from reports.suppression.knowledge import Knowledge, Secret
from reports.suppression.worlds import Worlds

World = dict[int, int]

SMALL_SYSTEM = 12
"""The most rows, units with somebody in them by modules, that are looked at as a whole."""


def hide_less(hiding: Hiding, modules: Sequence[str]) -> None:
    """Hide what is enough as a whole instead, if the system is small and that weighs less, or what is hidden is not enough.

    Only of a first report: what a unit has gained directly since an earlier one is not among what it keeps.
    """
    if len(hiding.numbers.peopled(modules)) * len(modules) > SMALL_SYSTEM:
        return
    knowledge = Knowledge(hiding.numbers, modules)
    tries = list(_tries(knowledge)) if knowledge.is_whole else []
    if not tries:
        return
    best = min(tries, key=knowledge.weigh)
    now = frozenset(cell for cell, (*key, unit) in enumerate(knowledge.keys) if unit in hiding.nodes(*key))
    if knowledge.weigh(best) < knowledge.weigh(now) or not Showing(knowledge).hide(now):
        hiding.hide_only(knowledge.by_measure(best))


def _tries(knowledge: Knowledge) -> Iterator[frozenset[int]]:
    """Yield what is enough, shown in two orders: every target before all else; and unit by unit."""
    showing, everything = Showing(knowledge), frozenset(range(len(knowledge.keys)))
    values, weights, targets = knowledge.values, knowledge.weights, knowledge.target_of

    def by_weight(cell: int) -> tuple[int, ...]:
        return -weights[cell], cell != targets[cell], -values[cell], cell

    def targets_first(cell: int) -> tuple[int, ...]:
        return cell != targets[cell], *by_weight(cell)

    for order in (targets_first, by_weight):
        if showing.hide(everything):
            showing.show(order)
            yield showing.hidden


class Showing:
    """`hidden` are cells that are enough: for everything that nobody may tell there is a world in which it is not small."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.hidden = frozenset[int]()
        self._worlds: dict[Secret, World] = {}
        self._failed: dict[Secret, int] = {}
        """How often a secret was why a cell could not be shown: those that were are looked at first."""

    def show(self, order: Callable[[int], tuple[int, ...]]) -> None:
        """Show what can be shown, cell by cell; of a hidden row the target before all others."""
        values, rows, threshold = self.knowledge.values, self.knowledge.target_of, self.knowledge.numbers.threshold
        for cell in sorted((cell for cell in self.hidden if self.knowledge.may_hide[cell]), key=order):
            is_row = cell == rows[cell]
            if (is_row or rows[cell] not in self.hidden) and not 0 < values[cell] < threshold:
                self.hide(self.hidden - {cell} - (self._zeros(cell) if is_row else set()))

    def _zeros(self, target: int) -> set[int]:
        """Return the cells of a row that are shown with it."""
        module, _measure, unit = self.knowledge.keys[target]
        row = (self.knowledge.cells[module, measure, unit] for measure in MEASURES)
        return {cell for cell in row if not self.knowledge.may_hide[cell]}

    def hide(self, hidden: frozenset[int]) -> bool:
        """Hide these cells and no others, if that is enough; return whether it is."""
        worlds = self._found(hidden)
        if worlds is None:
            return False
        self.hidden, self._worlds = hidden, worlds
        return True

    def _found(self, hidden: frozenset[int]) -> dict[Secret, World] | None:
        former = {id(world): world for world in self._worlds.values()}
        holds = {name for name, world in former.items() if self.knowledge.can_be(world, hidden)}
        found, left = dict[Secret, World](), list[Secret]()
        for secret in self.knowledge.secrets(hidden):
            world = self._worlds.get(secret)
            if world is not None and id(world) in holds:
                found[secret] = world
            else:
                left.append(secret)
        left.sort(key=lambda secret: -self._failed.get(secret, 0))
        known: dict[int, Worlds] = {}
        while left:
            world = self._world(left[0], hidden, known)
            if world is None:
                self._failed[left[0]] = self._failed.get(left[0], 0) + 1
                return None
            now = self._kept(left, world)
            found |= dict.fromkeys(now, world)
            left = [secret for secret in left if secret not in found]
        return found

    def _world(self, secret: Secret, hidden: frozenset[int], known: dict[int, Worlds]) -> World | None:
        own = self.knowledge.below.get(secret.reader, set())
        goal = {cell: factor for cell, factor in secret.goal if cell in hidden and self.knowledge.unit_of[cell] not in own}
        if not goal:
            return None
        if secret.reader not in known:
            known[secret.reader] = Worlds(self.knowledge.known(hidden, secret.reader))
        return known[secret.reader].find(goal, secret.by)

    def _kept(self, secrets: Sequence[Secret], world: World) -> list[Secret]:
        """Return those that are as many as they have to be in this world, and whose readers cannot know that it is not so."""
        units = {self.knowledge.unit_of[cell] for cell in world}
        readers = {reader for reader, own in self.knowledge.below.items() if own.isdisjoint(units)} | {NONE}
        rises = {goal: sum(factor * world.get(cell, 0) for cell, factor in goal) for goal in {one.goal for one in secrets}}
        return [secret for secret in secrets if secret.reader in readers and rises[secret.goal] >= secret.by]
