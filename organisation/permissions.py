"""Who may see whom."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Value

from organisation.models import DepartmentManager, DeputyManager, Employment, User
from organisation.tree import Tree

COORDINATORS = "Samordnare"
TRAINERS = "Utbildare"
JURISTS = "Jurist"
ADMINISTRATORS = "Administratör"


def managed_departments(user: User, day: dt.date) -> list[int]:
    """Return the keys of the departments whose manager the person is that day, not as a deputy; one query."""
    managed = DepartmentManager.objects.serving(day).filter(manager=user)
    return sorted(managed.values_list("department_id", flat=True))


def own_departments(user: User, day: dt.date) -> list[int]:
    """Return the keys of the departments that the person answers for that day, as manager or as deputy; one query."""
    return list(answered_for(user, day))


def answered_for(user: User, day: dt.date) -> dict[int, bool]:
    """Return the same, in the same order, each with whether the person is its manager and not only a deputy; one query.

    A manager's right ends with her last employment, whether or not an HR file has said so since. A deputy's ends with the
    period, with the manager's own, and with the deputy's last employment.
    """
    managers = DepartmentManager.objects.serving(day)
    standing_in = DeputyManager.objects.on(day).filter(
        Exists(managers.filter(department=OuterRef("department"), manager=OuterRef("named_by"))),
        Exists(Employment.objects.on(day).filter(user=OuterRef("deputy"))),
        deputy=user,
    )
    as_deputy = standing_in.values_list("department_id", Value(0))
    own = managers.filter(manager=user).values_list("department_id", Value(1)).union(as_deputy)
    # Who is both is the manager: that row comes last.
    return {department: bool(is_manager) for department, is_manager in sorted(own)}


def line_of(user: User, day: dt.date, tree: Tree | None = None) -> frozenset[int]:
    """Return the keys of the departments in the person's own line: those she answers for, with everything below."""
    own = own_departments(user, day) if user.pk else []
    if not own:
        return frozenset()
    tree = tree or Tree.on(day)
    return frozenset().union(*(tree.below(department) for department in own))


def is_coordinator(user: User) -> bool:
    """Whether the person is in the group of coordinators; one query."""
    return bool(user.pk and user.groups.filter(name=COORDINATORS).exists())
