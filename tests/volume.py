"""How many examples a property is tried with."""

from __future__ import annotations

from random import Random

from hypothesis import settings


def volume(sample: int, proof: int) -> settings:
    """Return so many examples for `make test`, and so many for `make proof`."""
    return settings(max_examples=proof if settings.get_current_profile_name() == "proof" else sample)


def moments(within: range, *, sample: int, proof: int) -> list[int]:
    """Return so many places in the range at which to kill: the same ones in `make test`, others each time in `make proof`."""
    is_proof = settings.get_current_profile_name() == "proof"
    chance = Random() if is_proof else Random(7)
    return [chance.choice(within) for _number in range(proof if is_proof else sample)]
