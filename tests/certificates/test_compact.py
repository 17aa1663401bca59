"""Compressed together or each for itself, the objects of a document are the same."""

import pytest
from reportlab.lib.pagesizes import A4

from certificates.compact import CompactDocument
from certificates.fonts import Weight, typeface
from certificates.tagging import ArchivalDocument, TaggedCanvas
from tests.certificates.documents import PROFILES, failed_rules, opened, tags, text_of
from tests.certificates.test_tagged_documents import METADATA


def a_long_document(kind: type[ArchivalDocument]) -> bytes:
    """A thousand paragraphs."""
    canvas = TaggedCanvas(METADATA, A4, typeface(Weight.REGULAR).name, kind)
    with canvas.tagged("H1"):
        canvas.write("Rubrik", typeface(Weight.REGULAR).font, 12, 70, 780)
    for number in range(1_000):
        with canvas.tagged("P"):
            canvas.write(f"Stycke {number}", typeface(Weight.REGULAR).font, 5, 70 + 70 * (number % 6), 760 - 4 * (number // 6))
    return canvas.finish()


def test_a_reader_finds_the_same_in_far_fewer_bytes() -> None:
    plain, compact = a_long_document(ArchivalDocument), a_long_document(CompactDocument)

    assert len(compact) < len(plain) / 3
    assert text_of(compact) == text_of(plain)
    assert tags(compact) == tags(plain)
    assert str(opened(compact).docinfo.Title) == METADATA.title
    assert bytes(opened(compact).trailer.ID[0]) == bytes(opened(plain).trailer.ID[0])


@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard(profile: str) -> None:
    assert failed_rules(a_long_document(CompactDocument), profile) == set()


def test_its_syntax_has_no_fault() -> None:
    assert opened(a_long_document(CompactDocument)).check_pdf_syntax() == []


def test_it_is_the_same_bytes_each_time() -> None:
    assert a_long_document(CompactDocument) == a_long_document(CompactDocument)
