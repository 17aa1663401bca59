"""Two entries as text files, and the same kind of entry in the database."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from courses.models import Symbol

SAMPLES = Path(__file__).parent / "tecken"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0L9 9" /></svg>'
CHECKED = dt.date(2026, 2, 1)
AGAIN = dt.date(2026, 8, 1)


def entry(name: str = "Valknut", *tags: str, **fields: Any) -> Symbol:
    """An approved entry whose check is good until August 2026."""
    slug = fields.pop("slug", name.lower().replace(" ", "-").replace("å", "a").replace("ä", "a").replace("ö", "o"))
    values: dict[str, Any] = {
        "key": slug,
        "slug": slug,
        "name": name,
        "kind": Symbol.Kind.MARK,
        "summary": f"Om {name}.",
        "ordinary": "<p>Finns på smycken.</p>",
        "extremist": "<p>Används också av en rörelse.</p>",
        "how_to_ask": "<p>Vad betyder den för dig?</p>",
        "sources": "Ett lexikon",
        "certainty": Symbol.Certainty.VERIFIED,
        "checked_on": CHECKED,
        "checked_by": "Redaktionen",
        "check_again_on": AGAIN,
        "approved_on": CHECKED,
    }
    symbol = Symbol.objects.create(**values | fields)
    symbol.tags.set(tags)
    return symbol


@pytest.fixture
def samples() -> Path:
    """The folder of the two sample files."""
    return SAMPLES
