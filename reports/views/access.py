"""Which department a page is about, and whether the viewer answers for it. Everything else is not found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from organisation.models import Department, User, log_event
from organisation.permissions import line_of
from organisation.tree import Tree, names_on
from reports.managing import Crumb, crumbs_to
from reports.models import RefusedAddress
from reports.statuses import LineStatuses, statuses_in


@dataclass(frozen=True)
class Managed:
    """A department of the viewer's own line, as of today."""

    viewer: User
    pk: int
    day: dt.date
    tree: Tree
    line: frozenset[int]

    @cached_property
    def names(self) -> dict[int, str]:
        return names_on(self.day)

    @property
    def name(self) -> str:
        return self.names.get(self.pk, "")

    @property
    def below(self) -> frozenset[int]:
        """The department with everything below it."""
        return self.tree.below(self.pk)

    @cached_property
    def statuses(self) -> LineStatuses:
        return statuses_in(self.below, self.day, self.tree)

    @cached_property
    def people(self) -> dict[int, User]:
        """Everybody employed there today: all of it is the viewer's own line, so she may see them as persons.

        `is_refused` says that the mail server takes nothing to the address.
        """
        refused = RefusedAddress.objects.filter(user=OuterRef("pk"), address=OuterRef("email"))
        people = User.objects.get_queryset().employed_in(self.below, self.day).annotate(is_refused=Exists(refused))
        return {person.pk: person for person in people}

    def crumbs(self, label: str = "") -> list[Crumb]:
        """Return the way here; with a label, to a page below the department's."""
        crumbs = crumbs_to(self.pk, self.line, self.tree, self.names)
        return (
            [*crumbs[:-1], Crumb(self.name, reverse("manager_department", args=[self.pk])), Crumb(label)] if label else crumbs
        )

    def log(self, verb: str, rows: int, **details: object) -> None:
        """Write in the event log that so many named persons were shown or taken home; nothing for nobody."""
        if rows:
            log_event(verb, Department(pk=self.pk), by=self.viewer, at=timezone.now(), rows=rows, **details)


def managed_department(request: HttpRequest, pk: int) -> Managed:
    """Return the department if the viewer answers for it today. Raises Http404 otherwise, also for one that does not exist."""
    viewer, day = cast(User, request.user), timezone.localdate()
    tree = Tree.on(day)
    line = line_of(viewer, day, tree)
    if pk not in line:
        raise Http404
    return Managed(viewer, pk, day, tree, line)
