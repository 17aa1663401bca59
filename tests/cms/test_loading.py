"""The starter content: made once, kept up with the files, and left alone when people here have changed it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Revision

from cms.loading import load
from cms.models import LessonPage, ModulePage, RoutinePage
from cms.starter.texts import (
    CheckText,
    CityText,
    Content,
    LegalSourceText,
    LessonText,
    ModuleText,
    ObjectiveText,
    OptionText,
    PageKind,
    PageText,
    QuestionKind,
    QuestionText,
    RichText,
)
from courses.actions.give_out import GiveOutRefused
from courses.models import Edition, LegalCheck, LegalSource
from organisation.models import User
from tests.factories import RECORDED

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def question(id: str, **changes: Any) -> QuestionText:
    options = (
        OptionText(id=f"{id}-a", text="Ja", is_right=True, explanation="Ja, därför."),
        OptionText(id=f"{id}-b", text="Nej", is_right=False, explanation="Nej, därför."),
    )
    values = {
        "kind": QuestionKind.ONE,
        "situation": "",
        "prompt": "Räcker misstanke?",
        "objective_id": "m1",
        "options": options,
    }
    return QuestionText(**{"id": id, "facts": (), "legal_sources": ("osl-10-27",)} | values | changes)


def source(**changes: Any) -> LegalSourceText:
    values: dict[str, Any] = {
        "key": "osl-10-27",
        "law": "Offentlighets- och sekretesslagen",
        "sfs": "2009:400",
        "chapter": "10",
        "section": "27",
        "designation": "OSL 10 kap. 27 §",
        "summary": "Väg intressena mot varandra.",
        "url": "https://example.se/osl",
        "in_force_from": None,
        "checked_on": dt.date(2026, 1, 7),
        "checked_by": "Projektet",
        "check_again_on": dt.date(2026, 12, 1),
        "note": "",
    }
    return LegalSourceText(**values | changes)


def content(html: str = "<p>Läs detta.</p>", **changes: Any) -> Content:
    body = (RichText(id="l1-t", facts=(), legal_sources=("osl-10-28",), html=html), question("l1-q"))
    lesson = LessonText(
        key="l1", slug="lektion", title="Lektion", minutes=5, objective_ids=("m1",), content_note="", blocks=body
    )
    check = CheckText(
        key="k1", slug="kontroll", title="Kontroll", minutes=5, pass_percent=80, draw=1, questions=(question("k1-1"),)
    )
    module = ModuleText(
        key="informationsdelning",
        slug="informationsdelning",
        title="Informationsdelning",
        summary="Vad får jag dela?",
        for_whom="Alla.",
        minutes=10,
        tags=("sekretess",),
        responsible="Samordnare",
        review_on=dt.date(2026, 12, 15),
        in_force_from=dt.date(2026, 2, 2),
        objectives=(ObjectiveText(id="m1", text="Du kan skilja åsikt från brott."),),
        steps=(lesson,),
        check=check,
    )
    city = CityText(id="p1-c", facts=(), title="Kontaktcenter", text="Skriv numret.")
    page = PageText(slug="vid-oro", title="Vid oro", kind=PageKind.ROUTINE, summary="Gör så här.", blocks=(city,))
    values = {"modules": (module,), "legal_sources": (source(), source(key="osl-10-28")), "pages": (page,)}
    return Content(**values | changes)


def numbers() -> list[str]:
    return [edition.number for edition in Edition.objects.order_by("major", "minor")]


def test_it_makes_pages_and_an_edition_with_the_ids_of_the_files() -> None:
    load(content(), at=AT)

    edition = Edition.objects.get()
    lesson = edition.content["content"]["steps"][0]
    assert (edition.number, edition.in_force_from, edition.sealed_by) == ("1.0", dt.date(2026, 2, 2), None)
    assert [block["id"] for block in lesson["blocks"]] == ["l1-t", "l1-q"]
    assert lesson["blocks"][0]["sources"] == ["osl-10-28"]
    assert [option["id"] for option in lesson["blocks"][1]["options"]] == ["l1-q-a", "l1-q-b"]
    assert (lesson["key"], ModulePage.objects.get().live) == ("l1", True)


def test_it_changes_nothing_the_second_time() -> None:
    first = load(content(), at=AT)
    before = (Revision.objects.count(), LegalSource.objects.count(), LegalCheck.objects.count(), numbers())

    second = load(content(), at=AT)

    assert (Revision.objects.count(), LegalSource.objects.count(), LegalCheck.objects.count(), numbers()) == before
    assert first == second


def test_it_gives_out_anew_when_the_files_have_changed() -> None:
    load(content(), at=AT)

    load(content("<p>Andra ord.</p>"), at=AT)

    assert numbers() == ["1.0", "1.1"]


def test_it_leaves_a_module_that_a_trainer_has_changed_and_names_it(trainer: User) -> None:
    load(content(), at=AT)
    lesson = LessonPage.objects.get()
    lesson.title = "Trainerns titel"
    lesson.save_revision(user=trainer, log_action=True).publish(user=trainer)

    loaded = load(content("<p>Andra ord.</p>"), at=AT)

    assert loaded.left_alone == ("Informationsdelning",)
    assert (LessonPage.objects.get().title, numbers()) == ("Trainerns titel", ["1.0"])


def test_it_does_not_bring_back_a_lesson_that_was_deleted_here() -> None:
    load(content(), at=AT)
    LessonPage.objects.get().delete()

    assert load(content(), at=AT).left_alone == ("Informationsdelning",)
    assert not LessonPage.objects.exists()


def test_it_leaves_a_legal_source_that_somebody_here_has_checked(trainer: User) -> None:
    load(content(), at=AT)
    LegalCheck.objects.create(
        recorded_at=RECORDED,
        source=LegalSource.objects.get(key="osl-10-27"),
        checked_on=dt.date(2026, 3, 1),
        checked_by="Stadsjuristen",
        check_again_on=dt.date(2027, 3, 1),
        recorded_by=trainer,
    )

    changed = content(legal_sources=(source(summary="Annat."), source(key="osl-10-28")))
    loaded = load(changed, at=AT)

    assert loaded.left_alone == ("OSL 10 kap. 27 §",)
    assert LegalSource.objects.get(key="osl-10-27").summary == "Väg intressena mot varandra."


def test_it_leaves_an_open_page_that_the_city_has_filled_in(trainer: User) -> None:
    load(content(), at=AT)
    page = RoutinePage.objects.get()
    page.title = "Vid oro i vår stad"
    page.save_revision(user=trainer, log_action=True).publish(user=trainer)

    load(content(), at=AT)

    assert RoutinePage.objects.get().title == "Vid oro i vår stad"


def test_it_marks_a_page_in_finnish_for_screen_readers(client: Client) -> None:
    city = CityText(id="p2-c", facts=(), title="Yhteystiedot", text="Numero.")
    page = PageText(
        slug="suomeksi", title="Suomeksi", kind=PageKind.STANDARD, summary="Sinulle.", blocks=(city,), language="fi"
    )

    load(content(pages=(page,)), at=AT)
    shown = client.get("/suomeksi/").content.decode()

    assert '<article lang="fi">' in shown
    assert '<p lang="sv"><strong>' in shown


def test_it_says_why_a_source_that_nobody_has_checked_is_used() -> None:
    unchecked = source(key="osl-10-28", checked_on=None, checked_by="", check_again_on=None, note="Ordalydelsen är inte läst.")

    load(content(legal_sources=(source(), unchecked)), at=AT)

    assert Edition.objects.get().overdue_reason


def test_it_loads_nothing_when_a_module_cannot_be_given_out() -> None:
    faulty = content()
    module = dataclasses.replace(faulty.modules[0], check=dataclasses.replace(faulty.modules[0].check, draw=9))

    with pytest.raises(GiveOutRefused):
        load(dataclasses.replace(faulty, modules=(module,)), at=AT)

    assert not LegalSource.objects.exists()
    assert not ModulePage.objects.exists()


def test_it_loads_the_real_content_and_prints_what_is_promised() -> None:
    out = StringIO()

    call_command("load_content", "--format", "json", stdout=out)

    printed = json.loads(out.getvalue())
    keys = {"edition", "lessons", "questions", "objectives", "cases", "judgements", "dialogues"}
    modules = printed.keys() - {"symbols", "legal_sources", "pages"}
    assert {"demokratidialog", "informationsdelning", "tidiga-tecken"} <= modules
    assert {slug: set(printed[slug]) for slug in modules} == dict.fromkeys(modules, keys)


def test_it_refuses_a_faulty_folder_with_every_reason(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ingen modul"):
        call_command("load_content", "--folder", str(tmp_path))
