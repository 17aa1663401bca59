"""`make proof`: the properties at full volume. Writes what it found to docs/proof.md."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

DOCUMENT = Path("docs/proof.md")
RESULTS = Path("var/proof.xml")
EXAMPLES = re.compile(r"- (\d+) passing examples, (\d+) failing examples")


def main() -> int:
    """Run every property with its proof profile, those of several processes on PostgreSQL, and write down each outcome."""
    RESULTS.parent.mkdir(exist_ok=True)
    runs = [tried("hypothesis or proof"), tried("proof and postgres", sys.executable, "-m", "tests.with_postgres")]
    cases = [case for _run, cases in runs for case in cases]
    DOCUMENT.write_text(document(cases, "".join(run.stdout for run, _cases in runs)))
    return max(run.returncode for run, _cases in runs)


def tried(chosen: str, *within: str) -> tuple[subprocess.CompletedProcess[str], list[ElementTree.Element]]:
    """Run the chosen tests at full volume, and return what pytest said of them; `within` is a command to run it by."""
    RESULTS.unlink(missing_ok=True)
    run = subprocess.run(
        [
            *within,
            *(sys.executable, "-m", "pytest", "-m", chosen, "--hypothesis-profile=proof", "--hypothesis-show-statistics"),
            *("-p", "no:randomly", f"--junit-xml={RESULTS}"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    print(run.stdout, run.stderr)  # noqa: T201
    if not RESULTS.exists():
        return run, []
    return run, list(ElementTree.parse(RESULTS).iter("testcase"))  # noqa: S314  written by the line above


def document(cases: list[ElementTree.Element], output: str) -> str:
    """Return the document: what ran, when, how many examples, and what failed."""
    examples = sum(int(passing) for passing, _failing in EXAMPLES.findall(output))
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    lines = [f"| {case.get('classname')} | {case.get('name')} | {outcome(case)} |" for case in cases]
    return "\n".join(
        [
            "# Proof",
            "",
            f"Written by `make proof` on {today}. {len(cases)} properties, {examples} examples, {len(failed)} failed.",
            "",
            "| Where | Property | Outcome |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "**failed**"
    return "not run" if case.find("skipped") is not None else f"held, {float(case.get('time', 0)):.0f} s"


if __name__ == "__main__":
    sys.exit(main())
