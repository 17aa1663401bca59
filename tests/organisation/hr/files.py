"""HR files for tests and measuring: the dullest right rows, and large files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from organisation.hr.reading import HrFile

DEPARTMENT_HEADER = "enhet;namn;typ;overordnad;chef"
PEOPLE_HEADER = "anstallningsnummer;fornamn;efternamn;epost;enhet;befattning;moter_barn_unga;fran;till"
DEPARTMENTS, PEOPLE = "enheter.csv", "personer.csv"
MONDAY = dt.date(2026, 3, 2)
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def department(unit: str = "D1", name: str = "", kind: str = "enhet", parent: str = "", manager: str = "") -> str:
    """Return a row."""
    return f"{unit};{name or f'Enhet {unit}'};{kind};{parent};{manager}"


def person(
    number: str = "1001",
    first: str = "Alva",
    last: str = "",
    address: str | None = None,
    unit: str = "D1",
    occupation: str = "Lärare",
    young: str = "ja",
    start: str = "2020-08-01",
    till: str = "",
) -> str:
    """Return a row; the address follows from the number."""
    address = f"p{number}@example.se".lower() if address is None else address
    return ";".join([number, first, last or f"Test{number}", address, unit, occupation, young, start, till])


def departments_file(*rows: str, header: str = DEPARTMENT_HEADER) -> HrFile:
    """Return a file of departments; of D1 alone if no rows are given."""
    return HrFile(DEPARTMENTS, "\r\n".join([header, *(rows or (department(),)), ""]).encode())


def people_file(*rows: str, header: str = PEOPLE_HEADER) -> HrFile:
    """Return a file of people; of one if no rows are given."""
    return HrFile(PEOPLE, "\r\n".join([header, *(rows or (person(),)), ""]).encode())


def large_departments(count: int) -> HrFile:
    """Return a file of a top and units below it."""
    rows = (department(f"D{number}", parent="D0" if number else "", manager="P0") for number in range(count))
    return departments_file(*rows)


def large_people(count: int, units: int, *, changed: Iterable[int] = ()) -> HrFile:
    """Return a file of that many employments, one a person; `changed` have another occupation."""
    other = frozenset(changed)
    rows = (
        person(
            f"P{number}",
            unit=f"D{number % units}",
            occupation="Rektor" if number in other else ("Lärare", "Fritidsledare", "Kurator")[number % 3],
            start=(dt.date(2015, 1, 1) + dt.timedelta(days=number * 7 % 4000)).isoformat(),
        )
        for number in range(count)
    )
    return people_file(*rows)
