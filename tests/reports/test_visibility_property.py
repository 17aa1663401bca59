"""Nobody sees a person outside the own line of departments: in all organisations, on every address with an id in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from courses.models import Assignment, Module
from organisation.models import DepartmentManager, DeputyManager, LoginSlip, User
from tests.factories import RECORDED, CityFactory, UserFactory
from tests.reports.allowed import Allowed
from tests.reports.building import Builder
from tests.reports.test_figures_property import forgotten
from tests.reports.worlds import DAYS, FIRST, World, worlds
from tests.volume import volume

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SINCE = {"from_on": FIRST, "recorded_at": RECORDED}
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Posts:
    """Who answers for what: managers as (person, department, the day when it ended, if it did), and who stands in for them.

    A deputy is (person, which manager, first day, how many days).
    """

    managers: list[tuple[int, int, dt.date | None]]
    deputies: list[tuple[int, int, dt.date, int]]

    def fill(self, builder: Builder) -> None:
        for person, department, until_on in self.managers:
            place, manager = at(builder.departments, department), at(builder.persons, person)
            if until_on != FIRST and not DepartmentManager.objects.filter(manager=manager, department=place).exists():
                DepartmentManager.objects.create(manager=manager, department=place, until_on=until_on, **SINCE)
        rows = list(DepartmentManager.objects.order_by("pk"))
        for person, post, from_on, days in self.deputies:
            deputy, row = at(builder.persons, person), at(rows, post) if rows else None
            taken = DeputyManager.objects.filter(deputy=deputy, department=row.department) if row else None
            if row and deputy.pk != row.manager_id and not taken.exists():
                period = {"from_on": from_on, "until_on": from_on + days * ONE_DAY, "recorded_at": RECORDED}
                DeputyManager.objects.create(department=row.department, deputy=deputy, named_by=row.manager, **period)


def at(things: list, place: int):  # type: ignore[no-untyped-def, type-arg]
    return things[place % len(things)]


ENDS = st.one_of(st.none(), DAYS)
MANAGERS = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 4), ENDS), max_size=3)
DEPUTIES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), DAYS, st.integers(1, 60)), max_size=3)
POSTS = st.builds(Posts, MANAGERS, DEPUTIES)
DEPARTMENT = st.integers(0, 4)


@volume(sample=25, proof=3000)
@given(worlds(), DAYS, POSTS)
def test_it_lets_each_see_those_employed_in_the_own_line(world: World, day: dt.date, posts: Posts) -> None:
    with forgotten():
        posts.fill(Builder(world))
        allowed = Allowed(day)

        for viewer in User.objects.all():
            assert set(User.objects.visible_to(viewer, day).values_list("pk", flat=True)) == allowed.persons(viewer)


# The viewer is the first person, and what she is to the department drawn.
WHAT_SHE_IS = ("manager", "deputy", "deputy of one who left", "left", "nobody")


def posts_of_viewer(what: str, department: int, day: dt.date, others: Posts) -> Posts:
    if what in ("manager", "left"):
        return Posts([(0, department, None if what == "manager" else day), *others.managers], others.deputies)
    if what.startswith("deputy"):
        first = (1, department, None if what == "deputy" else day)
        return Posts([first, *others.managers], [(0, 0, max(FIRST, day - ONE_DAY), 2), *others.deputies])
    return Posts(others.managers, [one for one in others.deputies if one[0]])


@pytest.mark.parametrize("what", WHAT_SHE_IS)
@volume(sample=4, proof=2000)
@given(worlds(), DAYS, DEPARTMENT, POSTS, DEPARTMENT, st.sampled_from(("csv", "json", "xlsx")))
def test_it_names_nobody_else_at_any_address(
    what: str, world: World, day: dt.date, department: int, others: Posts, asked: int, ending: str
) -> None:
    """All five together try ten thousand worlds in `make proof`; each asks for every address of one of its departments."""
    noon = dt.datetime.combine(day, dt.time(11), tzinfo=dt.UTC)
    with forgotten(), time_machine.travel(noon, tick=False):
        CityFactory()
        builder = Builder(world)
        posts_of_viewer(what, department, day, others).fill(builder)
        User.objects.filter(pk=builder.persons[-1].pk).update(is_protected=True)
        look = Look(User.objects.get(pk=builder.persons[0].pk), Allowed(day), ending)

        look.at_the_whole_line()
        look.at_department(at(builder.departments, asked).pk)
        look.at_deputies()


class Look:
    """One viewer, who asks for every address with an id in it."""

    def __init__(self, viewer: User, allowed: Allowed, ending: str) -> None:
        self.client = Client()
        self.client.force_login(viewer)
        self.viewer, self.allowed, self.ending = viewer, allowed, ending
        self.people = {person.pk: person.last_name for person in User.objects.all()}
        protected = set(User.objects.filter(is_protected=True).values_list("pk", flat=True))
        self.listable = allowed.persons(viewer) - protected
        self.modules = list(Module.objects.all())

    def at_the_whole_line(self) -> None:
        may = bool(self.allowed.answers_for(self.viewer))
        assert self.get("/chef/", ok={may}) == set()
        # Whose departments are all closed is told so, and has nothing to ask about.
        assert self.get(f"/uppfoljning/fraga.{self.ending}", ok={bool(self.allowed.departments(self.viewer))}) == set()
        assert self.get("/uppfoljning/", ok={True}) == set()
        for assignment in Assignment.objects.all():
            assert self.get(f"/chef/tilldelning/{assignment.pk}/", ok={may, False}) <= self.listable

    def at_department(self, pk: int) -> None:
        may = pk in self.allowed.departments(self.viewer)
        here = self.listable & self.allowed.employed_below(pk) if may else set()
        for end in ("", "lista.csv", "lista.xlsx", "inloggning/"):
            assert self.get(f"/chef/{pk}/{end}", ok={may}) <= here
        for module in self.modules:
            # A module that concerns nobody here has no list, for whoever may see the department either.
            assert self.get(f"/chef/{pk}/traff/{module.slug}/", ok={may, False}) <= here
            if not may:
                self.get(f"/chef/{pk}/inbjudan/{module.slug}/", ok={False})
        for end in (f"/?enhet={pk}", f".{self.ending}?enhet={pk}"):
            assert self.get(f"/uppfoljning/fraga{end}", ok={may}) == set()
        self.remind_everybody(pk, may, here)
        self.print_slips_for_others(pk, may)

    def remind_everybody(self, pk: int, may: bool, here: set[int]) -> None:
        """The preview names those chosen; all are."""
        asked = {"person": list(self.people), "module": self.modules[0].pk}
        response = self.client.post(f"/chef/{pk}/paminn/", asked)
        assert response.status_code in ({200, 302} if may else {404})
        assert self.named(response.content) <= here

    def print_slips_for_others(self, pk: int, may: bool) -> None:
        # Who works here and has a protected identity is on no list, yet gets a slip by number.
        for person in self.people.keys() - (self.allowed.employed_below(pk) if may else set()):
            number = User.objects.get(pk=person).employee_number
            response = self.client.post(f"/chef/{pk}/inloggning/", {"number": number})
            assert response.status_code == (200 if may else 404)
        assert not LoginSlip.objects.exists()

    def at_deputies(self) -> None:
        own = self.allowed.manages(self.viewer)
        # A manager sees the names of her own deputies, and of who named them.
        rows = [row for row in DeputyManager.objects.all() if row.department_id in own]
        deputies = {row.deputy_id for row in rows} | {row.named_by_id for row in rows}
        assert self.get("/chef/stallforetradare/", ok={bool(own)}) <= deputies
        for row in DeputyManager.objects.exclude(department__in=own):
            assert self.client.post(f"/chef/stallforetradare/{row.pk}/avsluta/").status_code == 404

    def get(self, address: str, ok: set[bool]) -> set[int]:
        """Return whom the answer names; `ok` says whether it may be found."""
        response = self.client.get(address)
        assert response.status_code in {200 if one else 404 for one in ok}, address
        return self.named(response.content) if response.status_code == 200 else set()

    def named(self, content: bytes) -> set[int]:
        """Whose names a page or a file says, the viewer's own in the head of the page aside."""
        words = unpacked(content).split("<main", 1)[-1].split("</main>", 1)[0]
        return {pk for pk, name in self.people.items() if name in words}


