"""Small modules in place of the starter content."""

from __future__ import annotations

import datetime as dt

from reports.demo.tables import learning_table
from tests.drafts import SEALED, draft, given_out


def give_out_starter_content(at: dt.datetime = SEALED) -> None:
    """Give out a small module for each that the demonstration's people learn."""
    for row in learning_table().modules:
        given_out(draft(slug=row.slug, title=row.slug), at=at)
