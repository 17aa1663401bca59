"""Exercises as a trainer writes them: the dullest pages that can be given out."""

from __future__ import annotations

from typing import Any

from cms.models import CasesPage, JudgementPage, ModulePage
from tests.cms.pages import text


def action(id: str, words: str = "Ringer upp.", *, right: bool = False, explanation: str = "Därför.") -> dict[str, Any]:
    return {"type": "item", "id": id, "value": {"text": words, "is_right": right, "explanation": explanation}}


def case(id: str = "c1", **changes: Any) -> dict[str, Any]:
    value = {
        "title": "Kuratorn ringer",
        "situation": "Telefonen ringer.",
        "text": "Vad gör du?",
        "options": [action(f"{id}-a"), action(f"{id}-b", right=True), action(f"{id}-c")],
        "answer": "<p>Ring upp.</p>",
        "why": "<p>Sekretess.</p>",
        "mistake": "<p>Att svara.</p>",
        "sources": [],
        "objective": "m1",
        "workplaces": ["school"],
        "milieu": "none",
        "gender": "woman",
    }
    return {"type": "case", "id": id, "value": value | changes}


def layer(id: str, **changes: Any) -> dict[str, Any]:
    value = {
        "title": f"Lager {id}",
        "situation": "En siffra.",
        "text": "Vad gör du?",
        "options": [action(f"{id}-a", right=True), action(f"{id}-b")],
        "picture": "<p>Den ändras.</p>",
        "sources": [],
    }
    return {"type": "layer", "id": id, "value": value | changes}


def cases_page(parent: ModulePage, slug: str = "fall", **fields: Any) -> CasesPage:
    values = {
        "title": "Får jag dela detta?",
        "slug": slug,
        "minutes": 6,
        "objectives": "m1",
        "introduction": [text(f"{slug}-t", "<p>Två fall.</p>")],
        "cases": [case(f"{slug}-1"), case(f"{slug}-2")],
    }
    page: CasesPage = parent.add_child(instance=CasesPage(**values | fields))
    return page


def judgement_page(parent: ModulePage, slug: str = "bedomning", **fields: Any) -> JudgementPage:
    values = {
        "title": "Hur orolig ska jag vara?",
        "slug": slug,
        "minutes": 3,
        "objectives": "m1",
        "workplaces": ["school"],
        "milieu": "far_right",
        "gender": "man",
        "layers": [layer(f"{slug}-1"), layer(f"{slug}-2"), layer(f"{slug}-3")],
        "conclusion": [text(f"{slug}-s", "<p>Inget tecken avgjorde.</p>")],
    }
    page: JudgementPage = parent.add_child(instance=JudgementPage(**values | fields))
    return page
