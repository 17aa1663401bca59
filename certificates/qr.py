"""A QR code as a few hundred rectangles in whole numbers: small in the file and quick to draw."""

import re

import segno

# Choosing the mask that looks most even takes four fifths of segno's time. Any mask gives a valid code.
_MASK = 3
_DARK_RUN = re.compile(b"\x01+")


def qr_operators(text: str, left: float, bottom: float, side: float) -> str:
    """PDF operators that fill the dark modules of a square of `side` points; the current colour is used.

    The quiet zone of four modules around it is the caller's to keep free.
    """
    rows = segno.make_qr(text, error="m", mask=_MASK).matrix
    module = side / len(rows)
    rectangles = [
        f"{run.start()} {height} {run.end() - run.start()} 1 re"
        for height, row in enumerate(reversed(rows))
        for run in _DARK_RUN.finditer(row)
    ]
    return f"q {module:.4f} 0 0 {module:.4f} {left:.2f} {bottom:.2f} cm\n" + "\n".join(rectangles) + "\nf Q"
