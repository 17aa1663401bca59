"""The parts of an exercise's block below its question: ``### Name``, each once and in order."""

import re
from dataclasses import dataclass

from cms.starter import richtext
from cms.starter.documents import Container, Line
from cms.starter.errors import Place, Problems

HEADING = re.compile(r"### +(?P<name>.+?) *")


@dataclass(frozen=True)
class Section:
    """The lines below one heading, and where the heading stands."""

    place: Place
    name: str
    lines: tuple[Line, ...]


def cut_sections(container: Container) -> tuple[tuple[Line, ...], list[Section]]:
    """The lines before the first heading, and the sections."""
    body = container.body
    headings = [(index, match["name"]) for index, line in enumerate(body) if (match := HEADING.fullmatch(line.text))]
    starts = [index for index, _name in headings] + [len(body)]
    sections = [
        Section(body[start].place, name, body[start + 1 : end]) for (start, name), end in zip(headings, starts[1:], strict=True)
    ]
    return body[: starts[0]], sections


def read_sections(container: Container, sections: list[Section], names: tuple[str, ...], problems: Problems) -> tuple[str, ...]:
    """The HTML of the named sections, in the order of the names; empty, with a problem noted, where one is missing."""
    expected = ", ".join(f"”### {name}”" for name in names)
    known: dict[str, Section] = {}
    for section in sections:
        if section.name not in names:
            problems.add(section.place, f"rubriken ”{section.name}”", expected)
        elif section.name in known:
            problems.add(section.place, f"”{section.name}” två gånger", f"{expected}, var sin gång")
        known.setdefault(section.name, section)
    for name in names:
        if name not in known:
            problems.add(container.place, f"”### {name}” saknas", expected)
    _note_order([section for section in sections if section.name in names], names, problems)
    return tuple(_html(known[name], problems) if name in known else "" for name in names)


def _note_order(sections: list[Section], names: tuple[str, ...], problems: Problems) -> None:
    places = [names.index(section.name) for section in sections]
    for section, place, before in zip(sections[1:], places[1:], places, strict=False):
        if place < before:
            problems.add(section.place, f"”{section.name}” efter ”{names[before]}”", "ordningen " + ", ".join(names))


def _html(section: Section, problems: Problems) -> str:
    return richtext.render(section.lines, section.place, problems)
