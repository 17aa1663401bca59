"""The way through an exercise travels in a form field that nobody else can read or make."""

from typing import Any

import pytest

from courses.ways import BadWay, Way, read_way, seal_way

WAY = Way(edition_id=7, step_key="samtal", chosen=("a", "c"))


def test_it_comes_back_as_it_was() -> None:
    assert read_way(seal_way(WAY), edition_id=7, step_key="samtal") == WAY


def test_it_shows_nothing_of_what_was_chosen() -> None:
    assert "samtal" not in seal_way(WAY)
    assert seal_way(WAY) != seal_way(WAY)


@pytest.mark.parametrize("field", ["", "å", "nonsense", seal_way(WAY)[:-4] + "AAAA", seal_way(WAY)[5:]])
def test_it_refuses_what_was_not_made_here(field: str) -> None:
    with pytest.raises(BadWay):
        read_way(field, edition_id=7, step_key="samtal")


@pytest.mark.parametrize(("edition_id", "step_key"), [(8, "samtal"), (7, "annat")])
def test_it_refuses_a_way_through_something_else(edition_id: int, step_key: str) -> None:
    with pytest.raises(BadWay):
        read_way(seal_way(WAY), edition_id=edition_id, step_key=step_key)


def test_it_reads_a_field_from_before_a_change_of_key(settings: Any) -> None:
    field = seal_way(WAY)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, since the first one became known to somebody"

    assert read_way(field, edition_id=7, step_key="samtal") == WAY


def test_it_shows_nobody_what_was_chosen_when_something_goes_wrong() -> None:
    assert repr(Way(edition_id=7, step_key="samtal", chosen=("hemligt",))) == "Way(samtal)"
