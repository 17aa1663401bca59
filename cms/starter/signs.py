"""``tecken/*.md``: the library of signs, one file an entry."""

from pathlib import Path
from typing import TypeVar

from cms.starter import richtext
from cms.starter.documents import Container, Document, read_document
from cms.starter.errors import Problems
from cms.starter.fields import SAFE_NAME, Fields
from cms.starter.texts import SignCertainty, SignKind, SignText

SIGNS_FOLDER = "tecken"
Word = TypeVar("Word", SignKind, SignCertainty)
FIELDS = (
    "nyckel",
    "slug",
    "namn",
    "sort",
    "etiketter",
    "säkerhet",
    "kontrollerad",
    "kontrolleras igen",
    "källor",
    "teckning",
    "teckningen visar",
    "sammanfattning",
    "innehållsnotis",
)
PARTS = ("vanligt", "extremt", "fråga-om")
"""Each once, in this order: what it means to most people comes first."""


def read_signs(root: Path, problems: Problems) -> tuple[SignText, ...]:
    """Every entry, in the order of the files' names."""
    documents = [read_document(path, root, problems) for path in sorted((root / SIGNS_FOLDER).glob("*.md"))]
    return tuple(_read_sign(document, problems) for document in documents)


def _read_sign(document: Document, problems: Problems) -> SignText:
    head = document.head
    head.refuse_others(FIELDS)
    parts = _parts(document, problems)
    checked_on, check_again_on = head.day("kontrollerad"), head.day("kontrolleras igen")
    if check_again_on <= checked_on:
        problems.add(head.place_of("kontrolleras igen"), "ny kontroll före den förra", "en senare dag i ”kontrolleras igen”")
    return SignText(
        place=head.place,
        key=head.safe_name("nyckel"),
        slug=head.safe_name("slug"),
        name=head.text("namn"),
        kind=_one_of(SignKind, head, "sort", problems),
        tags=head.words("etiketter"),
        certainty=_one_of(SignCertainty, head, "säkerhet", problems),
        checked_on=checked_on,
        check_again_on=check_again_on,
        sources=_sources(head, problems),
        drawing=_drawing(document, problems),
        drawing_shows=head.optional_text("teckningen visar"),
        summary=head.text("sammanfattning"),
        content_note=head.optional_text("innehållsnotis"),
        facts=tuple(dict.fromkeys(fact for part in parts.values() for fact in part.fields.words("fakta"))),
        block_ids=tuple(part.id for part in parts.values()),
        ordinary=_html(parts, "vanligt", problems),
        extremist=_html(parts, "extremt", problems),
        how_to_ask=_html(parts, "fråga-om", problems),
    )


def _one_of(words: type[Word], head: Fields, name: str, problems: Problems) -> Word:
    found = head.text(name)
    if found in set(words):
        return words(found)
    if found:
        problems.add(head.place_of(name), f"”{found}” i fältet ”{name}”", "något av " + ", ".join(words))
    return next(iter(words))


def _sources(head: Fields, problems: Problems) -> tuple[str, ...]:
    sources = head.words("källor")
    if not sources:
        problems.add(head.place_of("källor"), "ett tecken utan källa", '”källor: ["…"]” med minst en källa')
    return sources


def _drawing(document: Document, problems: Problems) -> str:
    name = document.head.optional_text("teckning")
    shows = document.head.optional_text("teckningen visar")
    if bool(name) != bool(shows):
        problems.add(document.head.place, "en teckning utan ord, eller ord utan teckning", "”teckning” och ”teckningen visar”")
    path = document.path.parent / name
    if not name or path.is_file():
        return path.read_text(encoding="utf-8") if name else ""
    problems.add(document.head.place_of("teckning"), f"filen ”{name}” finns inte", "en SVG-fil, räknat från mappen tecken")
    return ""


def _parts(document: Document, problems: Problems) -> dict[str, Container]:
    found = {container.kind: container for container in document.containers}
    if tuple(container.kind for container in document.containers) != PARTS:
        problems.add(
            document.head.place,
            "delarna " + (", ".join(container.kind for container in document.containers) or "saknas"),
            "delarna " + ", ".join(PARTS) + ", var och en en gång och i den ordningen",
        )
    for part in found.values():
        part.fields.refuse_others(("fakta",))
        part.fields.text("fakta")
        if part.id and not SAFE_NAME.fullmatch(part.id):
            problems.add(part.place, f"id ”{part.id}”", "små bokstäver a–z, siffror och bindestreck")
    return found


def _html(parts: dict[str, Container], kind: str, problems: Problems) -> str:
    part = parts.get(kind)
    return richtext.render(part.body, part.place, problems) if part else ""
