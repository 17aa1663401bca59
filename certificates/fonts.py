"""The typefaces of printed documents: read once in a process, without hints, able to say what they cannot draw.

Source Sans Pro from the package `font-source-sans-pro`, and for whole texts with letters that it lacks Fira Sans from
`fontpkg-fira-sans` (both SIL Open Font License). Only subsets inside a document are made from them, which the license
allows under the fonts' own names; no changed font file is ever written to disk.
"""

import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from itertools import filterfalse, pairwise
from typing import cast

from font_source_sans_pro import font_files_ttf
from fontpkg_fira_sans import ROOT as FIRA_SANS
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import (
    FF_NONSYMBOLIC,
    FF_SYMBOLIC,
    GF_ARG_1_AND_2_ARE_WORDS,
    GF_MORE_COMPONENTS,
    GF_WE_HAVE_A_SCALE,
    GF_WE_HAVE_A_TWO_BY_TWO,
    GF_WE_HAVE_AN_X_AND_Y_SCALE,
    GF_WE_HAVE_INSTRUCTIONS,
    SUBSETN,
    TTFNameBytes,
    TTFont,
    TTFontFace,
    TTFontFile,
    TTFontMaker,
)

from certificates.structure import Written, numbered
from certificates.tagging import compressed_stream

_KEPT_TABLES = ("OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name", "post")
_TABLES_FOR_SYSTEMS = ("name", "OS/2")  # read when a font is installed, never when it is embedded
_LONG_OFFSETS = struct.pack(">h", 1)
_SET_ALONE = {"LATIN", "GREEK", "CYRILLIC", "MODIFIER"}  # how the names of letters begin that need no shaping
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_BLOCK = 100  # entries that one block of a ToUnicode map may hold


class Weight(Enum):
    """A weight of the typeface; the value is its name in the package."""

    LIGHT = "SourceSansProLight"
    REGULAR = "SourceSansPro"
    SEMIBOLD = "SourceSansProSemibold"


_FALLBACKS = {Weight.LIGHT: "FiraSans-Light", Weight.REGULAR: "FiraSans-Regular", Weight.SEMIBOLD: "FiraSans-SemiBold"}


