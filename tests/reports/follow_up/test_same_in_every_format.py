"""Every format says the same figures, cell by cell, and what is hidden stands in none of them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator

import msgspec
import openpyxl
import pikepdf
import pytest
from hypothesis import given, settings
from lxml import html

from reports.follow_up.basis import Basis, FigureAt
from reports.follow_up.outputs import OUTPUTS, make, make_all
from reports.follow_up.outputs.tables import single_table
from reports.follow_up.report import Report
from reports.follow_up.report.words import COLUMNS
from reports.follow_up.statements import Statements
from reports.follow_up.states import State
from reports.suppression import MEASURES, Hidden, Shown, protect
from reports.suppression.hidden import HiddenCell, HiddenRow
from tests.reports.follow_up.cycles import cycle_in
from tests.reports.follow_up.samples import a_basis, a_report, hidden_nothing
from tests.reports.suppression.organisations import Organisation, Shape, shapes

Cells = dict[tuple[str, str, str], str]
"""What is written for each module, unit and measure; `HIDDEN` for a dash or null."""
HIDDEN = "–"
ROW = ("tidiga-tecken", "302")
CELLS = (
    ("informationsdelning", "101", "valid"),
    ("informationsdelning", "", "trained_left"),
    ("demokratidialog", "901", "certificates"),
    ("demokratidialog", "300", "target"),
)


def telling_basis() -> Basis:
    """A basis in which every hidden number is one that stands nowhere else."""
    basis = a_basis(bridges=(), late=())
    return msgspec.structs.replace(basis, figures=tuple(map(_telling, basis.figures)))


def _telling(figure: FigureAt) -> FigureAt:
    named = [what for what in FigureAt.__struct_fields__ if is_hidden(figure.module, figure.unit, what)]
    return msgspec.structs.replace(figure, **{what: SECRETS[figure.module, figure.unit, what] for what in named})


def is_hidden(module: str, unit: str, measure: str) -> bool:
    return ((module, unit) == ROW and measure in MEASURES) or (module, unit, measure) in CELLS


SECRETS = {
    key: 770_000 + 37 * number
    for number, key in enumerate([*((*ROW, measure) for measure in MEASURES if measure != "late"), *CELLS], start=1)
}


def hiding() -> Hidden:
    row, unit = ROW
    cells = tuple(HiddenCell(module=module, unit=of, measure=what, why="small") for module, of, what in sorted(CELLS))
    return Hidden(threshold=5, rows=(HiddenRow(module=row, unit=unit, why="small"),), cells=cells, bridges=(), parts=())


@pytest.fixture(scope="module")
def report() -> Report:
    return a_report(basis=telling_basis(), hidden=hiding())


@pytest.fixture(scope="module")
def files(report: Report) -> dict[str, bytes]:
    return make_all(report)


def expected() -> Cells:
    basis = telling_basis()
    return {
        (figure.module, figure.unit, measure): HIDDEN
        if is_hidden(figure.module, figure.unit, measure)
        else str(getattr(figure, measure, 0))
        for figure in basis.figures
        for measure in MEASURES
    }


def in_csv(content: bytes) -> Cells:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return _by_place(rows, json_keys(len(rows[0])))


def in_xlsx(content: bytes) -> Cells:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Siffror"]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return _by_place(rows, json_keys(len(rows[0])))


def json_keys(width: int) -> list[str]:
    """The columns' keys in order, which only JSON names."""
    keys = [column.key for column in single_table(a_report()).columns]
    return keys[:width]


def _by_place(rows: list[list[str]], keys: list[str]) -> Cells:
    named = [dict(zip(keys, row, strict=True)) for row in rows[1:]]
    return {(row["module"], row["department"], measure): row[measure] for row in named for measure in MEASURES}


def in_json(content: bytes) -> Cells:
    return dict(_json_cells(json.loads(content)["figures"]))


