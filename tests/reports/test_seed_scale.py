"""`manage.py seed_scale`: synthetic data for measuring."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from courses.models import Completion
from organisation.models import Employment, User
from reports.figures import figures
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def seed(staff: int = 60, modules: int = 3, years: int = 1) -> None:
    call_command("seed_scale", staff=staff, modules=modules, years=years)


@pytest.mark.postgres
def test_it_makes_as_many_as_it_says() -> None:
    seed()

    today = timezone.localdate()
    assert Employment.objects.on(today).values("user").distinct().count() == 60
    whole = next(figure for figure in figures(today) if figure.module == "skala-0")
    assert whole.target + whole.exempt == 60
    assert min(whole.offered, whole.completed, whole.valid, whole.overdue) > 0


@pytest.mark.postgres
def test_it_lets_the_database_go_on_counting() -> None:
    seed(staff=10)

    assert UserFactory().pk > User.objects.filter(employee_number__startswith="DEMO-S").latest("pk").pk


def test_it_draws_the_same_again() -> None:
    drawn = []
    for _ in range(2):
        with transaction.atomic():
            seed(staff=20)
            drawn.append(list(Completion.objects.order_by("pk").values_list("completed_on", "module__slug")))
            transaction.set_rollback(True)

    assert drawn[0] == drawn[1]


def test_it_refuses_where_there_are_real_people() -> None:
    UserFactory()

    with pytest.raises(CommandError):
        seed()

    assert not Employment.objects.exists()


def test_it_refuses_where_it_has_been_before_and_sizes_that_are_none() -> None:
    seed(staff=10)

    with pytest.raises(CommandError) as refused:
        seed(staff=0)

    assert len(str(refused.value).splitlines()) == 2
