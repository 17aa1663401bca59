"""Builds the basis of a report: everything as of the cut-off day, as known at one moment, read as it was at one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from organisation.models import Department, HrImport, the_city
from organisation.snapshot import snapshot
from organisation.tree import Tree
from reports.bridge import EXPLAINED, TAKE_AWAY, Cause
from reports.counting import COUNTED, counts_with_city_on
from reports.follow_up.basis import (
    FIGURES_RULES,
    FIRST_SCHEMA,
    SCHEMA,
    SUPPRESSION_RULES,
    Basis,
    BridgeAt,
    CycleAt,
    EarlierAt,
    FigureAt,
    LateCompletions,
    Rules,
    SourceAt,
    UnitAt,
)
from reports.follow_up.gathering.contents import assignments_of, editions_in, modules_of, sources_on
from reports.follow_up.gathering.crossing import Side, crossed
from reports.follow_up.gathering.period import Counts, certificates_in, late_completions, trained_in
from reports.follow_up.gathering.territory import Territory, lasting, units_of
from reports.models import Cycle, FollowUp, cycle_settings

NOBODY = (0,) * len(COUNTED)


@dataclass(frozen=True)
class Undated:
    """What no moment of knowledge is recorded of. It is read when a report is frozen, and a rebuilding takes it from there."""

    city: str
    principals: frozenset[str]
    threshold: int
    sources: tuple[SourceAt, ...] | None = None
    schema: str = SCHEMA
    suppression: int = SUPPRESSION_RULES

    @property
    def rules(self) -> Rules:
        """The rules that a report is made by. Those of the figures are the software's: they cannot be rebuilt by others."""
        return Rules(figures=FIGURES_RULES, suppression=self.suppression, threshold=self.threshold)

    @classmethod
    def now(cls) -> Undated:
        """Read what is so now; the rest is read in its place."""
        principals = Department.objects.filter(is_other_principal=True).values_list("external_id", flat=True)
        return cls(the_city().name, frozenset(principals), cycle_settings().smallest_shown)

    @classmethod
    def of(cls, basis: Basis) -> Undated:
        """Return what was so when the report was frozen."""
        principals = frozenset(unit.principal for unit in (*basis.units, *basis.closed) if unit.principal)
        return cls(basis.city, principals, basis.rules.threshold, basis.sources, basis.schema, basis.rules.suppression)


def build(cycle: Cycle, known_at: dt.datetime, undated: Undated | None = None) -> Basis:
    """Return the basis. Memory grows with the departments and modules, not with the staff.

    `undated` is what a report was frozen with, when it is rebuilt.
    """
    with snapshot():
        return Builder(cycle, known_at, undated or Undated.now()).basis()


