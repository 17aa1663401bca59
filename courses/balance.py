"""What the situations in exercises are about, counted: milieus, genders, workplaces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from courses.payload import Case, Cases, Dialogue, Judgement, StepContent
from courses.situations import Milieu

Situation = Case | Judgement | Dialogue


def situations_in(steps: Iterable[StepContent]) -> list[Situation]:
    """Return every situation of the steps: each case, judgement and conversation is one."""
    found: list[Situation] = []
    for step in steps:
        match step:
            case Cases():
                found += step.cases
            case Judgement() | Dialogue():
                found.append(step)
    return found


@dataclass(frozen=True)
class Balance:
    """How many situations there are of each kind. A situation may be typical for several workplaces."""

    milieus: Counter[str]
    genders: Counter[str]
    workplaces: Counter[str]

    @property
    def touching(self) -> int:
        """How many situations touch a violent milieu at all; only they count when one is weighed against another."""
        return sum(count for milieu, count in self.milieus.items() if milieu != Milieu.NONE)

    @property
    def largest(self) -> tuple[str, int]:
        """The milieu that most situations touch, and how many do; nothing and 0 if none is touched."""
        touched = Counter({milieu: count for milieu, count in self.milieus.items() if milieu != Milieu.NONE})
        return touched.most_common(1)[0] if touched else ("", 0)

    @property
    def is_even(self) -> bool:
        """Whether no milieu makes up more than half of those that are touched."""
        return self.largest[1] * 2 <= self.touching


def balance_of(situations: Iterable[Situation]) -> Balance:
    """Return the balance of situations; one without a milieu counts as touching none."""
    situations = list(situations)
    return Balance(
        Counter(situation.milieu or Milieu.NONE.value for situation in situations),
        Counter(situation.gender for situation in situations if situation.gender),
        Counter(workplace for situation in situations for workplace in situation.workplaces),
    )
