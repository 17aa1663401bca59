"""Accounts of the demonstration: their password is public, so they work only where `DEMO` is on."""

from __future__ import annotations

from django.conf import settings

from organisation.models import User

NUMBER_PREFIX = "DEMO-"
"""How the employee number of everybody in the demonstration begins."""


def is_demonstration(user: User) -> bool:
    """Whether the person belongs to the demonstration."""
    return (user.employee_number or "").startswith(NUMBER_PREFIX)


def may_be_used(user: User) -> bool:
    """Whether the account may be logged in with here, and an open session go on."""
    return settings.DEMO or not is_demonstration(user)
