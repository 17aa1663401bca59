"""The page of a report: what it says, what it leads to, and what it weighs."""

from __future__ import annotations

import pytest
from lxml import html

from reports.follow_up.basis import FigureAt, UnitAt
from reports.follow_up.report import Grid
from reports.follow_up.states import State
from reports.follow_up.views.drawing import table_of
from reports.tables import Cell, Column, Kind, Table
from tests.reports.follow_up.cycles import corrected, cycle_in
from tests.reports.follow_up.samples import MODULES, a_basis, a_figure, an_earlier

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PAGE = "/uppfoljning/2026/april/"
ASSETS = 120_000
"""What styles, letters and scripts weigh together; the page itself may weigh the rest of 150 kB."""


@pytest.fixture
def published(coordinator):
    return cycle_in(State.PUBLISHED, coordinator).follow_up.publication


def words(response) -> str:
    return " ".join(html.fromstring(response.text).xpath("//main")[0].text_content().split())


def test_it_opens_with_the_result_in_a_sentence(client_of, learner, coordinator) -> None:
    cycle_in(State.PUBLISHED, coordinator, basis=_large_basis())

    found = html.fromstring(client_of(learner).get(PAGE).text)

    lead = found.xpath("//section[@aria-labelledby='result']/p[@class='lead']")[0].text_content()
    assert "55\u00a0%" in lead
    assert "22000" in lead.replace("\u00a0", "")


def test_it_hides_what_is_small_and_says_so(client_of, learner, published) -> None:
    found = html.fromstring(client_of(learner).get(f"{PAGE}enhet/200/").text)

    row = [cell.text_content().strip() for cell in found.xpath("//tr[th='Enhet 202']")[0].xpath("td")]
    assert set(row) == {"– visas inte"}
    assert "talet är för litet, eller så går ett litet tal att räkna fram ur det" in found.xpath("//main")[0].text_content()


def test_a_table_of_words_is_read_row_by_row_on_a_phone(client_of, learner, published) -> None:
    found = html.fromstring(client_of(learner).get(f"{PAGE}aktiviteter/").text)

    (table,) = found.xpath("//table")
    assert "table--words" in table.get("class")
    assert table.xpath("caption")[0].get("class") == "hidden-visually", "the page's heading says it"
    assert [cell.get("data-label") for cell in table.xpath("tbody/tr[1]/*")][:3] == [None, "Ansvarig", "Tidplan"]


@pytest.mark.parametrize(("kind", "cell"), [(Kind.TEXT, "ord"), (Kind.NUMBER, 7)])
def test_more_rows_of_words_than_of_numbers_are_cards(kind: Kind, cell: Cell) -> None:
    table = Table("t", "T", (Column("name", "Namn"), Column("what", "Vad", kind)), tuple((f"Rad {n}", cell) for n in range(20)))

    assert table_of(Grid(table)).is_of_cards is (kind is Kind.TEXT)


def test_each_cell_that_names_a_row_says_what_it_is(client_of, learner, coordinator) -> None:
    cycle_in(State.PUBLISHED, coordinator, basis=a_basis(last_year=None))

    found = html.fromstring(client_of(learner).get(f"{PAGE}forandringar/").text)

    assert [cell.get("data-label") for cell in found.xpath("(//tbody/tr)[1]/th")] == [None, "Mått"]


def test_a_large_table_says_that_it_can_be_moved(client_of, learner, coordinator) -> None:
    cycle_in(State.PUBLISHED, coordinator, basis=_large_basis())

    found = html.fromstring(client_of(learner).get(f"{PAGE}verksamheter/").text)

    tables = found.xpath("//div[@class='sideways']")
    assert len(tables) == len(found.xpath("//p[contains(@class, 'sideways-hint')]")) > 0


def test_it_draws_pictures_of_the_tables(client_of, learner, published) -> None:
    pictures = html.fromstring(client_of(learner).get(PAGE).text).xpath("//svg[@role='img']")

    assert len(pictures) == 1 + len(MODULES), "the shares beside each other, then a funnel a module"
    assert len({one.get("aria-labelledby") for one in pictures}) == len(pictures)


def test_it_leads_to_a_page_for_each_board_and_to_the_files(client_of, learner, published) -> None:
    client = client_of(learner)
    pages = [html.fromstring(client.get(address).text) for address in (PAGE, f"{PAGE}verksamheter/")]
    links = [link.get("href") for page in pages for link in page.xpath("//main//a")]
    own = [link for link in links if link.startswith(PAGE)]

    assert [link for link in own if "/enhet/" in link] == [f"{PAGE}enhet/{unit}/" for unit in ("100", "200", "300", "900")]
    assert {client.get(link).status_code for link in own} == {200}
    assert "/uppfoljning/2026/april.pdf" in links


@pytest.mark.parametrize("path", ["finns-inte/", "enhet/finns-inte/", "boards/"])
def test_it_has_no_other_pages(client_of, learner, published, path) -> None:
    assert client_of(learner).get(PAGE + path).status_code == 404


def test_it_escapes_what_departments_wrote(client_of, learner, published) -> None:
    response = client_of(learner).get(f"{PAGE}kommentarer/")

    assert "vikarierna &lt;b&gt;började&lt;/b&gt;" in response.text


@pytest.mark.parametrize("path", ["", "verksamheter/", "enhet/100/", "kommentarer/"])
def test_it_shows_errata_before_all_else(client_of, learner, published, path) -> None:
    corrected(published)

    said = words(client_of(learner).get(PAGE + path))

    assert "33 ska vara 35." in said.split("målgrupp")[0]


def test_it_says_that_a_draft_is_one(client_of, coordinator) -> None:
    cycle_in(State.DRAFT, coordinator)
    client = client_of(coordinator)

    assert "Utkast" in words(client.get(PAGE))
    draft = client.get("/uppfoljning/2026/april.csv")
    assert "UTKAST" in draft["Content-Disposition"]
    assert draft["Cache-Control"] == "private, no-store"


def _large_basis():
    """Forty departments side by side, which is the heaviest that a page can become."""
    units = tuple(
        UnitAt(id=f"D{number}", name=f"Förvaltning nummer {number}", kind="forvaltning", parent="") for number in range(40)
    )
    figures: list[FigureAt] = []
    for module in MODULES:
        figures += [a_figure(module, "", 40_000), *(a_figure(module, unit.id, 1_000) for unit in units)]
    return a_basis(units=units, figures=tuple(figures), bridges=(), late=(), previous=None, last_year=None, assignments=())


@pytest.mark.parametrize("path", ["", "verksamheter/"])
def test_it_is_light_and_read_in_few_queries(client_of, learner, coordinator, django_assert_max_num_queries, path) -> None:
    cycle_in(State.PUBLISHED, coordinator, basis=_large_basis())
    client = client_of(learner)
    client.get("/")  # what is kept of the city is read once a minute

    with django_assert_max_num_queries(6):
        response = client.get(PAGE + path)

    assert len(response.content) < 150_000 - ASSETS, len(response.content)


def test_it_compares_with_the_earlier_report_in_as_few_queries(
    client_of, learner, coordinator, django_assert_max_num_queries
) -> None:
    cycle_in(State.PUBLISHED, coordinator, year=2025)
    cycle_in(State.PUBLISHED, coordinator, basis=a_basis(previous=an_earlier(2025, "april", 1), last_year=None))
    client = client_of(learner)
    client.get("/")

    with django_assert_max_num_queries(6):
        said = words(client.get(PAGE))

    assert "April 2025" in said
