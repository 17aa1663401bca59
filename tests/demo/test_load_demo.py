"""`manage.py load_demo`: the demonstration organisation, its accounts and some history."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from certificates.models import Certificate
from courses.assignments import assigned_to
from courses.models import Assignment, Completion, Evaluation, Module
from organisation.models import City, DepartmentName, DepartmentSuccession, Employment, User
from organisation.permissions import own_departments
from reports.demo.people import PASSWORD
from reports.demo.tables import organisation_table
from reports.figures import Figure, figures
from tests.demo.starter import give_out_starter_content
from tests.drafts import given_out
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADMINISTRATIONS = {
    "Kommunstyrelsens förvaltning",
    "Utbildningsförvaltningen",
    "Arbetsmarknads- och socialförvaltningen",
    "Kultur- och fritidsförvaltningen",
}
AUTUMN = dt.date(2026, 11, 22)
LAW, SIGNS, DIALOGUE = "informationsdelning", "tidiga-tecken", "demokratidialog"


@pytest.fixture(autouse=True)
def _without_reports(monkeypatch):
    """Reports take their time to be drawn; they are looked at in a file of their own."""
    monkeypatch.setattr("reports.management.commands.load_demo.follow_up", lambda _organisation, _at: [])


@pytest.fixture
def demo():
    """The demonstration on small modules in place of the starter content."""
    give_out_starter_content()
    call_command("load_demo")


def everything() -> dict[str, int]:
    """How many rows there are of everything."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def figure_of(department: str, day: dt.date, module: str = LAW) -> Figure:
    (found,) = figures(day, departments=[department], modules=[module])
    return found


def test_it_makes_the_administrations_of_the_plan(demo) -> None:
    assert set(DepartmentName.objects.on(AUTUMN).filter(kind="forvaltning").values_list("name", flat=True)) == ADMINISTRATIONS
    assert City.objects.get().name == "Trollhättans Stad"


def test_it_makes_some_more_than_a_hundred_people_with_addresses_that_reach_nobody(demo) -> None:
    addresses = list(User.objects.values_list("email", flat=True))

    assert 100 <= len(addresses) <= 150
    assert all(address is None or address.endswith("@example.se") for address in addresses)
    assert addresses.count(None) == 1
    assert User.objects.filter(is_protected=True).count() == 1


@pytest.mark.parametrize("letter", ["å", "é", "ł", "ʼ", "中文"])
def test_it_has_names_of_every_kind(demo, letter) -> None:
    assert any(letter.lower() in user.get_full_name().lower() for user in User.objects.all())


def test_it_has_a_history(demo) -> None:
    before, after = dt.date(2025, 8, 31), dt.date(2025, 9, 1)
    field_work = DepartmentName.objects.filter(department__external_id="KFF-13")

    assert (field_work.on(before).get().name, field_work.on(after).get().name) == ("Fältverksamheten", "Fältgruppen")
    assert Employment.objects.exclude(superseded_at=None).count() == 1


def test_it_has_a_merger_with_a_successor(demo) -> None:
    before, after = dt.date(2026, 9, 30), dt.date(2026, 10, 1)

    assert figure_of("UBF-12", before).target == 12
    assert figures(after, departments=["UBF-12"]) == []
    succession = DepartmentSuccession.objects.get()
    assert (succession.predecessor.external_id, succession.successor.external_id) == ("UBF-12", "UBF-11")
    assert figure_of("UBF", before).target == figure_of("UBF", after).target


def test_it_has_a_deputy_for_a_period(demo) -> None:
    unit = DepartmentName.objects.on(AUTUMN).get(department__external_id="KFF-11").department_id
    deputy = User.objects.get(employee_number="DEMO-005")

    assert own_departments(deputy, AUTUMN) == [unit]
    assert own_departments(deputy, dt.date(2027, 1, 11)) == []


def test_it_has_a_due_day_counted_from_joining(demo) -> None:
    assert Assignment.objects.get(due_on=None).due_days == 90
    assert figure_of("ASF-2", AUTUMN).target == 2


def test_it_has_somebody_with_two_employments(demo) -> None:
    employments = Employment.objects.on(AUTUMN)

    assert employments.count() == employments.values("user").distinct().count() + 1


def test_it_gives_figures_that_tell_a_story(demo) -> None:
    department = figure_of("KFF", AUTUMN)

    assert department.target > department.valid > 0
    assert department.overdue > 0
    assert department.exempt == 5
    assert figure_of("UBF", AUTUMN).overdue == 0
    assert figure_of("KSF", AUTUMN).target == 0


def test_it_knows_nothing_of_completions_before_the_content_was_in_force(demo) -> None:
    assert figures(dt.date(2026, 2, 1)) == []
    assert not Completion.objects.filter(completed_on__lt=dt.date(2026, 2, 2)).exists()


def test_it_changes_nothing_when_run_again(demo, capsys) -> None:
    before = everything()

    call_command("load_demo")

    assert everything() == before
    assert "alva.exempel@example.se" in capsys.readouterr().out


