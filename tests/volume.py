"""How many examples a property is tried with."""

from __future__ import annotations

from hypothesis import settings


def volume(sample: int, proof: int) -> settings:
    """Return so many examples for `make test`, and so many for `make proof`."""
    return settings(max_examples=proof if settings.get_current_profile_name() == "proof" else sample)
