"""The whole report: a first page with the result, what there is to find, and every section in its order."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from certificates.flowing import blocks, galley
from certificates.flowing.document import Frame, typeset
from certificates.flowing.galley import Words
from certificates.flowing.look import KICKER, QUIET
from certificates.metadata import Metadata
from certificates.ornament import compressed_ornament
from reports.follow_up.outputs.pdf.blocks import printed
from reports.follow_up.report import Report, Section

PROGRAM = "Motståndskraft"
COUNTRIES = {"sv": "sv-SE", "fi": "fi-FI", "en": "en-GB"}
"""The language of a document, with its country, by the language of the site."""
FIRST = ("result",)
"""The sections of the first page, after the corrections."""


def to_pdf(report: Report) -> bytes:
    """Return the report as a PDF."""
    words = Words(
        page=_("Page {number} of {pages}"),
        continued=_("{caption} (continued)"),
    )
    frame = Frame(report.title, _foot(report), compressed_ornament())
    return typeset(_metadata(report), frame, list(_story(report)), words)


def _metadata(report: Report) -> Metadata:
    made_at = report.envelope.published_at or report.envelope.frozen_at
    language = get_language() or "sv"
    return Metadata(
        title=report.title,
        author=report.basis.city,
        subject=report.subtitle,
        program=f"{PROGRAM} {report.envelope.software}",
        language=COUNTRIES.get(language, language),
        created_on=made_at.date(),
    )


def _foot(report: Report) -> str:
    """On every page which report it is of."""
    case = report.envelope.case_number
    registered = _("Case number %(number)s.") % {"number": case}
    return f"{report.subtitle} {registered}" if case else report.subtitle


def _story(report: Report) -> Iterator[galley.Block]:
    yield blocks.Text(report.basis.city, KICKER)
    yield blocks.Section(report.title, 1)
    yield blocks.Text(report.subtitle, QUIET)
    first = [section for section in report.sections if section.key in FIRST]
    for section in (*first, *filter(None, [report.errata])):
        yield from _section(section, 2)
    yield blocks.Section(_("Contents"), 2, starts_page=True, is_listed=False)
    yield blocks.Contents()
    was_in_pages = False
    for section in report.sections:
        is_in_pages = any(below.starts_page for below in section.sections)
        if section.key not in FIRST:
            yield from _section(section, 2, starts_page=is_in_pages or was_in_pages)
        was_in_pages = is_in_pages


def _section(section: Section, level: int, *, starts_page: bool = False) -> Iterator[galley.Block]:
    """A section with those below it; what is listed among the contents are the boards, not each comment."""
    is_listed = level == 2 or section.starts_page
    yield blocks.Section(section.title, level, starts_page or section.starts_page, is_listed)
    yield from printed(section)
    for below in section.sections:
        yield from _section(below, level + 1)
