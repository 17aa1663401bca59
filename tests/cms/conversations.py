"""A conversation as a trainer writes it: the dullest one that can be given out."""

from __future__ import annotations

from typing import Any

from cms.models import DialoguePage, ModulePage


def answer(id: str, leads_to: str, **changes: Any) -> dict[str, Any]:
    effects = {"safety": "", "relation": "Han lyssnar.", "boundary": "", "factuality": "", "right_way": ""}
    value = {"text": f"Svar {id}", "leads_to": leads_to, "consequence": f"Följd {id}.", "effects": effects}
    return {"type": "item", "id": id, "value": value | changes}


def turn(id: str, *targets: str, sign: str = "", **changes: Any) -> dict[str, Any]:
    """A turn whose block has the id `<id>` and whose sign is the same, unless another is given."""
    choices = [answer(f"{id}-{'abcde'[number]}", target) for number, target in enumerate(targets)]
    value = {"sign": sign or id, "speaker": "Elias", "text": f"Replik {id}.", "choices": choices, "sources": []}
    return {"type": "turn", "id": id, "value": value | changes}


def ending(id: str, sign: str = "", **changes: Any) -> dict[str, Any]:
    value = {"sign": sign or id, "title": f"Slut {id}", "text": "<p>Så blev det.</p>", "reflection": "Vad tänker du?"}
    return {"type": "ending", "id": id, "value": value | {"sources": []} | changes}


def conversation() -> list[dict[str, Any]]:
    """Two turns, the second of which leads back too, and two endings."""
    return [turn("t1", "ute", "slut"), turn("t2", "bra", "t1", sign="ute"), ending("e1", "bra"), ending("e2", "slut")]


def dialogue_page(parent: ModulePage, body: list[Any] | None = None, **fields: Any) -> DialoguePage:
    values = {
        "title": "Samtal i soffan",
        "slug": "samtal",
        "minutes": 6,
        "objectives": "m1",
        "workplaces": ["youth_centre"],
        "milieu": "far_right",
        "gender": "man",
        "setting": "<p>Det är kväll.</p>",
        "body": conversation() if body is None else body,
    }
    page: DialoguePage = parent.add_child(instance=DialoguePage(**values | fields))
    return page
