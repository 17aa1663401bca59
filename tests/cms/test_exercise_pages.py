"""Cases and judgements from file to page to what is given out; and what refuses to be given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.composing import compose_module, compose_step
from cms.loading import load
from cms.models import CasesPage, JudgementPage, ModulePage
from cms.starter import read_content
from courses.faults import faults_of
from courses.models import Edition
from courses.payload import Cases, Judgement, read_payload
from organisation.models import User
from tests.cms.exercise_forms import form_of
from tests.cms.exercise_pages import action, case, cases_page, judgement_page, layer
from tests.cms.pages import check_page, lesson_page, module_page
from tests.content.conftest import FILES
from tests.content.situations import CASES, CASES_FILE, JUDGEMENT, JUDGEMENT_FILE

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
AT = dt.datetime(2026, 5, 2, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (FILES | {CASES_FILE: CASES, JUDGEMENT_FILE: JUDGEMENT}).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def loaded_steps(folder: Path) -> tuple[Cases, Judgement]:
    load(read_content(folder), at=AT)
    _lesson, cases, judgement, _check = read_payload(Edition.objects.get().payload).content.steps
    assert isinstance(cases, Cases)
    assert isinstance(judgement, Judgement)
    return cases, judgement


def test_it_seals_a_case_as_its_file_says(folder: Path) -> None:
    cases, _judgement = loaded_steps(folder)
    first = cases.cases[0]

    assert (cases.key, cases.objectives, cases.introduction) == ("fall-oro", ("m1",), "<p>Här är <b>två</b> fall.</p>")
    assert (first.id, first.title, first.situation) == (
        "c01",
        "Kuratorn ringer",
        "Telefonen ringer på expeditionen.\n\nDet är kuratorn.",
    )
    assert (first.prompt, first.question.objective, first.question.sources) == ("Vad gör du?", "m1", ("rf-2-1",))
    assert [(option.id, option.is_right) for option in first.question.options] == [
        ("c01-a", False),
        ("c01-b", True),
        ("c01-c", False),
    ]
    assert first.answer == "<p>Du får <b>ringa upp</b>.</p><ul><li>Alltid.</li></ul>"
    assert (first.workplaces, first.milieu, first.gender) == (("school", "pupil_health"), "none", "woman")


def test_it_seals_a_judgement_as_its_file_says(folder: Path) -> None:
    _cases, judgement = loaded_steps(folder)
    first = judgement.layers[0]

    assert (judgement.content_note, judgement.workplaces, judgement.milieu) == ("Här nämns hat.", ("school",), "far_right")
    assert (first.id, first.title, first.text) == ("bs-ser", "Det du ser", "En elev har en siffra på tröjan.\n\nVad gör du nu?")
    assert [option.is_right for option in first.options] == [True, True, False]
    assert (first.picture, first.sources) == ("<p>En siffra säger <b>lite</b>.</p>", ("rf-2-1",))
    assert (judgement.conclusion, judgement.conclusion_sources) == ("<p>Ingen <b>oro</b>.</p>", ("rf-2-1",))


def test_it_changes_nothing_when_the_files_are_loaded_again(folder: Path) -> None:
    load(read_content(folder), at=AT)

    again = load(read_content(folder), at=AT)

    assert Edition.objects.count() == 1
    assert (again.modules[0].cases, again.modules[0].judgements) == (2, 1)


def test_it_composes_the_same_before_and_after_the_editor_has_saved(folder: Path, trainer: User, client_of: ClientOf) -> None:
    before = loaded_steps(folder)
    client = client_of(trainer)

    for page in (CasesPage.objects.get(), JudgementPage.objects.get()):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        client.post(address, form_of(page) | {"action-publish": "1"})

    assert CasesPage.objects.get().latest_revision.user == trainer
    assert JudgementPage.objects.get().latest_revision.user == trainer
    assert tuple(compose_step(page.specific) for page in Page.objects.type(CasesPage, JudgementPage)) == before


def test_it_can_give_out_a_module_of_exercises() -> None:
    page = module_page()
    lesson_page(page)
    cases_page(page)
    judgement_page(page)
    check_page(page)

    assert faults_of(compose_module(page)) == []


WRONG_CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"cases": []}, "", "The step has no cases."),
    ({"cases": [case(title="")]}, "c1", "“Title” is empty."),
    ({"cases": [case(answer="<p></p>")]}, "c1", "“What the law says” is empty."),
    ({"cases": [case(why="")]}, "c1", "“Why” is empty."),
    ({"cases": [case(mistake="")]}, "c1", "“Common mistake” is empty."),
    ({"cases": [case(workplaces=[])]}, "c1", "The case does not say for which workplaces it is typical."),
    ({"cases": [case(situation="", text="")]}, "c1", "The question has no text."),
    ({"cases": [case(objective="m9")]}, "c1", "The question tests an objective that the module does not have."),
    ({"cases": [case(options=[action("a"), action("b")])]}, "c1", "The question has no right option."),
    (
        {"cases": [case(options=[action("a", right=True), action("b", right=True)])]},
        "c1",
        "The question has more than one right option.",
    ),
    (
        {"cases": [case(options=[action("a", right=True), action("b", "Svarar.", explanation=" ")])]},
        "c1",
        "The option “Svarar.” has no explanation.",
    ),
]
LAYERS = [layer("1"), layer("2"), layer("3")]
WRONG_JUDGEMENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"layers": LAYERS[:2]}, "", "The judgement has 2 layers. It needs at least 3."),
    ({"conclusion": []}, "", "“Conclusion” is empty."),
    ({"workplaces": []}, "", "The judgement does not say for which workplaces it is typical."),
    ({"layers": [*LAYERS, layer("4", title="")]}, "4", "“Title” is empty."),
    ({"layers": [*LAYERS, layer("4", situation="", text="")]}, "4", "“Situation” is empty."),
    ({"layers": [*LAYERS, layer("4", picture="")]}, "4", "“How the picture changes” is empty."),
    ({"layers": [*LAYERS, layer("4", options=[action("a", right=True)])]}, "4", "The layer has fewer than two next steps."),
    (
        {"layers": [*LAYERS, layer("4", options=[action("a"), action("b")])]},
        "4",
        "The layer has no next step that is reasonable.",
    ),
    (
        {"layers": [*LAYERS, layer("4", options=[action("a", right=True), action("b", explanation="")])]},
        "4",
        "The option “Ringer upp.” has no explanation.",
    ),
]


@pytest.mark.parametrize(("fields", "place", "message"), WRONG_CASES)
def test_it_says_what_is_wrong_with_a_case_and_where(
    fields: dict[str, Any], place: str, message: str, in_english: None
) -> None:
    faults = _faults(lambda parent: cases_page(parent, **fields))

    assert faults == [(place, message)]


@pytest.mark.parametrize(("fields", "place", "message"), WRONG_JUDGEMENTS)
def test_it_says_what_is_wrong_with_a_judgement_and_where(
    fields: dict[str, Any], place: str, message: str, in_english: None
) -> None:
    faults = _faults(lambda parent: judgement_page(parent, **fields))

    assert faults == [(place, message)]


def _faults(write: Callable[[ModulePage], Any]) -> list[tuple[str, str]]:
    page = module_page()
    lesson_page(page)
    check_page(page)
    write(page)
    return [(fault.block_id, fault.message) for fault in faults_of(compose_module(page))]


def test_the_page_of_giving_out_leads_to_the_case_that_is_wrong(trainer: User, client_of: ClientOf) -> None:
    page = module_page()
    lesson_page(page)
    check_page(page)
    wrong = cases_page(page, cases=[case(why="")])

    html = client_of(trainer).get(reverse("give_out:module", args=[page.module_id])).content.decode()

    assert f"{reverse('wagtailadmin_pages:edit', args=[wrong.pk])}#block-c1-section" in html


def test_the_editor_cannot_publish_a_case_with_two_right_actions(trainer: User, client_of: ClientOf) -> None:
    page = module_page()
    wrong = cases_page(page)
    client, address = client_of(trainer), reverse("wagtailadmin_pages:edit", args=[wrong.pk])

    response = client.post(address, form_of(wrong) | {"cases-0-value-options-0-value-is_right": "on", "action-publish": "1"})

    assert response.status_code == 200
    assert CasesPage.objects.get().latest_revision is None


@pytest.mark.parametrize("write", [cases_page, judgement_page])
def test_its_preview_shows_everything_and_its_search_text_nothing(
    write: Callable[[ModulePage], Any], trainer: User, client_of: ClientOf
) -> None:
    page = write(module_page())

    html = page.make_preview_request().content.decode()

    assert all(words in html for words in (page.title, "Vad gör du?", "Ringer upp.", "Därför."))
    assert not any("body" in str(field.field_name) or "cases" in str(field.field_name) for field in page.search_fields)