class MissingGlyph(ValueError):
    """A text has characters that no typeface of ours can draw with the rest of it; `characters` has each of them once."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        super().__init__(f"No typeface has a glyph for {self.named}")

    @property
    def named(self) -> str:
        """Each character beside its number in Unicode, by which it can be looked up where it shows as a box."""
        return ", ".join(f"{character} (U+{ord(character):04X})" for character in self.characters)


@dataclass(frozen=True)
class Typeface:
    """One weight, registered with ReportLab under `name`."""

    name: str
    font: TTFont

    def width(self, text: str, size: float) -> float:
        """How wide the text gets, in points."""
        return float(self.font.stringWidth(text, size))

    def missing(self, text: str) -> str:
        """The characters of the text that this typeface cannot draw, in order, each once."""
        drawable = self.font.face.charToGlyph
        return "".join(character for character in dict.fromkeys(text) if ord(character) not in drawable)


@dataclass(frozen=True)
class FallbackTypeface(Typeface):
    """A typeface that stands in for another, one letter after the other from left to right, as ReportLab sets them."""

    def missing(self, text: str) -> str:
        """The characters that it cannot draw, or only wrongly: those that join, change places or run from right to left."""
        lacking = super().missing(text)
        return "".join(one for one in dict.fromkeys(text) if one in lacking or not is_set_alone(one))


def is_set_alone(character: str) -> bool:
    """Whether a text with this character is right when each glyph is set after the one before, without shaping."""
    if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
        return False
    kind = unicodedata.category(character)[0]
    if kind == "L":
        return unicodedata.name(character, "").split(" ")[0] in _SET_ALONE
    return kind != "M"


@cache
def typeface(weight: Weight) -> Typeface:
    """The typeface of this weight, read from its file the first time that the process asks."""
    return Typeface(*_registered(weight.value, font_files_ttf[weight.value]))


@cache
def fallback(weight: Weight) -> Typeface:
    """What stands in for the typeface of this weight, read the first time that a text needs it."""
    name = _FALLBACKS[weight]
    return FallbackTypeface(*_registered(name, str(FIRA_SANS / "files" / f"{name}.ttf")))


def _registered(name: str, path: str) -> tuple[str, TTFont]:
    name = f"Motstandskraft-{name}"
    font = ArchivalFont(name, BytesIO(without_hints(path)))
    pdfmetrics.registerFont(font)
    return name, font


def typeface_of(text: str, weight: Weight) -> Typeface:
    """The one that draws the whole text, so that no name mixes two. Raises MissingGlyph if none has all of it."""
    lacking = typeface(weight).missing(text)
    if not lacking:
        return typeface(weight)
    if without := fallback(weight).missing(text):
        raise MissingGlyph(_in_the_way(text, lacking, without))
    return fallback(weight)


def _in_the_way(text: str, lacking: str, without: str) -> str:
    """What neither typeface has; or, if each lacks only what the other has, all of that."""
    both = set(lacking) & set(without) or set(lacking) | set(without)
    return "".join(character for character in dict.fromkeys(text) if character in both)


def clean(text: str) -> str:
    """The text as it is drawn: composed characters (NFC), single spaces, nothing invisible.

    Invisible characters, such as marks of direction and byte order, come along when a name is copied from a document.
    """
    if not text.isprintable():
        text = "".join(character for character in text if character.isspace() or character.isprintable())
    return " ".join(unicodedata.normalize("NFC", text).split())


def require_glyphs(*texts: str) -> None:
    """Raises MissingGlyph, with all that is in the way, unless each text can be drawn whole in every weight.

    A mark that does not compose with its letter would be drawn beside it, as nobody writes that name.
    """
    if missing := "".join(dict.fromkeys("".join(map(_undrawable, texts)))):
        raise MissingGlyph(missing)


def _undrawable(text: str) -> str:
    without_place = "".join(filter(unicodedata.combining, text))
    letters = "".join(filterfalse(unicodedata.combining, text))
    for weight in Weight:
        try:
            typeface_of(letters, weight)
        except MissingGlyph as fault:
            return fault.characters + without_place
    return without_place


@dataclass(frozen=True)
class Subset:
    """What a document embeds of a face: a font file of `length` bytes and the map to Unicode, both compressed."""

    file: bytes
    length: int
    to_unicode: bytes
    widths: list[int]


class ArchivalFont(TTFont):
    """A font whose embedded subsets keep the rules of PDF/A and PDF/UA.

    ReportLab 5.1 fills the unused codes of a subset's ToUnicode map with U+0000, which both standards forbid.
    """

    def __init__(self, name: str, file: BytesIO) -> None:
        super().__init__(name, file, asciiReadable=False, shapable=False)
        for tag in _TABLES_FOR_SYSTEMS:
            del self.face.table[tag]
        self.postscript_name = self.face.name.decode("ascii")
        # ReportLab keeps one font for each face: of two with one name, the first would silently stand in for the other.
        self.face.name = TTFNameBytes(b"archival " + self.face.name)

    def addObjects(self, doc: pdfdoc.PDFDocument) -> None:
        """Called by ReportLab when the document is closed: embeds what was used, 256 characters a subset."""
        fonts = cast(pdfdoc.PDFDictionary, doc.idToObject[pdfdoc.BasicFonts])
        for number, codes in enumerate(self.state[doc].subsets):
            name = self.getSubsetInternalName(number, doc)[1:]
            fonts[name] = doc.Reference(self._written(doc, number, _subset(self.face, tuple(codes))))
        del self.state[doc]

    def _written(self, doc: pdfdoc.PDFDocument, number: int, subset: Subset) -> Written:
        name = f"{SUBSETN(number).decode('ascii')}+{self.postscript_name}"
        to_unicode = doc.Reference(compressed_stream(subset.to_unicode))
        descriptor = doc.Reference(self._descriptor(doc, name, subset))
        return Written(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 0/LastChar {len(subset.widths) - 1}"
            f"/Widths[{' '.join(map(str, subset.widths))}]"
            f"/ToUnicode {numbered(doc, to_unicode)}/FontDescriptor {numbered(doc, descriptor)}>>"
        )

    def _descriptor(self, doc: pdfdoc.PDFDocument, name: str, subset: Subset) -> Written:
        face = self.face
        file = doc.Reference(compressed_stream(subset.file, Length1=subset.length))
        flags = face.flags & ~FF_NONSYMBOLIC | FF_SYMBOLIC  # a subset's codes are its own, not those of an alphabet
        return Written(
            f"<</Type/FontDescriptor/FontName/{name}/FontFile2 {numbered(doc, file)}/Flags {flags}"
            f"/FontBBox[{' '.join(map(str, face.bbox))}]/ItalicAngle {face.italicAngle}/StemV {face.stemV}"
            f"/Ascent {face.ascent}/Descent {face.descent}/CapHeight {face.capHeight}>>"
        )


@lru_cache(maxsize=16)
def _subset(face: TTFontFace, codes: tuple[int, ...]) -> Subset:
    """Remembered, since some weights set the same words on every document."""
    file = face.makeSubset(codes)
    to_unicode = zlib.compress(to_unicode_map(codes).encode(), level=9)
    return Subset(zlib.compress(file, level=9), len(file), to_unicode, [face.getCharWidth(code) for code in codes])


def to_unicode_map(codes: Sequence[int]) -> str:
    """The CMap that tells a reader which characters a subset's bytes stand for; `codes` has one per byte, 0 for none."""
    used = [f"<{byte:02X}> <{_utf16(code)}>" for byte, code in enumerate(codes) if code]
    blocks = [used[start : start + _BLOCK] for start in range(0, len(used), _BLOCK)]
    mapped = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CMapName /U def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{mapped}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


