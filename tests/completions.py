"""Completions without the way to them, for what comes after."""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.models import Completion, Edition, Round
from organisation.models import User
from tests.drafts import given_out
from tests.factories import UserFactory

COMPLETED_ON = dt.date(2026, 3, 2)
COMPLETED_AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def completed(user: User | None = None, edition: Edition | None = None, number: int = 1, **fields: Any) -> Completion:
    """Record that somebody completed an edition."""
    user, edition = user or UserFactory(), edition or Edition.objects.first() or given_out()
    round_ = Round.objects.create(
        user=user, module=edition.module, number=number, opened_on=COMPLETED_ON, opened_at=COMPLETED_AT
    )
    stamped: dict[str, Any] = {"completed_on": COMPLETED_ON, "recorded_at": COMPLETED_AT}
    return Completion.objects.create(round=round_, user=user, module=edition.module, edition=edition, **stamped | fields)
