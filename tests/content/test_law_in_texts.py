"""A block that states law has a legal source, and nothing uncertain is stated as certain."""

import re
from collections.abc import Iterator

import pytest

from cms.starter.texts import (
    Block,
    CityText,
    Content,
    HeadingText,
    LegalText,
    PageKind,
    QuotationText,
    ReflectionText,
)
from tests.content.conftest import REAL_FOLDER
from tests.content.reading import blocks_of_step, passages_in, readability, visible

FEWEST_SOURCES = 35
LAW_WORDS = re.compile(
    r"§|\bkap\b|\blag(?:en|ens|ar)?\b|grundlag|balken|förordning|skyldig|tystnadsplikt|[Ss]ekretess|hemlig|orosanmäl|samtyck",
)
SECTION = re.compile(r"(\d+(?: a)? kap\.) (\d+(?: [a-g])? §)|(\d+ § lag)\b|(artikel \d+)")
# These sections of underlag.md are law from beginning to end.
LAW_FACTS = re.compile(r"A(?:[1-9]|1[01])(?:\.\d+)?")
SPEAKS_OF_NO_LAW = (HeadingText, ReflectionText, CityText, QuotationText)
PHONE = re.compile(r"(?<![\d.:§-])\b0\d{1,3}[ -]\d{2,}|\b116[ -]?111\b|\b\d{3} \d{2} \d{2}\b|\b\d{5,}\b")
UNSURE = re.compile(r"straffmynd|straffbarhetsålder|\bprop\.|propositionen|lagförslag|Orostelefonen", re.IGNORECASE)
APPROVED = re.compile(r"(?:godkänd|granskad|godkänts|granskats) av (?:en )?(?:kommun)?jurist", re.IGNORECASE)


def blocks_of(content: Content) -> Iterator[Block]:
    for module in content.modules:
        for step in module.steps:
            yield from blocks_of_step(step)
        yield from module.check.questions
    for page in content.pages:
        yield from page.blocks


def states_law(block: Block, content: Content) -> bool:
    if isinstance(block, SPEAKS_OF_NO_LAW):
        return False
    text = " ".join(visible(block, content))
    return bool(LAW_WORDS.search(text)) or any(LAW_FACTS.fullmatch(fact) for fact in block.facts)


def test_it_gives_a_legal_source_for_every_block_that_states_law(content: Content) -> None:
    unsupported = [b.id for b in blocks_of(content) if states_law(b, content) and not b.legal_sources]

    assert unsupported == []


def test_it_lists_among_a_blocks_sources_every_section_that_its_text_names(content: Content) -> None:
    designations = {source.key: source.designation for source in content.legal_sources}
    missing = set()
    for block in blocks_of(content):
        own = [designations[key] for key in block.legal_sources]
        named = sections_named(" ".join(passages_in(block)))
        missing |= {(block.id, section) for section in named if not any(text.startswith(section) for text in own)}

    # The old place of the duty to report, named so that staff recognise an outdated form.
    assert missing == {("l3-inledning", "14 kap. 1 §")}


def sections_named(text: str) -> list[str]:
    """Each "19 kap. 1 §", "7 § lag …" and "artikel 9" of a text, written as designations begin."""
    return [" ".join(part for part in match if part) for match in SECTION.findall(text)]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("Se 6 a kap. 10 § skollagen.", ["6 a kap. 10 §"]),
        ("Enligt 40 kap. 7 g § OSL och 7 § lag 2025:170.", ["40 kap. 7 g §", "7 § lag"]),
        ("Se artikel 9 i dataskyddsförordningen.", ["artikel 9"]),
        ("Tisdag 14.10 såg jag 3 elever.", []),
    ],
)
def test_it_finds_the_sections_that_a_text_names(text: str, sections: list[str]) -> None:
    assert sections_named(text) == sections


