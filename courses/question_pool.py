"""Which questions of a knowledge check may be asked on a day."""

from __future__ import annotations

import datetime as dt

import msgspec

from courses.models import Symbol
from courses.payload import Check


def pool_on(check: Check, day: dt.date) -> Check:
    """Return the check without the questions that rest on a sign which is a draft, or past its day to be checked.

    One query, and none for a check whose questions rest on no sign.
    """
    keys = {key for question in check.questions for key in question.signs}
    if not keys:
        return check
    reliable = set(Symbol.objects.reliable_on(day).filter(key__in=keys).values_list("key", flat=True))
    return msgspec.structs.replace(
        check, questions=tuple(question for question in check.questions if reliable.issuperset(question.signs))
    )
