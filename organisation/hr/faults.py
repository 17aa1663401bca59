"""What is wrong with a file: the place, the value, and what was expected there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Expected(StrEnum):
    """What should have stood where the fault is; `organisation.hr.wording` has the sentences."""

    ROWS = "rows"
    TEXT = "text"
    COLUMN = "column"
    COLUMN_ONCE = "column_once"
    CLOSED_QUOTES = "closed_quotes"
    CELLS = "cells"
    NO_PERSONNUMMER = "no_personnummer"
    LETTERS = "letters"
    NO_EXCEL_FAULT = "no_excel_fault"
    NO_FORMULA = "no_formula"
    WHOLE_NUMBER = "whole_number"
    VALUE = "value"
    SHORTER = "shorter"
    KIND = "kind"
    YES_OR_NO = "yes_or_no"
    YES_NO_OR_EMPTY = "yes_no_or_empty"
    DAY = "day"
    DAY_OR_EMPTY = "day_or_empty"
    NOT_BEFORE = "not_before"
    FIRST_DAY_TOO = "first_day_too"
    ADDRESS = "address"
    UNIT_ONCE = "unit_once"
    KNOWN_PARENT = "known_parent"
    TREE = "tree"
    KNOWN_MANAGER = "known_manager"
    KNOWN_UNIT = "known_unit"
    SAME_PERSON = "same_person"
    SAME_ADDRESS = "same_address"
    OWN_ADDRESS = "own_address"
    FREE_ADDRESS = "free_address"
    NO_OVERLAP = "no_overlap"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse a file. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    expected: Expected
    row: int | None = None
    column: str = ""
    value: str = ""
    about: dict[str, object] = field(default_factory=dict)
