"""A valid folder becomes records."""

from datetime import date
from pathlib import Path

from cms.starter import read_content
from cms.starter.texts import (
    CityText,
    HeadingText,
    LegalText,
    OptionText,
    PageKind,
    QuestionKind,
    QuotationText,
    RichText,
    StepsText,
)


def test_it_reads_the_head_of_a_module(folder: Path) -> None:
    module = read_content(folder).modules[0]

    assert (module.key, module.title, module.responsible) == ("prov", "Prov: ett prov", "Samordnare")
    assert (module.in_force_from, module.review_on) == (date(2026, 2, 2), date(2026, 12, 15))
    assert module.tags == ("prov", "test")
    assert [(objective.id, objective.text) for objective in module.objectives] == [("m1", "Du kan ett.")]


def test_it_sums_the_minutes_of_lessons_and_check(folder: Path) -> None:
    assert read_content(folder).modules[0].minutes == 7


def test_it_reads_blocks_in_order_with_ids_facts_and_sources(folder: Path) -> None:
    blocks = read_content(folder).modules[0].lessons[0].blocks

    assert [type(block) for block in blocks[:6]] == [HeadingText, RichText, QuotationText, LegalText, StepsText, CityText]
    assert (blocks[1].id, blocks[1].facts, blocks[1].legal_sources) == ("p-text", ("A1.1",), ("rf-2-1",))
    assert blocks[3].legal_sources == ("rf-2-1",)


def test_it_renders_only_elements_that_rich_text_keeps(folder: Path) -> None:
    text = read_content(folder).modules[0].lessons[0].blocks[1]

    assert isinstance(text, RichText)
    assert "<b>åsikt</b> är <i>fri</i>" in text.html
    assert '<a href="https://example.se">Läs mer</a>' in text.html
    assert "<ul>\n<li>ett</li>" in text.html


def test_it_joins_a_step_that_runs_over_two_lines(folder: Path) -> None:
    steps = read_content(folder).modules[0].lessons[0].blocks[4]

    assert isinstance(steps, StepsText)
    assert steps.items == ("Ett steg som fortsätter", "Ett till")


def test_it_lists_each_provision_of_a_lesson_once(folder: Path) -> None:
    assert read_content(folder).modules[0].lessons[0].legal_sources == ("rf-2-1",)


def test_it_marks_what_the_city_fills_in(folder: Path) -> None:
    city = read_content(folder).modules[0].lessons[0].blocks[5]

    assert isinstance(city, CityText)
    assert city.heading == "Fylls i av staden: Mottagningen"


def test_it_tells_the_situation_from_the_question(folder: Path) -> None:
    question = read_content(folder).modules[0].lessons[0].questions[0]

    assert (question.kind, question.situation, question.prompt) == (QuestionKind.ONE, "Någon tycker något.", "Vad gör du?")
    assert question.options[0] == OptionText(
        id="p-fraga-a", text="Ringer polisen.", is_right=False, explanation="Nej, åsikter anmäls inte."
    )


def test_it_keeps_the_order_of_the_file_and_the_right_positions(folder: Path) -> None:
    question = read_content(folder).modules[0].check.questions[0]

    assert [(option.id, option.position) for option in question.options] == [("p-ordna-a", 2), ("p-ordna-b", 1)]
    assert all(option.is_right for option in question.options)


def test_it_reads_legal_sources_with_their_check(folder: Path) -> None:
    source = read_content(folder).legal_sources[0]

    assert (source.key, source.law, source.sfs, source.section) == ("rf-2-1", "Regeringsformen", "1974:152", "1")
    assert (source.checked_on, source.check_again_on) == (date(2026, 4, 27), date(2026, 12, 31))
    assert source.in_force_from is None


def test_it_reads_pages(folder: Path) -> None:
    page = read_content(folder).pages[0]

    assert (page.slug, page.kind, len(page.blocks)) == ("vid-oro", PageKind.ROUTINE, 1)
    assert page.language == "sv"


def test_it_reads_a_page_in_finnish(folder: Path) -> None:
    path = folder / "sidor" / "vid-oro.md"
    path.write_text(path.read_text(encoding="utf-8").replace("slug: vid-oro\n", "slug: vid-oro\nspråk: fi\n"), encoding="utf-8")

    assert read_content(folder).pages[0].language == "fi"
