"""The legal sources as a reader finds them: law by law, with where each is used today."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from courses.models import EditionSource, LegalSource
from courses.reading import modules_in_force

_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class LegalUse:
    """A step of an edition in force that rests on a provision."""

    module_slug: str
    module_title: str
    step_slug: str
    step_title: str


@dataclass(frozen=True)
class Provision:
    """A provision with its latest check (`source.checked_on` and so on), and where it is used today."""

    source: LegalSource
    uses: tuple[LegalUse, ...]
    is_overdue: bool
    """Never checked, or past its day to be checked again."""


@dataclass(frozen=True)
class Law:
    """A law with its provisions in the law's own order."""

    name: str
    sfs: str
    provisions: tuple[Provision, ...]


def laws_on(day: dt.date) -> list[Law]:
    """Return every law with its provisions, by name; three queries."""
    found = sorted(provisions_on(day), key=lambda one: (one.source.law.casefold(), one.source.sfs, _place(one.source)))
    grouped = groupby(found, key=lambda one: (one.source.law, one.source.sfs))
    return [Law(name, sfs, tuple(provisions)) for (name, sfs), provisions in grouped]


def provisions_on(day: dt.date, key: str = "") -> list[Provision]:
    """Return every provision, or the one with a key, as it stands on a day; three queries."""
    asked = LegalSource.objects.with_check()
    sources = list(asked.filter(key=key) if key else asked)
    uses = _uses_by_source(sources, day)
    overdue = set(LegalSource.objects.overdue_on(day).values_list("pk", flat=True))
    return [Provision(source, tuple(uses[source.pk]), source.pk in overdue) for source in sources]


def _uses_by_source(sources: Iterable[LegalSource], day: dt.date) -> Mapping[int, list[LegalUse]]:
    modules = modules_in_force(day)
    rows = EditionSource.objects.filter(edition__in=[module.edition for module in modules], source__in=sources)
    used = set(rows.values_list("edition_id", "step_key", "source_id"))
    uses: dict[int, list[LegalUse]] = defaultdict(list)
    by_step: dict[tuple[int, str], list[int]] = defaultdict(list)
    for edition, step, source in used:
        by_step[edition, step].append(source)
    for module in modules:
        for line in module.lines:
            use = LegalUse(module.edition.module.slug, module.edition.title, line.slug, line.title)
            for source in by_step.get((module.edition.pk, line.key), ()):
                uses[source].append(use)
    return uses


def _place(source: LegalSource) -> list[tuple[int, str]]:
    """Chapter and section with their numbers as numbers, so that 9 comes before 10, and 7 g between 7 and 8."""
    parts = _NUMBER.split(f"{source.chapter or 0} | {source.section}")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
