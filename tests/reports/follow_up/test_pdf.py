"""The printed report: for every reader and for the archive, on paper and aloud, with nothing hidden in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import msgspec
import pikepdf
import pytest
from django.test.utils import override_settings

from reports.follow_up.basis import Basis, UnitAt
from reports.follow_up.outputs.pdf import to_pdf
from reports.follow_up.outputs.pdf.blocks import text_of as text_of_cell
from reports.follow_up.report import Grid, Report
from reports.follow_up.report.words import COLUMNS
from reports.follow_up.statements import CommentOf, Statements
from reports.suppression import Hidden
from reports.suppression.hidden import HiddenRow
from tests.certificates.documents import PROFILES, elements, failed_rules, heard_findings, opened, tags, text_of, texts_by_page
from tests.certificates.flowing.papers import assert_orderly, each
from tests.reports.follow_up.samples import (
    EMPTY,
    MODULES,
    a_basis,
    a_figure,
    a_report,
    an_envelope,
    hidden_nothing,
    statements,
)
from tests.reports.follow_up.test_same_in_every_format import SECRETS, hiding, telling_basis

BOARDS, UNITS_EACH = 8, 4


def a_big_report() -> Report:
    """Forty departments and three modules."""
    units = []
    for top in range(BOARDS):
        units.append(UnitAt(id=f"{top}", name=f"Nämnden för område {top}", kind="forvaltning", parent=""))
        units += [
            UnitAt(id=f"{top}-{number}", name=f"Avdelningen för uppgift {number} i område {top}", kind="enhet", parent=f"{top}")
            for number in range(UNITS_EACH)
        ]
    places = ["", *(unit.id for unit in units)]
    figures = tuple(a_figure(module, place, 120 + len(place) * 40) for module in MODULES for place in places)
    comments = tuple(CommentOf(unit=unit.id, reason="Vikarier började sent. " * 12, action="Tid avsätts.") for unit in units)
    basis = a_basis(units=tuple(units), figures=figures, bridges=(), late=())
    return a_report(
        basis=basis,
        hidden=hidden_nothing(),
        statements=Statements(comments=comments, activities=statements().activities),
        previous=None,
    )


REPORTS = {"protected": a_report, "open": lambda: a_report(hidden=hidden_nothing()), "big": a_big_report}
every_report = pytest.mark.parametrize("name", REPORTS)


@lru_cache
def pdf_of(name: str) -> bytes:
    return to_pdf(REPORTS[name]())


@every_report
@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard(name: str, profile: str) -> None:
    assert failed_rules(pdf_of(name), profile) == set()


def test_it_gives_a_screen_reader_nothing_to_complain_about(tmp_path: Path) -> None:
    assert heard_findings(pdf_of("open"), tmp_path) == []


@every_report
def test_it_sets_no_word_over_another_or_into_the_margin(name: str) -> None:
    assert_orderly(pdf_of(name))


@every_report
def test_it_is_the_same_bytes_each_time(name: str) -> None:
    assert to_pdf(REPORTS[name]()) == pdf_of(name)


@pytest.mark.parametrize("name", ["protected", "open"])
def test_it_is_drawn_in_the_order_in_which_it_is_read_aloud(name: str) -> None:
    pdf = opened(pdf_of(name))

    marks = [mark for element in elements(pdf) for mark in _marks(element)]

    assert marks == sorted(marks)


def _marks(element: pikepdf.Dictionary) -> Iterator[tuple[int, int]]:
    """The pages and numbers of an element's own marks."""
    for kid in element.K:
        if not isinstance(kid, pikepdf.Object):
            yield pikepdf.Page(element.Pg).index, int(kid)
        elif "/MCID" in kid:
            yield pikepdf.Page(kid.Pg).index, int(kid.MCID)


def test_its_sections_come_in_the_order_of_the_report() -> None:
    report = a_report()
    with opened(pdf_of("protected")).open_outline() as outline:
        titles = [entry.title for entry in outline.root]

    result, *others = [section.title for section in report.sections]
    assert report.errata
    assert titles == [report.title, result, report.errata.title, "Innehåll", *others]


