"""Whom each person may see, by the words of the rule: loops over rows, nothing shared with the code."""

from __future__ import annotations

import datetime as dt

from organisation.models import DepartmentManager, DepartmentPlace, DeputyManager, Employment, User

Row = DepartmentManager | DepartmentPlace | DeputyManager | Employment


class Allowed:
    """A manager who has not left, and who stands in for her while she is the manager and the deputy works here, see those
    below on the day."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.deputies = [row for row in DeputyManager.objects.all() if self.is_so(row)]
        self.above = {row.department_id: row.parent_id for row in DepartmentPlace.objects.all() if self.is_so(row)}
        self.employments = [row for row in Employment.objects.all() if self.is_so(row)]
        self.known = {row.user_id for row in Employment.objects.all() if row.superseded_at is None}
        self.posts = [row for row in DepartmentManager.objects.all() if self.is_so(row) and not self.has_left(row.manager)]

    def is_so(self, row: Row) -> bool:
        return row.superseded_at is None and row.from_on <= self.day and (row.until_on is None or self.day < row.until_on)

    def is_below(self, department: int | None, upper: int) -> bool:
        if department not in self.above:
            return False
        return department == upper or self.is_below(self.above[department], upper)

    def manages(self, viewer: User) -> set[int]:
        return {post.department_id for post in self.posts if post.manager_id == viewer.pk}

    def answers_for(self, viewer: User) -> set[int]:
        standing_in = {
            row.department_id
            for row in self.deputies
            if row.deputy_id == viewer.pk and self.is_employed(viewer) and self.is_manager(row.named_by_id, row.department_id)
        }
        return self.manages(viewer) | standing_in

    def has_left(self, person: User) -> bool:
        return person.pk in self.known and not self.is_employed(person)

    def is_employed(self, person: User) -> bool:
        return any(row.user_id == person.pk for row in self.employments)

    def is_manager(self, person: int, department: int) -> bool:
        return any(post.manager_id == person and post.department_id == department for post in self.posts)

    def departments(self, viewer: User) -> set[int]:
        own = self.answers_for(viewer)
        return {department for department in self.above if any(self.is_below(department, upper) for upper in own)}

    def persons(self, viewer: User) -> set[int]:
        return {row.user_id for row in self.employments if row.department_id in self.departments(viewer)}

    def employed_below(self, upper: int) -> set[int]:
        return {row.user_id for row in self.employments if self.is_below(row.department_id, upper)}
