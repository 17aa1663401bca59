"""The dullest valid objects. A test says only what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from courses.models import Audience, AudienceRule, Module
from organisation.models import (
    City,
    Department,
    DepartmentManager,
    DepartmentName,
    DepartmentPlace,
    Employment,
    User,
)

START = dt.date(2025, 1, 1)
RECORDED = dt.datetime(2025, 1, 1, 7, 0, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"


class CityFactory(DjangoModelFactory):
    class Meta:
        model = City
        django_get_or_create = ("id",)

    id = 1
    name = "Teststad"
    code = "TST"
    signatory_title = "Samordnare"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    employee_number = factory.Sequence(lambda n: f"A{n:05}")
    first_name = "Alva"
    last_name = factory.Sequence(lambda n: f"Test{n}")
    email = factory.Sequence(lambda n: f"person{n}@example.se")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return User.objects.create_user(*args, **{"password": PASSWORD} | kwargs)


class DepartmentFactory(DjangoModelFactory):
    """A unit with a name and a place; `parent` and `name` may be given."""

    class Meta:
        model = Department
        skip_postgeneration_save = True

    external_id = factory.Sequence(lambda n: f"D{n:04}")

    @classmethod
    def create(cls, name: str = "", parent: Department | None = None, **kwargs: Any) -> Department:
        department: Department = super().create(**kwargs)
        dated = {"department": department, "from_on": START, "recorded_at": RECORDED}
        DepartmentName.objects.create(name=name or f"Enhet {department.pk}", kind="enhet", **dated)
        DepartmentPlace.objects.create(parent=parent, **dated)
        return department


class DatedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    from_on = START
    recorded_at = RECORDED


class EmploymentFactory(DatedFactory):
    class Meta:
        model = Employment

    user = factory.SubFactory(UserFactory)
    department = factory.SubFactory(DepartmentFactory)
    occupation = "Fritidsledare"
    meets_young = True


class ManagerFactory(DatedFactory):
    class Meta:
        model = DepartmentManager

    department = factory.SubFactory(DepartmentFactory)
    manager = factory.SubFactory(UserFactory)


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    slug = factory.Sequence(lambda n: f"modul-{n}")
    title = factory.Sequence(lambda n: f"Modul {n}")


class AudienceRuleFactory(DatedFactory):
    """A target group of whole departments; give `departments`."""

    class Meta:
        model = AudienceRule
        skip_postgeneration_save = True

    audience = factory.LazyFunction(lambda: Audience.objects.create(name=f"Målgrupp {Audience.objects.count() + 1}"))

    @factory.post_generation
    def departments(self, create: bool, extracted: list[Department] | None, **_kwargs: Any) -> None:
        if create and extracted:
            self.departments.set(extracted)
