"""Flowing documents keep PDF/UA-1 and PDF/A-2a over many pages, and a reader finds the way in them."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from certificates.flowing.bars import Bar, Bars
from certificates.flowing.blocks import Bullets, Contents, NewPage, Section, Space, Text
from certificates.flowing.document import Frame, typeset
from certificates.flowing.galley import Words
from certificates.ornament import compressed_ornament
from tests.certificates.documents import (
    PROFILES,
    elements,
    failed_rules,
    heard_findings,
    opened,
    saved,
    tags,
    text_of,
    texts_by_page,
)
from tests.certificates.flowing.papers import (
    FRAME,
    METADATA,
    a_grid,
    a_paper,
    a_text,
    assert_orderly,
    each,
    lines_of_text,
)


def everything() -> bytes:
    """A document with each kind of block, some of them over several pages."""
    return a_paper(
        Text("Rättelse 1: ett tal var fel.", has_bar=True),
        Section("Innehåll", 2),
        Contents(),
        Section("Resultat", 2, starts_page=True),
        a_text(260),
        Bullets(("En sak", "En annan sak " * 30)),
        Bars(
            "Så långt har målgruppen kommit",
            tuple(Bar(f"Förskolans avdelning {number}", f"{number} av 9", (number / 9,)) for number in range(9)),
            ("klara",),
        ),
        Space(20),
        Section("Tabeller", 2),
        Section("Att se oro", 3),
        a_grid(70, 9),
        NewPage(),
        Text("Slut."),
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard(profile: str) -> None:
    assert failed_rules(everything(), profile) == set()


def test_it_gives_a_screen_reader_nothing_to_complain_about(tmp_path: Path) -> None:
    assert heard_findings(everything(), tmp_path) == []


def test_it_sets_no_word_over_another_or_into_the_margin() -> None:
    assert_orderly(everything())


def test_it_is_the_same_bytes_for_the_same_blocks() -> None:
    assert everything() == everything()


def test_it_numbers_its_pages_as_decoration() -> None:
    data = everything()
    pages = texts_by_page(data)

    numbers = pages

    assert all(text.endswith(f"Sida {number} av {len(pages)}") for number, text in enumerate(numbers, 1))
    assert "Sida" not in "".join(str(element.get("/Alt", "")) for element in each(data, "/P"))
    assert pages[1].startswith("Tvåälvs stad, uppföljning Resultat")
    assert not pages[0].startswith("Tvåälvs stad, uppföljning")


def test_it_speaks_the_documents_language() -> None:
    data = typeset(METADATA, FRAME, [Section("Report", 1)], Words(page="Page {number} of {pages}"))

    assert "Page 1 of 1" in text_of(data)


def test_its_bookmarks_are_its_headings() -> None:
    with opened(everything()).open_outline() as outline:
        titles = [(entry.title, [below.title for below in entry.children]) for entry in outline.root]

    assert titles == [("Uppföljning", []), ("Innehåll", []), ("Resultat", []), ("Tabeller", ["Att se oro"])]


def test_its_bookmarks_lead_to_the_pages() -> None:
    pdf = opened(everything())
    with pdf.open_outline() as outline:
        results = outline.root[2].destination

    assert pikepdf.Page(results[0]).index == 1


def test_its_contents_name_the_page_and_lead_there() -> None:
    data = everything()
    pdf = opened(data)
    links = pdf.pages[0].Annots

    assert [str(link.Contents).split(",")[0] for link in links] == ["Innehåll", "Resultat", "Tabeller", "Att se oro"]
    for link in links:
        number = int(str(link.Contents).split(", ")[1])
        assert pikepdf.Page(link.Dest[0]).index == number - 1
        assert str(link.Contents).split(",")[0] in texts_by_page(data)[number - 1]
    assert tags(data)[3:12] == ["/H2", "/TOC", *(["/TOCI", "/Reference", "/Link"] * 2), "/TOCI"]


def test_a_heading_stays_with_what_follows_it() -> None:
    for sentences in range(96, 136, 3):
        pages = texts_by_page(a_paper(a_text(sentences), Section("Rubrik", 2), Section("Underrubrik", 3), a_grid(4)))

        with_heading = next(page for page in pages if "Underrubrik" in page)
        assert "Avdelning 1" in with_heading
        assert "Rubrik" in with_heading


def test_a_paragraph_leaves_no_line_alone() -> None:
    for before in range(80, 112, 2):
        pages = texts_by_page(a_paper(a_text(before), Text("Orden flyter vidare. " * 40)))

        alone = [page.count("Orden") for page in pages if "Orden" in page]
        assert all(count > 5 for count in alone)


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    data = a_paper(a_text(300))

    assert len(opened(data).pages) > 1
    assert tags(data) == ["/Document", "/H1", "/P"]


def test_a_list_is_read_as_one() -> None:
    data = a_paper(Bullets(("En sak", "En annan")))

    assert tags(data)[2:] == ["/L", "/LI", "/Lbl", "/LBody", "/LI", "/Lbl", "/LBody"]
    assert "– En sak – En annan" in text_of(data)


def test_it_names_what_it_could_only_draw_as_a_box() -> None:
    data = a_paper(Text("Bra 🙂 på 龙"), Section("En 🙂", 2))

    assert "Bra [U+1F642] på [U+9F99]" in text_of(data)
    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]


def test_it_takes_the_hyphens_and_bullets_of_word_processors() -> None:
    data = a_paper(Text("EU\N{NON-BREAKING HYPHEN}rätt"), Text("\uf0b7 En punkt"))

    assert "EU-rätt • En punkt" in text_of(data)


def test_it_keeps_a_number_on_one_line() -> None:
    data = a_paper(*[Text("ord " * number + "1\N{NO-BREAK SPACE}234 kronor") for number in range(1, 40)])

    lines = lines_of_text(data)
    assert sum("1 234" in line for line in lines) == 39


def test_it_may_have_an_ornament_behind_its_first_page() -> None:
    frame = Frame("Uppföljning", backdrop=compressed_ornament())

    data = typeset(METADATA, frame, [Section("Uppföljning", 1), NewPage(), a_text()])

    assert [failed_rules(data, profile) for profile in PROFILES] == [set(), set()]
    assert [isinstance(page.Contents, pikepdf.Array) for page in opened(data).pages] == [True, False]


def _without_header_scope(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        if str(element.S) == "/TH":
            del element.A


def _without_a_cells_row(pdf: pikepdf.Pdf) -> None:
    next(element for element in elements(pdf) if str(element.S) == "/TR").S = pikepdf.Name.P


def _without_a_pictures_words(pdf: pikepdf.Pdf) -> None:
    del next(element for element in elements(pdf) if str(element.S) == "/Figure").Alt


@pytest.mark.parametrize("damage", [_without_header_scope, _without_a_cells_row, _without_a_pictures_words])
def test_it_would_be_noticed_if_something_were_missing(damage: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = opened(everything())

    damage(pdf)

    assert failed_rules(saved(pdf), "ua1")
