"""The coordinator hands in HR files in a real browser, and axe finds nothing on the way."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms.groups import make_groups
from cms.models import HomePage
from organisation.models import Employment, User
from tests.axe import violations
from tests.browser.conftest import OpenAs
from tests.browser.hands import click_through
from tests.organisation.hr.files import department, departments_file, people_file, person
from tests.organisation.hr.importing import imported

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEPARTMENTS = departments_file(
    department("F1", "Utbildningsförvaltningen", "forvaltning"), department("D1", "Norra skolan", parent="F1")
)
LATER = departments_file(
    department("F1", "Barn- och utbildning", "forvaltning"),
    department("D1", "Norra skolan", parent="F1"),
    department("D2", "Södra skolan", parent="F1"),
)
BEFORE = people_file(*(person(str(number)) for number in range(1001, 1009)))
PEOPLE = people_file(
    *(person(str(number)) for number in range(1002, 1006)),
    person("1006", occupation="Rektor"),
    person("1007", unit="D2", start="2026-10-01"),
    *(person(str(number), unit="D2", start="2026-10-01") for number in range(2001, 2004)),
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The files on the coordinator's desk."""
    found = {"departments": tmp_path / "enheter.csv", "people": tmp_path / "personer.csv", "broken": tmp_path / "fel.csv"}
    for path, file in zip(
        found.values(), (LATER, PEOPLE, people_file(person(start="1/8", young="kanske"), person(unit="D9"))), strict=True
    ):
        path.write_bytes(file.content)
    return found


def hand_in(page: Page, files: dict[str, Path], people: str = "people") -> None:
    page.goto("/admin/hr-filer/")
    page.locator("[name=departments]").set_input_files(files["departments"])
    page.locator("[name=people]").set_input_files(files[people])
    click_through(page.get_by_role("button", name="Visa vad som skulle ändras"))


def look(page: Page, name: str) -> None:
    """Hold the page against axe; a folder in LOOK gets a picture of it."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert violations(page, ".cms-page") == []


@pytest.mark.parametrize("width", [360, 1280])
def test_she_gets_from_two_files_to_the_protocol(
    city: Any, coordinator: User, open_as: OpenAs, files: dict[str, Path], width: int
) -> None:
    make_groups(HomePage.objects.first())
    imported(DEPARTMENTS, BEFORE, as_of=dt.date(2026, 3, 2))
    page = open_as(coordinator, width)
    page.goto("/admin/hr-filer/")
    look(page, "form")

    hand_in(page, files, "broken")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Filerna avvisas")
    expect(page.get_by_text("rad 2, kolumn fran: ”1/8”")).to_be_visible()
    look(page, "refused")

    hand_in(page, files)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Det här skulle ändras")
    page.get_by_text("1 flyttad").click()
    expect(page.get_by_text("(1007): ")).to_be_visible()
    look(page, "ready")
    page.get_by_label("Filen är fullständig, och så många ska avslutas").check()
    click_through(page.get_by_role("button", name="Importera", exact=True))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Filerna är importerade")
    look(page, "done")
    assert Employment.objects.known_at(None).filter(user__employee_number="2001").exists()


def test_it_works_without_scripts(city: Any, coordinator: User, open_as: OpenAs, files: dict[str, Path]) -> None:
    make_groups(HomePage.objects.first())
    page = open_as(coordinator, 1280, javascript=False)

    hand_in(page, files)
    click_through(page.get_by_role("button", name="Importera", exact=True))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Filerna är importerade")
