"""A conversation from the editor's form to plain data: what is composed, refused and shown beside the form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given

from cms.blocks import ConversationStreamBlock
from cms.composing import compose_module, compose_step
from cms.conversation_map import map_of
from cms.conversation_picture import BOX_HEIGHT, BOX_WIDTH, draw_conversation
from cms.giving_out.prospect import prospect_of
from cms.models import DialoguePage, ModulePage
from courses.faults import faults_of
from courses.payload import Choice, Dialogue, Effect
from organisation.models import User
from tests.cms.conversations import answer, conversation, dialogue_page, ending, turn
from tests.cms.pages import whole_module
from tests.courses.conversations import any_dialogues
from tests.taking import TODAY

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def module() -> ModulePage:
    return whole_module()


def composed(page: DialoguePage) -> Dialogue:
    step = compose_step(DialoguePage.objects.get(pk=page.pk))
    assert isinstance(step, Dialogue)
    return step


def clean(*body: dict[str, Any]) -> Any:
    stream = ConversationStreamBlock()
    return stream.clean(stream.to_python(list(body)))


def test_it_composes_a_conversation_whose_signs_have_become_ids(module: ModulePage) -> None:
    dialogue = composed(dialogue_page(module))

    assert (dialogue.start, [one.id for one in dialogue.turns], [one.id for one in dialogue.endings]) == (
        "t1",
        ["t1", "t2"],
        ["e1", "e2"],
    )
    assert dialogue.turns[1].choices[0] == Choice(
        id="t2-a",
        text="Svar t2-a",
        leads_to="e1",
        consequence="Följd t2-a.",
        effects=(Effect(side="relation", text="Han lyssnar."),),
    )
    assert (dialogue.workplaces, dialogue.milieu, dialogue.gender) == (("youth_centre",), "far_right", "man")
    assert (dialogue.setting, dialogue.objectives) == ("<p>Det är kväll.</p>", ("m1",))
    assert faults_of(compose_module(module)) == []


def test_it_composes_an_unfinished_conversation_too(module: ModulePage) -> None:
    unfinished = turn("t1", "", speaker=None, text=None, choices=[answer("a", None, text=None, consequence=None)])

    dialogue = composed(dialogue_page(module, body=[unfinished]))

    assert dialogue.turns[0].choices[0].leads_to == ""


@pytest.mark.parametrize(
    "body",
    [
        [turn("t1", "borta", "slut"), ending("slut")],
        [turn("t1", "slut", "slut"), ending("e1", "slut"), ending("e2", "slut")],
        [turn("t1", "slut"), ending("slut")],
        [turn("t1", *["slut"] * 5), ending("slut")],
        [turn("t1", "slut", "slut", text=""), ending("slut")],
        [turn("t1", choices=[answer("a", "slut", consequence=""), answer("b", "slut")]), ending("slut")],
        [turn("t1", "slut", "slut", sign="Två Ord"), ending("slut")],
        [turn("t1", "slut", "slut"), ending("slut", reflection="")],
    ],
)
def test_it_does_not_publish_what_cannot_be_led(body: list[Any]) -> None:
    with pytest.raises(ValidationError):
        clean(*body)


def test_it_publishes_what_can_be_led() -> None:
    assert len(clean(*conversation())) == 4


def test_it_lets_a_draft_lead_nowhere() -> None:
    stream = ConversationStreamBlock()

    assert stream.clean_deferred(stream.to_python([turn("t1", "borta")]))[0].value["sign"] == "t1"


def test_it_refuses_to_give_out_with_a_link_to_each_place(module: ModulePage, in_english: None) -> None:
    lost = [*conversation(), turn("t9", "t9", "bra"), ending("e9", "e9")]
    page = dialogue_page(module, body=[*lost[:1], turn("t2", "bra", "nowhere", sign="ute"), *lost[2:]])

    faults = prospect_of(module, TODAY).faults

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert [(fault.title, fault.message, fault.url) for fault in faults] == [
        ("Samtal i soffan", "An answer to “Replik t2.” leads to “nowhere”, which does not exist.", f"{edit}#block-t2-section"),
        ("Samtal i soffan", "“Replik t9.” cannot be reached from the beginning.", f"{edit}#block-t9-section"),
        ("Samtal i soffan", "“Slut e9” cannot be reached from the beginning.", f"{edit}#block-e9-section"),
    ]


def test_it_shows_the_editor_a_picture_and_the_same_as_a_list(
    module: ModulePage, trainer: User, client_of: ClientOf, in_english: None
) -> None:
    page = dialogue_page(module)

    html = client_of(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    svg = html[html.index('<svg class="cms-picture"') : html.index("</svg>", html.index('<svg class="cms-picture"')) + 6]
    for text in ('<title id="conversation-title">', "<desc", "1. Elias", "Replik t1.", "Slut e2"):
        assert text in svg
    assert not re.search("style=|<script|on[a-z]+=", svg)
    for part in ('href="#block-t1-section"', "Svar t2-b", "– leads to 1, Replik t1."):
        assert part in html
    assert "every way can come to an end" in html


def test_it_leads_the_editor_from_a_fault_to_its_block(
    module: ModulePage, trainer: User, client_of: ClientOf, in_english: None
) -> None:
    page = dialogue_page(module, body=[turn("t1", "slut", "borta"), ending("slut")])

    html = client_of(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert '<li><a href="#block-t1-section">1.</a> An answer to “Replik t1.” leads to “borta”' in html


def test_it_opens_an_empty_form(module: ModulePage, trainer: User, client_of: ClientOf) -> None:
    address = reverse("wagtailadmin_pages:add", args=["cms", "dialoguepage", module.pk])

    assert client_of(trainer).get(address).status_code == 200


def test_it_previews_the_whole_conversation(module: ModulePage) -> None:
    page = dialogue_page(module)

    response = page.make_preview_request()

    html = response.content.decode()
    for part in ("Det är kväll.", "Replik t1.", "Svar t2-a", "Följd t2-a.", "Han lyssnar.", "Slut e2", "Vad tänker du?"):
        assert part in html


def test_it_keeps_answers_out_of_the_search_index(module: ModulePage) -> None:
    page = dialogue_page(module)

    indexed = [field.get_value(page) for field in DialoguePage.get_search_fields() if hasattr(field, "get_value")]

    assert "Svar t1-a" not in str(indexed)
    assert page.body.stream_block.get_searchable_content(page.body) == []


@given(any_dialogues())
def test_it_draws_every_place_in_a_box_of_its_own(any_one: Dialogue) -> None:
    picture = draw_conversation(any_one)

    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - BOX_WIDTH
        assert 0 <= box.y <= picture.height - BOX_HEIGHT
        assert not [
            other
            for other in picture.boxes
            if other is not box and abs(other.x - box.x) < BOX_WIDTH and abs(other.y - box.y) < BOX_HEIGHT
        ]


@given(any_dialogues())
def test_it_lists_the_same_as_it_draws(any_one: Dialogue) -> None:
    shown = map_of(any_one)

    drawn = {(box.id, box.number) for box in shown.picture.boxes}
    led = {(turn.id, choice.leads_to) for turn in any_one.turns for choice in turn.choices}
    assert drawn == {(station.id, station.number) for station in shown.stations}
    assert len(shown.picture.arrows) == len({edge for edge in led if edge[1] in dict(drawn)})


@given(any_dialogues())
def test_it_leads_no_arrow_behind_a_box(any_one: Dialogue) -> None:
    picture = draw_conversation(any_one)

    for arrow in picture.arrows:
        for x, top in re.findall(r"(\d+) (\d+)V", arrow.path):
            crossed = [box for box in picture.boxes if box.y == int(top) and box.x <= int(x) <= box.x + BOX_WIDTH]
            assert crossed == []
