"""Where a module teaches, practises and tests each of its objectives."""

from __future__ import annotations

from dataclasses import dataclass

from courses.payload import Cases, Check, Draft, Lesson, Objective, StepContent


@dataclass(frozen=True)
class Taught:
    """One objective: the lessons that teach it, the steps that practise it (both by slug), the questions that test it (ids).

    A question in a lesson is practice, as a case, a judgement or a conversation is.
    """

    objective: str
    text: str
    taught: tuple[str, ...]
    practised: tuple[str, ...]
    tested: tuple[str, ...]

    @property
    def empty(self) -> tuple[str, ...]:
        """What is missing: `taught`, `practised`, `tested`."""
        return tuple(name for name in ("taught", "practised", "tested") if not getattr(self, name))


def teaching_of(content: Draft) -> list[Taught]:
    """Return a row for each objective of the module."""
    return [_row(objective, content.steps) for objective in content.objectives]


def _row(objective: Objective, steps: tuple[StepContent, ...]) -> Taught:
    checks = [step for step in steps if isinstance(step, Check)]
    return Taught(
        objective=objective.id,
        text=objective.text,
        taught=tuple(step.slug for step in steps if isinstance(step, Lesson) and objective.id in step.objectives),
        practised=tuple(step.slug for step in steps if objective.id in _practised_in(step)),
        tested=tuple(asked.id for check in checks for asked in check.questions if asked.objective == objective.id),
    )


def _practised_in(step: StepContent) -> set[str]:
    """The objectives that can be tried out in a step. In an exercise all of its own, and those of its cases."""
    asked = {question.objective for question in step.questions}
    match step:
        case Check():
            return set()
        case Lesson():
            return asked
        case Cases():
            return asked | set(step.objectives)
        case _:
            return set(step.objectives)
