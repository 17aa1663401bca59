"""`make proof`: the properties at full volume. Writes what it found to docs/proof.md."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

DOCUMENT = Path("docs/proof.md")
RESULTS = Path("var/proof.xml")
# Hypothesis' statistics: the name of a test, and below it a line for each phase.
NAME = re.compile(r"^(tests/\S+\.py::.+):$")
EXAMPLES = re.compile(r"- (\d+) passing, (\d+) failing, and \d+ invalid test cases$")


@dataclass
class Run:
    """What pytest said: its exit code, each test, and how many examples of it passed, by the test's address."""

    returncode: int
    cases: list[ElementTree.Element] = field(default_factory=list)
    passed: dict[str, int] = field(default_factory=dict)


def main() -> int:
    """Run every property with its proof profile, those of several processes on PostgreSQL, and write down each outcome."""
    RESULTS.parent.mkdir(exist_ok=True)
    runs = [
        tried("(hypothesis or proof) and not browser", ["-n", "2", "--dist", "worksteal"]),
        tried("proof and postgres", [], within=[sys.executable, "-m", "tests.with_postgres"]),
    ]
    DOCUMENT.write_text(document(runs))
    return max(run.returncode for run in runs)


def tried(chosen: str, options: list[str], within: list[str] | None = None) -> Run:
    """Run the chosen tests at full volume, showing what pytest says; `within` is a command to run it by."""
    RESULTS.unlink(missing_ok=True)
    command = [
        *(within or []),
        *(sys.executable, "-m", "pytest", "-m", chosen, "--hypothesis-profile=proof", "--hypothesis-show-statistics"),
        *("-p", "no:randomly", f"--junit-xml={RESULTS}", *options),
    ]
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)  # noqa: T201
            said.append(line.rstrip())
    cases = list(ElementTree.parse(RESULTS).iter("testcase")) if RESULTS.exists() else []  # noqa: S314  pytest's own
    return Run(process.returncode, cases, examples_in(said))


def examples_in(said: list[str]) -> dict[str, int]:
    """Return how many examples of each property passed, by hypothesis' statistics."""
    passed: dict[str, int] = {}
    name = ""
    for line in said:
        if found := NAME.match(line):
            name = found[1]
        elif found := EXAMPLES.search(line):
            passed[name] = passed.get(name, 0) + int(found[1])
    return passed


def document(runs: list[Run]) -> str:
    """Return the document: what ran, when, on which version, how many examples, and what failed."""
    passed = {name: count for run in runs for name, count in run.passed.items()}
    # The second run tries again what the first had no PostgreSQL for.
    cases = {address_of(case): case for run in runs for case in run.cases}
    failed = sum(map(has_failed, cases.values()))
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    version = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
    lines = [
        f"| {address.split('::')[0].removeprefix('tests/')} | {words(address)} | {passed.get(address, '')} | {outcome(case)} |"
        for address, case in sorted(cases.items())
    ]
    return "\n".join(
        [
            "# Proof",
            "",
            f"Written by `make proof` on {today}, of version {version}: "
            f"{len(cases)} properties, {sum(passed.values())} examples, {failed} failed.",
            "",
            "A property is a sentence that must hold for every example. Hypothesis makes the examples, other ones in each run;",
            "where no number stands, the test counts by itself. A sample of each runs in `make test`.",
            "",
            "| File in `tests/` | Property | Examples | Outcome |",
            "|---|---|---:|---|",
            *lines,
            "",
        ]
    )


def address_of(case: ElementTree.Element) -> str:
    """Return a test's address as pytest and hypothesis write it."""
    return f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"


def words(address: str) -> str:
    """Return a test's name as a sentence."""
    return address.split("::")[1].removeprefix("test_").replace("_", " ")


def has_failed(case: ElementTree.Element) -> bool:
    return case.find("failure") is not None or case.find("error") is not None


def outcome(case: ElementTree.Element) -> str:
    if has_failed(case):
        return "**failed**"
    return "not run" if case.find("skipped") is not None else f"held, {float(case.get('time', 0)):.0f} s"


if __name__ == "__main__":
    sys.exit(main())
