"""Named values (``titel: …``) with the line where each stands, from YAML or from the head of a block."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import yaml

from cms.starter.errors import Place, Problems

SAFE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Value:
    """``content`` is text, a list of values, or a mapping."""

    place: Place
    content: "str | tuple[Value, ...] | Fields"


@dataclass
class Fields:
    """One mapping. Every asking method notes a problem and returns an empty value where the file is wrong."""

    place: Place
    problems: Problems
    values: dict[str, Value] = field(default_factory=dict)

    def place_of(self, name: str) -> Place:
        return self.values[name].place if name in self.values else self.place

    def text(self, name: str) -> str:
        """The text of a field that must be there."""
        found = self.optional_text(name)
        if not found:
            self.problems.add(self.place_of(name), f"fältet ”{name}” saknas eller är tomt", f"en rad ”{name}: …”")
        return found

    def optional_text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value.content, str):
            return " ".join(value.content.split())
        self.problems.add(value.place, f"fältet ”{name}” är en lista", "en text")
        return ""

    def safe_name(self, name: str) -> str:
        """A key, slug or id: small letters a–z, digits and hyphens."""
        found = self.text(name)
        if found and not SAFE_NAME.fullmatch(found):
            self.problems.add(self.place_of(name), f"”{found}” i fältet ”{name}”", "små bokstäver a–z, siffror och bindestreck")
        return found

    def day(self, name: str) -> date:
        found = self.text(name)
        return self._as_day(name, found) if found else date.min

    def optional_day(self, name: str) -> date | None:
        found = self.optional_text(name)
        return self._as_day(name, found) if found else None

    def _as_day(self, name: str, found: str) -> date:
        try:
            return date.fromisoformat(found)
        except ValueError:
            self.problems.add(self.place_of(name), f"”{found}” i fältet ”{name}” är inget datum", "ett datum som 2026-08-31")
            return date.min

    def number(self, name: str, *, lowest: int = 1, highest: int = 1000) -> int:
        found = self.text(name)
        if found.isdecimal() and lowest <= int(found) <= highest:
            return int(found)
        if found:
            self.problems.add(self.place_of(name), f"”{found}” i fältet ”{name}”", f"ett helt tal från {lowest} till {highest}")
        return lowest

    def words(self, name: str) -> tuple[str, ...]:
        """A list, written as YAML or with commas. Empty when the field is missing."""
        value = self.values.get(name)
        if value is None:
            return ()
        if isinstance(value.content, str):
            return tuple(word.strip() for word in value.content.split(",") if word.strip())
        return tuple(self._plain_items(name, value))

    def _plain_items(self, name: str, value: Value) -> Iterable[str]:
        for item in value.content if isinstance(value.content, tuple) else ():
            if isinstance(item.content, str):
                yield item.content
            else:
                self.problems.add(item.place, f"en lista inne i listan ”{name}”", "ord")

    def mapping(self, name: str) -> "Fields":
        """The fields under a field; empty, with a problem noted, where there are none."""
        value = self.values.get(name)
        if value is not None and isinstance(value.content, Fields):
            return value.content
        self.problems.add(self.place_of(name), f"fältet ”{name}” saknar rader under sig", f"”{name}:” med indragna rader")
        return Fields(self.place_of(name), self.problems)

    def mappings(self, name: str) -> tuple["Fields", ...]:
        """A list of mappings; anything else in the list is noted as a problem."""
        value = self.values.get(name)
        items = value.content if value is not None and isinstance(value.content, tuple) else ()
        if not items:
            self.problems.add(self.place_of(name), f"listan ”{name}” saknas eller är tom", f"”{name}:” med punkter under")
        return only_mappings(items, self.problems)

    def refuse_others(self, known: Iterable[str]) -> None:
        """Note every field that nobody would read: most often a misspelt name."""
        names = tuple(known)
        for name, value in self.values.items():
            if name not in names:
                self.problems.add(value.place, f"okänt fält ”{name}”", "något av " + ", ".join(names))


def only_mappings(items: tuple[Value, ...], problems: Problems) -> tuple[Fields, ...]:
    for item in items:
        if not isinstance(item.content, Fields):
            problems.add(item.place, "en punkt utan fält", "en punkt med rader som ”nyckel: …”")
    return tuple(item.content for item in items if isinstance(item.content, Fields))


def read_yaml(text: str, place: Place, problems: Problems) -> Fields:
    """The mapping that ``text`` holds; ``place`` is where its first line stands. All scalars stay text."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = place.line + (mark.line if mark else 0)
        problems.add(
            Place(place.file, line),
            f"YAML som inte går att läsa ({error.problem})",
            "giltig YAML; text med kolon inom citattecken",
        )
        return Fields(place, problems)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, place, problems)
    problems.add(place, "inga fält", "rader som ”titel: …”")
    return Fields(place, problems)


def _mapping(node: yaml.MappingNode, start: Place, problems: Problems) -> Fields:
    fields = Fields(_place(node, start), problems)
    for key, child in node.value:
        if key.value in fields.values:
            problems.add(_place(key, start), f"fältet ”{key.value}” står två gånger", "varje fält en gång")
        fields.values[key.value] = Value(_place(key, start), _content(child, start, problems))
    return fields


def _content(node: yaml.Node, start: Place, problems: Problems) -> str | tuple[Value, ...] | Fields:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, start, problems)
    if isinstance(node, yaml.SequenceNode):
        return tuple(Value(_place(item, start), _content(item, start, problems)) for item in node.value)
    return str(node.value)


def _place(node: yaml.Node, start: Place) -> Place:
    return Place(start.file, start.line + node.start_mark.line)