def test_its_first_page_has_the_result_and_the_corrections() -> None:
    first = texts_by_page(pdf_of("open"))[0]

    assert "Uppföljning av handlingsplanen, augusti 2026" in first
    assert "31 augusti 2026" in first
    assert "av målgruppen" in first
    assert "Räddningsförbundets mål gäller hela året." in first
    assert "Diarienummer KS 2026/123" in first


def test_a_report_without_corrections_speaks_of_none() -> None:
    data = to_pdf(a_report(corrections=()))

    assert "ättelse" not in text_of(data)


def test_each_board_has_a_page_of_its_own() -> None:
    report = a_big_report()
    pages = texts_by_page(pdf_of("big"), "-raw")
    boards = [section.title for section in report.sections for section in section.sections if section.starts_page]

    own = [next(number for number, page in enumerate(pages) if page.startswith(name)) for name in boards]

    assert own == list(range(own[0], own[0] + BOARDS))


def test_every_section_and_board_is_a_bookmark() -> None:
    report = a_report()
    with opened(pdf_of("protected")).open_outline() as outline:
        titles = [entry.title for top in outline.root for entry in (top, *top.children)]

    assert set(titles) >= {section.title for section in report.all_sections()}


def test_its_headings_skip_no_level() -> None:
    levels = [int(tag[2]) for tag in tags(pdf_of("open")) if tag[:2] == "/H" and tag[2:].isdigit()]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_hidden_board_draws_no_bar_and_says_so() -> None:
    row = HiddenRow(module="tidiga-tecken", unit="300", why="complementary")
    hidden = msgspec.structs.replace(hidden_nothing(), rows=(row,))
    said = [str(figure.Alt) for figure in each(to_pdf(a_report(hidden=hidden)), "/Figure")]

    assert any("visas inte" in alt for alt in said)


@pytest.mark.parametrize("name", ["protected", "open"])
def test_every_row_of_every_table_is_printed_as_it_is(name: str) -> None:
    text = text_of(pdf_of(name), "-raw")
    tables = [(grid.table.columns, row) for grid in _grids(REPORTS[name]()) for row in grid.table.rows]

    rows = [[text_of_cell(cell, column.kind) for cell, column in zip(row, columns, strict=True)] for columns, row in tables]

    assert len(rows) > 50
    assert [row for row in rows if " ".join(" ".join(row).split()) not in text] == []


def _grids(report: Report) -> Iterator[Grid]:
    for section in report.all_sections():
        yield from (block for block in section.blocks if isinstance(block, Grid) and section.key not in NOT_LINE_BY_LINE)


NOT_LINE_BY_LINE = ("activities", "content")
"""Their cells are broken into lines, which lie between each other on the page."""


def everything_in(data: bytes) -> str:
    """What is printed and what is said instead of pictures, the bookmarks, and all objects of the file, with whole numbers."""
    pdf = opened(data)
    objects = "".join(str(obj.unparse()) for obj in pdf.objects)
    with pdf.open_outline() as outline:
        titles = "".join(entry.title for top in outline.root for entry in (top, *top.children))
    alt = "".join(str(figure.Alt) for figure in each(data, "/Figure"))
    return re.sub(r"(?<=\d)\s(?=\d{3})", "", text_of(data)) + alt + titles + objects


def test_what_is_hidden_stands_nowhere_in_it() -> None:
    seen = everything_in(to_pdf(a_report(basis=telling_basis(), hidden=hiding())))
    open_to_all = everything_in(to_pdf(a_report(basis=telling_basis(), hidden=hidden_nothing())))

    printed = [secret for (_module, _unit, measure), secret in SECRETS.items() if measure in COLUMNS]
    assert all(str(secret) in open_to_all for secret in printed)
    assert not [secret for secret in SECRETS.values() if str(secret) in seen]


def test_a_hidden_number_changes_no_mark_on_the_page() -> None:
    bases = telling_basis(), _doubled(telling_basis())

    one, other = (to_pdf(a_report(basis=basis, hidden=hiding(), previous=None)) for basis in bases)

    assert one == other


