"""A seal to try things with, and the mark that a city has."""

import datetime as dt
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from certificates.drawing import SealMark
from certificates.pictures import small_mark
from certificates.seal_keys import SealKey, new_test_key
from certificates.sealing import Seal

SEALED_AT = dt.datetime(2026, 11, 15, 9, 30, tzinfo=dt.UTC)


@cache
def a_key() -> SealKey:
    return new_test_key("Tvåälvs stad", SEALED_AT - dt.timedelta(days=30), days=400)


@cache
def a_seal() -> Seal:
    return Seal(a_key())


def a_mark(**changes: Any) -> SealMark:
    mark = SealMark("Tvåälvs stad", "Exempel Utfärdare AB", dt.date(2028, 11, 14), is_test=False)
    return replace(mark, **changes)


def a_picture(side: int = 600) -> bytes:
    """A shield with two waves, on nothing."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, unit = ImageDraw.Draw(picture), side / 12
    pen.polygon([(unit * x, unit * y) for x, y in ((1, 1), (11, 1), (11, 7), (6, 11), (1, 7))], fill=(20, 80, 120, 255))
    for height in (3, 5):
        pen.line([(unit * x, unit * (height + x % 2)) for x in range(2, 11)], fill="white", width=int(unit / 2))
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@cache
def a_logo() -> bytes:
    return small_mark(a_picture())
