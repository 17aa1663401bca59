"""A certificate on one A4 page: from plain values to the bytes that are stored and never drawn again.

The same sheet gives the same bytes. Raise DRAWING_VERSION with every change that anybody could see.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import groupby
from typing import Any

from reportlab.lib.pagesizes import A4

from certificates.codes import grouped
from certificates.columns import Paragraph, SetParagraph, set_column
from certificates.compact import CompactDocument
from certificates.fonts import Weight, clean, require_glyphs, typeface
from certificates.layout import (
    ABILITIES,
    ABILITY,
    ADDRESS,
    CITY,
    COMPLETED,
    DEEP,
    DETAIL,
    FACT,
    HEADING,
    HOLDER,
    INK,
    LOGO,
    MODULE,
    NOTE,
    NOTES,
    PROOF,
    QR,
    RIGHT,
    SEAL,
    SEAL_DETAIL,
    SEAL_TEXT,
    SEALED,
    SEALER,
    STORY,
    TEST,
    VERIFY,
)
from certificates.metadata import Metadata
from certificates.ornament import compressed_ornament, rings_operators
from certificates.pictures import mark_stream
from certificates.qr import qr_operators
from certificates.structure import Box
from certificates.tagging import TaggedCanvas
from certificates.wording import SWEDISH, Wording

DRAWING_VERSION = 3
PROGRAM = "Motståndskraft"
FIELD = "Stampel"
"""The name of the signature field, which the seal fills."""


@dataclass(frozen=True)
class CertificateSheet:
    """What stands on a certificate, word for word. Texts may hold any composed or decomposed Unicode."""

    city: str
    holder: str
    module: str
    edition: str
    abilities: tuple[str, ...]
    completed_on: date
    department: str
    reviewed: str
    validity: str
    number: str
    code: str
    verify_url: str
    issued_on: date
    signatory_title: str
    is_test: bool
    replaces: str = ""

    def cleaned(self) -> "CertificateSheet":
        """The same sheet in composed characters, with single spaces and nothing invisible."""
        changes: dict[str, Any] = {name: clean(getattr(self, name)) for name in _TEXTS}
        return replace(self, **changes, abilities=tuple(map(clean, self.abilities)))

    def texts(self) -> list[str]:
        """All that will be printed of what this sheet alone says."""
        return [*(getattr(self, name) for name in _TEXTS), *self.abilities]


_TEXTS = tuple(field.name for field in fields(CertificateSheet) if field.type is str)


@dataclass(frozen=True)
class SealMark:
    """What is drawn in the place of a seal that will be set: whose it is, who answers for that, and its last day."""

    signer: str
    issuer: str
    valid_through: date
    is_test: bool


def draw(sheet: CertificateSheet, *, seal: SealMark | None = None, logo: bytes = b"", wording: Wording = SWEDISH) -> bytes:
    """The certificate as a PDF, accessible (PDF/UA-1) and archival (PDF/A-2a), one page A4.

    With `seal`, it has a field that is to be sealed. `logo` is a mark made by `pictures.small_mark`, or nothing.
    Raises MissingGlyph for a text that no typeface of ours can draw whole, and DoesNotFit for texts far too long.
    """
    sheet = sheet.cleaned()
    require_glyphs(*sheet.texts(), *((seal.signer, seal.issuer) if seal else ()))
    canvas = TaggedCanvas(_metadata(sheet, wording), A4, typeface(Weight.REGULAR).name, CompactDocument)
    canvas.backdrop(compressed_ornament())
    if logo:
        _draw_logo(canvas, logo, wording.logo.format(city=sheet.city))
    story = set_column(story_of(sheet, wording, beside=LOGO if logo else None), STORY)
    if sheet.is_test:
        _draw_test_mark(canvas, story, wording)
    _draw_paragraphs(canvas, story)
    _draw_proof(canvas, sheet, wording)
    if seal:
        _draw_seal(canvas, seal, wording)
    _draw_paragraphs(canvas, set_column(_notes(sheet, seal, wording), NOTES))
    return canvas.finish()


def _metadata(sheet: CertificateSheet, wording: Wording) -> Metadata:
    return Metadata(
        title=wording.title.format(number=sheet.number),
        author=sheet.city,
        subject=f"{sheet.module} {sheet.edition}",
        program=f"{PROGRAM} {DRAWING_VERSION}",
        language=wording.language,
        created_on=sheet.issued_on,
    )


def story_of(sheet: CertificateSheet, wording: Wording, beside: Box | None = None) -> list[Paragraph]:
    """Who has done what, when and where, and what that person can do now; the city's name stands `beside` its mark."""
    city = replace(CITY, kept_free=RIGHT - beside.left + 12) if beside else CITY
    edition = wording.edition.format(day=wording.written(sheet.completed_on), edition=sheet.edition)
    story = [
        Paragraph(sheet.city, city),
        Paragraph(wording.heading, HEADING, "H1"),
        Paragraph(sheet.holder, HOLDER),
        Paragraph(wording.completed, COMPLETED),
        Paragraph(sheet.module, MODULE),
        Paragraph(edition, FACT),
    ]
    if sheet.department:
        story.append(Paragraph(wording.department.format(department=sheet.department), FACT))
    if sheet.abilities:
        story.append(Paragraph(wording.abilities, ABILITIES, "H2"))
    return story + [Paragraph(ability, ABILITY, "LI") for ability in sheet.abilities]


def _notes(sheet: CertificateSheet, seal: SealMark | None, wording: Wording) -> list[Paragraph]:
    lasting = wording.lasting if seal else wording.lasting_unsealed
    texts = (sheet.validity, sheet.reviewed, sheet.replaces, lasting)
    return [Paragraph(text, NOTE) for text in texts if text]


