"""A city's mark on documents: made small once when it is handed in, and put into a PDF as it is."""

import zlib
from io import BytesIO

from PIL import Image, ImageChops, UnidentifiedImageError

from certificates.tagging import ArchivalStream, compressed_stream

MOST_BYTES = 2_000
"""What a mark may add to each certificate."""
_MOST_PIXELS = 40_000_000
_SIDES = (360, 300, 240, 200, 160, 120, 96)
_COLOURS = (24, 12, 6)
_WHITE = (255, 255, 255)


class NotAPicture(ValueError):
    """The file cannot be read as a picture, or is far too large to be a mark."""


def small_mark(content: bytes) -> bytes:
    """The picture as a PNG on white in few colours, as large as a certificate has room for. Raises NotAPicture."""
    picture = _read(content)
    for side in _SIDES:
        smaller = picture.copy()
        smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
        for colours in _COLOURS:
            few = _in_few_colours(smaller, colours)
            if len(_pixels(few)) <= MOST_BYTES:
                return _png(few)
    raise NotAPicture("too detailed")


def _read(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotAPicture("too large")
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise NotAPicture(str(fault)) from fault
    page = Image.new("RGB", picture.size, _WHITE)
    page.paste(picture, mask=picture)
    drawn = ImageChops.difference(page, Image.new("RGB", page.size, _WHITE)).getbbox()
    if drawn is None:
        raise NotAPicture("empty")
    return page.crop(drawn)


def _in_few_colours(picture: Image.Image, colours: int) -> Image.Image:
    """The picture in so many colours, of which one is white and not nearly so: its ground must not show on paper."""
    few = picture.quantize(colours, dither=Image.Dither.NONE)
    palette = few.getpalette("RGB") or []
    lightest = max(range(0, len(palette), 3), key=lambda at: sum(palette[at : at + 3]))
    few.putpalette([*palette[:lightest], *_WHITE, *palette[lightest + 3 :]])
    return few


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _pixels(picture: Image.Image) -> bytes:
    return zlib.compress(picture.tobytes(), level=9)


def mark_stream(png: bytes) -> tuple[ArchivalStream, float]:
    """A mark as a picture of a document, and how many times as wide as high it is."""
    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("P")
    palette = bytes(picture.getpalette("RGB") or ())
    stream = compressed_stream(
        _pixels(picture),
        Type="/XObject",
        Subtype="/Image",
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]",
    )
    return stream, picture.width / picture.height
