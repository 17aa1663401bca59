"""Free questions: who may ask about what, and what the answer says."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from organisation.models import Department, Employment
from reports.counting import COUNTED
from reports.figures import figures
from tests.factories import DepartmentFactory, EmploymentFactory, ManagerFactory
from tests.reports.conftest import TODAY
from tests.reports.record import complete
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PAGE = "/uppfoljning/fraga/"
EARLIER = "2026-03-01"


def answer(client_of, user, query: str = ""):
    return client_of(user).get(f"{PAGE}?{query}")


def table(response, kind: str) -> list[list[str]]:
    """The rows of the page's first table of a kind, each cell as it is read."""
    rows = html.fromstring(response.text).xpath(f"//table[@class='table table--{kind}']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def words(response) -> str:
    return " ".join(html.fromstring(response.text).xpath("//main")[0].text_content().split())


@pytest.fixture
def done(learner, edition) -> None:
    complete(learner, edition, TODAY)


@pytest.mark.parametrize("path", [PAGE, "/uppfoljning/fraga.json"])
@pytest.mark.parametrize("somebody", ["learner", "trainer", "outsider"])
def test_it_is_not_found_for_who_answers_for_nothing(client_of, request, path, somebody) -> None:
    assert client_of(request.getfixturevalue(somebody)).get(path).status_code == 404


def test_it_asks_strangers_to_log_in(client) -> None:
    assert client.get(PAGE)["Location"] == f"{reverse('account_login')}?next={PAGE}"


@pytest.mark.usefixtures("done")
def test_it_answers_in_a_sentence_and_a_table(client_of, coordinator, youth_centre) -> None:
    EmploymentFactory(department=youth_centre)

    response = answer(client_of, coordinator)

    assert "50 % av målgruppen är klar, 1 av 2." in words(response)
    assert table(response, "counts") == [
        ["Kultur- och fritidsförvaltningen", "2", "0", "1", "1", "1", "50 %", "0", "0", "0"],
        ["Ungdomens hus", "2", "0", "1", "1", "1", "50 %", "0", "0", "0"],
    ]


@pytest.mark.usefixtures("done")
def test_its_picture_says_what_it_shows(client_of, coordinator) -> None:
    picture = html.fromstring(answer(client_of, coordinator).text).xpath("//svg[@role='img']")[0]
    title, description = (
        picture.getroottree().xpath(f"string(//*[@id='{key}'])") for key in picture.get("aria-labelledby").split()
    )

    assert title.endswith("så långt har målgruppen kommit")
    assert description == "Erbjudna: 0 av 1; Har börjat: 1 av 1; Har genomfört: 1 av 1; Giltiga: 1 av 1"


def test_a_coordinator_sees_no_person(client_of, coordinator, learner, edition) -> None:
    assert "Kråkbär" not in answer(client_of, coordinator).text


def test_a_manager_sees_only_the_own_line(client_of, manager, learner, edition, other_department) -> None:
    response = answer(client_of, manager)

    assert [row[0] for row in table(response, "counts")] == ["Ungdomens hus"]
    assert "Kultur- och fritidsförvaltningen" not in words(response)
    assert "Utbildningsförvaltningen" not in words(response)


@pytest.mark.parametrize("path", [PAGE, "/uppfoljning/fraga.json"])
def test_a_shared_address_is_checked_anew(client_of, manager, other_manager, coordinator, edition, youth_centre, path) -> None:
    shared = f"{path}?dag=2026-03-31&enhet={youth_centre.pk}"

    statuses = [client_of(user).get(shared).status_code for user in (manager, coordinator, other_manager)]

    assert statuses == [200, 200, 404]


@pytest.mark.parametrize("department", ["0", "99999999", "x", "1%00", "²"])
def test_a_department_that_is_none_is_not_found(client_of, coordinator, edition, department) -> None:
    assert answer(client_of, coordinator, f"enhet={department}").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("dag=2026-04-01", "Den dagen har inte varit än"),
        ("dag=1999-12-31", "från och med år 2000"),
        ("dag=igår", "Skriv datumet så här: 2026-08-31"),
        ("dag=2026-03-01&jamfor=2026-03-01", "Jämför med en dag före"),
        ("modul=finns-inte", "Det finns ingen modul ”finns-inte”"),
    ],
)
def test_it_refuses_what_cannot_be_answered(client_of, coordinator, edition, query, sentence) -> None:
    response = answer(client_of, coordinator, query)

    assert response.status_code == 422
    assert sentence in words(response)
    assert client_of(coordinator).get(f"/uppfoljning/fraga.csv?{query}").status_code == 404


def test_nobody_in_the_target_group_is_no_share(client_of, coordinator, edition) -> None:
    response = answer(client_of, coordinator)

    assert "Ingen i målgruppen." in words(response)
    assert "%" not in words(response)


@pytest.mark.usefixtures("done")
def test_it_explains_what_changed(client_of, coordinator, youth_centre) -> None:
    EmploymentFactory(department=youth_centre, from_on=TODAY)

    rows = table(answer(client_of, coordinator, f"jamfor={EARLIER}"), "changes")

    assert rows == [
        [
            name,
            "1 → 2 Började arbeta +1",
            "0 → 1 Genomförde modulen +1",
            "0 → 1 Genomförde modulen +1",
        ]
        for name in ("Kultur- och fritidsförvaltningen", "Ungdomens hus")
    ]


def test_it_says_that_nothing_changed(client_of, coordinator, learner, edition) -> None:
    assert "Inget har ändrats sedan den 1 mars 2026." in words(answer(client_of, coordinator, f"jamfor={EARLIER}"))


