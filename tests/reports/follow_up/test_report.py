"""A report says each thing once, in the order in which politicians read, and nothing of what is hidden."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from reports.follow_up.basis import SourceAt
from reports.follow_up.report import Facts, Grid, Paragraph, Points, Report, Section
from reports.suppression import Hidden
from reports.suppression.hidden import HiddenBridge, HiddenCell, HiddenPart
from reports.tables import HIDDEN
from tests.reports.follow_up.samples import (
    EMPTY,
    OTHER_PRINCIPAL,
    a_basis,
    a_figure,
    a_report,
    an_earlier_shown,
    an_envelope,
    hidden_nothing,
)


def section(report: Report, key: str) -> Section:
    return next(one for one in report.all_sections() if one.key == key)


def text_of(one: Section) -> str:
    """Everything that the section itself says in sentences."""
    said: list[str] = []
    for block in one.blocks:
        match block:
            case Paragraph(text=text):
                said.append(text)
            case Points(items=items):
                said += items
            case Facts(pairs=pairs):
                said += [f"{name}: {value}" for name, value in pairs]
            case _:
                pass
    return "\n".join(said)


def test_its_sections_come_in_the_order_that_is_asked_for() -> None:
    assert [one.key for one in a_report().sections] == [
        "result",
        "trained",
        "outcome",
        "boards",
        "funnel",
        "changes",
        "activities",
        "certificates",
        "content",
        "learners",
        "comments",
        "method",
        "suppressed",
        "proof",
    ]


def test_it_begins_with_what_was_corrected() -> None:
    first = next(a_report().all_sections())

    assert first.key == "errata"
    assert "Räddningsförbundets mål gäller hela året." in text_of(first)


def test_its_first_sentence_has_share_parts_and_exempt() -> None:
    figures = (a_figure("informationsdelning", "", 200, valid=131, exempt=7),)

    report = a_report(basis=a_basis(figures=figures, bridges=()), hidden=hidden_nothing())

    assert (
        "Informationsdelning – den 31 augusti 2026 hade 65\u00a0% av målgruppen giltig utbildning, 131 av 200 personer."
        " 7 personer är undantagna."
    ) in text_of(section(report, "result"))


@pytest.mark.parametrize(
    ("goal", "said", "away"),
    [
        (80, "Det är 15 procentenheter kvar till målet på 80\u00a0%.", -15),
        (66, "Det är 1 procentenhet kvar till målet på 66\u00a0%.", -1),
        (65, "Målet på 65\u00a0% är nått.", 0),
        (60, "Målet på 60\u00a0% är nått.", 5),
    ],
)
def test_it_measures_the_share_against_the_goal(goal: int, said: str, away: int) -> None:
    report = with_goal(goal)

    (row,) = next(block for block in section(report, "outcome").blocks if isinstance(block, Grid)).table.rows
    assert text_of(section(report, "result")).count(said) == 1
    assert row[3:6] == (65, goal, away)


def test_without_a_goal_it_says_that_there_is_none() -> None:
    outcome = section(with_goal(None), "outcome")

    columns = next(block for block in outcome.blocks if isinstance(block, Grid)).table.columns
    assert "goal" not in [column.key for column in columns]
    assert "Staden har inte satt något mål i procent för någon modul." in text_of(outcome)


def with_goal(goal: int | None) -> Report:
    (module,) = (module for module in a_basis().modules if module.slug == "informationsdelning")
    modules = (msgspec.structs.replace(module, goal_percent=goal),)
    figures = (a_figure("informationsdelning", "", 200, valid=131, exempt=7),)
    basis = a_basis(modules=modules, figures=figures, bridges=(), previous=None, last_year=None)
    return a_report(basis=basis, hidden=hidden_nothing())


def test_nobody_in_the_target_group_is_neither_none_nor_all_of_a_hundred() -> None:
    report = a_report(hidden=hidden_nothing())
    board = section(report, "board-200")
    grid = next(block for block in board.blocks if isinstance(block, Grid))
    row = next(row for row in grid.table.rows if str(row[0]).strip() == f"Enhet {EMPTY}")

    assert row[1] == 0
    assert row[-1] is None


def test_a_module_that_nobody_is_to_take_says_so() -> None:
    figures = (a_figure("informationsdelning", "", 0, exempt=0),)

    report = a_report(basis=a_basis(figures=figures, bridges=()), hidden=hidden_nothing())

    assert "Informationsdelning – den 31 augusti 2026 var ingen i målgruppen." in text_of(section(report, "result"))


def test_what_somebody_is_to_take_comes_first() -> None:
    figures = (a_figure("tidiga-tecken", "", 0, exempt=0), a_figure("demokratidialog", "", 100))

    said = text_of(section(a_report(basis=a_basis(figures=figures, bridges=()), hidden=hidden_nothing()), "result"))

    assert [line.split(" – ")[0] for line in said.splitlines()] == [
        "Normkritisk demokratidialog",
        "Tidiga tecken och symboler",
        "Informationsdelning",
    ]


def test_modules_that_nobody_is_to_take_have_no_tables_of_noughts() -> None:
    figures = tuple(
        a_figure(one.module, one.unit, 0, exempt=0) if one.module == "demokratidialog" else one for one in a_basis().figures
    )

    boards = section(a_report(basis=a_basis(figures=figures, bridges=()), hidden=hidden_nothing()), "boards")

    assert [block.table.title for block in boards.blocks if isinstance(block, Grid)] == [
        "Tidiga tecken och symboler",
        "Informationsdelning",
    ]
    assert "Normkritisk demokratidialog – ingen i målgruppen." in [
        block.text for block in boards.blocks if isinstance(block, Paragraph)
    ]


def test_a_hidden_result_says_that_it_is_hidden() -> None:
    cell = HiddenCell(module="informationsdelning", unit="", measure="valid", why="complementary")
    hidden = Hidden(threshold=5, rows=(), cells=(cell,), bridges=(), parts=())

    said = text_of(section(a_report(hidden=hidden), "result"))

    assert "Informationsdelning – resultatet den 31 augusti 2026 visas inte, för att ingen ska kunna urskiljas." in said


def test_another_principal_comes_last_and_outside_the_city() -> None:
    report = a_report(hidden=hidden_nothing())
    boards = list(section(report, "boards").sections)

    assert boards[-1].unit == OTHER_PRINCIPAL
    assert "annan huvudman" in text_of(boards[-1])
    city, *rows = next(block for block in section(report, "boards").blocks if isinstance(block, Grid)).table.rows
    own = [row for row in rows if row[0] != "Räddningsförbundet"]
    assert city[1] == sum(int(str(row[1])) for row in own)


def test_its_changes_add_up() -> None:
    report = a_report(hidden=hidden_nothing())
    grid = next(block for block in section(report, "changes").blocks if isinstance(block, Grid))
    city = next(row for row in grid.table.rows if row[0] == "Staden")
    parts = [int(part.rsplit(" ", 1)[1].replace("−", "-")) for part in str(city[3]).split(", ")]

    assert city[2] + sum(parts) + int(str(city[4])) == city[5]  # type: ignore[operator]


def test_a_small_change_is_only_part_of_the_others() -> None:
    basis = a_basis()
    bridge = next(one for one in basis.bridges if one.unit == "101")
    key = {"module": bridge.module, "unit": bridge.unit, "counted": bridge.counted}
    part = HiddenPart(**key, cause="stopped_working", why="small")
    hidden = Hidden(threshold=5, rows=(), cells=(), bridges=(), parts=(part,))

    grid = next(block for block in section(a_report(hidden=hidden), "changes").blocks if isinstance(block, Grid))
    row = next(row for row in grid.table.rows if row[0] == "Enhet 101")

    assert "Slutade" not in str(row[3])
    assert row[4] == -9


def test_what_is_not_shown_is_said_to_be_so_and_never_left_out() -> None:
    measures = ("exempt", "late", "trained_left")
    cells = tuple(HiddenCell(module="informationsdelning", unit="", measure=what, why="small") for what in measures)
    report = a_report(hidden=msgspec.structs.replace(hidden_nothing(), cells=cells))

    assert "Hur många som är undantagna visas inte." in text_of(section(report, "result"))
    trained = text_of(section(report, "trained"))
    assert "Hur många av dem som har slutat sedan dess visas inte." in trained
    assert "hur många genomföranden som har tillkommit efter förra brytdatumet visas inte." in trained


def test_it_says_that_last_years_report_cannot_be_compared_with() -> None:
    said = text_of(section(a_report(), "outcome"))

    assert "Rapporten för augusti 2025 är inte publicerad, så inget jämförs med den." in said


def test_large_numbers_are_grouped_in_sentences() -> None:
    figures = (a_figure("informationsdelning", "", 22_000, valid=14_300, exempt=1_234),)

    report = a_report(basis=a_basis(figures=figures, bridges=()), hidden=hidden_nothing())

    said = text_of(section(report, "result"))
    assert "14\u00a0300 av 22\u00a0000 personer. 1\u00a0234 personer är undantagna." in said


def test_a_hidden_change_is_not_told_of() -> None:
    bridge = HiddenBridge(module="tidiga-tecken", unit="101", counted="valid")
    hidden = Hidden(threshold=5, rows=(), cells=(), bridges=(bridge,), parts=())

    grid = next(block for block in section(a_report(hidden=hidden), "changes").blocks if isinstance(block, Grid))

    assert grid.table.title == "Tidiga tecken och symboler"
    assert not [row for row in grid.table.rows if row[0] == "Enhet 101"]


def test_sources_that_should_have_been_checked_come_first_then_law_by_law() -> None:
    state = {"checked_on": dt.date(2026, 3, 1), "check_again_on": dt.date(2027, 3, 1), "is_overdue": False}
    designations = ("10 kap. 2 § skollagen", "2 kap. 1 § skollagen", "29 kap. 3 § brottsbalken")
    checked = tuple(SourceAt(key=one, designation=one, **state) for one in designations)  # type: ignore[arg-type]

    content = section(a_report(basis=a_basis(sources=(*checked, *a_basis().sources[1:]))), "content")
    table = next(block.table for block in content.blocks if isinstance(block, Grid) and block.table.key == "sources")

    assert [row[0] for row in table.rows] == [
        "En bestämmelse",
        "19 kap. 1 § socialtjänstlagen",
        "29 kap. 3 § brottsbalken",
        "2 kap. 1 § skollagen",
        "10 kap. 2 § skollagen",
    ]
    said = "Innehållet vilar på 5 rättskällor. 1 av dem har aldrig kontrollerats. 1 av dem skulle ha kontrollerats igen."
    assert said in text_of(content)


def test_it_compares_with_the_report_before_and_says_by_which_rules() -> None:
    outcome = section(a_report(hidden=hidden_nothing()), "outcome")
    grid = next(block for block in outcome.blocks if isinstance(block, Grid))

    assert [column.title for column in grid.table.columns][-2:] == [
        "April 2026",
        "Förändring sedan april 2026, i procentenheter",
    ]
    assert "samma regler" in text_of(outcome)


def test_a_share_that_was_hidden_then_is_hidden_now() -> None:
    cell = HiddenCell(module="tidiga-tecken", unit="", measure="valid", why="complementary")
    then = msgspec.structs.replace(hidden_nothing(), cells=(cell,))
    previous = msgspec.structs.replace(an_earlier_shown(a_basis()), hidden=then)
    report = a_report(previous=previous)
    grid = next(block for block in section(report, "outcome").blocks if isinstance(block, Grid))

    assert grid.table.rows[0][-1] is HIDDEN


def test_a_first_report_says_that_there_is_nothing_to_compare_with() -> None:
    report = a_report(basis=a_basis(previous=None, last_year=None, bridges=()))

    assert "ingen tidigare rapport" in text_of(section(report, "outcome"))
    assert "ingen tidigare rapport" in text_of(section(report, "changes"))


def test_a_draft_says_that_it_is_one() -> None:
    assert a_report(envelope=an_envelope(published_at=None)).subtitle.endswith("Utkast, inte publicerat.")


def test_an_hr_file_older_than_the_cut_off_day_is_warned_of() -> None:
    old = a_basis(newest_hr_file_on=a_basis().cycle.from_on)

    assert "Den senaste HR-filen var från den 1 maj 2026" in text_of(section(a_report(basis=old), "method"))
    assert "HR-filen" not in text_of(section(a_report(), "method"))


def test_it_counts_what_it_hides() -> None:
    cell = HiddenCell(module="informationsdelning", unit="101", measure="valid", why="small")
    hidden = Hidden(threshold=5, rows=(), cells=(cell,), bridges=(), parts=())

    assert "Tal som inte visas för att de är små: 1" in text_of(section(a_report(hidden=hidden), "suppressed"))
