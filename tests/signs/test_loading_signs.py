"""Entries from text files: verified ones are published, the others wait, and what people here have changed stays."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from cms.loading.signs import load_signs
from cms.starter.errors import ContentError, Problems
from cms.starter.signs import read_signs
from cms.starter.texts import SignText
from courses.actions.approve_symbol import approve_symbol
from courses.models import Symbol
from organisation.models import User

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def texts(samples: Path) -> tuple[SignText, ...]:
    return read_signs(samples.parent, Problems())


def test_it_publishes_what_is_verified_and_keeps_the_rest_as_drafts(texts: tuple[SignText, ...]) -> None:
    load_signs(texts)

    assert list(Symbol.objects.approved().values_list("key", flat=True)) == ["valknut"]
    assert list(Symbol.objects.values_list("key", flat=True)) == ["siffran-88", "valknut"]
    valknut = Symbol.objects.get(key="valknut")
    assert (valknut.kind, set(valknut.tags.names())) == ("mark", {"runor och märken", "nordisk historia"})
    assert "<title" not in valknut.drawing


def test_it_claims_a_source_only_where_one_was_read(texts: tuple[SignText, ...]) -> None:
    load_signs(texts)

    assert Symbol.objects.get(key="valknut").checked_by.endswith("mot källorna")
    assert Symbol.objects.get(key="siffran-88").checked_by.endswith("utan källa")


def test_it_changes_nothing_the_second_time(texts: tuple[SignText, ...], django_assert_num_queries) -> None:
    load_signs(texts)
    before = list(Symbol.objects.values())

    found, left = load_signs(texts)

    assert (list(Symbol.objects.values()), left, sorted(found)) == (before, [], ["siffran-88", "valknut"])


def test_it_follows_a_changed_file(texts: tuple[SignText, ...]) -> None:
    load_signs(texts)
    changed = dataclasses.replace(texts[1], summary="Ett annat ord.", tags=("smycken",))

    load_signs([changed])

    valknut = Symbol.objects.get(key="valknut")
    assert (valknut.summary, list(valknut.tags.names())) == ("Ett annat ord.", ["smycken"])


def test_it_leaves_an_entry_that_a_reviewer_has_approved_and_names_it(texts: tuple[SignText, ...], trainer: User) -> None:
    load_signs(texts)
    number = Symbol.objects.get(key="siffran-88")
    approve_symbol(symbol=number, by=trainer, on=AT.date(), check_again_on=dt.date(2027, 5, 1), at=AT)

    _found, left = load_signs([dataclasses.replace(texts[0], summary="Ett annat ord.")])

    assert left == ["Siffran 88"]
    assert Symbol.objects.get(key="siffran-88").approved_by == trainer


def test_it_refuses_a_drawing_that_is_more_than_shapes(texts: tuple[SignText, ...]) -> None:
    drawing = texts[1].drawing.replace("<path", "<script>alert(1)</script><path", 1)

    with pytest.raises(ContentError, match=r"tecken/valknut\.md"):
        load_signs([dataclasses.replace(texts[1], drawing=drawing)])
