"""Says to people what is wrong with a file, and what an import changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from organisation.hr.differences import Changes
from organisation.hr.faults import Expected, Fault
from organisation.hr.report import Counts, counts_of, is_empty, lists_of

EXPECTED: dict[Expected, Any] = {
    Expected.ROWS: gettext_lazy("a first row with the names of the columns, and at least one row below it"),
    Expected.TEXT: gettext_lazy("a text file, saved as CSV in UTF-8 or Windows-1252"),
    Expected.COLUMN: gettext_lazy("a column with this name in the first row"),
    Expected.COLUMN_ONCE: gettext_lazy("only one column with this name"),
    Expected.CLOSED_QUOTES: gettext_lazy("quotation marks that are closed and stand around a whole value"),
    Expected.CELLS: gettext_lazy(
        "at most %(count)s values, as in the first row; a value with a separator stands in quotation marks"
    ),
    Expected.NO_PERSONNUMMER: gettext_lazy("no personnummer anywhere; persons are known by their employee number"),
    Expected.LETTERS: gettext_lazy("letters that have survived; the file was saved with the wrong encoding"),
    Expected.NO_EXCEL_FAULT: gettext_lazy("a value, not Excel's sign that a formula failed"),
    Expected.NO_FORMULA: gettext_lazy("a value that does not begin like a formula, with =, + or @"),
    Expected.WHOLE_NUMBER: gettext_lazy("the whole number; Excel has shortened it"),
    Expected.VALUE: gettext_lazy("a value"),
    Expected.SHORTER: gettext_lazy("at most %(most)s characters"),
    Expected.KIND: gettext_lazy("forvaltning, verksamhet or enhet"),
    Expected.YES_OR_NO: gettext_lazy("ja or nej"),
    Expected.YES_NO_OR_EMPTY: gettext_lazy("ja, nej or nothing"),
    Expected.DAY: gettext_lazy("a day written as 2026-08-31, between 1900 and 2999"),
    Expected.DAY_OR_EMPTY: gettext_lazy("a day written as 2026-08-31, between 1900 and 2999, or nothing"),
    Expected.NOT_BEFORE: gettext_lazy("a last day that is not before the first day, %(other)s"),
    Expected.FIRST_DAY_TOO: gettext_lazy("a first day, as there is a last one"),
    Expected.ADDRESS: gettext_lazy("an e-mail address, for instance namn@example.se, or nothing"),
    Expected.UNIT_ONCE: gettext_lazy("each unit once; it stands on row %(other)s too"),
    Expected.KNOWN_PARENT: gettext_lazy("a unit that stands in the file, or nothing for the top"),
    Expected.TREE: gettext_lazy("a unit that is not below this one; now they go round in a circle: %(path)s"),
    Expected.KNOWN_MANAGER: gettext_lazy("an employee number that stands in %(other)s, or nothing"),
    Expected.KNOWN_UNIT: gettext_lazy("a unit that stands in %(other)s"),
    Expected.SAME_PERSON: gettext_lazy("one person for each number; row %(other)s says that %(number)s is %(name)s"),
    Expected.SAME_ADDRESS: gettext_lazy("one address for each person; row %(other)s has another for %(number)s"),
    Expected.OWN_ADDRESS: gettext_lazy("an address of one person; row %(other)s gives it to %(number)s"),
    Expected.FREE_ADDRESS: gettext_lazy(
        "an address that is free; an account that does not come from the HR system has it, so change that one first"
    ),
    Expected.NO_OVERLAP: gettext_lazy(
        "a period that does not overlap the same person's employment in the same unit on row %(other)s"
    ),
    Expected.NOBODY_LEFT: gettext_lazy(
        "this unit in the file; somebody whom the HR system does not know works there, so it cannot be closed"
    ),
}
KINDS = {
    "departments": gettext_lazy("Departments"),
    "employments": gettext_lazy("Employments"),
    "people": gettext_lazy("People"),
    "absences": gettext_lazy("Absences"),
}
WAYS = {
    "new": gettext_lazy("new"),
    "moved": gettext_lazy("moved"),
    "ended": gettext_lazy("ended"),
    "renamed": gettext_lazy("renamed"),
    "manager": gettext_lazy("with another manager"),
    "changed": gettext_lazy("changed from the day"),
    "corrected": gettext_lazy("corrected backwards in time"),
    "new_address": gettext_lazy("with another address"),
    "left": gettext_lazy("without employment, address released"),
    "returned": gettext_lazy("returned"),
    "unchanged": gettext_lazy("unchanged"),
}
COUNTED = {
    "new": ngettext_lazy("%(count)s new", "%(count)s new", "count"),
    "moved": ngettext_lazy("%(count)s moved", "%(count)s moved", "count"),
    "ended": ngettext_lazy("%(count)s ended", "%(count)s ended", "count"),
    "renamed": ngettext_lazy("%(count)s renamed", "%(count)s renamed", "count"),
    "manager": ngettext_lazy("%(count)s with another manager", "%(count)s with another manager", "count"),
    "changed": ngettext_lazy("%(count)s changed from the day", "%(count)s changed from the day", "count"),
    "corrected": ngettext_lazy("%(count)s corrected backwards in time", "%(count)s corrected backwards in time", "count"),
    "new_address": ngettext_lazy("%(count)s with another address", "%(count)s with another address", "count"),
    "left": ngettext_lazy(
        "%(count)s without employment, address released", "%(count)s without employment, address released", "count"
    ),
    "returned": ngettext_lazy("%(count)s returned", "%(count)s returned", "count"),
    "unchanged": ngettext_lazy("%(count)s unchanged", "%(count)s unchanged", "count"),
}
"""The same of so many."""
# More than these nobody reads on a screen.
LINES = 20


def fault_text(fault: Fault) -> str:
    """Return one sentence: file, row, column, value, and what was expected."""
    place = [fault.file]
    if fault.row is not None:
        place.append(_("row %(row)s") % {"row": fault.row})
    if fault.column:
        place.append(_("column %(column)s") % {"column": fault.column})
    value = " " + _("“%(value)s”.") % {"value": fault.value} if fault.value else ""
    expected = str(EXPECTED[fault.expected]) % fault.about
    return _("%(place)s:%(value)s Expected: %(expected)s.") % {
        "place": ", ".join(place),
        "value": value,
        "expected": expected,
    }


def fault_texts(faults: Iterable[Fault]) -> list[str]:
    """Return a sentence a fault."""
    return [fault_text(fault) for fault in faults]


def large_text(changes: Changes) -> str:
    """Say why a file that ends many employments is refused."""
    employments = changes.employments
    share = 100 * len(employments.ended) / employments.live_before
    text = _(
        "%(ended)s of %(all)s employments would end (%(share)s %%), which is more than 5 %%. Look at whether the file is whole."
    )
    return text % {"ended": len(employments.ended), "all": employments.live_before, "share": f"{share:.1f}".replace(".", ",")}


def as_text(changes: Changes, ignored: dict[str, list[str]], *, dry_run: bool) -> str:
    """Return what changes as one readable block; the lists only when nothing is done yet."""
    counts = counts_of(changes)
    lines = [_title(changes, dry_run)]
    lines += count_lines(counts)
    for file, columns in ignored.items():
        lines.append(_("Ignored columns in %(file)s: %(columns)s.") % {"file": file, "columns": ", ".join(columns)})
    if is_empty(counts):
        lines.append(_("Nothing changes."))
    elif dry_run:
        lines += _list_lines(changes)
    return "\n".join(lines)


def count_lines(counts: Counts) -> list[str]:
    """Return one line a kind of thing: how many change in what way."""
    lines = []
    for kind, numbers in counts.items():
        told = [COUNTED[way] % {"count": number} for way, number in numbers.items() if number] or [_("none")]
        lines.append(f"{KINDS[kind]}: {', '.join(told)}")
    return lines


@dataclass(frozen=True)
class Way:
    """What happens to how many things of a kind, and which; `more` are not listed."""

    label: str
    lines: list[str]
    more: int


@dataclass(frozen=True)
class Section:
    """Everything that happens to one kind of thing."""

    title: str
    ways: list[Way]


Names = dict[str, dict[str, str]]
"""Of departments by id, of persons by employee number."""


def sections_of(preview: dict[str, Any]) -> list[Section]:
    """Return what would change, for a page.

    `preview` is the answer of a dry run, perhaps with shortened lists, with the `names` of what they hold.
    """
    found = []
    for kind, title in KINDS.items():
        lists = preview["lists"].get(kind, {})
        ways = [
            _way(kind, way, number, lists.get(way, []), preview["names"]) for way, number in preview[kind].items() if number
        ]
        found.append(Section(str(title), ways))
    return found


def _way(kind: str, way: str, number: int, lines: Sequence[Sequence[str]], names: Names) -> Way:
    return Way(COUNTED[way] % {"count": number}, [_told(kind, way, line, names) for line in lines], number - len(lines))


def _told(kind: str, way: str, line: Sequence[str], names: Names) -> str:
    """Return a line with the names of the departments and persons in it."""
    units, persons = names["departments"], names["people"]
    whose, *what = line
    if way == "renamed":
        return _line(line)
    if way == "moved":
        what = [units.get(unit, unit) for unit in what]
    if kind == "departments":
        told = {"moved": what, "manager": [_with_id(persons.get(number, ""), number) for number in what]}
        return _line([_with_id(units.get(whose, ""), whose), *told.get(way, [])])
    subject = _with_id(persons.get(whose, ""), whose)
    if kind == "employments" and way != "moved":
        subject = f"{subject}, {_with_id(units.get(what[0], ''), what[0])}"
        what = what[1:]
    return _line([subject, *what])


def _with_id(name: str, key: str) -> str:
    return f"{name} ({key})" if name else key


def _line(line: Iterable[str]) -> str:
    whose, *what = line
    return f"{whose}: {' → '.join(part or '–' for part in what)}" if what else whose


def _title(changes: Changes, dry_run: bool) -> str:
    day = date_format(changes.as_of, "j F Y")
    if dry_run:
        return _("This would change from %(day)s. Nothing has been changed yet.") % {"day": day}
    return _("Imported from %(day)s.") % {"day": day}


def _list_lines(changes: Changes) -> Iterator[str]:
    for kind, ways in lists_of(changes).items():
        for way, lines in ways.items():
            if lines:
                yield ""
                yield f"{KINDS[kind]}, {WAYS[way]}:"
                yield from ("  " + _line(line) for line in lines[:LINES])
            if len(lines) > LINES:
                yield "  " + _("and %(count)s more; --format json lists all") % {"count": len(lines) - LINES}
