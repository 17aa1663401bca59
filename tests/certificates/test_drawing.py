"""A certificate: one page, the same bytes each time, for every reader and for the archive."""

import hashlib
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certificates.columns import DoesNotFit, set_column
from certificates.drawing import CertificateSheet, draw, story_of
from certificates.fonts import MissingGlyph, fallback
from certificates.layout import LEFT, QR, RIGHT, SEAL, STORY
from certificates.wording import SWEDISH
from tests.certificates.documents import PROFILES, Word, elements, failed_rules, heard_findings, opened, tags, text_of, words
from tests.certificates.sheets import CODE, a_sheet, a_sheet_in_skolt_sami, an_overfull_sheet

PAGE_HEIGHT = 841.89
SHEETS = {
    "plain": a_sheet(),
    "overfull": an_overfull_sheet(),
    "test": a_sheet(is_test=True),
    "overfull test": an_overfull_sheet(is_test=True),
    "bare": a_sheet(department="", abilities=(), validity=""),
    "long words": a_sheet(holder="W" * 120, module="Å" * 150, city="M" * 100, abilities=("W" * 140,) * 8),
    "greek": a_sheet(holder="Ὀδυσσεύς Παπαδόπουλος"),
    "ukrainian": a_sheet(holder="Світлана В’ячеславівна Шевченко"),
    "skolt sami": a_sheet_in_skolt_sami(),
    "overfull akan": an_overfull_sheet(holder=an_overfull_sheet().holder[:-2] + "Ɛɔ"),
}

every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())


@every_sheet
@pytest.mark.parametrize("profile", PROFILES)
def test_it_keeps_the_standard(sheet: CertificateSheet, profile: str) -> None:
    assert failed_rules(draw(sheet), profile) == set()


def test_it_keeps_the_archives_standard_whatever_bytes_its_streams_happen_to_end_with() -> None:
    sheets = [a_sheet(holder=f"Lo Lärande {number}") for number in range(300)]

    assert {rule for sheet in sheets for rule in failed_rules(draw(sheet), "2a")} == set()


@every_sheet
def test_it_gives_a_screen_reader_nothing_to_complain_about(sheet: CertificateSheet, tmp_path: Path) -> None:
    assert heard_findings(draw(sheet), tmp_path) == []


@every_sheet
def test_it_is_one_page_of_a4(sheet: CertificateSheet) -> None:
    pages = opened(draw(sheet)).pages

    assert len(pages) == 1
    assert [round(float(edge)) for edge in pages[0].MediaBox] == [0, 0, 595, 842]


@every_sheet
def test_it_sets_no_word_over_another_or_into_the_margin(sheet: CertificateSheet) -> None:
    _assert_orderly(words(draw(sheet)))


def _assert_orderly(found: list[Word]) -> None:
    assert found
    assert [(one, other) for place, one in enumerate(found) for other in found[:place] if one.overlaps(other)] == []
    assert [word for word in found if word.left < LEFT - 1 or word.right > RIGHT + 1] == []
    assert [word for word in found if word.top < 200 or word.bottom > PAGE_HEIGHT - 25] == []


def _words(most: int) -> st.SearchStrategy[str]:
    """Texts of narrow, wide, tall and deep letters, with short and endless words."""
    text = st.text(alphabet="ilj WMÅÖgýĄ Щфώ ễ -", min_size=1, max_size=most)
    return text.map(str.strip).filter(bool)


@settings(max_examples=40, deadline=None)
@given(
    holder=_words(150),
    module=_words(200),
    department=_words(150) | st.just(""),
    abilities=st.lists(_words(140), max_size=8).map(tuple),
    is_test=st.booleans(),
)
def test_it_finds_room_for_any_texts_without_overlap(**texts: Any) -> None:
    _assert_orderly(words(draw(a_sheet(**texts))))


