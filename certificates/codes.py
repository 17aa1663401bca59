"""The code that somebody types in to see whether a certificate is genuine.

Sixteen letters of Douglas Crockford's base32 (no I, L, O or U): fifteen random ones, 75 bits, so that codes can
neither be guessed nor counted, and a check character. Crockford's own check, modulo 37, needs `*~$=U`, which do not
survive an address or a telephone call. This one is a sum over the field of 32 elements: it stays within the alphabet,
and it finds every single wrong letter and every two letters that changed places.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
RANDOM_BYTES = 10
_GROUP = 4
_BITS = 5
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_AS_WRITTEN = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -\u00a0\u2010\u2011\u2012\u2013\u2014\u2212"))


def new_code(random_bytes: bytes) -> str:
    """A code without hyphens from ten random bytes, such as `secrets.token_bytes(RANDOM_BYTES)`.

    Raises ValueError for any other number of bytes: a shorter code would be easier to guess.
    """
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a code needs {RANDOM_BYTES} random bytes, got {len(random_bytes)}")
    number = int.from_bytes(random_bytes, "big")
    letters = "".join(ALPHABET[number >> _BITS * place & 31] for place in range(LENGTH - 1))
    return letters + ALPHABET[_times_two(_checksum(letters))]


def normalise(text: str) -> str | None:
    """The code that somebody meant, or None if it cannot be one.

    Accepts small letters, hyphens, spaces, O for 0, I or L for 1, and the whole address that ends with the code.
    """
    code = text.strip().rstrip("/").rpartition("/")[2].upper().translate(_AS_WRITTEN)
    if len(code) != LENGTH or not _VALUES.keys() >= set(code):
        return None
    return code if _checksum(code) == 0 else None


def grouped(code: str) -> str:
    """The code as it is printed: four groups of four, with hyphens between."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _checksum(letters: str) -> int:
    """The letters as digits in base two of GF(32), by Horner's rule; zero for a whole code that is right."""
    total = 0
    for letter in letters:
        total = _times_two(total) ^ _VALUES[letter]
    return total


def _times_two(element: int) -> int:
    """Doubles in GF(32), modulo x⁵ + x² + 1, whose powers of two run through all 31 elements but zero."""
    return element << 1 if element < 16 else element << 1 ^ 0b100101