def test_it_is_the_same_every_time(demo) -> None:
    found = figure_of("KFF", AUTUMN)

    assert (found.target, found.exempt, found.offered, found.started) == (30, 5, 30, 21)
    assert (found.completed, found.valid, found.refresher, found.overdue) == (20, 20, 0, 10)


def test_it_has_a_second_module_that_few_have_too_late_and_a_third_that_few_have_begun(demo) -> None:
    schools, culture = figure_of("UBF", AUTUMN, SIGNS), figure_of("KFF", AUTUMN, SIGNS)
    youth, families = figure_of("KFF-1", AUTUMN, DIALOGUE), figure_of("ASF-1", AUTUMN, DIALOGUE)

    assert (schools.target, schools.exempt, schools.valid, schools.overdue) == (54, 1, 47, 7)
    assert (culture.target, culture.exempt, culture.valid, culture.overdue) == (35, 0, 26, 0)
    assert (youth.target, youth.valid, youth.overdue) == (24, 4, 0)
    assert (families.target, families.valid, families.overdue) == (27, 3, 0)


def test_nobody_learns_what_was_not_assigned(demo) -> None:
    for done in Completion.objects.exclude(module__slug=LAW).select_related("user"):
        assert done.module_id in {one.module_id for one in assigned_to(done.user, done.completed_on)}, done
        assert done.department_id is not None


def test_its_learners_have_done_nothing_have_done_much_and_are_half_way(demo) -> None:
    assert standing_of("alva.exempel@example.se") == {LAW: "assigned", SIGNS: "assigned", DIALOGUE: "assigned"}
    assert standing_of("ludmila.pahitt@example.se") == {LAW: "completed", SIGNS: "completed", DIALOGUE: "assigned"}
    assert standing_of("hanna.krita@example.se") == {LAW: "started", SIGNS: "completed"}


def standing_of(address: str) -> dict[str, str]:
    """How far somebody has come with each module assigned."""
    person = User.objects.get(email=address)
    slugs = dict(Module.objects.values_list("pk", "slug"))
    found = {slugs[one.module_id]: "assigned" for one in assigned_to(person, AUTUMN)}
    found |= dict.fromkeys(person.rounds.values_list("module__slug", flat=True), "started")
    return found | dict.fromkeys(person.completions.values_list("module__slug", flat=True), "completed")


def test_its_certificates_are_numbered_in_the_order_of_their_days(demo) -> None:
    numbered = list(Certificate.objects.order_by("number").values_list("completion__completed_on", flat=True))

    assert len(numbered) == Completion.objects.count()
    assert numbered == sorted(numbered)


def test_whose_answers_are_not_written_has_done_every_step(demo) -> None:
    done = Completion.objects.filter(module__slug=SIGNS, round__answers=None)

    assert done.exists()
    for one in done:
        assert one.round.steps.exclude(done_at=None).count() == one.edition.steps.count()


def test_it_refuses_a_database_with_real_people() -> None:
    UserFactory(employee_number="4711")

    with pytest.raises(CommandError):
        call_command("load_demo")

    assert User.objects.count() == 1


def test_it_makes_the_organisation_without_the_module_too(capsys) -> None:
    call_command("load_demo")

    assert User.objects.exists()
    assert "informationsdelning" in capsys.readouterr().out


def test_it_goes_on_where_only_some_of_the_modules_are_missing(capsys) -> None:
    given_out()

    call_command("load_demo")

    assert set(Completion.objects.values_list("module__slug", flat=True)) == {LAW}
    printed = capsys.readouterr().out
    assert [f"”{slug}”" in printed for slug in (LAW, SIGNS, DIALOGUE)] == [False, True, True]


def test_it_prints_only_accounts_that_exist(capsys) -> None:
    call_command("load_demo", accounts=True)

    assert capsys.readouterr().out == ""


def test_it_lets_every_account_in_only_where_demo_is_on(demo, settings) -> None:
    accounts = organisation_table().accounts

    settings.DEMO = True
    assert all(Client().login(email=account.address, password=PASSWORD) for account in accounts)

    settings.DEMO = False
    assert not any(Client().login(email=account.address, password=PASSWORD) for account in accounts)


def test_it_puts_everybody_with_a_role_in_its_group(demo) -> None:
    for account in organisation_table().accounts:
        person = User.objects.get(email=account.address)
        assert [group.name for group in person.groups.all()] == ([account.group] if account.group else [])
        assert person.is_staff == bool(account.group)
        assert not person.is_superuser


def test_it_shows_what_ten_learners_think_and_keeps_the_eleventh(demo) -> None:
    evaluations = Evaluation.objects.filter(module__slug=LAW)

    assert evaluations.filter(is_released=True).count() == 10
    assert evaluations.count() == 11


def test_it_keeps_what_fewer_than_ten_think(demo) -> None:
    evaluations = Evaluation.objects.exclude(module__slug=LAW)

    assert evaluations.exists()
    assert not evaluations.filter(is_released=True).exists()
