"""What trainers see of the answers in conversations: nothing before the tenth, then sums."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.composing import compose_step
from cms.models import DialoguePage
from courses.actions.conversations import count_conversation
from courses.models import Edition
from courses.payload import Dialogue
from organisation.models import User
from tests.cms.conversations import dialogue_page
from tests.cms.pages import whole_module
from tests.drafts import check, draft, given_out, lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ClientOf = Callable[[User], Client]


@pytest.fixture
def page(db: None) -> DialoguePage:
    return dialogue_page(whole_module())


@pytest.fixture
def edition(page: DialoguePage) -> Edition:
    return given_out(draft(lesson(), compose_step(page), check()), page.module_page.module)


def led(edition: Edition, page: DialoguePage, times: int, *chosen: str) -> None:
    dialogue = compose_step(page)
    assert isinstance(dialogue, Dialogue)
    for _ in range(times):
        count_conversation(dialogue=dialogue, edition_id=edition.pk, chosen=chosen)


def shown(client: Client, page: DialoguePage) -> str:
    response = client.get(reverse("conversation_answers:conversation", args=[page.pk]))
    return " ".join(response.content.decode().split())


def test_nothing_is_shown_before_ten(client_of: ClientOf, trainer: User, page: DialoguePage, edition: Edition) -> None:
    led(edition, page, 9, "t1-b")

    html = shown(client_of(trainer), page)

    assert "Fewer than ten have led the conversation to its end." in html
    assert "Svar t1-b" not in html


def test_the_tenth_shows_how_often_each_answer_was_chosen(
    client_of: ClientOf, trainer: User, page: DialoguePage, edition: Edition
) -> None:
    led(edition, page, 7, "t1-b")
    led(edition, page, 3, "t1-a", "t2-a")

    html = shown(client_of(trainer), page)

    assert "Edition 1.0: 10 conversations" in html
    for text, count in {"t1-a": 3, "t1-b": 7, "t2-a": 3, "t2-b": 0}.items():
        assert f"<dt>Svar {text}</dt><dd>{count} of 10 <progress" in html


def test_the_list_says_how_many_conversations_each_has(
    client_of: ClientOf, trainer: User, page: DialoguePage, edition: Edition
) -> None:
    led(edition, page, 12, "t1-b")

    html = client_of(trainer).get(reverse("conversation_answers:list")).content.decode()

    assert "10 conversations" in html
    # Outside stands a token, in which chance may write anything.
    assert "12" not in html[html.index("<main") : html.index("</main>")]


def test_the_editor_leads_there(client_of: ClientOf, trainer: User, page: DialoguePage) -> None:
    html = client_of(trainer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert reverse("conversation_answers:conversation", args=[page.pk]) in html


@pytest.mark.parametrize("who", ["coordinator", "manager", "learner", "outsider"])
def test_nobody_else_comes_there(who: str, request: Any, client_of: ClientOf, page: DialoguePage) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.get(reverse("conversation_answers:conversation", args=[page.pk])).status_code in (302, 403)
