"""Random organisations, as rows of HR files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from organisation.hr.reading import HrFile
from tests.organisation.hr.files import (
    DEPARTMENT_HEADER,
    DEPARTMENTS,
    MONDAY,
    PEOPLE,
    PEOPLE_HEADER,
    department,
    person,
)

UNITS, NUMBERS = 5, 7
HEADER = f"{PEOPLE_HEADER};franvarande_fran;franvarande_till;skyddad"
EARLIEST = MONDAY - dt.timedelta(days=90)


@dataclass(frozen=True)
class World:
    """Two files by their rows; `parents`, `names` and `managers` by unit; `days` by (number, unit): first, last, occupation."""

    parents: dict[str, str]
    names: dict[str, str]
    managers: dict[str, str]
    addresses: dict[str, str]
    protected: frozenset[str]
    days: dict[tuple[str, str], list[tuple[dt.date, dt.date | None, str]]]
    absences: dict[str, tuple[dt.date, dt.date | None]]

    def departments_file(self, separator: str = ";", encoding: str = "utf-8") -> HrFile:
        rows = [
            department(unit, self.names[unit], "enhet", parent, self.managers[unit]) for unit, parent in self.parents.items()
        ]
        return _file(DEPARTMENTS, DEPARTMENT_HEADER, rows, separator, encoding)

    def people_file(self, separator: str = ";", encoding: str = "utf-8") -> HrFile:
        rows = [
            person(
                number, unit=unit, address=self.addresses[number], occupation=occupation, start=str(first), till=str(last or "")
            )
            + self._rest(number)
            for (number, unit), stretches in self.days.items()
            for first, last, occupation in stretches
        ]
        return _file(PEOPLE, HEADER, rows, separator, encoding)

    def _rest(self, number: str) -> str:
        first, last = self.absences.get(number, ("", None))
        return f";{first};{last or ''};{'ja' if number in self.protected else 'nej'}"

    def employed_on(self, day: dt.date) -> set[tuple[str, str, str]]:
        """Return (number, unit, occupation) of those who work that day."""
        return {
            (number, unit, occupation)
            for (number, unit), stretches in self.days.items()
            for first, last, occupation in stretches
            if first <= day and (last is None or day <= last)
        }


def _file(name: str, header: str, rows: list[str], separator: str, encoding: str) -> HrFile:
    return HrFile(name, "\n".join([header, *rows]).replace(";", separator).encode(encoding))


days_of_employment = st.integers(0, 180).map(lambda number: EARLIEST + dt.timedelta(days=number))


@st.composite
def periods(draw: st.DrawFn) -> list[tuple[dt.date, dt.date | None, str]]:
    """Draw one or two employments in the same unit, one after the other."""
    bounds = sorted(draw(st.sets(days_of_employment, min_size=1, max_size=4)))
    found: list[tuple[dt.date, dt.date | None, str]] = []
    while bounds:
        first = bounds.pop(0)
        found.append((first, bounds.pop(0) if bounds else None, draw(st.sampled_from(["Lärare", "Kurator"]))))
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw an organisation; every address belongs to one number, but not always to the same."""
    units = [f"D{number}" for number in sorted(draw(st.sets(st.integers(0, UNITS - 1), min_size=1)))]
    numbers = [f"10{number}" for number in sorted(draw(st.sets(st.integers(0, NUMBERS - 1), min_size=1)))]
    addresses = draw(st.permutations([f"a{number}@example.se" for number in range(NUMBERS)]))
    pairs = draw(st.sets(st.tuples(st.sampled_from(numbers), st.sampled_from(units)), min_size=1, max_size=9))
    employed = sorted({number for number, _unit in pairs})
    return World(
        parents={unit: draw(st.sampled_from(["", *units[:place]])) for place, unit in enumerate(units)},
        names={unit: draw(st.sampled_from(["Norr", "Söder", "Ängen"])) for unit in units},
        managers={unit: draw(st.sampled_from(["", *employed])) for unit in units},
        addresses={number: draw(st.sampled_from(["", address])) for number, address in zip(numbers, addresses, strict=False)},
        protected=draw(st.frozensets(st.sampled_from(employed))),
        days={pair: draw(periods()) for pair in sorted(pairs)},
        absences={
            number: (first, draw(st.sampled_from([None, first + dt.timedelta(days=20)])))
            for number in draw(st.sets(st.sampled_from(employed)))
            for first in [draw(days_of_employment)]
        },
    )