def without_hints(path: str) -> bytes:
    """The TrueType font in memory without the programs that fit it to coarse screens: nearly half of each subset."""
    source = TTFontFile(path)
    glyphs = [without_instructions(glyph) for glyph in _glyphs(source)]
    lean = TTFontMaker()
    for tag in _KEPT_TABLES:
        lean.add(tag, source.get_table(tag))
    lean.add("head", source.get_table("head")[:50] + _LONG_OFFSETS + source.get_table("head")[52:])
    lean.add("glyf", b"".join(glyphs))
    lean.add("loca", _offsets(glyphs))
    return lean.makeStream()


def _glyphs(font: TTFontFile) -> Iterator[bytes]:
    table = font.get_table("glyf")
    for start, end in pairwise(font.glyphPos):
        yield table[start:end]


def _offsets(glyphs: list[bytes]) -> bytes:
    positions = [0]
    for glyph in glyphs:
        positions.append(positions[-1] + len(glyph))
    return struct.pack(f">{len(positions)}L", *positions)


def without_instructions(glyph: bytes) -> bytes:
    """One record of the `glyf` table without its hinting program, padded to four bytes."""
    if not glyph:
        return glyph
    contours: int = struct.unpack_from(">h", glyph)[0]
    lean = _lean_composite(glyph) if contours < 0 else _lean_outline(glyph, contours)
    return lean + b"\0" * (-len(lean) % 4)


def _lean_outline(glyph: bytes, contours: int) -> bytes:
    length_at = 10 + 2 * contours
    length: int = struct.unpack_from(">H", glyph, length_at)[0]
    return glyph[:length_at] + b"\0\0" + glyph[length_at + 2 + length :]


def _lean_composite(glyph: bytes) -> bytes:
    lean = bytearray(glyph)
    at = 10
    flags = GF_MORE_COMPONENTS
    while flags & GF_MORE_COMPONENTS:
        flags = struct.unpack_from(">H", glyph, at)[0]
        struct.pack_into(">H", lean, at, flags & ~GF_WE_HAVE_INSTRUCTIONS)
        at += _component_length(flags)
    return bytes(lean[:at])


def _component_length(flags: int) -> int:
    """Bytes of one part of a composite glyph: flags, glyph number, offsets and a possible transformation."""
    offsets = 4 if flags & GF_ARG_1_AND_2_ARE_WORDS else 2
    if flags & GF_WE_HAVE_A_SCALE:
        return 4 + offsets + 2
    if flags & GF_WE_HAVE_AN_X_AND_Y_SCALE:
        return 4 + offsets + 4
    return 4 + offsets + (8 if flags & GF_WE_HAVE_A_TWO_BY_TWO else 0)
