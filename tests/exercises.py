"""Exercises: the dullest that can be given out."""

from __future__ import annotations

from typing import Any

from courses.payload import Case, Cases, Judgement, Layer, Option, Question


def case(id: str = "c1", **changes: Any) -> Case:
    """A case whose action `<id>-b` is right."""
    options = (
        Option(id=f"{id}-a", text="Lägger på.", explanation="Nej, fråga först."),
        Option(id=f"{id}-b", text="Ringer upp.", explanation="Ja, då vet du vem det är.", is_right=True),
        Option(id=f"{id}-c", text="Svarar direkt.", explanation="Nej, du vet inte vem det är."),
    )
    question = Question(
        id=id, kind="single", text="Telefonen ringer.\n\nDet är kuratorn.\n\nVad gör du?", options=options, objective="m1"
    )
    fields: dict[str, Any] = {
        "id": id,
        "title": f"Fall {id}",
        "question": question,
        "answer": "<p>Du får ringa upp.</p>",
        "why": "<p>Sekretess gäller.</p>",
        "mistake": "<p>Att svara direkt.</p>",
        "workplaces": ("school",),
        "milieu": "none",
        "gender": "woman",
    }
    return Case(**fields | changes)


def cases(key: str = "f1", *of: Case, **changes: Any) -> Cases:
    fields = {"key": key, "slug": key, "title": f"Får jag dela detta? {key}", "minutes": 6, "objectives": ("m1",)}
    return Cases(**fields | {"introduction": "<p>Två fall.</p>", "cases": of or (case("c1"), case("c2"))} | changes)


def layer(id: str, **changes: Any) -> Layer:
    """A layer whose next steps `<id>-a` and `<id>-b` are reasonable."""
    options = (
        Option(id=f"{id}-a", text=f"Frågar {id}.", explanation=f"Rimligt, {id}.", is_right=True),
        Option(id=f"{id}-b", text=f"Väntar {id}.", explanation=f"Går bra, {id}.", is_right=True),
        Option(id=f"{id}-c", text=f"Ringer polisen {id}.", explanation=f"För tidigt, {id}."),
    )
    fields: dict[str, Any] = {
        "id": id,
        "title": f"Lager {id}",
        "text": f"Du ser {id}.\n\nVad gör du?",
        "options": options,
        "picture": f"<p>Bilden ändras {id}.</p>",
    }
    return Layer(**fields | changes)


def judgement(key: str = "b1", *layers: Layer, **changes: Any) -> Judgement:
    fields: dict[str, Any] = {
        "key": key,
        "slug": key,
        "title": f"Hur orolig ska jag vara? {key}",
        "minutes": 3,
        "objectives": ("m1",),
        "layers": layers or (layer("ser"), layer("samman"), layer("tid")),
        "conclusion": "<p>Inget enskilt tecken avgjorde.</p>",
        "workplaces": ("school",),
        "milieu": "far_right",
        "gender": "man",
    }
    return Judgement(**fields | changes)
