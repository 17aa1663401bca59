"""A trainer pastes a step as text: it becomes a draft, or every wrong line is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from cms.composing import compose_step
from cms.loading.legal_sources import load_legal_sources
from cms.models import KnowledgeCheckPage, LessonPage, ModulePage
from cms.models.modules import StepPage
from cms.starter.errors import Problems
from cms.starter.legal_sources import read_legal_sources
from courses.payload import fingerprint
from tests.cms.pages import check_page, lesson_page, module_page
from tests.factories import RECORDED

pytestmark = pytest.mark.django_db
CONTENT: Path = settings.BASE_DIR / "content"

LESSON = """
---
nyckel: ny-lektion
slug: ny-lektion
titel: En ny lektion
minuter: 3
mål: [m1]
---

## Varför {#pl-varfor}

::: text pl-text
fakta: metod
rättskällor: rf-2-1

En **åsikt** är fri.
:::
"""
QUESTION = """\
::: fråga pf-1
sort: sant-falskt
mål: m1
fakta: metod
rättskällor: rf-2-1

En åsikt är fri.

- [x] sant: Sant
  > Ja, den är fri.
- [ ] falskt: Falskt
  > Nej, den är fri.
:::
"""


@pytest.fixture
def module() -> ModulePage:
    load_legal_sources(read_legal_sources(CONTENT, Problems()), at=RECORDED)
    objectives = [{"type": "objective", "id": f"o{n}", "value": {"sign": f"m{n}", "text": f"göra {n}"}} for n in range(1, 9)]
    return module_page(objectives=objectives)


@pytest.fixture
def paste(client_of: Any, trainer: Any, module: ModulePage) -> Any:
    client = client_of(trainer)
    return lambda text: client.post(f"/admin/klistra-in/{module.pk}/", {"text": text})


def steps_of(module: ModulePage) -> list[Any]:
    """The pages below the module as they are now."""
    return list(ModulePage.objects.get(pk=module.pk).get_children().specific())


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_it_saves_a_new_step_as_a_draft(paste, module, trainer) -> None:
    answer = paste(LESSON)

    page = LessonPage.objects.get(key="ny-lektion")
    assert answer.url == f"/admin/pages/{page.pk}/edit/"
    assert (page.live, page.latest_revision.user) == (False, trainer)
    assert "<b>åsikt</b>" in str(page.get_latest_revision_as_object().body)


def test_it_changes_the_draft_of_a_step_and_not_what_is_published(paste, module) -> None:
    lesson = lesson_page(module, slug="ny-lektion", key="ny-lektion")
    before = lesson.title

    paste(LESSON)

    lesson.refresh_from_db()
    assert (lesson.title, lesson.get_latest_revision_as_object().title) == (before, "En ny lektion")


@pytest.mark.parametrize("sort", ["fall", "bedömning", "dialog", "antal"])
def test_it_takes_every_kind_of_step_as_the_files_have_it(paste, module, sort) -> None:
    """The real files, of which the first of each sort is as good as any."""
    key = "antal:" if sort == "antal" else f"sort: {sort}"
    file = next(path for path in sorted(CONTENT.glob("*/*.md")) if f"\n{key}" in path.read_text().split("\n---\n")[0])

    answer = paste(file.read_text())

    assert answer.status_code == 302, said(answer)
    pages = [page for page in steps_of(module) if isinstance(page, StepPage)]
    assert len(pages) == 1
    assert len(fingerprint(compose_step(pages[0].get_latest_revision_as_object()))) == 64


def test_it_adds_questions_to_the_bank_and_replaces_those_of_the_same_id(paste, module) -> None:
    check = check_page(module)

    paste(QUESTION)
    paste(QUESTION.replace("En åsikt är fri.\n\n-", "En åsikt är alltid fri.\n\n-"))

    bank = KnowledgeCheckPage.objects.get(pk=check.pk).get_latest_revision_as_object().questions
    assert [block.id for block in bank] == ["k1", "k2", "pf-1"]
    assert bank[2].value["text"] == "En åsikt är alltid fri."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LESSON.replace("minuter: 3", "minuter: tre"), "Rad 6: ”tre” i fältet ”minuter”"),
        (LESSON.replace("rf-2-1", "rf-9-9"), "Rad 12: rättskällan ”rf-9-9” finns inte"),
        (LESSON.replace("mål: [m1]", "mål: [m9]"), "målet ”m9” finns inte"),
        (LESSON.removesuffix(":::\n"), "Rad 12: ett block som inte avslutas"),
        (LESSON + "\n::: bild pl-bild\nfakta: metod\nfil: /etc/hostname\nalt: x\n:::\n", "Rad 19: en bild"),
        (QUESTION.replace("  > Ja, den är fri.\n", ""), "alternativ sant saknar förklaring"),
        (QUESTION, "ingen kunskapskontroll"),
        ("hej", "ingen text som går att läsa"),
        ("å" * 200_001, "200000 tecken"),
    ],
)
def test_it_names_every_line_that_is_wrong_and_saves_nothing(paste, module, text, words) -> None:
    answer = paste(text)

    assert words in said(answer)
    assert steps_of(module) == []


def test_it_refuses_the_key_of_another_kind_of_step(paste, module) -> None:
    check_page(module, key="ny-lektion")

    assert "har samma nyckel och är av en annan sort" in said(paste(LESSON))


def test_it_refuses_the_address_of_another_step(paste, module) -> None:
    lesson_page(module, slug="ny-lektion")

    assert "har adressen ny-lektion" in said(paste(LESSON))


@pytest.mark.parametrize("who", ["learner", "manager", "coordinator"])
def test_it_is_for_trainers_only(client_of, request, module, who) -> None:
    answer = client_of(request.getfixturevalue(who)).post(f"/admin/klistra-in/{module.pk}/", {"text": LESSON})

    assert answer.status_code in {302, 403}
    assert steps_of(module) == []