def test_it_has_a_collection_of_sources_and_uses_each(content: Content) -> None:
    used = {key for block in blocks_of(content) for key in block.legal_sources}

    assert len(content.legal_sources) >= FEWEST_SOURCES
    assert [source.key for source in content.legal_sources if source.key not in used] == []


def test_it_claims_no_jurist_behind_a_check(content: Content) -> None:
    assert {source.checked_by for source in content.legal_sources} == {"Redaktionen, mot rättsdatabas", ""}


def test_it_says_so_where_nobody_has_read_the_provision(content: Content) -> None:
    unchecked = {source.key for source in content.legal_sources if source.checked_on is None}

    silent = [
        block.id
        for block in blocks_of(content)
        if isinstance(block, LegalText) and block.key in unchecked and "kontrolleras av" not in block.html
    ]

    assert silent == []


@pytest.mark.parametrize("pattern", [PHONE, UNSURE, APPROVED], ids=["phone number", "unsure", "approval"])
def test_it_states_nothing_that_is_not_established(content: Content, pattern: re.Pattern[str]) -> None:
    found = {block.id: match[0] for block in blocks_of(content) if (match := pattern.search(" ".join(visible(block, content))))}

    assert found == {}


@pytest.mark.parametrize("number", ["020-100 200", "08-527 44 290", "116 111", "0520-123 45", "010-568 70 00"])
def test_it_knows_a_phone_number_when_it_sees_one(number: str) -> None:
    assert PHONE.search(f"Ring {number} i dag.")


@pytest.mark.parametrize("text", ["Ring 112.", "Polisen når du på 114 14.", "2026-04-27", "lag 2025:170", "KS 2016/731"])
def test_it_lets_what_is_no_secret_number_stand(text: str) -> None:
    assert not PHONE.search(text)


def test_it_refers_only_to_facts_that_the_list_of_facts_explains(content: Content) -> None:
    rows = (REAL_FOLDER / "underlag.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| ([A-Za-z0-9]+) \|", rows, re.MULTILINE))

    unknown = {fact for block in blocks_of(content) for fact in block.facts if fact.split(".")[0] not in known}

    assert unknown == set()


def test_it_quotes_only_the_plan(content: Content) -> None:
    sources = {block.source for block in blocks_of(content) if isinstance(block, QuotationText)}

    assert {source for source in sources if not source.startswith("Trollhättans Stad, Handlingsplan")} == set()


def test_it_has_the_open_pages_and_one_routine(content: Content) -> None:
    pages = {page.slug: page for page in content.pages}

    assert set(pages) == {
        "vid-oro",
        "anhorigstod",
        "anhorigstod-suomeksi",
        "om-planen",
        "tillganglighet",
        "personuppgifter",
    }
    assert [slug for slug, page in pages.items() if page.kind is PageKind.ROUTINE] == ["vid-oro"]


def test_it_leaves_contacts_to_the_city_on_every_page(content: Content) -> None:
    assert [p.slug for p in content.pages if not any(isinstance(block, CityText) for block in p.blocks)] == []


def test_it_tells_of_112_first_where_somebody_may_be_in_danger(content: Content) -> None:
    routine = next(page for page in content.pages if page.slug == "vid-oro")

    assert "112" in " ".join(visible(routine.blocks[0], content))


def test_it_writes_pages_in_easy_words(content: Content) -> None:
    """LIX is made for Swedish: Finnish words are longer."""
    swedish = [page for page in content.pages if page.language == "sv"]

    lix = {p.slug: readability([text for block in p.blocks for text in visible(block, content)]).lix for p in swedish}

    assert {slug: round(value, 1) for slug, value in lix.items() if value > 40} == {}


def test_it_asks_no_question_about_law_without_a_legal_source(content: Content) -> None:
    """A question about how to hold a conversation states no law; every question of the module on law does."""
    law = next(module for module in content.modules if module.slug == "informationsdelning")
    questions = [block for lesson in law.lessons for block in lesson.questions] + list(law.check.questions)

    assert [question.id for question in questions if not question.legal_sources] == []
