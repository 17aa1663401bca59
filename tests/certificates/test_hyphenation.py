"""Words that are too wide are broken where a Swede would break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.fonts import Weight, typeface
from certificates.hyphenation import SOFT_HYPHEN, hyphenated

SIZE = 10.0
FACE = typeface(Weight.REGULAR)


def broken(word: str, width: float) -> list[str]:
    return [piece.replace(SOFT_HYPHEN, "-") for piece in hyphenated(word, FACE, SIZE, width)]


@pytest.mark.parametrize(
    ("word", "width", "pieces"),
    [
        ("Utbildningsförvaltningen", 80, ["Utbildnings-", "förvaltningen"]),
        ("kompetensutbildning", 70, ["kompetens-", "utbildning"]),
        ("kompetensutbildning", 47, ["kompe-", "tens-", "utbildning"]),
        ("socialförvaltningen", 60, ["socialförvalt-", "ningen"]),
        ("Arbetsmarknads-", 50, ["Arbets-", "marknads-"]),
        ("norm-kritiskt/fritt", 42, ["norm-", "kritiskt/", "fritt"]),
        ("förvaltningen", 100, ["förvaltningen"]),
    ],
)
def test_it_breaks_compounds_where_they_are_joined(word: str, width: float, pieces: list[str]) -> None:
    assert broken(word, width) == pieces


def test_what_is_no_word_is_cut_without_a_sign() -> None:
    pieces = broken("3c9be8867163c962dd197a8b49bbc232", 60)

    assert len(pieces) > 2
    assert "".join(pieces) == "3c9be8867163c962dd197a8b49bbc232"


@given(word=st.text(alphabet="abcdeghilmnorstuvyåäö-/1", min_size=1, max_size=60), width=st.floats(12, 90))
def test_no_piece_is_too_wide_and_no_letter_lost(word: str, width: float) -> None:
    pieces = hyphenated(word, FACE, SIZE, width)

    assert "".join(piece.removesuffix(SOFT_HYPHEN) for piece in pieces) == word
    assert all(FACE.width(piece, SIZE) <= width for piece in pieces)
