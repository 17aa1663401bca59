"""The QR code on paper is the one that segno made."""

import re

import pytest
import segno

from certificates.qr import qr_operators

ADDRESS = "https://utbildning.tvaalv.example/intyg/7Q4K9XTBM2WE0F32"


def _drawn(operators: str) -> set[tuple[int, int]]:
    """The dark modules, each by its column and its height above the lowest row."""
    rectangles = re.findall(r"^(\d+) (\d+) (\d+) 1 re$", operators, re.MULTILINE)
    return {(int(left) + step, int(height)) for left, height, width in rectangles for step in range(int(width))}


def test_it_draws_every_dark_module_and_no_other() -> None:
    rows = segno.make_qr(ADDRESS, error="m", mask=3).matrix

    drawn = _drawn(qr_operators(ADDRESS, 0, 0, 80))

    assert drawn == {
        (column, len(rows) - 1 - row) for row, modules in enumerate(rows) for column, dark in enumerate(modules) if dark
    }


def test_it_fills_the_square_that_it_is_given() -> None:
    operators = qr_operators(ADDRESS, 445, 86, 80)

    scale = float(operators.split()[1])
    assert operators.startswith(f"q {scale:.4f} 0 0 {scale:.4f} 445.00 86.00 cm")
    assert scale * (max(column for column, _ in _drawn(operators)) + 1) == pytest.approx(80, abs=0.01)
