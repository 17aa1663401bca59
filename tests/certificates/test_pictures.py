"""A city's mark is made small, whatever it is handed in as."""

from io import BytesIO

import pytest
from PIL import Image

from certificates.pictures import MOST_BYTES, NotAPicture, mark_stream, small_mark
from tests.certificates.seals import a_picture


@pytest.mark.parametrize("side", [60, 600, 2400])
def test_it_adds_little_to_a_document(side: int) -> None:
    stream, proportion = mark_stream(small_mark(a_picture(side)))

    assert len(stream.content) <= MOST_BYTES
    assert proportion == pytest.approx(1, abs=0.1)


def test_it_stands_on_white_and_without_empty_edges() -> None:
    with Image.open(BytesIO(small_mark(a_picture()))) as mark:
        picture = mark.convert("RGB")

    assert picture.getpixel((0, picture.height - 1)) == (255, 255, 255)
    assert max(picture.getpixel((0, 0))) < 240


def test_an_empty_picture_is_refused() -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    with pytest.raises(NotAPicture):
        small_mark(out.getvalue())
