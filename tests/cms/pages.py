"""A module as a trainer writes it: the dullest pages that can be given out."""

from __future__ import annotations

from typing import Any

from cms.models import KnowledgeCheckPage, LessonPage, ModuleIndexPage, ModulePage


def option(
    id: str, text: str = "Ja", *, right: bool = False, explanation: str = "Därför.", position: Any = None
) -> dict[str, Any]:
    value = {"text": text, "is_right": right, "explanation": explanation, "position": position}
    return {"type": "item", "id": id, "value": value}


def question(id: str = "q1", **changes: Any) -> dict[str, Any]:
    options = [option(f"{id}-a", "Ja", right=True), option(f"{id}-b", "Nej")]
    value = {
        "kind": "single",
        "situation": "",
        "text": "Räcker misstanke?",
        "options": options,
        "objective": "m1",
        "sources": [],
    }
    return {"type": "question", "id": id, "value": value | changes}


def text(id: str = "t1", html: str = "<p>Läs detta.</p>") -> dict[str, Any]:
    return {"type": "text", "id": id, "value": {"text": html, "sources": []}}


def module_page(title: str = "Informationsdelning", slug: str = "informationsdelning", **fields: Any) -> ModulePage:
    """A published module without steps."""
    values: dict[str, Any] = {
        "title": title,
        "slug": slug,
        "summary": "Vad får jag dela?",
        "for_whom": "Alla som möter barn och unga.",
        "responsible": "Samordnare",
        "objectives": [{"type": "objective", "id": "o1", "value": {"sign": "m1", "text": "skilja åsikt från brott"}}],
    }
    page: ModulePage = ModuleIndexPage.objects.get().add_child(instance=ModulePage(**values | fields))
    return page


def lesson_page(parent: ModulePage, slug: str = "lektion", body: list[Any] | None = None, **fields: Any) -> LessonPage:
    values = {
        "title": slug.capitalize(),
        "slug": slug,
        "minutes": 4,
        "body": body or [text(f"{slug}-t"), question(f"{slug}-q")],
    }
    page: LessonPage = parent.add_child(instance=LessonPage(**values | fields))
    return page


def check_page(parent: ModulePage, questions: list[Any] | None = None, **fields: Any) -> KnowledgeCheckPage:
    bank = questions or [question("k1"), question("k2")]
    values = {"title": "Kunskapskontroll", "slug": "kunskapskontroll", "minutes": 5, "draw": 1, "questions": bank}
    page: KnowledgeCheckPage = parent.add_child(instance=KnowledgeCheckPage(**values | fields))
    return page


def whole_module(**fields: Any) -> ModulePage:
    """A published module with one lesson and a check: it can be given out as it stands."""
    page = module_page(**fields)
    lesson_page(page)
    check_page(page)
    return page
