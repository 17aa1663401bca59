"""Containers to blocks: one reader for each kind, found by the Swedish word in the file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from cms.starter import richtext
from cms.starter.documents import Container
from cms.starter.errors import Problems
from cms.starter.fields import SAFE_NAME
from cms.starter.questions import read_question
from cms.starter.tables import read_table
from cms.starter.texts import (
    ActivitiesText,
    Block,
    CityText,
    ContactText,
    FactText,
    HeadingText,
    ImageText,
    LegalText,
    QuotationText,
    ReflectionText,
    RichText,
    StepsText,
    TableText,
)

ITEM = re.compile(r"[0-9]+\. (?P<text>\S.*)")
NATIONAL_NUMBERS = ("112", "114 14")
COMMON_FIELDS = ("fakta", "rättskällor")


class Common(TypedDict):
    """What every block begins with."""

    id: str
    facts: tuple[str, ...]
    legal_sources: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a reader of blocks needs: the container, the folder that image paths start from, where problems go."""

    container: Container
    folder: Path
    problems: Problems

    @property
    def common(self) -> Common:
        fields = self.container.fields
        return {"id": self.container.id, "facts": fields.words("fakta"), "legal_sources": fields.words("rättskällor")}

    def expect(self, *names: str) -> None:
        self.container.fields.refuse_others((*COMMON_FIELDS, *names))

    def html(self) -> str:
        return richtext.render(self.container.body, self.container.place, self.problems)

    def plain(self) -> str:
        text = " ".join(line.text.strip() for line in self.container.body).strip()
        if not text:
            self.problems.add(self.container.place, "ett block utan text", "minst en mening")
        richtext.note_markup(text, self.container.place, self.problems)
        return text


def read_block(container: Container, folder: Path, problems: Problems) -> Block | None:
    """The block that the container holds, or None, with a problem noted, when the kind is unknown."""
    read = READERS.get(container.kind)
    if read is None:
        problems.add(container.place, f"okänt block ”{container.kind}”", "något av " + ", ".join(sorted(READERS)))
        return None
    reading = Reading(container, folder, problems)
    note_head(reading)
    return read(reading)


def note_head(reading: Reading) -> None:
    """Note an id that is none, and a block that names no facts."""
    container = reading.container
    if container.id and not SAFE_NAME.fullmatch(container.id):
        reading.problems.add(container.place, f"id ”{container.id}”", "små bokstäver a–z, siffror och bindestreck")
    if container.kind != "rubrik":
        container.fields.text("fakta")


def _heading(reading: Reading) -> Block:
    reading.expect()
    return HeadingText(**reading.common, text=reading.plain())


def _rich(reading: Reading) -> Block:
    reading.expect()
    return RichText(**reading.common, html=reading.html())


def _fact(reading: Reading) -> Block:
    reading.expect("titel")
    return FactText(**reading.common, title=reading.container.fields.text("titel"), html=reading.html())


def _quotation(reading: Reading) -> Block:
    reading.expect("källa")
    return QuotationText(**reading.common, text=reading.plain(), source=reading.container.fields.text("källa"))


def _legal(reading: Reading) -> Block:
    fields = reading.container.fields
    fields.refuse_others(("fakta", "källa"))
    key = fields.text("källa")
    return LegalText(id=reading.container.id, facts=fields.words("fakta"), legal_sources=(key,), key=key, html=reading.html())


def _reflection(reading: Reading) -> Block:
    reading.expect()
    return ReflectionText(**reading.common, prompt=reading.plain())


def _steps(reading: Reading) -> Block:
    reading.expect("titel")
    return StepsText(**reading.common, title=reading.container.fields.text("titel"), items=_items(reading))


def _items(reading: Reading) -> tuple[str, ...]:
    items: list[str] = []
    for line in reading.container.body:
        if match := ITEM.fullmatch(line.text):
            items.append(match["text"])
        elif line.text.startswith("  ") and items:
            items[-1] += " " + line.text.strip()
        elif line.text.strip():
            reading.problems.add(line.place, f"”{line.text.strip()[:60]}” bland stegen", "”1. …” i början av varje steg")
    if len(items) < 2:
        reading.problems.add(reading.container.place, f"{len(items)} steg", "minst två steg, ”1. …” på egna rader")
    richtext.note_markup(" ".join(items), reading.container.place, reading.problems)
    return tuple(items)


def _table(reading: Reading) -> Block:
    reading.expect("titel")
    container = reading.container
    columns, rows = read_table(container.body, container.place, reading.problems)
    return TableText(**reading.common, title=container.fields.text("titel"), columns=columns, rows=rows)


def _image(reading: Reading) -> Block:
    reading.expect("fil", "alt", "dekorativ")
    fields = reading.container.fields
    file = reading.folder / fields.text("fil")
    if not file.is_file():
        reading.problems.add(fields.place_of("fil"), f"filen ”{fields.optional_text('fil')}” finns inte", "en bildfil i mappen")
    for line in reading.container.body:
        if line.text.strip():
            found = f"”{line.text.strip()[:60]}” under en bild"
            reading.problems.add(line.place, found, "inget mer: hela ”alt: …” på en rad, och brödtext i ett eget block")
    alt, decorative = fields.optional_text("alt"), fields.optional_text("dekorativ")
    if bool(alt) == (decorative == "ja"):
        reading.problems.add(reading.container.place, "en bild utan tydligt val", "antingen ”alt: …” eller ”dekorativ: ja”")
    return ImageText(**reading.common, file=file, alt=alt, is_decorative=decorative == "ja")


def _city(reading: Reading) -> Block:
    reading.expect("titel")
    return CityText(**reading.common, title=reading.container.fields.text("titel"), text=reading.plain())


def _activities(reading: Reading) -> Block:
    reading.expect()
    if any(line.text.strip() for line in reading.container.body):
        reading.problems.add(
            reading.container.place, "text i listan över aktiviteter", "ett tomt block; listan skrivs av systemet"
        )
    return ActivitiesText(**reading.common)


def _contact(reading: Reading) -> Block:
    fields, problems = reading.container.fields, reading.problems
    reading.expect("funktion", "när", "telefon", "tider", "krävs")
    telephone, required = fields.optional_text("telefon"), fields.text("krävs")
    if telephone and telephone not in NATIONAL_NUMBERS:
        problems.add(fields.place_of("telefon"), f"numret ”{telephone}”", "112 eller 114 14; andra nummer fyller staden i")
    if required not in ("ja", "nej"):
        problems.add(fields.place_of("krävs"), f"”{required}” i fältet ”krävs”", "ja eller nej")
    if any(line.text.strip() for line in reading.container.body):
        problems.add(reading.container.place, "text i en kontakt", "bara fält; utelämna raden telefon när staden ska fylla i")
    return ContactText(
        **reading.common,
        function=fields.text("funktion"),
        when=fields.text("när"),
        telephone=telephone,
        hours=fields.optional_text("tider"),
        is_required=required == "ja",
    )


def _question(reading: Reading) -> Block:
    return read_question(reading.container, reading.problems)


READERS: dict[str, Callable[[Reading], Block]] = {
    "rubrik": _heading,
    "text": _rich,
    "faktaruta": _fact,
    "citat": _quotation,
    "rättskälla": _legal,
    "reflektion": _reflection,
    "steg": _steps,
    "tabell": _table,
    "bild": _image,
    "staden": _city,
    "kontakt": _contact,
    "aktiviteter": _activities,
    "fråga": _question,
}