def test_it_can_count_the_earlier_day_as_it_was_known(client_of, coordinator, learner, edition, youth_centre) -> None:
    EmploymentFactory(department=youth_centre, recorded_at="2026-03-20T08:00:00Z")

    rows = table(answer(client_of, coordinator, f"jamfor={EARLIER}&kant=da"), "changes")

    assert rows[-1][:2] == ["Ungdomens hus", "1 → 2 Tillkom i efterhand +1"]


def test_another_principal_stands_beside_the_city(client_of, coordinator, learner, edition) -> None:
    association = DepartmentFactory(name="Räddningsförbundet")
    Department.objects.filter(pk=association.pk).update(is_other_principal=True)
    assign(edition.module, association)
    EmploymentFactory(department=association)

    page = answer(client_of, coordinator)

    leads = [lead.text_content() for lead in html.fromstring(page.text).xpath("//main//p[@class='lead']")]
    assert [" ".join(lead.split(".")[0].split()) for lead in leads] == ["0 % av målgruppen är klar, 0 av 1"] * 2
    assert "annan huvudman" in words(page)


def test_a_closed_department_of_the_earlier_day_is_explained(client_of, coordinator, learner, edition, youth_centre) -> None:
    Employment.objects.filter(user=learner).update(until_on=TODAY)
    youth_centre.places.update(until_on=TODAY)

    rows = table(answer(client_of, coordinator, f"jamfor={EARLIER}"), "changes")

    assert ["Ungdomens hus", "1 → 0 Slutade −1", "0 → 0", "0 → 0"] in rows


# Files


@pytest.mark.usefixtures("done")
def test_the_files_have_the_figures_of_the_command(client_of, coordinator, learner) -> None:
    client = client_of(coordinator)
    expected = [
        ["2026-03-31", one.module, one.department, one.department_name, *(str(getattr(one, what)) for what in COUNTED)]
        for one in figures(TODAY)
    ]

    as_csv = client.get("/uppfoljning/fraga.csv").content.decode("utf-8-sig")
    as_json = client.get("/uppfoljning/fraga.json").json()["figures"]
    sheet = load_workbook(io.BytesIO(client.get("/uppfoljning/fraga.xlsx").content)).worksheets[0]

    assert list(csv.reader(io.StringIO(as_csv, newline=""), delimiter=";"))[1:] == expected
    assert [[str(value) for value in row.values()] for row in as_json] == expected
    assert list(as_json[0]) == ["as_of", "module", "department", "department_name", *COUNTED]
    assert [[str(cell.value).removesuffix(" 00:00:00") for cell in row] for row in sheet.iter_rows(min_row=2)] == expected


def test_the_files_have_the_changes(client_of, coordinator, learner, edition) -> None:
    client = client_of(coordinator)
    query = f"jamfor={EARLIER}"

    changes = client.get(f"/uppfoljning/fraga.json?{query}").json()["changes"]
    heading = client.get(f"/uppfoljning/fraga.csv?{query}&tabell=forandringar").content.decode("utf-8-sig").splitlines()[0]

    assert {row["figure"] for row in changes} == {"Målgrupp", "Har genomfört", "Giltiga"}
    assert all(row["closing"] == row["opening"] + sum_of_parts(row) for row in changes)
    assert "Började arbeta" in heading


def sum_of_parts(row: dict[str, object]) -> int:
    keys = list(row)
    return sum(int(str(row[key])) for key in keys[keys.index("opening") + 1 : keys.index("unexplained")])


def test_a_managers_file_holds_the_own_line(client_of, manager, learner, edition, youth_centre) -> None:
    rows = json.loads(client_of(manager).get("/uppfoljning/fraga.json").content)["figures"]

    assert {row["department"] for row in rows} == {youth_centre.external_id}


def test_there_is_no_other_kind_of_file(client_of, coordinator, edition) -> None:
    assert client_of(coordinator).get("/uppfoljning/fraga.exe").status_code == 404


# Size


def test_forty_departments_are_a_light_page_with_the_same_queries(
    client_of, coordinator, edition, administration, django_assert_max_num_queries
) -> None:
    client, query = client_of(coordinator), f"jamfor={EARLIER}"
    EmploymentFactory(department=administration, from_on=TODAY)
    client.get(PAGE)
    with django_assert_max_num_queries(45) as few:
        client.get(f"{PAGE}?{query}")

    for number in range(38):
        below = DepartmentFactory(parent=administration, name=f"Verksamheten med det långa namnet {number}")
        EmploymentFactory(department=below, from_on=TODAY)
    with django_assert_max_num_queries(45) as many:
        response = client.get(f"{PAGE}?{query}")

    assert len(few) == len(many)
    assert len(table(response, "counts")) == 39
    assert len(response.content) < 55_000, "three modules, with every department changed, must fit in 150 kB"


def test_a_large_tree_is_cut_to_whole_levels(client_of, coordinator, learner, edition, administration) -> None:
    for _ in range(4):
        branch = DepartmentFactory(parent=administration)
        for _ in range(20):
            DepartmentFactory(parent=branch)

    response = answer(client_of, coordinator)

    assert len(table(response, "counts")) == 6
    assert "Bara de övre nivåerna visas" in words(response)
    assert len(client_of(coordinator).get("/uppfoljning/fraga.json").json()["figures"]) == 86


def test_a_manager_of_two_departments_gets_them_together(client_of, manager, learner, edition, administration) -> None:
    other = DepartmentFactory(parent=administration, name="Stadsbiblioteket")
    ManagerFactory(manager=manager, department=other)
    EmploymentFactory(department=other, user=learner)

    response = answer(client_of, manager)

    assert "0 % av målgruppen är klar, 0 av 1." in words(response)
    assert [row[:2] for row in table(response, "counts")] == [["Ungdomens hus", "1"], ["Stadsbiblioteket", "1"]]
