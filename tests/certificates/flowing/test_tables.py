"""Tables are real ones to a screen reader, and go on over pages without a number being cut or lost."""

import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.flowing.grids import Column, Grid, Row
from certificates.flowing.widths import laid
from tests.certificates.documents import PROFILES, failed_rules, opened, tags, text_of, texts_by_page, words
from tests.certificates.flowing.papers import LONG_NAME, a_grid, a_paper, a_text, assert_orderly, each


def test_it_is_read_as_a_table_with_headings_of_columns_and_rows() -> None:
    data = a_paper(a_grid(3, 3))

    head = ["/THead", "/TR", "/TH", "/TH", "/TH"]
    row = ["/TR", "/TH", "/TD", "/TD"]
    assert tags(data)[2:] == ["/Table", "/Caption", *head, "/TBody", *row, *row, *row]
    assert [str(heading.A.Scope) for heading in each(data, "/TH")] == ["/Column"] * 3 + ["/Row"] * 3


def test_a_table_of_facts_has_headings_of_rows_alone() -> None:
    facts = Grid("", (Column(""), Column("")), (Row(("Nummer", "3")), Row(("Brytdag", "31 augusti"))), has_head=False)

    data = a_paper(facts)

    assert tags(data)[2:] == ["/Table", "/TBody", "/TR", "/TH", "/TD", "/TR", "/TH", "/TD"]
    assert "Nummer 3 Brytdag 31 augusti" in text_of(data)


def test_a_table_without_rows_is_none() -> None:
    assert tags(a_paper(a_grid(0))) == ["/Document", "/H1"]


def test_a_row_may_have_two_headings() -> None:
    grid = a_grid(5, 6)

    data = a_paper(Grid(grid.caption, grid.columns, grid.rows, headings=2))

    assert tags(data).count("/TH") == 6 + 5 * 2


def test_a_table_of_a_row_or_two_has_headings_of_columns_alone() -> None:
    assert tags(a_paper(a_grid(1, 4))).count("/TH") == 4


def test_a_small_table_stands_on_one_page() -> None:
    for sentences in range(100, 130, 3):
        pages = texts_by_page(a_paper(a_text(sentences), a_grid(6)))

        assert [("Avdelning 0" in page) == ("Avdelning 5" in page) for page in pages] == [True] * len(pages)


def test_a_cell_keeps_its_own_lines() -> None:
    columns = (Column("Avdelning"), Column("Kommentar"))

    data = a_paper(Grid("Kommentarer", columns, (Row(("A", "Första raden.\r\nAndra raden.")),)))

    found = {word.text: word for word in words(data)}
    assert found["Andra"].left == pytest.approx(found["Första"].left, abs=1)
    assert found["Andra"].top > found["Första"].bottom - 1


def test_fifty_rows_go_on_with_the_heads_repeated_for_the_eye_alone() -> None:
    data = a_paper(a_grid(50))
    pages = texts_by_page(data, "-raw")

    assert len(pages) == 2
    assert "Per avdelning Avdelning Måltal 0" in pages[0]
    assert "Per avdelning (fortsättning) Avdelning Måltal 0" in pages[1]
    assert len(each(data, "/Table")) == 1
    assert len(each(data, "/TR")) == 51
    assert len(each(data, "/Caption")) == 1
    assert_orderly(data)


@pytest.mark.parametrize("rows", [1, 2, 3, 47, 48, 49, 50, 51, 120])
def test_every_cell_is_shown_once_and_no_row_stands_alone(rows: int) -> None:
    data = a_paper(a_grid(rows, 4))

    texts = texts_by_page(data)
    numbers = " ".join(texts).split()

    assert all(numbers.count(f"{row}{place}") >= 1 for row in range(10, rows) for place in range(3))
    assert len(each(data, "/TD") + each(data, "/TH")) == rows * 4 + 4
    assert rows < 2 or all(text.count("Avdelning") + text.count("Enheten") >= 3 for text in texts)


def test_a_long_name_is_broken_within_its_column() -> None:
    data = a_paper(a_grid(8, 9))

    assert LONG_NAME in text_of(data).replace("30 31 32 33 34 35 36 37 ", "")
    assert_orderly(data)