def unpacked(content: bytes) -> str:
    """Return the words of a page, or of everything in a workbook."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


# Ways to find a person by name. Both are the coordinator's, and below the administration.
SEARCHES = ("sok", "search")


def test_there_is_no_search_over_people_for_staff(learner: User, city: object, client_of) -> None:
    found = UserFactory(last_name="Unikson")
    client = client_of(learner)

    for address in ("/tecken/", "/moduler/", "/rattskallor/", "/", "/vem-ringer-jag/", "/mina-intyg/"):
        response = client.get(address, {"sok": found.last_name, "q": found.last_name, "query": found.last_name})
        main = response.content.decode().split("<main", 1)[-1].replace(f'value="{found.last_name}"', "")
        assert found.get_full_name() not in main, address
    assert {path for path in paths() if any(f"{word}/" in path or path.endswith(word) for word in SEARCHES)} == set()


def paths() -> Iterator[str]:
    """Every address outside the administration, as it is written in `urls.py`."""
    todo: list[tuple[str, URLPattern | URLResolver]] = [("", one) for one in get_resolver().url_patterns]
    while todo:
        before, pattern = todo.pop()
        path = before + str(pattern.pattern)
        if path.startswith("admin/"):
            continue
        if isinstance(pattern, URLResolver):
            todo += [(path, one) for one in pattern.url_patterns]
        else:
            yield path