def _json_cells(figures: list[dict[str, object]]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for row in figures:
        for measure in MEASURES:
            value, hidden = row[measure], row.get("hidden", [])
            assert (value is None) == (measure in hidden), "null and `hidden` say the same"  # type: ignore[operator]
            yield (str(row["module"]), str(row["department"]), measure), HIDDEN if value is None else str(value)


def in_tsv(content: bytes) -> Cells:
    """What has no line is hidden: zeros have one."""
    rows = csv.DictReader(io.StringIO(content.decode()), delimiter="\t")
    written = {
        (row["module"], "" if row["organisation"] == "CITY" else row["organisation"], row["measure"]): row["value"]
        for row in rows
    }
    return defaultdict(lambda: HIDDEN, written)


def in_pdf(content: bytes) -> Cells:
    """What the tables of the printed boards say, without what only files have. Without a target group there is no share."""
    titles = {module.title: module.slug for module in telling_basis().modules}
    found: Cells = {}
    module = ""
    for line in _text_of_pdf(content).splitlines():
        module = titles.get(line.strip(), module)
        name, *cells = re.split(r"\s{2,}", line.strip())
        if module and name != "Enhet" and len(cells) >= len(COLUMNS):
            for measure, cell in zip(COLUMNS, cells, strict=False):
                found[module, _unit_named(name), measure] = cell.replace(" ", "")
    return found


def _unit_named(name: str) -> str:
    """The unit's id; a long name goes on in the next line."""
    names = {"Staden": "", **{unit.name: unit.id for unit in telling_basis().units}}
    return next((unit for full, unit in names.items() if full.startswith(name)), f"no unit: {name}")


def _text_of_pdf(content: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def in_page(page: html.HtmlElement) -> Cells:
    """What the tables of a page say, in the columns that boards have."""
    titles = {module.title: module.slug for module in telling_basis().modules}
    found: Cells = {}
    for table in page.xpath("//table[tbody/tr/th[@scope='row']]"):
        module = titles.get(_said(table.xpath("caption")[0]))
        for row in table.xpath("tbody/tr") if module else ():
            cells = [cell.xpath("string(text())").strip() for cell in row.xpath("td")]
            assert len(cells) == len(COLUMNS) + 1
            for measure, cell in zip(COLUMNS, cells, strict=False):
                found[module, _unit_named(_said(row.xpath("th")[0])), measure] = re.sub(r"\s", "", cell)
    return found


def _said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


READERS: dict[str, Callable[[bytes], Cells]] = {"csv": in_csv, "xlsx": in_xlsx, "json": in_json, "tsv": in_tsv}


@pytest.mark.parametrize("ending", READERS)
def test_every_number_is_the_frozen_one_or_a_dash(files: dict[str, bytes], ending: str) -> None:
    found = READERS[ending](files[ending])

    assert {key: found[key] for key in expected()} == expected()


def test_the_goal_stands_in_every_format(files: dict[str, bytes], report: Report) -> None:
    (goal,) = {module.goal_percent for module in report.basis.modules} - {None}

    rows = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row["Mål"] for row in rows if row["Modul"] == "informationsdelning"} == {str(goal)}
    assert {row["Mål"] for row in rows if row["Modul"] != "informationsdelning"} == {""}
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Siffror"]
    heads = [cell.value for cell in sheet[1]]
    assert {row[heads.index("Mål")] for row in sheet.iter_rows(min_row=2, values_only=True)} == {goal, None}
    found = {(row["module"], row["goal"]) for row in json.loads(files["json"])["figures"]}
    assert found == {("tidiga-tecken", None), ("informationsdelning", goal), ("demokratidialog", None)}
    lines = files["tsv"].decode().splitlines()
    assert f"CITY\t2026-augusti\tinformationsdelning\tgoal\t{goal}" in lines
    assert f"målet på {goal} %" in " ".join(_text_of_pdf(files["pdf"]).split())


@given(shape=shapes(max_units=5, cycles=2))
@settings(max_examples=5)
def test_every_file_of_any_organisation_says_the_same(shape: Shape) -> None:
    earlier: list[Shown] = []
    for basis in Organisation(shape).bases:
        hidden = protect(basis, earlier)
        report = a_report(basis=basis, hidden=hidden, statements=Statements(), previous=earlier[-1] if earlier else None)
        earlier.append(Shown(basis=basis, hidden=hidden))
        allowed = {
            (one.module, one.unit, what): str(getattr(one, what)) if hidden.shows(one.module, one.unit, what) else HIDDEN
            for one in basis.figures
            for what in MEASURES
            if what != "late"
        }

        for ending, read in READERS.items():
            found = read(make(report, ending))
            assert {key: found[key] for key in allowed} == allowed, ending


def test_every_number_of_the_printed_tables_is_the_frozen_one_or_a_dash(files: dict[str, bytes]) -> None:
    printed = {key: value for key, value in expected().items() if key[2] in COLUMNS}

    found = in_pdf(files["pdf"])

    assert found == printed


@pytest.mark.django_db
@pytest.mark.usefixtures("today", "city")
def test_the_pages_say_the_same_and_nothing_that_is_hidden(client_of, learner, coordinator) -> None:
    basis = telling_basis()
    cycle_in(State.PUBLISHED, coordinator, basis=basis, hidden=hiding())
    client = client_of(learner)
    tops = [f"enhet/{unit.id}/" for unit in basis.units if not unit.parent]
    texts = [client.get(f"/uppfoljning/2026/april/{path}").text for path in ("", "verksamheter/", "forandringar/", *tops)]

    found = {key: value for text in texts for key, value in in_page(html.fromstring(text)).items()}

    assert found == {key: value for key, value in expected().items() if key[2] in COLUMNS}
    seen = re.sub(r"(?<=\d)\s(?=\d{3})", "", "\n".join(texts))
    assert not [secret for secret in SECRETS.values() if str(secret) in seen]


def text_of(ending: str, content: bytes) -> str:
    """Everything that stands in a file, unpacked."""
    if ending == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    if ending == "pdf":
        with pikepdf.open(io.BytesIO(content)) as pdf:
            said_only = "\n".join(repr(one) for one in pdf.objects if not isinstance(one, pikepdf.Stream))
        return re.sub(r"(?<=\d)\s(?=\d{3})", "", _text_of_pdf(content) + said_only)
    return content.decode("utf-8-sig", errors="replace")


@pytest.mark.parametrize("ending", OUTPUTS)
def test_what_is_hidden_stands_nowhere_in_a_file(files: dict[str, bytes], ending: str) -> None:
    text = text_of(ending, files[ending])

    assert not [secret for secret in SECRETS.values() if str(secret) in text]


@pytest.mark.parametrize("ending", OUTPUTS)
def test_the_same_numbers_would_stand_there_if_they_were_not_hidden(ending: str) -> None:
    text = text_of(ending, make(a_report(basis=telling_basis(), hidden=hidden_nothing()), ending))

    printed = [number for (_module, _unit, what), number in SECRETS.items() if what in COLUMNS or ending != "pdf"]
    assert not [secret for secret in printed if str(secret) not in text]


def test_the_report_itself_never_says_what_is_hidden(report: Report) -> None:
    """Whatever draws it – a page, a document – has nothing to give away."""
    text = "\n".join(map(str, report.all_sections()))

    assert not [secret for secret in SECRETS.values() if str(secret) in text]


def test_shares_of_hidden_numbers_are_hidden(files: dict[str, bytes]) -> None:
    rows = {(row["module"], row["department"]): row for row in json.loads(files["json"])["figures"]}

    for module, unit in [ROW, *((module, unit) for module, unit, what in CELLS if what in ("valid", "target"))]:
        assert rows[module, unit]["share"] is None
        assert "share" in rows[module, unit]["hidden"]


def test_the_same_report_is_the_same_bytes(files: dict[str, bytes]) -> None:
    again = make_all(a_report(basis=telling_basis(), hidden=hiding()))

    assert again == files
