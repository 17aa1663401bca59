"""What a report of 2,000 units hides, with two earlier ones out; the floor: reading the numbers and nothing else."""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import time
from collections import Counter
from random import Random

from reports.follow_up.basis import Basis, BridgeAt, CycleAt, EarlierAt, FigureAt, ModuleAt, Rules, UnitAt
from reports.suppression import Shown, protect
from reports.suppression.numbers import Numbers

UNITS = 2000
MODULES = ("a", "b", "c")
STAFF = {"600 staff a unit": 600, "30 staff a unit": 30, "6 staff a unit": 6}
CAUSES = ("completed", "employed", "moved_in", "stopped_working", "moved_out", "expired")


def main() -> None:
    """Print a row for each size, each in a process of its own."""
    print("| units, modules, reports out | floor, s | protect, s | grown by, MB | rows | cells of | parts of |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for name in STAFF:
        subprocess.run([sys.executable, "-m", "bench.suppression", name], check=True)


def measure(name: str) -> None:
    """Print one row."""
    random = Random(STAFF[name])
    bases = [basis(random, STAFF[name], number) for number in range(3)]
    shown: list[Shown] = []
    for one in bases[:2]:
        shown.append(Shown(basis=one, hidden=protect(one, shown)))
    begun = time.perf_counter()
    Numbers.read(bases[2])
    floor = time.perf_counter() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    hidden = protect(bases[2], shown)
    seconds = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    cells = sum(getattr(row, field) > 0 for row in bases[2].figures for field in FigureAt.__struct_fields__[2:])
    parts = sum(len(bridge.parts) for bridge in bases[2].bridges)
    counts = f"{len(hidden.rows)} | {len(hidden.cells)} of {cells} | {len(hidden.parts)} of {parts}"
    print(f"| {UNITS}, {len(MODULES)}, 2; {name} | {floor:.2f} | {seconds:.2f} | {grown:.0f} | {counts} |", flush=True)


def basis(random: Random, staff: int, number: int) -> Basis:
    """Return a report of a town of four levels, in which some have done more at each cut-off."""
    parents = {f"u{unit}": "" if unit < 12 else f"u{(unit - 12) // 7}" for unit in range(UNITS)}
    bases = [(module, *summed_up(random, parents, staff, number)) for module in MODULES]
    return Basis(
        cycle=CycleAt(year=2026, period=str(number), from_on=dt.date(2026, 1, 1), cut_off_on=dt.date(2026, 4 + 4 * number, 30)),
        known_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        newest_hr_file_on=None,
        rules=Rules(figures=1, suppression=1, threshold=5),
        city="Staden",
        units=tuple(UnitAt(id=unit, name=unit, kind="", parent=parent) for unit, parent in parents.items()),
        modules=tuple(a_module(module) for module in MODULES),
        assignments=(),
        figures=tuple(figure(module, unit, count) for module, counts, _parts in bases for unit, count in counts.items()),
        previous=earlier(number - 1) if number else None,
        last_year=None,
        bridges=tuple(bridge(module, unit, part) for module, _counts, parts in bases for unit, part in parts.items() if number),
        late=(),
        editions=(),
        sources=(),
    )


def summed_up(
    random: Random, parents: dict[str, str], staff: int, number: int
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Return the counts and the bridges' parts of each unit with everything below it."""
    counts = {unit: Counter[str]() for unit in ("", *parents)}
    parts = {unit: Counter[str]() for unit in ("", *parents)}
    inner = set(parents.values())
    for unit in parents:
        here = random.randrange(staff // 5 + 1) if unit in inner else random.randrange(2 * staff)
        own, moved = people(random, here, number)
        above = unit
        while True:
            counts[above] += own
            parts[above] += moved
            if not above:
                break
            above = parents[above]
    return counts, parts


def people(random: Random, here: int, number: int) -> tuple[Counter[str], Counter[str]]:
    """Return how far those in one place have come, and what changed there."""
    done = here * (2 + 3 * number) // 10 + random.randint(-2, 2)
    completed = min(here, max(0, done))
    valid = completed - min(completed, random.choice((0, 0, 0, 1, 3)))
    late = (here - completed) // random.choice((1, 2, 4))
    counts = {
        "target": here,
        "exempt": random.choice((0, 0, 0, 1)),
        "offered": here - min(here, random.choice((0, 0, 1))),
        "started": min(here, completed + random.randrange(4)),
        "completed": completed,
        "valid": valid,
        "refresher": valid // 7,
        "overdue": completed - valid + late,
        "trained": completed,
        "trained_left": min(completed, random.choice((0, 0, 1))),
        "certificates": completed,
    }
    moved = Counter({cause: random.randrange(here // 8 + 2) for cause in CAUSES})
    return Counter(counts), moved


def figure(module: str, unit: str, count: Counter[str]) -> FigureAt:
    """Return a unit's figure."""
    return FigureAt(module=module, unit=unit, **{name: count[name] for name in FigureAt.__struct_fields__[2:]})


def bridge(module: str, unit: str, parts: Counter[str]) -> BridgeAt:
    """Return a unit's bridge of what is completed."""
    closing = 10_000 + parts.total()
    return BridgeAt(module=module, unit=unit, counted="completed", opening=10_000, parts=dict(parts), closing=closing)


def earlier(number: int) -> EarlierAt:
    """Return an earlier report's name."""
    known_at = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    cut_off_on = dt.date(2026, 4 + 4 * number, 30)
    return EarlierAt(
        year=2026,
        period=str(number),
        number=number,
        sha256="",
        known_at=known_at,
        cut_off_on=cut_off_on,
        has_same_rules=True,
    )


def a_module(slug: str) -> ModuleAt:
    """Return a module."""
    return ModuleAt(
        slug=slug,
        title=slug,
        edition="1.0",
        edition_sha256="",
        in_force_from=dt.date(2026, 1, 1),
        reviewed_by_jurist=True,
        validity_months=24,
        refresher_days=90,
        minutes=30,
    )


if __name__ == "__main__":
    measure(sys.argv[1])
