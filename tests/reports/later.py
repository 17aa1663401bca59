"""What may be recorded after a moment of knowledge, and must not change what was known."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from random import Random

from django.db import IntegrityError, transaction

from courses.models import (
    Acceptance,
    Assignment,
    AudienceRule,
    Completion,
    Edition,
    Exemption,
    Module,
    ModuleRule,
    Offer,
    Round,
    Withdrawal,
)
from organisation import history
from organisation.guards import dated_models
from organisation.models import Absence, DatedRow, Department, DepartmentName, DepartmentPlace, Employment, User
from tests.reports.worlds import FIRST, LAST, OCCUPATIONS

LATER = LAST + dt.timedelta(days=30)


def record_later(chance: Random, at: dt.datetime) -> None:
    """End, correct and withdraw rows of every kind; reorganise, employ, assign and give out backwards in time."""
    for model in dated_models():
        rows = list(model._default_manager.filter(superseded_at=None, recorded_at__lt=at))
        for row in chance.sample(rows, min(len(rows), 3)):
            with suppress(IntegrityError), transaction.atomic():
                chance.choice([end_later, end_earlier, withdraw_later, leave])(row, at)
    learn_later(at)
    for row in rows_of_later(chance):
        with suppress(IntegrityError), transaction.atomic():
            history.take_over(row, by=None, at=at)
    for rule in AudienceRule.objects.filter(recorded_at=at):
        rule.departments.set(Department.objects.all())
    assign_later(at)


def learn_later(at: dt.datetime) -> None:
    """Register completions late, and stop and give out editions."""
    for round_ in Round.objects.filter(completion=None):
        for edition in round_.module.editions.all()[:1]:
            Completion.objects.create(
                round=round_, user=round_.user, module=round_.module, edition=edition, completed_on=FIRST, recorded_at=at
            )
    for edition in Edition.objects.all():
        Withdrawal.objects.filter(edition=edition, lifted_at=None).update(lifted_at=at)
        Withdrawal.objects.create(edition=edition, withdrawn_at=at, withdrawn_by=User.objects.earliest("pk"))
    for module in Module.objects.all():
        number = {"major": 9, "minor": 0, "title": module.title, "payload": "{}", "outline": []}
        Edition.objects.create(module=module, in_force_from=FIRST, sealed_at=at, **number)
        for user in User.objects.all():
            Offer.objects.create(user=user, module=module, channel="mail", offered_on=FIRST, recorded_at=at)


def rows_of_later(chance: Random) -> list[DatedRow]:
    """New rows of each kind, all as if they had been so from the first day."""
    since = {"from_on": FIRST}
    persons, departments, modules = (
        list(User.objects.all()),
        list(Department.objects.order_by("pk")),
        list(Module.objects.all()),
    )
    kind = {"occupation": chance.choice(OCCUPATIONS), "meets_young": True}
    return [
        *(DepartmentName(department=one, name="Öster", kind="enhet", **since) for one in departments),
        # Below the first one or at the top, so never in a circle.
        *(DepartmentPlace(department=one, parent=chance.choice([None, departments[0]]), **since) for one in departments[1:]),
        *(Employment(user=one, department=chance.choice(departments), **kind, **since) for one in persons),
        *(Absence(user=one, **since) for one in chance.sample(persons, 1)),
        *(AudienceRule(audience_id=pk, **since) for pk in AudienceRule.objects.values_list("audience", flat=True).distinct()),
        *(ModuleRule(module=one, validity_months=1, refresher_days=0, **since) for one in modules),
        *(Exemption(user=one, module=chance.choice(modules), reason="leaving", **since) for one in persons[:1]),
    ]


def assign_later(at: dt.datetime) -> None:
    """Accept everything in every department, for the first day."""
    accepted = {"accepted_on": FIRST, "accepted_by": User.objects.earliest("pk"), "persons": 0, "minutes": 0, "recorded_at": at}
    for assignment in Assignment.objects.all():
        for department in Department.objects.all():
            Acceptance.objects.get_or_create(assignment=assignment, department=department, defaults=accepted)


def end_later(row: DatedRow, at: dt.datetime) -> None:
    history.end(row, until_on=LATER + dt.timedelta(days=1), by=None, at=at)


def end_earlier(row: DatedRow, at: dt.datetime) -> None:
    history.end(row, until_on=row.from_on + dt.timedelta(days=3), by=None, at=at)


def withdraw_later(row: DatedRow, at: dt.datetime) -> None:
    history.withdraw(row, at=at)


def leave(row: DatedRow, at: dt.datetime) -> None:
    """Change nothing."""