class Builder:
    """One building. What several parts need is read once."""

    def __init__(self, cycle: Cycle, known_at: dt.datetime, undated: Undated) -> None:
        self.cycle, self.known_at, self.undated = cycle, known_at, undated
        self.day = cycle.cut_off_on
        self.from_on = dt.date(cycle.year, 1, 1)
        departments = Department.objects.values_list("pk", "external_id")
        self.ids = dict(departments)
        self.principals = frozenset(pk for pk, external_id in departments if external_id in undated.principals)
        self.territory = self.territory_of(self.day, known_at)
        self.side = Side.read(self.day, known_at, self.territory)
        self.slugs = {module: terms.slug for module, terms in self.side.terms.items()}
        self.places = lasting(self.territory, self.from_on, self.day, known_at)

    def territory_of(self, day: dt.date, known_at: dt.datetime) -> Territory:
        return Territory(Tree.on(day, known_at), self.principals, self.ids)

    def basis(self) -> Basis:
        day, known_at, terms, undated = self.day, self.known_at, self.side.terms, self.undated
        previous = _earlier(self.cycle, known_at, undated.rules)
        files = HrImport.objects.filter(imported_at__lte=known_at)
        return Basis(
            schema=undated.schema,
            cycle=CycleAt(year=self.cycle.year, period=self.cycle.period, from_on=self.from_on, cut_off_on=day),
            known_at=known_at,
            newest_hr_file_on=files.order_by("-as_of").values_list("as_of", flat=True).first(),
            rules=undated.rules,
            city=undated.city,
            units=units_of(self.territory, day, known_at),
            closed=self.closed(previous) if previous else (),
            modules=modules_of(terms, day, known_at, has_goals=undated.schema != FIRST_SCHEMA),
            assignments=assignments_of(terms, self.territory, day, known_at),
            figures=self.figures(),
            previous=previous,
            last_year=_last_year(self.cycle, known_at, undated.rules),
            bridges=self.bridges(previous) if previous else (),
            late=self.late(previous) if previous else (),
            editions=editions_in(self.from_on, day, known_at),
            sources=sources_on(day, known_at) if undated.sources is None else undated.sources,
        )

    def counts(self, side: Side) -> dict[tuple[int, int], tuple[int, ...]]:
        return counts_with_city_on(side.day, side.known_at, side.targets, side.terms, self.principals)

    def figures(self) -> tuple[FigureAt, ...]:
        period = (self.from_on, self.day, self.known_at, self.places)
        counts = self.counts(self.side)
        trained, left = trained_in(*period)
        certificates = certificates_in(*period)
        self.closing = counts
        return tuple(
            FigureAt(
                module=slug,
                unit=self.territory.id_of(unit),
                **dict(zip(COUNTED, counts.get((module, unit), NOBODY), strict=True)),
                trained=trained[module, unit],
                trained_left=left[module, unit],
                certificates=certificates[module, unit],
            )
            for module, slug in self.slugs.items()
            for unit in self.territory.keys
        )

    def closed(self, previous: EarlierAt) -> tuple[UnitAt, ...]:
        """Return the departments that the previous report has and this one has not."""
        day, known_at = previous.cut_off_on, previous.known_at
        then = units_of(self.territory_of(day, known_at), day, known_at)
        here = {self.ids[department] for department in self.territory.tree.parents}
        return tuple(unit for unit in then if unit.id not in here)

    def bridges(self, previous: EarlierAt) -> tuple[BridgeAt, ...]:
        """Every bridge from the previous report: for the modules that there are now, and the units of either report."""
        day = previous.cut_off_on
        then = Side.read(day, previous.known_at, self.territory_of(day, previous.known_at))
        before = Side.read(day, self.known_at, self.territory_of(day, self.known_at))
        parts: dict[tuple[int, int, str], dict[Cause, int]] = {}
        for (module, unit, counted, cause), count in crossed(then, before, self.side).items():
            parts.setdefault((module, unit, counted), {})[cause] = -count if cause in TAKE_AWAY else count
        here = self.territory.tree.parents
        closed = [unit for unit in then.territory.tree.walk() if unit not in here]
        return tuple(
            self._bridge(module, unit, counted, parts.get((module, unit, counted), {}))
            for module in self.slugs
            for unit in (*self.territory.keys, *closed)
            for counted in EXPLAINED
        )

    def _bridge(self, module: int, unit: int, counted: str, parts: Mapping[Cause, int]) -> BridgeAt:
        """Everybody else is counted on both days: so many were there before."""
        closing = self.closing.get((module, unit), NOBODY)[COUNTED.index(counted)]
        return BridgeAt(
            module=self.slugs[module],
            unit=self.territory.id_of(unit),
            counted=counted,
            opening=closing - sum(parts.values()),
            parts={cause.value: parts[cause] for cause in Cause if parts.get(cause)},
            closing=closing,
        )

    def late(self, previous: EarlierAt) -> tuple[LateCompletions, ...]:
        found: Counts = late_completions(previous.cut_off_on, previous.known_at, self.known_at, self.places)
        return tuple(
            LateCompletions(module=slug, unit=self.territory.id_of(unit), count=found[module, unit])
            for module, slug in self.slugs.items()
            for unit in self.territory.keys
            if found[module, unit]
        )


class _Frozen(msgspec.Struct):
    """As much of an earlier basis as a later one names."""

    rules: Rules


def _earlier(cycle: Cycle, known_at: dt.datetime, rules: Rules) -> EarlierAt | None:
    """The report frozen by then of the latest earlier cut-off day."""
    frozen = FollowUp.objects.filter(frozen_at__lte=known_at, cycle__cut_off_on__lt=cycle.cut_off_on)
    return _named(frozen.select_related("cycle").order_by("-cycle__cut_off_on").first(), rules)


def _last_year(cycle: Cycle, known_at: dt.datetime, rules: Rules) -> EarlierAt | None:
    frozen = FollowUp.objects.filter(frozen_at__lte=known_at, cycle__year=cycle.year - 1, cycle__period=cycle.period)
    return _named(frozen.select_related("cycle").first(), rules)


def _named(report: FollowUp | None, rules: Rules) -> EarlierAt | None:
    if report is None:
        return None
    then = msgspec.json.decode(bytes(report.basis), type=_Frozen).rules
    return EarlierAt(
        year=report.cycle.year,
        period=report.cycle.period,
        number=report.number,
        sha256=report.sha256,
        known_at=report.known_at,
        cut_off_on=report.cycle.cut_off_on,
        has_same_rules=then == rules,
    )