@every_sheet
def test_it_keeps_words_out_of_the_seals_place_and_the_code_to_scan(sheet: CertificateSheet) -> None:
    found = words(draw(sheet))

    quiet = 6  # four modules round the QR code
    places = [
        Word("seal", SEAL.left, PAGE_HEIGHT - SEAL.top, SEAL.right, PAGE_HEIGHT - SEAL.bottom),
        Word("QR", QR.left - quiet, PAGE_HEIGHT - QR.top - quiet, QR.right + quiet, PAGE_HEIGHT - QR.bottom + quiet),
    ]

    assert [(word, place.text) for word in found for place in places if word.overlaps(place)] == []


def test_it_says_who_has_done_what_when_and_where() -> None:
    text = text_of(draw(a_sheet()))

    assert text.startswith(
        "Tvåälvs stad Intyg Lo Lärande har genomfört Att se oro i tid Utgåva 2.1, den 14 november 2026 "
        "Arbetade då på Ungdomens hus Kan efter utbildningen Kan inleda ett samtal om oro. Vet hur en orosanmälan görs."
    )


def test_it_is_read_in_the_order_in_which_it_is_seen() -> None:
    assert text_of(draw(a_sheet())).endswith(
        "Utfärdat den 15 november 2026 Säkerhetschef, Tvåälvs stad "
        f"Kontrollera att intyget är äkta utbildning.tvaalv.example/intyg/{CODE} "
        "Kontrollkod 7Q4K-9XTB-M2WE-0F32 Intygsnummer TVÅ-2026-000123 "
        "Intyget gäller utgåva 2. Ej granskad av jurist "
        "Kontrollsidan är det bestående beviset. Intyget är utfärdat utan elektronisk stämpel."
    )


def test_it_is_read_aloud_as_headings_paragraphs_a_list_a_picture_and_a_link() -> None:
    story = ["/P", "/H1", "/P", "/P", "/P", "/P", "/P", "/H2", "/L", "/LI", "/LBody", "/LI", "/LBody"]
    verifying = ["/H2", "/P", "/Link", "/P", "/P", "/Figure"]

    assert tags(draw(a_sheet())) == ["/Document", *story, "/P", "/P", *verifying, "/P", "/P", "/P"]


@every_sheet
def test_it_is_drawn_in_the_order_in_which_it_is_read_aloud(sheet: CertificateSheet) -> None:
    pdf = opened(draw(sheet))

    marks = [int(kid) for element in elements(pdf) for kid in element.K if not isinstance(kid, pikepdf.Object)]

    assert marks == list(range(len(marks)))


def test_it_leads_to_the_page_that_verifies_it() -> None:
    pdf = opened(draw(a_sheet()))

    assert str(pdf.pages[0].Annots[0].A.URI) == a_sheet().verify_url
    assert [str(each.Alt) for each in elements(pdf) if "/Alt" in each] == [f"QR-kod som leder till {a_sheet().verify_url}"]


def test_it_leaves_out_what_there_is_none_of() -> None:
    text = text_of(draw(a_sheet(department="", abilities=())))

    assert "Arbetade" not in text
    assert "Kan efter" not in text


def test_it_says_when_it_is_only_a_test() -> None:
    assert "Test – gäller inte som intyg" in text_of(draw(a_sheet(is_test=True)))
    assert "Test" not in text_of(draw(a_sheet()))


@pytest.mark.parametrize(
    "name",
    [
        "Åsa Öberg-Ängström",
        "Nguyễn Thị Minh Khai",
        "Łukasz Żółć",
        "Ὀδυσσεύς Παπαδόπουλος",
        "Світлана В’ячеславівна",
        "Ŋávdna Čeahkku",
        "Ǩeäʹđđ Ǥååʹšǩ-Ǯiõmâš",
        "Kɔfi Ɛsɩ Ɓah",
        "ʼAli Oʼreilly",
        "Sjöstrand (f. Ek), A & B <C>",
    ],
)
def test_it_gives_back_a_name_letter_by_letter(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)

    assert f"Intyg {name} har genomfört" in text_of(draw(a_sheet(holder=decomposed)))


