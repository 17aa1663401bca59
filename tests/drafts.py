"""Contents of modules: the dullest that can be given out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.actions.give_out import give_out
from courses.models import Edition, Module
from courses.payload import Check, Draft, Lesson, Objective, Option, Question, Text
from tests.factories import ModuleFactory

IN_FORCE = dt.date(2026, 2, 2)
SEALED = dt.datetime(2026, 2, 1, 8, 0, tzinfo=dt.UTC)


def question(id: str = "q1", **changes: Any) -> Question:
    """A single choice whose option `<id>-a` is right."""
    options = (
        Option(id=f"{id}-a", text="Ja", explanation="Misstanke räcker.", is_right=True),
        Option(id=f"{id}-b", text="Nej", explanation="Bevis krävs inte."),
    )
    fields = {"id": id, "kind": "single", "text": "Räcker misstanke?", "options": options, "objective": "m1"}
    return Question(**fields | changes)


def lesson(key: str = "l1", **changes: Any) -> Lesson:
    blocks = (Text(id=f"{key}-t", html="<p>Läs detta.</p>"), question(f"{key}-q"))
    return Lesson(**{"key": key, "slug": key, "title": f"Lektion {key}", "minutes": 4, "blocks": blocks} | changes)


def check(key: str = "k1", questions: int = 4, draw: int = 2, **changes: Any) -> Check:
    bank = tuple(question(f"{key}-q{number}") for number in range(1, questions + 1))
    fields = {"key": key, "slug": key, "title": "Kunskapskontroll", "minutes": 5, "draw": draw, "pass_percent": 50}
    return Check(**fields | {"questions": bank} | changes)


def draft(*steps: Lesson | Check, **changes: Any) -> Draft:
    fields: dict[str, Any] = {
        "slug": "informationsdelning",
        "title": "Informationsdelning",
        "summary": "Vad får jag dela?",
        "for_whom": "Alla som möter barn och unga.",
        "minutes": 30,
        "responsible": "Samordnare",
        "review_on": None,
        "objectives": (Objective(id="m1", text="skilja åsikt från brott"),),
        "tags": (),
        "steps": steps or (lesson(), check()),
    }
    return Draft(**fields | changes)


def given_out(
    content: Draft | None = None,
    module: Module | None = None,
    in_force_from: dt.date = IN_FORCE,
    at: dt.datetime = SEALED,
    material: frozenset[str] = frozenset(),
    **terms: Any,
) -> Edition:
    """Give out a content as the module's next edition."""
    content = content or draft()
    module = module or ModuleFactory(slug=content.slug, title=content.title)
    last = module.editions.order_by("-major", "-minor").first()
    fixed: dict[str, Any] = {"change_note": "Ny utgåva.", "by": None, "backdated": True}
    return give_out(
        module=module, draft=content, in_force_from=in_force_from, at=at, material=material, based_on=last, **fixed | terms
    )
