"""Conventions that hold the record together, as system checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning

from organisation.guards import missing_guards


@register(Tags.database)
def guards_are_installed(*, databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Every guard of `organisation.guards` is in the database.

    A warning, since an error would also stop `migrate`, which installs them. Starts and tests fail on warnings.
    """
    return [
        CheckWarning(f"The database lacks the guard {name}.", hint="Run manage.py migrate.", id="organisation.W001")
        for using in databases or []
        for name in missing_guards(using)
    ]
