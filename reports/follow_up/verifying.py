"""Checks a report: that it is as it was stored, that it can be built anew, and how today's figures of the same day differ."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from courses.payload import canonical
from organisation.snapshot import snapshot
from reports.bridge import EXPLAINED, TAKE_AWAY
from reports.follow_up.basis import Basis, FigureAt
from reports.follow_up.building import Builder, Undated, build
from reports.follow_up.composing import read_basis
from reports.follow_up.gathering.crossing import Side, crossed
from reports.follow_up.gathering.period import late_completions
from reports.models import FollowUp, Publication

MEASURES = tuple(name for name in FigureAt.__struct_fields__ if name not in ("module", "unit"))


@dataclass(frozen=True)
class Difference:
    """A frozen figure that today's record answers otherwise. `causes` add up to it where a bridge explains the measure."""

    module: str
    unit: str
    measure: str
    frozen: int
    live: int
    causes: Mapping[str, int] = field(default_factory=dict)
    late_completions: int = 0
    """Completions of the period that were recorded after the freezing, where they are stamped."""


@dataclass(frozen=True)
class Verdict:
    """`hashes` says of each stored part whether it is as it was. `is_rebuilt`: building it anew gave the same bytes."""

    number: int
    sha256: str
    hashes: Mapping[str, bool]
    is_rebuilt: bool
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether the report is what was frozen. Differences to today's record are no fault of it."""
        return self.is_rebuilt and all(self.hashes.values())


def verify(follow_up: FollowUp, *, at: dt.datetime) -> Verdict:
    """Check a frozen report, published or not, against itself and against what is recorded at `at`."""
    basis = read_basis(follow_up)
    undated = Undated.of(basis)
    return Verdict(
        number=follow_up.number,
        sha256=follow_up.sha256,
        hashes=dict(_hashes(follow_up)),
        is_rebuilt=canonical(build(follow_up.cycle, follow_up.known_at, undated)) == bytes(follow_up.basis),
        differences=differences(follow_up, basis, at),
    )


def _hashes(follow_up: FollowUp) -> Iterator[tuple[str, bool]]:
    yield "figures", _is(follow_up.basis, follow_up.sha256)
    publication = Publication.objects.filter(follow_up=follow_up).first()
    if publication is None:
        return
    yield "statements", _is(publication.statements, publication.statements_sha256)
    for output in publication.outputs.order_by("errata", "ending"):
        name = f"{output.ending}, {output.errata}" if output.errata else output.ending
        yield name, _is(output.content, output.sha256)


def _is(content: bytes | memoryview, sha256: str) -> bool:
    return hashlib.sha256(bytes(content)).hexdigest() == sha256


def differences(follow_up: FollowUp, basis: Basis, at: dt.datetime) -> tuple[Difference, ...]:
    """Return every figure that is another today, with what was added and removed since, person by person."""
    with snapshot():
        builder = Builder(follow_up.cycle, at, Undated.of(basis))
        live = {(one.module, one.unit): one for one in builder.figures()}
        frozen = {(one.module, one.unit): one for one in basis.figures}
        changed = [key for key in sorted(live.keys() | frozen.keys()) if live.get(key) != frozen.get(key)]
        causes = _causes(builder, follow_up.known_at) if changed else {}
        late = late_completions(builder.day, follow_up.known_at, at, builder.places) if changed else {}
        late_by_name = {
            (builder.slugs[module], builder.territory.id_of(unit)): count
            for (module, unit), count in late.items()
            if module in builder.slugs
        }
    return tuple(
        Difference(*key, measure, was, is_, causes.get((*key, measure), {}), late_by_name.get(key, 0))
        for key in changed
        for measure in MEASURES
        if (was := _value(frozen.get(key), measure)) != (is_ := _value(live.get(key), measure))
    )


def _value(figure: FigureAt | None, measure: str) -> int:
    return int(getattr(figure, measure)) if figure else 0


def _causes(builder: Builder, known_at: dt.datetime) -> dict[tuple[str, str, str], dict[str, int]]:
    then = Side.read(builder.day, known_at, builder.territory_of(builder.day, known_at))
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    for (module, unit, counted, cause), count in crossed(then, builder.side, builder.side).items():
        if module in builder.slugs and counted in EXPLAINED:
            key = builder.slugs[module], builder.territory.id_of(unit), counted
            found.setdefault(key, {})[cause.value] = -count if cause in TAKE_AWAY else count
    return found
