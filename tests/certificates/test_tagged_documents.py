"""Documents drawn on the tagged canvas keep PDF/UA-1 and PDF/A-2a, and the validators notice when one does not."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from certificates.fonts import Weight, typeface
from certificates.metadata import Metadata
from certificates.structure import Box
from certificates.tagging import TaggedCanvas
from tests.certificates import damages
from tests.certificates.documents import PROFILES, failed_rules, heard_findings, opened, saved, tags, text_of

METADATA = Metadata("Rubrik & <tecken>", "Tvåälvs stad", "Ämne", "Motståndskraft", "sv-SE", date(2026, 11, 15))


def a_canvas(metadata: Metadata = METADATA) -> TaggedCanvas:
    return TaggedCanvas(metadata, A4, typeface(Weight.REGULAR).name)


def a_document(paragraph: str = "Ett stycke") -> bytes:
    canvas = a_canvas()
    canvas.setFont(typeface(Weight.REGULAR).name, 12)
    with canvas.tagged("H1"):
        canvas.drawString(70, 760, "En rubrik")
    with canvas.tagged("P"):
        canvas.drawString(70, 740, paragraph)
    with canvas.figure("En fyrkant", Box(70, 600, 100, 630)):
        canvas.rect(70, 600, 30, 30, stroke=0, fill=1)
    with canvas.element("P"), canvas.link("https://tvaalv.example/", Box(70, 715, 150, 730), "Till stadens webbplats"):
        canvas.drawString(70, 718, "tvaalv.example")
    with canvas.artifact():
        canvas.line(70, 580, 500, 580)
    return canvas.finish()


@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard(profile: str) -> None:
    assert failed_rules(a_document(), profile) == set()


def test_it_gives_a_screen_reader_nothing_to_complain_about(tmp_path: Path) -> None:
    assert heard_findings(a_document(), tmp_path) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard_on_several_pages(profile: str) -> None:
    canvas = a_canvas()

    for number in (1, 2, 3):
        canvas.setFont(typeface(Weight.REGULAR).name, 12)
        with canvas.tagged("H1" if number == 1 else "P"):
            canvas.drawString(70, 700, f"Sida {number}")
        canvas.showPage()
    data = canvas.finish()

    assert failed_rules(data, profile) == set()
    assert len(opened(data).pages) == 3
    assert text_of(data) == "Sida 1 Sida 2 Sida 3"


def test_it_reads_elements_in_the_order_in_which_they_were_drawn() -> None:
    assert tags(a_document()) == ["/Document", "/H1", "/P", "/Figure", "/P", "/Link"]


def test_it_describes_itself() -> None:
    pdf = opened(a_document())

    assert str(pdf.docinfo.Title) == "Rubrik & <tecken>"
    assert str(pdf.Root.Lang) == "sv-SE"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Rubrik & <tecken>"
        assert metadata["xmp:CreateDate"] == "2026-11-15T00:00:00+00:00"


def test_it_is_identified_by_its_content() -> None:
    one, same, other = (opened(a_document(text)).trailer.ID[0] for text in ("Ett", "Ett", "Ett annat"))

    assert bytes(one) == bytes(same)
    assert bytes(one) != bytes(other)


@pytest.mark.parametrize(
    ("profile", "damage"),
    [
        ("ua1", damages.without_alternative_text),
        ("ua1", damages.without_heading_level),
        ("ua1", damages.with_an_untagged_heading),
        ("ua1", damages.without_language),
        ("ua1", damages.without_title_on_show),
        ("ua1", damages.without_link_description),
        ("ua1", damages.without_metadata),
        ("ua1", damages.without_structure),
        ("2a", damages.without_output_intent),
        ("2a", damages.without_embedded_font),
        ("2a", damages.without_structure),
        ("2a", damages.without_metadata),
    ],
)
def test_it_would_be_noticed_if_something_were_missing(profile: str, damage: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = opened(a_document())
    assert failed_rules(saved(pdf), profile) == set()

    damage(pdf)

    assert failed_rules(saved(pdf), profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_it_would_be_noticed_if_reportlab_drew_alone(profile: str) -> None:
    assert failed_rules(_plain_document(), profile)


def test_it_leaves_reportlab_as_it_was_for_other_documents() -> None:
    stream = pdfdoc.PDFStream(content=b"x", filters=[])

    written = stream.format(pdfdoc.PDFDocument())

    assert written.endswith(b"xendstream\n")


def _plain_document() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(70, 700, "Ett stycke")
    canvas.save()
    return out.getvalue()
