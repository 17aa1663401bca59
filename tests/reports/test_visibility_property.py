"""Nobody sees a person outside the own line of departments: in all organisations, on every address with an id in it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Assignment
from organisation.models import Department, DepartmentManager, DepartmentPlace, Employment, User
from tests.factories import RECORDED, CityFactory
from tests.reports.building import Builder
from tests.reports.test_figures_property import forgotten
from tests.reports.worlds import DAYS, FIRST, World, worlds
from tests.volume import volume

pytestmark = pytest.mark.django_db

# Who answers for what: (person, department), and the day when it ended, if it did.
POSTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), st.one_of(st.none(), DAYS)), min_size=1, max_size=4)


class Allowed:
    """Whom each person may see, by the words of the rule: loops over rows, nothing shared with the code."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.posts = [row for row in DepartmentManager.objects.all() if self.is_so(row)]
        self.above = {row.department_id: row.parent_id for row in DepartmentPlace.objects.all() if self.is_so(row)}
        self.employments = [row for row in Employment.objects.all() if self.is_so(row)]

    def is_so(self, row: DepartmentManager | DepartmentPlace | Employment) -> bool:
        return row.superseded_at is None and row.from_on <= self.day and (row.until_on is None or self.day < row.until_on)

    def is_below(self, department: int | None, upper: int) -> bool:
        if department not in self.above:
            return False
        return department == upper or self.is_below(self.above[department], upper)

    def departments(self, viewer: User) -> set[int]:
        own = [post.department_id for post in self.posts if post.manager_id == viewer.pk]
        return {department for department in self.above if any(self.is_below(department, upper) for upper in own)}

    def persons(self, viewer: User) -> set[int]:
        return {row.user_id for row in self.employments if row.department_id in self.departments(viewer)}

    def employed_in(self, department: int) -> set[int]:
        return {row.user_id for row in self.employments if row.department_id == department}


def appoint(builder: Builder, posts: list[tuple[int, int, dt.date | None]]) -> None:
    for person, department, until_on in posts:
        manager = builder.persons[person % len(builder.persons)]
        place = builder.departments[department % len(builder.departments)]
        if until_on != FIRST and not DepartmentManager.objects.filter(manager=manager, department=place).exists():
            since = {"from_on": FIRST, "recorded_at": RECORDED}
            DepartmentManager.objects.create(manager=manager, department=place, until_on=until_on, **since)


@volume(sample=15, proof=3000)
@given(worlds(), DAYS, POSTS)
def test_it_lets_each_see_those_employed_in_the_own_line(world: World, day: dt.date, posts: list) -> None:
    with forgotten():
        appoint(Builder(world), posts)
        allowed = Allowed(day)

        for viewer in User.objects.all():
            assert set(User.objects.visible_to(viewer, day).values_list("pk", flat=True)) == allowed.persons(viewer)


@volume(sample=4, proof=1000)
@given(worlds(), DAYS, POSTS)
def test_it_names_nobody_else_on_any_page_of_the_managers(world: World, day: dt.date, posts: list) -> None:
    noon = dt.datetime.combine(day, dt.time(11), tzinfo=dt.UTC)
    with forgotten(), time_machine.travel(noon, tick=False):
        CityFactory()
        appoint(Builder(world), posts)
        User.objects.filter(pk=User.objects.latest("pk").pk).update(is_protected=True)
        allowed = Allowed(day)

        for viewer in [User.objects.get(pk=post.manager_id) for post in allowed.posts[:2]] + [User.objects.earliest("pk")]:
            client = Client()
            client.force_login(viewer)
            assert not named(client, "/chef/")
            for assignment in Assignment.objects.all():
                assert not named(client, f"/chef/tilldelning/{assignment.pk}/")
            for department in Department.objects.all():
                may = department.pk in allowed.departments(viewer)
                assert client.get(f"/chef/{department.pk}/").status_code == (200 if may else 404)
                shown = named(client, f"/chef/{department.pk}/")
                assert shown <= (allowed.employed_in(department.pk) & allowed.persons(viewer) if may else set())
                assert User.objects.latest("pk").pk not in shown


def named(client: Client, address: str) -> set[int]:
    """Whose names the page says, the viewer's own in the head of the page aside."""
    words = client.get(address).content.decode()
    main = words.split("<main", 1)[-1].split("</main>", 1)[0]
    return {person.pk for person in User.objects.all() if person.last_name in main}