def test_it_draws_a_name_whole_in_the_fallback_and_what_does_not_need_it_in_the_typeface() -> None:
    story = set_column(story_of(a_sheet_in_skolt_sami(), SWEDISH), STORY)

    in_the_fallback = [one.lines[0] for one in story if one.face == fallback(one.style.weight)]

    assert in_the_fallback == ["Ǩeäʹđđ Čeʹrmm Ǥååʹšǩ-Ǯiõmâš", "Arbetade då på Sääʹmteâtt i Ǩeâʹllel"]


def test_it_embeds_the_fallback_only_where_it_is_used() -> None:
    assert {"FiraSans-SemiBold", "FiraSans-Regular"} < embedded(draw(a_sheet_in_skolt_sami()))
    assert "FiraSans-Regular" not in embedded(draw(a_sheet(holder="Ɛva")))
    assert not {name for name in embedded(draw(an_overfull_sheet())) if "Fira" in name}


def embedded(data: bytes) -> set[str]:
    """The names of the fonts in the file, without the letters that a subset's begins with."""
    pdf = opened(data)
    return {str(font.BaseFont).partition("+")[2] for _name, font in pdf.pages[0].Resources.Font.items()}


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("李小龙", "李小龙"),
        ("محمد", "محد"),
        ("דוד", "דו"),
        ("अनिल", "अनिल"),
        ("გიო", "გიო"),
        ("Արա", "Արա"),
        ("Bo 🙂", "🙂"),
        ("Ɛva 🙂", "🙂"),
    ],
)
def test_it_refuses_a_name_that_it_could_only_draw_as_boxes(name: str, characters: str) -> None:
    with pytest.raises(MissingGlyph) as refused:
        draw(a_sheet(holder=name))

    assert refused.value.characters == characters


@pytest.mark.parametrize("field", ["city", "module", "department", "reviewed", "validity", "signatory_title", "number"])
def test_it_refuses_boxes_in_every_text(field: str) -> None:
    with pytest.raises(MissingGlyph):
        draw(a_sheet(**{field: "龙"}))


def test_it_refuses_an_ability_that_it_could_only_draw_as_boxes() -> None:
    with pytest.raises(MissingGlyph):
        draw(a_sheet(abilities=("龙",)))


def test_it_refuses_texts_that_no_page_could_hold() -> None:
    with pytest.raises(DoesNotFit, match="Tvåälvs stad"):
        draw(a_sheet(abilities=("Kan mycket. " * 200,) * 8))


def test_it_is_the_same_bytes_for_the_same_sheet() -> None:
    assert draw(a_sheet()) == draw(a_sheet())
    assert draw(a_sheet()) == draw(replace(a_sheet(), holder=unicodedata.normalize("NFD", a_sheet().holder)))


@pytest.mark.parametrize("surroundings", [{"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"SOURCE_DATE_EPOCH": "1"}])
def test_it_is_the_same_bytes_in_another_process_and_surroundings(surroundings: dict[str, str]) -> None:
    program = (
        "import hashlib; from certificates.drawing import draw; from tests.certificates.sheets import a_sheet;"
        "print(hashlib.sha256(draw(a_sheet())).hexdigest())"
    )

    there = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | surroundings, capture_output=True, text=True, check=True
    )

    assert there.stdout.strip() == hashlib.sha256(draw(a_sheet())).hexdigest()


def test_it_is_other_bytes_with_another_identity_for_another_sheet() -> None:
    one, other = draw(a_sheet()), draw(a_sheet(completed_on=date(2026, 11, 13)))

    assert bytes(opened(one).trailer.ID[0]) != bytes(opened(other).trailer.ID[0])


@every_sheet
def test_it_is_a_small_file(sheet: CertificateSheet) -> None:
    assert len(draw(sheet)) <= 25_000
