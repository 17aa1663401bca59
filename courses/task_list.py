"""A learner's modules as a list of tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.assignments import AssignedModule, assigned_to
from courses.models import Edition, Round
from courses.reading import ModuleInForce, modules_in_force
from courses.rounds import PresentRound, histories_of, round_in
from organisation.models import User

BLOCKED, NOT_STARTED, IN_PROGRESS, DONE = "blocked", "not_started", "in_progress", "done"


@dataclass(frozen=True)
class Task:
    """One module as the learner meets it. `call` is its title with a verb. Without `slug` it cannot be opened yet."""

    module_id: int
    title: str
    call: str
    slug: str
    status: str
    what: str
    minutes: int
    due_on: dt.date | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class TaskList:
    """What is assigned to the learner, the undone and earliest due first; and what anybody may take."""

    assigned: tuple[Task, ...]
    others: tuple[Task, ...]

    @property
    def offered(self) -> list[int]:
        """Keys of the assigned modules that can be opened."""
        return [task.module_id for task in self.assigned if task.slug]

    @property
    def all(self) -> tuple[Task, ...]:
        """Every module that can be opened, by title."""
        return tuple(sorted((task for task in self.assigned + self.others if task.slug), key=lambda task: task.title))

    @property
    def left(self) -> int:
        """How many assigned modules are not done."""
        return sum(task.status != DONE for task in self.assigned)


def task_list(user: User, day: dt.date) -> TaskList:
    """Return the learner's list for a day; at most eight queries, whatever the number of modules."""
    modules = {module.edition.module_id: module for module in modules_in_force(day)}
    histories = histories_of(user)
    assigned = {one.module_id: one for one in assigned_to(user, day)}
    tasks = [_task(module, round_in(histories.get(pk, ()), module), assigned.get(pk)) for pk, module in modules.items()]
    waiting = _not_in_force([one for pk, one in assigned.items() if pk not in modules], day)
    mine = [task for task in tasks if task.module_id in assigned] + waiting
    return TaskList(
        assigned=tuple(sorted(mine, key=_urgency)),
        others=tuple(task for task in tasks if task.module_id not in assigned),
    )


def _urgency(task: Task) -> tuple[bool, bool, dt.date, str]:
    return task.status == DONE, task.status == BLOCKED, task.due_on or dt.date.max, task.title


def _task(module: ModuleInForce, present: PresentRound, assigned: AssignedModule | None) -> Task:
    due_on = due_day(module, present, assigned)
    edition = module.edition
    status = status_in(present)
    return Task(
        module_id=edition.module_id,
        title=edition.title,
        call=_call(status, present, edition.title),
        slug=edition.module.slug,
        status=status,
        what=what_to_do(module, present),
        minutes=module.minutes if status == DONE else present.minutes_left(module.lines),
        due_on=due_on,
        is_overdue=status != DONE and is_overdue(module, present, assigned),
    )


def _call(status: str, present: PresentRound, title: str) -> str:
    named = {"title": title}
    if status == DONE:
        return _("Read %(title)s again") % named
    if present.earlier:
        return _("Renew %(title)s") % named
    return (_("Begin %(title)s") if status == NOT_STARTED else _("Continue %(title)s")) % named


def status_in(present: PresentRound) -> str:
    """Return the status of a module: done, in progress or not started."""
    if present.completion:
        return DONE
    return NOT_STARTED if present.pk is None and present.earlier is None else IN_PROGRESS


def due_day(module: ModuleInForce, present: PresentRound, assigned: AssignedModule | None) -> dt.date | None:
    """Return the last day of what is left: of the assignment, or of a refresher; `None` without one."""
    if assigned is None or present.completion or present.reason == Round.Reason.EXPIRY:
        return None
    return module.refresh_by if present.earlier else assigned.due_on


def is_overdue(module: ModuleInForce, present: PresentRound, assigned: AssignedModule | None) -> bool:
    """Whether an assigned module is late: not completed by its day, or completed and no longer valid."""
    if assigned is None or present.completion:
        return False
    if present.earlier and present.earlier.is_expired(module.validity_months, module.day):
        return True
    due_on = due_day(module, present, assigned)
    return due_on is not None and due_on < module.day


def what_to_do(module: ModuleInForce, present: PresentRound) -> str:
    """Say with a verb what the learner does next in the module."""
    if present.completion:
        return _("Completed on %(day)s.") % {"day": date_format(present.completion.completed_on, "j F Y")}
    if present.reason == Round.Reason.EXPIRY:
        return _("Take the knowledge check again: the validity has run out.")
    line = present.next_line(module.lines)
    if present.reason == Round.Reason.MATERIAL:
        return _("Read what has changed since you completed the module.")
    if line is None:
        return _("Everything is done: finish the module.")
    return _("Next is step %(position)s of %(count)s: %(title)s") % {
        "position": line.position,
        "count": len(module.lines),
        "title": line.title,
    }


def _not_in_force(assigned: Iterable[AssignedModule], day: dt.date) -> list[Task]:
    """Assigned modules whose first edition is still to come."""
    days = {one.module_id: one.due_on for one in assigned}
    if not days:
        return []
    coming = Edition.objects.filter(module__in=days, in_force_from__gt=day).defer("payload").order_by("-in_force_from")
    tasks = {edition.module_id: _coming(edition, days[edition.module_id]) for edition in coming}
    return list(tasks.values())


def _coming(edition: Edition, due_on: dt.date | None) -> Task:
    what = _("Can be taken from %(day)s.") % {"day": date_format(edition.in_force_from, "j F Y")}
    minutes = sum(line["minutes"] for line in edition.outline)
    return Task(edition.module_id, edition.title, edition.title, "", BLOCKED, what, minutes, due_on)
