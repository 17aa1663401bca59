"""Knows a personnummer (or samordningsnummer) when it sees one, so that none is ever stored."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

# Years with or without a century, a separator of any kind or none. Not part of a longer number.
CANDIDATE = re.compile(r"(?<![0-9])(?:(18|19|20)([0-9]{6})|([0-9]{6}))([-+–− \u00a0]?)([0-9]{4})(?![0-9])")
DASHES = frozenset("-+–−")
COLUMN = re.compile(r"person(nummer|nr)|^p(ers)?nr$|^pnum|samordning|^ssn$")
# The day of a samordningsnummer is raised by this.
COORDINATION = 60


def is_column(name: str) -> bool:
    """Whether a column's name says that it holds personnummer."""
    return COLUMN.search(re.sub(r"[^a-zåäö]", "", name.casefold())) is not None


def find(text: str) -> Iterator[str]:
    """Yield whatever in the text looks like a personnummer: a real day, and a dash before the last four or a right check digit.

    With a dash it is written as one, so a mistyped digit makes it nothing else.
    """
    for found in CANDIDATE.finditer(text):
        century, long, short, dash, tail = found.groups()
        digits = (long or short) + tail
        if _is_day(century, digits[:6]) and (dash in DASHES or _is_checked(digits)):
            yield found.group()


def is_in(text: str) -> bool:
    """Whether there is a possible personnummer in the text."""
    return next(find(text), None) is not None


def masked(text: str) -> str:
    """Return the text with every digit but the first two of each personnummer hidden."""
    for number in find(text):
        text = text.replace(number, number[:2] + re.sub("[0-9]", "•", number[2:]))
    return text


def _is_day(century: str | None, digits: str) -> bool:
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= COORDINATION if day > COORDINATION else 0
    return any(_exists(int(hundreds) * 100 + year, month, day) for hundreds in ([century] if century else ["19", "20"]))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_checked(digits: str) -> bool:
    """Luhn's sum over ten digits."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
