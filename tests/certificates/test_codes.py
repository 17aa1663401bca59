"""A certificate's code can be read aloud, mistyped and still understood, or refused."""

import secrets

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from certificates.codes import ALPHABET, LENGTH, RANDOM_BYTES, grouped, new_code, normalise

codes = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(new_code)
places = st.integers(0, LENGTH - 1)


@given(codes)
def test_it_is_sixteen_letters_that_cannot_be_mistaken_for_each_other(code: str) -> None:
    assert len(code) == LENGTH
    assert not set(code) & set("ILOU")


@given(codes)
def test_it_recognises_every_code_that_it_made(code: str) -> None:
    assert normalise(code) == code


@given(codes)
def test_it_understands_the_code_as_it_is_printed_or_written_by_hand(code: str) -> None:
    by_hand = grouped(code).lower().replace("0", "o").replace("1", "l")

    assert normalise(f" {by_hand} ") == code
    assert normalise(code.replace("1", "I")) == code


@given(codes, places, st.sampled_from(ALPHABET))
def test_it_refuses_every_single_wrong_letter(code: str, place: int, letter: str) -> None:
    assume(code[place] != letter)

    assert normalise(code[:place] + letter + code[place + 1 :]) is None


@given(codes, places, places)
def test_it_refuses_any_two_letters_that_changed_places(code: str, one: int, other: int) -> None:
    assume(code[one] != code[other])
    letters = list(code)

    letters[one], letters[other] = letters[other], letters[one]

    assert normalise("".join(letters)) is None


@given(st.text())
def test_it_answers_with_a_code_of_its_own_alphabet_or_none(text: str) -> None:
    code = normalise(text)

    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


@pytest.mark.parametrize("text", ["", "7Q4K", "U" * 16, "ÅÄÖ7-Q4K9-XTBM-2WE0", "7Q4K-9XTB-M2WE-0F3P-0"])
def test_it_refuses_what_cannot_be_a_code(text: str) -> None:
    assert normalise(text) is None


def test_it_groups_the_code_by_four() -> None:
    assert grouped("7Q4K9XTBM2WE0F32") == "7Q4K-9XTB-M2WE-0F32"


def test_it_makes_different_codes_of_different_bytes() -> None:
    made = {new_code(secrets.token_bytes(RANDOM_BYTES)) for _ in range(1000)}

    assert len(made) == 1000


@pytest.mark.parametrize("length", [0, 9, 11])
def test_it_refuses_too_few_or_too_many_random_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        new_code(bytes(length))
