"""The whole content folder, and the rules that hold between its files."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cms.starter.activities import FILE_NAME as ACTIVITIES_FILE
from cms.starter.activities import read_activities
from cms.starter.documents import read_document
from cms.starter.errors import Place, Problems
from cms.starter.exercise_texts import CaseText
from cms.starter.legal_sources import FILE_NAME, read_legal_sources
from cms.starter.modules import MODULE_FILE, PlacedBlock, ReadModule, placed_blocks, read_module
from cms.starter.signs import SIGNS_FOLDER, read_signs
from cms.starter.texts import (
    ActivitiesText,
    ActivityText,
    ContactText,
    Content,
    LegalSourceText,
    PageKind,
    PageText,
    QuestionText,
    SignText,
)

PAGES_FOLDER = "sidor"
PAGE_FIELDS = ("slug", "titel", "sort", "språk", "sammanfattning")
LANGUAGES = ("sv", "fi")


def read_content(folder: Path) -> Content:
    """Everything under ``folder``. Raises ContentError with every problem if anything at all is wrong."""
    problems = Problems()
    sources = read_legal_sources(folder, problems)
    modules = [read_module(path.parent, folder, problems) for path in sorted(folder.glob(f"*/{MODULE_FILE}"))]
    if not modules:
        problems.add(Place(".", 1), "ingen modul", f"minst en mapp med filen {MODULE_FILE}")
    pages, page_blocks = _read_pages(folder, problems)
    signs = read_signs(folder, problems)
    activities = read_activities(folder, problems)
    blocks = [placed for module in modules for placed in module.blocks] + page_blocks
    _note_repeats(blocks, sources, signs, problems)
    _note_unknown_signs(blocks, signs, problems)
    _note_unknown_sources(blocks, sources, problems)
    _note_faulty_activities(activities, sources, problems)
    for module in modules:
        _refuse_contacts(module.blocks, problems)
        _refuse_activities(module.blocks, problems)
        _note_unknown_objectives(module, problems)
        _note_repeated_names(module, problems)
    problems.raise_if_any()
    return Content(
        modules=tuple(read.module for read in modules),
        legal_sources=sources,
        pages=tuple(pages),
        signs=signs,
        activities=activities,
    )


def _read_pages(root: Path, problems: Problems) -> tuple[list[PageText], list[PlacedBlock]]:
    pages: list[PageText] = []
    blocks: list[PlacedBlock] = []
    for path in sorted((root / PAGES_FOLDER).glob("*.md")):
        page, placed = _read_page(path, root, problems)
        pages.append(page)
        blocks.extend(placed)
    return pages, blocks


def _read_page(path: Path, root: Path, problems: Problems) -> tuple[PageText, list[PlacedBlock]]:
    document = read_document(path, root, problems)
    fields = document.head
    fields.refuse_others(PAGE_FIELDS)
    word = fields.text("sort")
    if word and word not in set(PageKind):
        problems.add(fields.place_of("sort"), f"sorten ”{word}”", " eller ".join(PageKind))
    language = fields.optional_text("språk") or "sv"
    if language not in LANGUAGES:
        problems.add(fields.place_of("språk"), f"språket ”{language}”", " eller ".join(LANGUAGES))
    placed = placed_blocks(document, problems)
    if word != PageKind.ROUTINE:
        _refuse_contacts(placed, problems)
    page = PageText(
        slug=fields.safe_name("slug"),
        title=fields.text("titel"),
        kind=PageKind(word) if word in set(PageKind) else PageKind.STANDARD,
        language=language,
        summary=fields.text("sammanfattning"),
        blocks=tuple(item.block for item in placed if not isinstance(item.block, ContactText)),
        contacts=tuple(item.block for item in placed if isinstance(item.block, ContactText)),
    )
    return page, placed


def _refuse_activities(placed: Iterable[PlacedBlock], problems: Problems) -> None:
    for item in placed:
        if isinstance(item.block, ActivitiesText):
            problems.add(item.place, "planens aktiviteter här", f"aktiviteter bara på sidor i mappen {PAGES_FOLDER}")


def _refuse_contacts(placed: Iterable[PlacedBlock], problems: Problems) -> None:
    for item in placed:
        if isinstance(item.block, ContactText):
            problems.add(item.place, "en kontakt här", f"kontakter bara på en sida av sorten {PageKind.ROUTINE}")


def _note_repeats(
    blocks: list[PlacedBlock], sources: tuple[LegalSourceText, ...], signs: tuple[SignText, ...], problems: Problems
) -> None:
    first: dict[str, Place] = {}
    for place, name in [*_named(blocks), *((sign.place, name) for sign in signs for name in sign.block_ids)]:
        if name in first:
            seen = first[name]
            problems.add(place, f"id ”{name}” finns redan i {seen.file}, rad {seen.line}", "ett eget id för varje block")
        first.setdefault(name, place)
    for key, count in Counter(source.key for source in sources).items():
        if count > 1:
            problems.add(Place(FILE_NAME, 1), f"nyckeln ”{key}” finns {count} gånger", "en egen nyckel för varje bestämmelse")

    for what, names in (("nyckeln", [sign.key for sign in signs]), ("slugen", [sign.slug for sign in signs])):
        for name, count in Counter(names).items():
            if count > 1:
                problems.add(Place(SIGNS_FOLDER, 1), f"{what} ”{name}” finns i {count} tecken", "en egen för varje tecken")


def _named(blocks: list[PlacedBlock]) -> Iterable[tuple[Place, str]]:
    return ((item.place, item.block.id) for item in blocks if item.block.id)


def _note_unknown_sources(blocks: list[PlacedBlock], sources: tuple[LegalSourceText, ...], problems: Problems) -> None:
    known = {source.key for source in sources}
    for item in blocks:
        for key in item.block.legal_sources:
            if key and key not in known:
                problems.add(item.place, f"rättskällan ”{key}” är okänd", f"en nyckel som finns i {FILE_NAME}")


def _note_unknown_signs(blocks: list[PlacedBlock], signs: tuple[SignText, ...], problems: Problems) -> None:
    known = {sign.key for sign in signs}
    for item in blocks:
        for key in item.block.signs if isinstance(item.block, QuestionText) else ():
            if key not in known:
                problems.add(item.place, f"tecknet ”{key}” är okänt", f"en nyckel som finns i mappen {SIGNS_FOLDER}")


def _note_faulty_activities(
    activities: tuple[ActivityText, ...], sources: tuple[LegalSourceText, ...], problems: Problems
) -> None:
    known = {source.key for source in sources}
    for key, count in Counter(activity.key for activity in activities).items():
        if count > 1:
            problems.add(Place(ACTIVITIES_FILE, 1), f"nyckeln ”{key}” finns {count} gånger", "en egen för varje aktivitet")
    for activity in activities:
        for key in activity.legal_sources:
            if key not in known:
                problems.add(activity.place, f"rättskällan ”{key}” är okänd", f"en nyckel som finns i {FILE_NAME}")


def _note_unknown_objectives(read: ReadModule, problems: Problems) -> None:
    known = {objective.id for objective in read.module.objectives}
    expected = "något av " + ", ".join(sorted(known))
    for step, place in zip(read.module.steps, read.step_places, strict=True):
        for name in step.objective_ids:
            if name not in known:
                problems.add(place, f"målet ”{name}” är okänt", expected)
        if not step.objective_ids:
            problems.add(place, "ett steg utan mål", expected)
    for item in read.blocks:
        question = item.block.question if isinstance(item.block, CaseText) else item.block
        if isinstance(question, QuestionText) and question.objective_id not in known:
            problems.add(item.place, f"målet ”{question.objective_id}” är okänt", expected)


def _note_repeated_names(read: ReadModule, problems: Problems) -> None:
    steps = (*read.module.steps, read.module.check)
    keys = [step.key for step in steps]
    slugs = [step.slug for step in steps]
    for what, names in (("nyckeln", keys), ("slugen", slugs)):
        for name, count in Counter(names).items():
            if count > 1:
                problems.add(read.place, f"{what} ”{name}” finns i {count} steg", "en egen för varje steg")
