"""`make proof`: the properties at full volume. Writes what it found to docs/proof.md, as it goes.

Each property is tried in a process of its own, two at a time. What held is remembered, with the version it held in:
killed in the middle, the next run of the same version goes on with what is left.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

DOCUMENT = Path("docs/proof.md")
MEMORY = Path("var/proof.jsonl")
AT_ONCE = 2
PROPERTIES = "(hypothesis or proof) and not browser"
# What needs several processes in one database.
ON_POSTGRESQL = "proof and postgres"
# Begun first, so that no processor waits for one of them at the end.
LONGEST = ("test_figures_property", "test_visibility_property", "test_bridge_property", "test_attacker", "test_proofs")
# Hypothesis' statistics: a line for each phase of the test that is tried.
EXAMPLES = re.compile(r"- (\d+) passing, \d+ failing, and \d+ invalid test cases$", re.MULTILINE)


@dataclass(frozen=True)
class Result:
    """What came of one property in a version: the examples that passed, if anybody counted them, and the seconds it took."""

    address: str
    version: str
    outcome: str
    examples: int | None
    seconds: float


def main() -> int:
    """Try every property that is not known to hold in this version, and write down the newest outcome of each."""
    version, shared = version_of_project(), addresses(ON_POSTGRESQL)
    every = addresses(PROPERTIES)
    results = {address: result for address, result in remembered().items() if address in every}
    held = {address for address, result in results.items() if (result.version, result.outcome) == (version, "held")}
    left = sorted(set(every) - held, key=lambda address: (address in results, *turn(address)))
    print(f"{len(every)} properties, {len(held)} of them held before in {version}.", flush=True)  # noqa: T201
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = [pool.submit(tried, address, version, on_postgresql=address in shared) for address in left]
        for done in as_completed(begun):
            result = done.result()
            results[result.address] = result
            remember(result)
            print(f"{result.outcome} {result.seconds:5.0f} s  {result.address}", flush=True)  # noqa: T201
            DOCUMENT.write_text(document(results.values(), len(every)))
    DOCUMENT.write_text(document(results.values(), len(every)))
    return int(any(result.outcome != "held" for result in results.values()))


def version_of_project() -> str:
    """Return the commit that is tried; whatever is changed since then is said, and nothing is remembered of it."""
    commit = output_of(["git", "rev-parse", "--short", "HEAD"]).strip()
    changed = output_of(["git", "status", "--porcelain", "--", ".", f":!{DOCUMENT}"]).strip()
    return f"{commit}-changed-{time.time():.0f}" if changed else commit


def addresses(chosen: str) -> list[str]:
    """Return the addresses of the tests with these marks, as pytest writes them."""
    said = output_of([sys.executable, "-m", "pytest", "--collect-only", "-o", "addopts=", "-q", "-m", chosen])
    return [line for line in said.splitlines() if "::" in line]


def output_of(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def turn(address: str) -> tuple[int, str]:
    """Return when a property is begun: the longest first."""
    place = next((place for place, name in enumerate(LONGEST) if name in address), len(LONGEST))
    return place, address


def tried(address: str, version: str, *, on_postgresql: bool) -> Result:
    """Try one property at full volume. What pytest says of one that does not hold is shown."""
    with tempfile.TemporaryDirectory() as folder:
        xml = Path(folder) / "result.xml"
        command = [
            *([sys.executable, "-m", "tests.with_postgres"] if on_postgresql else []),
            *(sys.executable, "-m", "pytest", address, "--hypothesis-profile=proof", "--hypothesis-show-statistics"),
            *("-p", "no:randomly", f"--junit-xml={xml}"),
        ]
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        case = next(ElementTree.parse(xml).iter("testcase"), None) if xml.exists() else None  # noqa: S314  pytest's own
    outcome = outcome_of(case)
    if outcome != "held":
        print(said.stdout, flush=True)  # noqa: T201
    seconds = float(case.get("time", 0)) if case is not None else 0.0
    return Result(address, version, outcome, examples_of(case, said.stdout), seconds)


def outcome_of(case: ElementTree.Element | None) -> str:
    if case is None or case.find("skipped") is not None:
        return "not run"
    return "held" if case.find("failure") is None and case.find("error") is None else "failed"


def examples_of(case: ElementTree.Element | None, said: str) -> int | None:
    """Return how many examples passed: as the test recorded it, or by hypothesis' statistics."""
    recorded = case.find("properties/property[@name='examples']") if case is not None else None
    if recorded is not None:
        return int(recorded.get("value", 0))
    counted = [int(passed) for passed in EXAMPLES.findall(said)]
    return sum(counted) if counted else None


def remember(result: Result) -> None:
    MEMORY.parent.mkdir(exist_ok=True)
    with MEMORY.open("a") as lines:
        lines.write(json.dumps(asdict(result)) + "\n")


def remembered() -> dict[str, Result]:
    """Return the newest result of each property, by address."""
    lines = MEMORY.read_text().splitlines() if MEMORY.exists() else []
    return {result.address: result for result in (Result(**json.loads(line)) for line in lines)}


def document(results: Iterable[Result], count: int) -> str:
    """Return the document: what was tried, on which version, with how many examples, and what failed."""
    known = sorted(results, key=lambda result: result.address)
    held = sum(result.outcome == "held" for result in known)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    return "\n".join(
        [
            "# Proof",
            "",
            f"Written by `make proof` on {today}: {held} of {count} properties held, "
            f"with {sum(result.examples or 0 for result in known)} examples.",
            "",
            "A property is a sentence that must hold for every example. Hypothesis makes the examples, other ones in each run;",
            "where no number stands, the test tries a fixed list. A sample of each runs in `make test`. Each line is the",
            "newest outcome of its property, and says in which version of the project that was.",
            "",
            "| File in `tests/` | Property | Examples | Outcome | Version |",
            "|---|---|---:|---|---|",
            *map(line_of, known),
            "",
        ]
    )


def line_of(result: Result) -> str:
    file, name = result.address.removeprefix("tests/").split("::", 1)
    outcome = f"held, {result.seconds:.0f} s" if result.outcome == "held" else f"**{result.outcome}**"
    return (
        f"| {file} | {name.removeprefix('test_').replace('_', ' ')} | {result.examples or ''} | {outcome} | {result.version} |"
    )


if __name__ == "__main__":
    sys.exit(main())