def test_a_hyphen_at_the_end_of_a_line_is_none_to_those_who_copy_or_search() -> None:
    columns = (Column("Ansvarig"), *(Column(f"Kommentar {number}") for number in range(5)))
    cells = ("Utbildningsförvaltningen", *["Kommunstyrelsens kompetensutbildning om informationsdelning"] * 5)

    data = a_paper(Grid("Aktiviteter", columns, (Row(cells),)))

    text = text_of(data, "-raw")
    assert "\N{SOFT HYPHEN}" in text
    assert re.sub("\N{SOFT HYPHEN}\\s+", "", text).count("informationsdelning") == 5
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert_orderly(data)


def test_columns_are_as_wide_as_their_texts_are_long() -> None:
    columns = (Column("Aktivitet"), Column("Kommentar"), Column("Läge"))
    row = ("Erbjuda föräldrar och elever metoder. " * 2, "Utbildningen ges i det här systemet. " * 6, "Fylls i av staden")

    table = laid(Grid("Aktiviteter", columns, (Row(row),)), 300)

    widths = [right - left for left, right in table.edges]
    assert widths[1] > 1.5 * widths[0]
    assert len(table.rows[0][2]) <= 2


def test_numbers_stand_at_the_right_under_each_other() -> None:
    columns = (Column("Avdelning"), Column("Antal", is_number=True), Column("Andel", is_number=True))
    grid = Grid("Tal", columns, (Row(("A", "7", "1\u00a0%")), Row(("B", "12345", "100\u00a0%"))))

    found = {word.text: word for word in words(a_paper(grid))}

    assert found["7"].right == pytest.approx(found["12345"].right, abs=0.5)
    assert found["Antal"].right == pytest.approx(found["12345"].right, abs=0.5)


def test_a_row_that_no_page_could_hold_is_broken() -> None:
    text = " ".join(f"ord{number}" for number in range(2500))
    columns = (Column("Avdelning"), Column("Kommentar"), Column("Till"))

    data = a_paper(a_text(20), Grid("Kommentarer", columns, (Row(("A", text, "maj")), Row(("B", "kort", "juni")))))

    assert len(texts_by_page(data)) > 2
    assert len(each(data, "/TD")) == 6
    assert all(f"ord{number}" in text_of(data) for number in (0, 500, 1500, 2499))
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert_orderly(data)


def test_a_cell_over_two_pages_says_which_of_its_marks_are_where() -> None:
    columns = (Column("Avdelning"), Column("Kommentar"))

    data = a_paper(Grid("Kommentarer", columns, (Row(("A", "Lång kommentar. " * 700)),)))

    pieces = [kid for kid in each(data, "/TD")[1].K if isinstance(kid, pikepdf.Dictionary)]
    assert [pikepdf.Page(piece.Pg).index for piece in pieces] == list(range(1, len(opened(data).pages)))


def test_a_table_that_is_too_wide_gets_smaller_type_before_words_are_cut() -> None:
    few, many = a_grid(3, 5), a_grid(3, 13)

    assert laid(few, 380).cell.size > laid(many, 380).cell.size
    assert all(len(lines) == 2 for lines in laid(many, 380).head[1:])


@settings(max_examples=25, deadline=None)
@given(
    names=st.lists(st.text(alphabet="ilj WMÅÖgýĄ Щ -", min_size=1, max_size=120).filter(str.strip), min_size=1, max_size=12),
    columns=st.integers(2, 11),
    number=st.sampled_from(["–", "0", "12 345 678", "100\u00a0%"]),
)
def test_it_finds_room_for_any_names_and_numbers(names: list[str], columns: int, number: str) -> None:
    titles = (Column("Avdelning"), *(Column("Undantagna", is_number=True) for _ in range(columns - 1)))

    assert_orderly(a_paper(Grid("Tal", titles, tuple(Row((name, *[number] * (columns - 1))) for name in names))))


def test_a_row_must_have_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Grid("Tal", (Column("A"), Column("B")), (Row(("ensam",)),))
