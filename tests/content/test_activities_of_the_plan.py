"""Every activity of the plan stands in the file, with its responsible function, its time and what is known of it."""

import re
from typing import Any

import pytest
import yaml

from cms.starter.texts import Content
from tests.content.conftest import REAL_FOLDER
from tests.content.test_law_in_texts import LAW_WORDS, PHONE, UNSURE

FIELDS = {
    "nyckel",
    "avsnitt",
    "aktivitet",
    "beskrivning",
    "ansvarig",
    "medverkande",
    "tidplan",
    "status",
    "kommentar",
    "ändrat sedan 2016",
    "fakta",
}
MAY_BE_EMPTY = {"medverkande", "kommentar", "ändrat sedan 2016"}
STATUSES = {"ej påbörjad", "pågår", "genomförd", "utgår", "fylls i av staden"}
LISTED_IN_SECTION_6 = 9
BY_THE_PLAN = {
    "Kommunstyrelsens förvaltning",
    "Utbildningsförvaltningen",
    "Arbetsmarknads- och socialförvaltningen",
    "Stadsdirektörens ledningsgrupp",
    "Anges inte i planen",
}


@pytest.fixture(scope="module")
def activities() -> list[dict[str, Any]]:
    text = (REAL_FOLDER / "aktiviteter.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["aktiviteter"]
    return found


def test_it_has_the_nine_activities_that_the_plan_lists_and_those_of_its_text(activities: list[dict[str, Any]]) -> None:
    listed = [activity for activity in activities if activity["avsnitt"] == "6"]

    assert len(listed) == LISTED_IN_SECTION_6
    assert len(activities) > LISTED_IN_SECTION_6
    assert len({activity["nyckel"] for activity in activities}) == len(activities)


def test_it_fills_in_every_field(activities: list[dict[str, Any]]) -> None:
    assert [a["nyckel"] for a in activities if set(a) - {"rättskällor"} != FIELDS] == []
    assert [a["nyckel"] for a in activities if not all(a[name] for name in FIELDS - MAY_BE_EMPTY)] == []


def test_it_knows_where_each_activity_stands_or_says_that_the_city_does(activities: list[dict[str, Any]]) -> None:
    assert {activity["status"] for activity in activities} <= STATUSES


def test_it_names_functions_and_no_persons_as_responsible(activities: list[dict[str, Any]]) -> None:
    assert {activity["ansvarig"] for activity in activities} <= BY_THE_PLAN


def test_it_gives_a_known_source_where_an_activity_states_law(activities: list[dict[str, Any]], content: Content) -> None:
    known = {source.key for source in content.legal_sources}
    sources = {a["nyckel"]: set(re.split(r", ", a["rättskällor"])) if a.get("rättskällor") else set() for a in activities}
    stating = [a["nyckel"] for a in activities if LAW_WORDS.search(a["ändrat sedan 2016"])]

    assert {key for keys in sources.values() for key in keys} <= known
    assert [key for key in stating if not sources[key]] == []


def test_it_states_nothing_that_is_not_established(activities: list[dict[str, Any]]) -> None:
    texts = [value for activity in activities for value in activity.values()]

    assert [text for text in texts if PHONE.search(text) or UNSURE.search(text)] == []
