"""The typefaces draw what they say they draw, and say what they cannot."""

import struct
import unicodedata
from io import BytesIO

import pytest
from font_source_sans_pro import font_files_ttf
from fontpkg_fira_sans import ROOT
from fontTools.ttLib import TTFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as ReportLabFont

from certificates.fonts import (
    ArchivalFont,
    MissingGlyph,
    Weight,
    clean,
    fallback,
    require_glyphs,
    to_unicode_map,
    typeface,
    typeface_of,
    without_hints,
    without_instructions,
)

MORE, WORDS, SCALED, HINTS = 0x20, 0x01, 0x08, 0x100  # flags of a part, from the specification of TrueType
ACROSS_EUROPE = "Åsa Öberg, Núria, Łukasz, Nguyễn Thị Ánh, Ŋávdna, Ďuro, Ὀδυσσεύς, Світлана В’ячеславівна, ʼAli"

BEYOND = "Ǩeäʹđđ Ǥååʹšǩ-Ǯiõmâš, Kɔfi Ɛsɩ, Ɓah Ƙ Ɗ, Ɣ, ʒ"
"""Names in Skolt Sami, Akan, Fula, Hausa and Ewe."""
NEEDS_SHAPING = {"arabic": "م", "hebrew": "ש", "devanagari": "अ", "thai": "ก", "a vowel sign": "ि", "arabic digits": "٣"}
FILES = [font_files_ttf[weight.value] for weight in Weight] + [
    str(ROOT / "files" / f"FiraSans-{name}.ttf") for name in ("Light", "Regular", "SemiBold")
]


@pytest.mark.parametrize("weight", Weight)
def test_it_draws_names_in_latin_greek_and_cyrillic_letters(weight: Weight) -> None:
    assert typeface(weight).missing(ACROSS_EUROPE) == ""


@pytest.mark.parametrize("weight", Weight)
def test_the_fallback_draws_names_that_the_typeface_lacks_letters_of_together_with_all_others(weight: Weight) -> None:
    assert typeface(weight).missing(BEYOND)
    assert fallback(weight).missing(BEYOND + ACROSS_EUROPE) == ""


@pytest.mark.parametrize("weight", Weight)
def test_a_whole_text_is_drawn_in_the_fallback_or_nothing_of_it(weight: Weight) -> None:
    assert typeface_of(BEYOND, weight) == fallback(weight)
    assert typeface_of(ACROSS_EUROPE, weight) == typeface(weight)


def test_the_fallback_is_not_read_for_texts_that_do_not_need_it() -> None:
    fallback.cache_clear()

    require_glyphs(ACROSS_EUROPE)

    assert fallback.cache_info().currsize == 0


@pytest.mark.parametrize("character", NEEDS_SHAPING.values(), ids=NEEDS_SHAPING.keys())
def test_the_fallback_does_not_set_letters_that_need_shaping_even_if_it_has_them(
    character: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fallback(Weight.REGULAR).font.face.charToGlyph, ord(character), 1)

    assert fallback(Weight.REGULAR).missing(f"Bo {character}") == character


def test_a_text_that_no_single_typeface_has_all_of_is_refused_with_what_each_lacks() -> None:
    with pytest.raises(MissingGlyph) as refused:
        require_glyphs("Ɛva Bḵ")

    assert refused.value.characters == "Ɛḵ"


def test_what_the_fallback_would_draw_is_not_said_to_be_missing() -> None:
    with pytest.raises(MissingGlyph) as refused:
        require_glyphs("Ɛva 李")

    assert refused.value.characters == "李"


def test_it_names_each_character_that_it_cannot_draw_once() -> None:
    with pytest.raises(MissingGlyph, match=r"李 \(U\+674E\), م \(U\+0645\)") as refused:
        require_glyphs("Li 李李 م")

    assert refused.value.characters == "李م"


def test_it_refuses_a_mark_that_would_stand_beside_its_letter() -> None:
    require_glyphs(clean(unicodedata.normalize("NFD", ACROSS_EUROPE)))

    with pytest.raises(MissingGlyph, match=r"\(U\+0301\)"):
        require_glyphs(clean("Olúwas\u0323e\u0323\u0301gun"))
    with pytest.raises(MissingGlyph, match=r"^No typeface has a glyph for .? \(U\+0301\)$"):
        require_glyphs(clean("\N{LATIN CAPITAL LETTER OPEN E}\u0301va"))


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("character", "aÅgjŁễΏЩ%")
def test_it_keeps_the_shape_and_width_of_letters_when_hints_go(path: str, character: str) -> None:
    before, after = TTFont(path), TTFont(BytesIO(without_hints(path)))
    name = before.getBestCmap()[ord(character)]

    assert after["hmtx"][after.getBestCmap()[ord(character)]] == before["hmtx"][name]
    assert _outline(after, character) == _outline(before, character)


@pytest.mark.parametrize("path", FILES)
def test_it_leaves_no_hints_in_a_letter_or_in_a_letter_made_of_parts(path: str) -> None:
    lean = TTFont(BytesIO(without_hints(path)))

    programs = [getattr(lean["glyf"][name], "program", None) for name in lean.getGlyphOrder()]

    assert not any(program and program.getBytecode() for program in programs)
    assert not {"fpgm", "prep", "cvt "} & set(lean.keys())


def test_it_takes_the_hints_from_a_letter_made_of_parts_and_keeps_the_parts() -> None:
    header = struct.pack(">hhhhh", -1, 0, 0, 500, 700)
    first = struct.pack(">HHhh", MORE | WORDS | HINTS, 17, 5, -5)
    last = struct.pack(">HHbbH", SCALED | HINTS, 23, 1, 2, 0x2000)
    hints = struct.pack(">H3s", 3, b"abc")

    lean = without_instructions(header + first + last + hints)

    kept = struct.pack(">HHhh", MORE | WORDS, 17, 5, -5) + struct.pack(">HHbbH", SCALED, 23, 1, 2, 0x2000)
    assert lean == header + kept + bytes(-len(header + kept) % 4)


def _outline(font: TTFont, character: str) -> object:
    coordinates, ends, _ = font["glyf"][font.getBestCmap()[ord(character)]].getCoordinates(font["glyf"])
    return list(coordinates), list(ends)


def test_it_is_not_replaced_by_another_font_of_the_same_face() -> None:
    typeface.cache_clear()
    pdfmetrics.registerFont(ReportLabFont("Other", font_files_ttf[Weight.REGULAR.value]))

    ours = typeface(Weight.REGULAR)

    assert pdfmetrics.getFont(ours.name).face is not pdfmetrics.getFont("Other").face
    assert isinstance(pdfmetrics.getFont(ours.name), ArchivalFont)


def test_it_maps_no_code_to_the_zero_character() -> None:
    written = to_unicode_map([0, ord("å"), 32, 32, 0x1F600])

    assert "<01> <00E5>" in written
    assert "<04> <D83DDE00>" in written
    assert "<0000>" not in written


def test_it_maps_at_most_a_hundred_codes_a_block() -> None:
    written = to_unicode_map(list(range(300, 550)))

    assert [line for line in written.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]


def test_it_composes_letters_and_drops_what_cannot_be_seen() -> None:
    decomposed = unicodedata.normalize("NFD", "Åsa  Öberg")

    assert clean(f"\ufeff {decomposed}\u200b\u00ad\t\nEk\u202e ") == "Åsa Öberg Ek"
