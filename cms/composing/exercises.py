"""Exercises as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cms.composing.texts import final_html, keys, paragraphs, passing_id, plain
from cms.models import CasesPage, DialoguePage, JudgementPage
from courses import payload
from courses.situations import Side


def compose_cases(page: CasesPage) -> payload.StepContent:
    """Return cases as they would be given out."""
    return payload.Cases(
        key=page.key,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        objectives=tuple(page.objective_signs),
        content_note=page.content_note,
        introduction=_joined(page.introduction),
        introduction_sources=_sources_in(page.introduction),
        cases=tuple(_case(child.id or passing_id(), child.value) for child in page.cases),
    )


def _case(id_: str, value: Any) -> payload.Case:
    return payload.Case(
        id=id_,
        title=value["title"],
        question=payload.Question(
            id=id_,
            kind="single",
            text=paragraphs(value["situation"], value["text"]),
            options=_actions(value["options"]),
            objective=value["objective"] or "",
            sources=keys(value["sources"]),
        ),
        answer=final_html(value["answer"]),
        why=final_html(value["why"]),
        mistake=final_html(value["mistake"]),
        workplaces=tuple(value["workplaces"] or ()),
        milieu=value["milieu"] or "",
        gender=value["gender"] or "",
    )


def compose_judgement(page: JudgementPage) -> payload.StepContent:
    """Return a judgement as it would be given out."""
    return payload.Judgement(
        key=page.key,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        objectives=tuple(page.objective_signs),
        content_note=page.content_note,
        workplaces=tuple(page.workplaces),
        milieu=page.milieu,
        gender=page.gender,
        layers=tuple(_layer(child.id or passing_id(), child.value) for child in page.layers),
        conclusion=_joined(page.conclusion),
        conclusion_sources=_sources_in(page.conclusion),
    )


def _layer(id_: str, value: Any) -> payload.Layer:
    return payload.Layer(
        id=id_,
        title=value["title"],
        text=paragraphs(value["situation"], value["text"]),
        options=_actions(value["options"]),
        picture=final_html(value["picture"]),
        sources=keys(value["sources"]),
    )


def _actions(options: Any) -> tuple[payload.Option, ...]:
    return tuple(
        payload.Option(
            id=child.id or passing_id(),
            text=child.value["text"] or "",
            explanation=child.value["explanation"] or "",
            is_right=bool(child.value["is_right"]),
        )
        for child in options.bound_blocks
    )


def _joined(texts: Iterable[Any]) -> str:
    """Return plain text blocks as one piece of HTML."""
    return "".join(final_html(child.value["text"]) for child in texts)


def _sources_in(texts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({key for child in texts for key in keys(child.value["sources"])}))


def compose_dialogue(page: DialoguePage) -> payload.StepContent:
    """Return a conversation as it would be given out."""
    ids: dict[str, str] = {}
    placed = [(child.block_type, child.id or passing_id(), child.value) for child in page.body]
    for _kind, id_, value in placed:
        ids.setdefault(value["sign"], id_)
    turns = tuple(_turn(id_, value, ids) for kind, id_, value in placed if kind == "turn")
    return payload.Dialogue(
        key=page.key,
        slug=page.slug,
        title=page.title,
        minutes=page.minutes,
        objectives=tuple(page.objective_signs),
        content_note=page.content_note,
        workplaces=tuple(page.workplaces),
        milieu=page.milieu,
        gender=page.gender,
        setting=final_html(page.setting),
        start=turns[0].id if turns else "",
        turns=turns,
        endings=tuple(_ending(id_, value) for kind, id_, value in placed if kind == "ending"),
    )


def _turn(id_: str, value: Any, ids: Mapping[str, str]) -> payload.Turn:
    choices = tuple(_choice(child, ids) for child in value["choices"].bound_blocks)
    return payload.Turn(
        id=id_,
        speaker=value["speaker"] or "",
        text=plain(value["text"]),
        choices=choices,
        sources=keys(value["sources"]),
    )


def _choice(child: Any, ids: Mapping[str, str]) -> payload.Choice:
    """What it leads to is known by its sign while it is written, and by its id from then on."""
    value = child.value
    target = (value["leads_to"] or "").strip()
    sides = ((side.value, plain(value["effects"].get(side.value))) for side in Side)
    return payload.Choice(
        id=child.id or passing_id(),
        text=plain(value["text"]),
        leads_to=ids.get(target, target),
        consequence=plain(value["consequence"]),
        effects=tuple(payload.Effect(side=side, text=text) for side, text in sides if text),
    )


def _ending(id_: str, value: Any) -> payload.Ending:
    return payload.Ending(
        id=id_,
        title=value["title"] or "",
        html=final_html(value["text"]),
        reflection=plain(value["reflection"]),
        sources=keys(value["sources"]),
    )