def _proof(sheet: CertificateSheet, wording: Wording) -> list[Paragraph]:
    """Who stands for it, and how anybody can see that it is genuine."""
    return [
        Paragraph(wording.issued.format(day=wording.written(sheet.issued_on)), DETAIL),
        Paragraph(", ".join(filter(None, (sheet.signatory_title, sheet.city))), DETAIL),
        Paragraph(wording.verify, VERIFY, "H2"),
        Paragraph(sheet.verify_url.removeprefix("https://"), ADDRESS, "Link"),
        Paragraph(wording.code.format(code=grouped(sheet.code)), DETAIL),
        Paragraph(wording.number.format(number=sheet.number), DETAIL),
    ]


def _draw_proof(canvas: TaggedCanvas, sheet: CertificateSheet, wording: Wording) -> None:
    for paragraph in set_column(_proof(sheet, wording), PROOF):
        if paragraph.tag == "Link":
            _draw_link(canvas, paragraph, sheet.verify_url, wording.link.format(number=sheet.number))
        else:
            _draw_paragraphs(canvas, [paragraph])
    with canvas.figure(wording.figure.format(address=sheet.verify_url), QR):
        canvas.setFillColorRGB(*INK)
        canvas.operators(qr_operators(sheet.verify_url, QR.left, QR.bottom, QR.right - QR.left))


def _draw_seal(canvas: TaggedCanvas, seal: SealMark, wording: Wording) -> None:
    """Rings on water, in words whose seal it is, and over both the field that the seal will fill."""
    texts = [
        Paragraph(wording.test_seal if seal.is_test else wording.seal, SEALED),
        Paragraph(clean(seal.signer), SEALER),
        Paragraph(wording.seal_issuer.format(issuer=clean(seal.issuer)), SEAL_DETAIL),
        Paragraph(wording.seal_ends.format(day=wording.written(seal.valid_through)), SEAL_DETAIL),
    ]
    with canvas.artifact():
        canvas.operators(rings_operators(SEAL.left, SEAL.top))
    _draw_paragraphs(canvas, set_column(texts, SEAL_TEXT))
    canvas.signature_field(FIELD, SEAL, wording.seal_field.format(signer=clean(seal.signer)))


def _draw_logo(canvas: TaggedCanvas, logo: bytes, alt: str) -> None:
    """As large as its place allows, at the right and the top of it."""
    stream, proportion = mark_stream(logo)
    height = min(LOGO.top - LOGO.bottom, (LOGO.right - LOGO.left) / proportion)
    place = Box(LOGO.right - height * proportion, LOGO.top - height, LOGO.right, LOGO.top)
    with canvas.figure(alt, place):
        canvas.picture(stream, place)


def _draw_link(canvas: TaggedCanvas, address: SetParagraph, target: str, description: str) -> None:
    with canvas.element("P"), canvas.link(target, address.box, description):
        _draw_lines(canvas, address)


def _draw_paragraphs(canvas: TaggedCanvas, paragraphs: list[SetParagraph]) -> None:
    for tag, group in groupby(paragraphs, key=lambda paragraph: paragraph.tag):
        if tag == "LI":
            _draw_list(canvas, list(group))
            continue
        for paragraph in group:
            with canvas.tagged(tag):
                _draw_lines(canvas, paragraph)


def _draw_list(canvas: TaggedCanvas, items: list[SetParagraph]) -> None:
    with canvas.element("L", attributes="<</O/List/ListNumbering/None>>"):
        for item in items:
            with canvas.artifact():
                _draw_dash(canvas, item)
            with canvas.element("LI"), canvas.tagged("LBody"):
                _draw_lines(canvas, item)


def _draw_dash(canvas: TaggedCanvas, item: SetParagraph) -> None:
    """A bar with a corner too many: lines and true rectangles are moved to whole pixels, and get one or two of them thick."""
    baseline, _ = next(item.baselines)
    left, right = item.left - item.style.indent, item.left - 0.45 * item.style.indent
    bottom, top = (baseline + part * item.style.size for part in (0.215, 0.305))
    canvas.setFillColorRGB(*DEEP)
    corners = [(left, bottom), ((left + right) / 2, bottom), (right, bottom), (right, top), (left, top)]
    canvas.operators(" l ".join(f"{x:.2f} {y:.2f}" for x, y in corners).replace(" l ", " m ", 1) + " l h f")


def _draw_lines(canvas: TaggedCanvas, paragraph: SetParagraph) -> None:
    canvas.setFillColorRGB(*paragraph.style.colour)
    for baseline, line in paragraph.baselines:
        canvas.write(line, paragraph.face.font, paragraph.style.size, paragraph.left, baseline)


def _draw_test_mark(canvas: TaggedCanvas, story: list[SetParagraph], wording: Wording) -> None:
    """Beside the heading, whose own line is short in every language."""
    heading = next(paragraph for paragraph in story if paragraph.tag == "H1")
    baseline, _ = next(heading.baselines)
    left = heading.box.right + 22
    face = typeface(TEST.weight)
    width = face.width(wording.test, TEST.size)
    with canvas.artifact():
        canvas.setStrokeColorRGB(*TEST.colour)
        canvas.setLineWidth(0.6)
        canvas.roundRect(left, baseline, width + 16, 20, 10)
    mark = SetParagraph("P", TEST, face, (wording.test,), left + 8, baseline + 15.8)
    _draw_paragraphs(canvas, [mark])
