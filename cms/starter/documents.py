"""One Markdown file cut into its head (front matter) and its containers (``::: sort id`` … ``:::``)."""

import re
from dataclasses import dataclass
from pathlib import Path

from cms.starter.errors import Place, Problems
from cms.starter.fields import Fields, Value, read_yaml

OPENING = re.compile(r":::\s*(?P<kind>[^\s:]+)(?:\s+(?P<id>\S+))?\s*")
HEADING = re.compile(r"##\s+(?P<text>.+?)\s+\{#(?P<id>\S+)\}\s*")
ATTRIBUTE = re.compile(r"(?P<name>[a-zåäö][a-zåäö ]*):\s+(?P<value>\S.*)")
CLOSING = ":::"
FENCE = "---"


@dataclass(frozen=True)
class Line:
    place: Place
    text: str


@dataclass(frozen=True)
class Container:
    """``kind`` and ``id`` from the opening line, named values from the lines below it, then the body."""

    place: Place
    kind: str
    id: str
    fields: Fields
    body: tuple[Line, ...]


@dataclass(frozen=True)
class Document:
    path: Path
    head: Fields
    containers: tuple[Container, ...]


def read_document(path: Path, root: Path, problems: Problems) -> Document:
    """Read ``path``; places in problems are relative to ``root``."""
    name = path.relative_to(root).as_posix()
    return cut_document(read_lines(path, name, problems), name, path, problems)


def cut_document(texts: list[str], name: str, path: Path, problems: Problems) -> Document:
    """Cut lines of text, wherever they come from; ``name`` stands in problems, images are looked for beside ``path``."""
    head, body = _split_head(_lines(texts, name), Place(name, 1), problems)
    return Document(path, head, tuple(_Cutter(body, problems).cut()))


def cut_containers(texts: list[str], name: str, problems: Problems) -> list[Container]:
    """Cut lines that have no head."""
    return _Cutter(_lines(texts, name), problems).cut()


def _lines(texts: list[str], name: str) -> list[Line]:
    return [Line(Place(name, number), text.rstrip()) for number, text in enumerate(texts, start=1)]


def read_lines(path: Path, name: str, problems: Problems) -> list[str]:
    """The lines of a UTF-8 file, with or without a byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(Place(name, line), "tecken som inte är UTF-8", "en fil sparad som UTF-8")
        return []


def _split_head(lines: list[Line], start: Place, problems: Problems) -> tuple[Fields, list[Line]]:
    fences = [index for index, line in enumerate(lines) if line.text == FENCE][:2]
    if len(fences) < 2 or any(line.text for line in lines[: fences[0]]):
        problems.add(start, "inget huvud", "en rad --- först, sedan fälten, sedan en rad --- till")
        return Fields(start, problems), lines
    head = "\n".join(line.text for line in lines[fences[0] + 1 : fences[1]])
    return read_yaml(head, Place(start.file, fences[0] + 2), problems), lines[fences[1] + 1 :]


class _Cutter:
    """Walks the lines once; ``cut`` gives the containers in order."""

    def __init__(self, lines: list[Line], problems: Problems) -> None:
        self.lines = lines
        self.problems = problems
        self.containers: list[Container] = []

    def cut(self) -> list[Container]:
        index = 0
        while index < len(self.lines):
            index = self._read_at(index)
        return self.containers

    def _read_at(self, index: int) -> int:
        line = self.lines[index]
        if heading := HEADING.fullmatch(line.text):
            self._add_heading(line, heading)
        elif opening := OPENING.fullmatch(line.text):
            return self._read_container(index, opening)
        elif line.text.strip():
            self.problems.add(
                line.place,
                f"”{line.text.strip()[:60]}” utanför ett block",
                "ett block som börjar med ::: eller en rubrik ”## … {#id}”",
            )
        return index + 1

    def _add_heading(self, line: Line, match: re.Match[str]) -> None:
        body = (Line(line.place, match["text"]),)
        self.containers.append(Container(line.place, "rubrik", match["id"], Fields(line.place, self.problems), body))

    def _read_container(self, index: int, match: re.Match[str]) -> int:
        opening = self.lines[index]
        end = self._end_of(index)
        inside = self.lines[index + 1 : end]
        fields, count = self._read_attributes(opening.place, inside)
        if not match["id"]:
            self.problems.add(opening.place, f"blocket ”{match['kind']}” saknar id", "”::: sort id”")
        self.containers.append(Container(opening.place, match["kind"], match["id"] or "", fields, tuple(inside[count:])))
        return end + 1

    def _end_of(self, start: int) -> int:
        for index in range(start + 1, len(self.lines)):
            text = self.lines[index].text
            if text == CLOSING:
                return index
            if OPENING.fullmatch(text):
                self.problems.add(
                    self.lines[start].place, "ett block som inte avslutas före nästa", "en rad med bara ::: sist i blocket"
                )
                return index - 1
        self.problems.add(self.lines[start].place, "ett block som inte avslutas", "en rad med bara ::: sist i blocket")
        return len(self.lines)

    def _read_attributes(self, place: Place, lines: list[Line]) -> tuple[Fields, int]:
        fields = Fields(place, self.problems)
        for count, line in enumerate(lines):
            match = ATTRIBUTE.fullmatch(line.text)
            if match is None:
                return fields, count
            if match["name"] in fields.values:
                self.problems.add(line.place, f"fältet ”{match['name']}” står två gånger", "varje fält en gång")
            fields.values[match["name"]] = Value(line.place, match["value"])
        return fields, len(lines)
