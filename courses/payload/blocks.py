"""Blocks: what a lesson or a page is made of. Rich text is final HTML; ids are the StreamField's own."""

from __future__ import annotations

import msgspec

from courses.tables import Column, Row, columns_of, rows_of


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to choose, or to put in its place. `position` counts from 1 and is used when order is asked for."""

    id: str
    text: str
    explanation: str
    is_right: bool = False
    position: int = 0


class Question(msgspec.Struct, frozen=True, kw_only=True, tag="question"):
    """Something to answer. `kind`: single, several, true_false, order.

    `sources` are keys of legal sources, `signs` of entries in the library of signs that the answer rests on.
    """

    id: str
    kind: str
    text: str
    options: tuple[Option, ...]
    objective: str = ""
    sources: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag="heading"):
    """A heading below the lesson's own."""

    id: str
    text: str


class Text(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Rich text. What it says of law rests on `sources`, keys of legal sources."""

    id: str
    html: str
    sources: tuple[str, ...] = ()


class Image(msgspec.Struct, frozen=True, kw_only=True, tag="image"):
    """A picture in sealed storage. Without `alt` it is decorative by decision."""

    id: str
    file: str
    width: int
    height: int
    alt: str = ""
    is_decorative: bool = False
    caption: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag="fact"):
    """A fact box; see `Text` for `sources`."""

    id: str
    title: str
    html: str
    sources: tuple[str, ...] = ()


class Quotation(msgspec.Struct, frozen=True, kw_only=True, tag="quotation"):
    """Words of the plan or of a statute, marked as such."""

    id: str
    text: str
    source: str


class Legal(msgspec.Struct, frozen=True, kw_only=True, tag="legal"):
    """A provision, and what it means here."""

    id: str
    source: str
    html: str = ""


class Reflection(msgspec.Struct, frozen=True, kw_only=True, tag="reflection"):
    """Something to think about; what the learner writes never leaves the browser."""

    id: str
    prompt: str


class Video(msgspec.Struct, frozen=True, kw_only=True, tag="video"):
    """A film in sealed storage, with captions and the same in text."""

    id: str
    title: str
    file: str
    captions: str
    transcript: str


class Steps(msgspec.Struct, frozen=True, kw_only=True, tag="steps"):
    """A list of things to do in order; each item is HTML. See `Text` for `sources`."""

    id: str
    title: str
    items: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True, tag="table"):
    """A table of words; every row is as long as `columns`, and its first cell names it. See `Text` for `sources`."""

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] = ()

    @property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns, as the component takes them."""
        return columns_of(self.columns)

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The rows, as the component takes them."""
        return rows_of(self.columns, self.rows)


class CityField(msgspec.Struct, frozen=True, kw_only=True, tag="city_field"):
    """What only the city can say, such as a contact or a routine; marked as missing while `html` is empty."""

    id: str
    label: str
    instruction: str = ""
    html: str = ""


Block = Heading | Text | Image | Fact | Quotation | Legal | Reflection | Video | Steps | Table | CityField | Question


def sources_of(block: Block) -> tuple[str, ...]:
    """Return the keys of the legal sources that a block rests on."""
    match block:
        case Legal(source=source):
            return (source,)
        case Text() | Fact() | Steps() | Table() | Question():
            return block.sources
        case _:
            return ()