def _doubled(basis: Basis) -> Basis:
    """The same basis but for the hidden numbers."""
    secret = {value: 2 * value for value in SECRETS.values()}
    figures = tuple(
        msgspec.structs.replace(
            figure,
            **{name: secret[value] for name, value in msgspec.structs.asdict(figure).items() if value in secret},
        )
        for figure in basis.figures
    )
    return msgspec.structs.replace(basis, figures=figures)


def test_a_table_that_is_called_as_its_section_has_no_caption() -> None:
    captions = [text for page in texts_by_page(pdf_of("open")) for text in page.split("Planens aktiviteter")[1:]]

    assert len(captions) == 2, "once among the contents, once as the heading"


def test_a_table_without_a_caption_has_one_where_it_goes_on() -> None:
    activity = statements().activities[0]
    many = Statements(activities=tuple(msgspec.structs.replace(activity, title=f"Aktivitet {one}") for one in range(60)))

    pages = texts_by_page(to_pdf(a_report(statements=many)), "-raw")

    going_on = [page for page in pages if "Planens aktiviteter (fortsättning) Aktivitet Ansvarig" in page]
    assert len(going_on) >= 1
    assert sum("Planens aktiviteter (fortsättning)" in page for page in pages) == len(going_on)


def test_nobody_in_the_target_group_is_said_in_words() -> None:
    text = text_of(pdf_of("open"), "-layout")

    assert f"Enhet {EMPTY} 0 0 0 0 0 0 0 0 ingen i" in text


def test_pictures_of_nothing_stand_only_where_nothing_else_does() -> None:
    rows = tuple(HiddenRow(module=figure.module, unit=figure.unit, why="small") for figure in a_basis().figures)
    hidden = Hidden(threshold=5, rows=rows, cells=(), bridges=(), parts=())

    figures = each(to_pdf(a_report(hidden=hidden, previous=None)), "/Figure")

    assert [str(figure.Alt).count("visas inte") for figure in figures] == [4] * len(MODULES), "the city's funnels alone"


def test_it_says_that_a_draft_is_one() -> None:
    draft = to_pdf(a_report(envelope=an_envelope(published_at=None, case_number="")))

    assert "Utkast" in texts_by_page(draft)[0]
    assert "Diarienummer" not in text_of(draft)


def test_what_people_wrote_stands_as_they_wrote_it() -> None:
    text = text_of(pdf_of("protected"))

    assert "<b>började</b>" in text
    assert "=SUMMA(A1) – tid avsätts" in text


def test_what_was_frozen_with_signs_that_no_typeface_has_can_still_be_published() -> None:
    units = tuple(
        msgspec.structs.replace(unit, name=f"{unit.name} 🙂") if unit.id == "101" else unit for unit in a_basis().units
    )

    data = to_pdf(a_report(basis=a_basis(units=units), hidden=hidden_nothing()))

    assert "Enhet 101 [U+1F642]" in text_of(data)
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]


def test_a_comment_as_long_as_may_be_is_shown_to_its_last_word() -> None:
    said = Statements(comments=(CommentOf(unit="100", reason="Ord " * 990 + "slutordet", action="Ord " * 990 + "sistaordet"),))

    data = to_pdf(a_report(statements=said))

    assert "slutordet" in text_of(data)
    assert "sistaordet" in text_of(data)
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert_orderly(data)


def test_a_report_of_nothing_is_still_a_report() -> None:
    empty = a_basis(
        units=(),
        modules=(),
        figures=(),
        bridges=(),
        late=(),
        editions=(),
        sources=(),
        assignments=(),
        previous=None,
        last_year=None,
    )

    data = to_pdf(a_report(basis=empty, hidden=hidden_nothing(), statements=Statements(), corrections=(), previous=None))

    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]


@override_settings(TIME_ZONE="Asia/Tokyo")
def test_its_day_is_that_of_its_publication() -> None:
    pdf = opened(to_pdf(a_report(envelope=an_envelope(published_at=dt.datetime(2026, 9, 24, 7, 30, tzinfo=dt.UTC)))))

    assert str(pdf.docinfo.CreationDate).startswith("D:20260924")
    assert str(pdf.Root.Lang) == "sv-SE"


def test_it_is_small_enough_to_send() -> None:
    assert len(pdf_of("big")) < 400_000
