"""A town with one of everything that a page can show, for those who look at every page."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import call_command
from wagtail.models import Page

from certificates.actions import CannotBeDrawn, issue, revoke
from certificates.jobs import begin_job, work_on
from certificates.models import Certificate
from cms.composing import compose_module
from cms.models import ModulePage
from courses.actions.attempts import start_attempt
from courses.actions.lessons import answer_question
from courses.actions.withdraw import withdraw
from courses.grading import right_response
from courses.models import Edition, Evaluation, Exemption, LegalCheck, LegalSource, Module, ModuleRule
from courses.reading import find_step
from organisation.actions.erase_person import erase_person
from organisation.actions.hand_in_hr import preview_of
from organisation.actions.import_hr import import_hr
from organisation.actions.reorganise import reorganise
from organisation.models import Department, HrImport, HrUpload, Reorganisation, User
from organisation.permissions import ADMINISTRATORS, COORDINATORS, JURISTS, TRAINERS
from organisation.reorganising.requests import Renaming
from reports.follow_up.basis import Basis, BridgeAt, UnitAt
from reports.follow_up.states import State
from reports.models import PlanActivity, RecipientList
from tests.browser.places import CONTENT, SHORT, STOPPED, Place
from tests.cms.exercise_pages import cases_page, judgement_page
from tests.cms.pages import check_page, lesson_page, module_page
from tests.completions import completed
from tests.drafts import given_out
from tests.factories import RECORDED, START, CityFactory, DepartmentFactory, EmploymentFactory, ManagerFactory, UserFactory
from tests.organisation.hr.files import departments_file, people_file, person
from tests.reports.follow_up.cycles import corrected, cycle_in
from tests.reports.follow_up.samples import a_basis, a_figure, an_earlier
from tests.signs.conftest import DRAWING, entry
from tests.taking import assign, place, take_check, take_step, wrong_response

NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


@dataclass
class Town:
    """Who lives there, and what addresses are written with."""

    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, object] = field(default_factory=dict)

    def path_of(self, place: Place) -> str:
        """Return the address of a place, here."""
        return place.path.format(**self.keys)


def build() -> Town:
    """Fill an empty database, as of `NOON`."""
    # Rate limits are counted here, outside what tests roll back.
    caches["default"].clear()
    CityFactory()
    town = Town()
    administration = DepartmentFactory(name="Kultur- och fritidsförvaltningen")
    centre = DepartmentFactory(name="Ungdomens hus", parent=administration)
    _people(town, administration, centre)
    call_command("load_content", stdout=io.StringIO())
    page = _short_module()
    _stopped_module(town.people["trainer"])
    _assignments(town, administration, centre)
    _learning(town)
    _signs(town)
    _certificates(town)
    _jobs_and_erasures(town, centre)
    _hr_files(town)
    _reports(town, centre)
    _keys(town, page, centre)
    return town


def _people(town: Town, administration: Department, centre: Department) -> None:
    for name in ("beginner", "learner", "graduate"):
        user = UserFactory(first_name=name.capitalize(), last_name="Exempel", email=f"{name}@example.se")
        town.people[name] = EmploymentFactory(user=user, department=centre).user
    town.people["manager"] = ManagerFactory(department=administration).manager
    groups = {"trainer": TRAINERS, "jurist": JURISTS, "coordinator": COORDINATORS, "administrator": ADMINISTRATORS}
    for name, group in groups.items():
        town.people[name] = UserFactory(first_name="Tove", last_name="Exempel", email=f"{name}@example.se", is_staff=True)
        town.people[name].groups.add(Group.objects.get(name=group))


def _short_module() -> ModulePage:
    """One step of each kind, the second lesson with a content note; changed once, so that there is something to give out."""
    page = module_page(title="Kort modul", slug=SHORT)
    first = lesson_page(page)
    lesson_page(page, slug="svar-lektion", content_note="Lektionen handlar om våld.")
    cases_page(page)
    judgement_page(page)
    check_page(page)
    given_out(compose_module(page), page.module)
    first.title = "Lektion med nya ord"
    first.save_revision().publish()
    return page


def _stopped_module(by: User) -> None:
    page = module_page(title="Stoppad modul", slug=STOPPED)
    lesson_page(page)
    check_page(page)
    edition = given_out(compose_module(page), page.module)
    withdraw(edition=edition, step_key="", reason="Lagen ändras.", by=by, at=NOON)


def _assignments(town: Town, administration: Department, centre: Department) -> None:
    content, short, stopped = (Module.objects.get(slug=slug) for slug in (CONTENT, SHORT, STOPPED))
    town.keys["accepted"] = assign(content, centre).pk
    assign(short, centre, due_on=dt.date(2026, 2, 20))
    waiting = assign(stopped, administration, accepted_on=None)
    waiting.audience.rules.get().departments.add(centre)
    exempt = {"user": town.people["beginner"], "module": stopped, "reason": "leaving", "from_on": START}
    exemption = Exemption.objects.create(until_on=dt.date(2026, 3, 20), recorded_at=RECORDED, **exempt)
    town.keys["exemption"] = exemption.pk
    town.keys |= {"waiting": waiting.pk, "audience": waiting.audience_id}
    ModuleRule.objects.create(module=short, validity_months=12, from_on=START, recorded_at=RECORDED)


def _learning(town: Town) -> None:
    content, short = (Edition.objects.get(module__slug=slug) for slug in (CONTENT, SHORT))
    learner, graduate = town.people["learner"], town.people["graduate"]
    _answer_rightly_then_wrongly(learner, content)
    for line in short.outline:
        take_step(graduate, short, line)
    check = next(line["key"] for line in content.outline if line["kind"] == "check")
    take_check(graduate, content, check, NOON, rightly=False)
    said = {"worth_time": "yes", "knows_what_to_do": "partly", "unclear": "Vem ringer jag på natten?"}
    Evaluation.objects.bulk_create(Evaluation(module=content.module, is_released=True, **said) for _number in range(10))
    start_attempt(user=learner, place=place(content, check), seed="seed", at=NOON)


def _answer_rightly_then_wrongly(user: User, edition: Edition) -> None:
    here = place(edition, edition.outline[0]["key"])
    first, second = find_step(here.module_slug, here.step_slug, NOON.date()).lesson().questions[:2]
    answer_question(user=user, place=here, question_id=first.id, response=right_response(first), at=NOON)
    answer_question(user=user, place=here, question_id=second.id, response=wrong_response(second), at=NOON)


def _signs(town: Town) -> None:
    """One with a drawing, one that should have been checked, and one that waits for a reviewer."""
    drawn = entry("Provtecken", "prov", drawing=DRAWING, drawing_shows="Ett streck.")
    overdue = entry("Gammalt tecken", check_again_on=NOON.date() - dt.timedelta(days=1))
    waiting = entry("Nytt tecken", approved_on=None)
    town.keys |= {"sign": drawn.slug, "sign_key": drawn.pk, "overdue_sign": overdue.slug, "draft_sign": waiting.slug}


def _certificates(town: Town) -> None:
    """One that holds, one of another person that was revoked, and one that waits for a name that can be drawn."""
    edition = Edition.objects.get(module__slug=SHORT)
    lost = issue(completed(town.people["manager"], edition), at=NOON).certificate
    revoke(lost, reason="Någon annan svarade.", by=town.people["coordinator"], at=NOON)
    town.people["nameless"] = UserFactory(first_name="小明", last_name="王")
    with suppress(CannotBeDrawn):
        issue(completed(town.people["nameless"], edition), at=NOON)
    own = Certificate.objects.get(completion__user=town.people["graduate"])
    town.keys |= {"code": own.code, "number": own.number, "revoked": lost.code}


def _jobs_and_erasures(town: Town, centre: Department) -> None:
    """A job that goes on and one that is done, somebody who may be erased, and somebody who is."""
    edition, coordinator = Edition.objects.get(module__slug=SHORT), town.people["coordinator"]
    begun = {"department": centre, "by": coordinator, "at": NOON}
    done = begin_job(**begun, kind="issue")
    work_on(done.pk, at=NOON)
    leaver, gone = UserFactory(first_name="Lämna", last_name="Exempel"), UserFactory()
    erased = [issue(completed(person, edition), at=NOON).certificate for person in (leaver, gone)][1]
    erase_person(person=gone, decision="KS 2026/123", by=coordinator, at=NOON)
    going_on = begin_job(**begun, kind="reissue", reason="Nytt namn.")
    town.keys |= {"job_done": done.pk, "job": going_on.pk, "leaver": leaver.pk, "erased": erased.code}


def _hr_files(town: Town) -> None:
    """An import that was done, and uploads that wait for the coordinator, are refused, were interrupted, are done."""
    files = {"departments": departments_file(), "people": people_file(person(), person("1002")), "as_of": NOON.date()}
    would_be = preview_of(import_hr(**files, by=None, at=NOON, allow_large=True, dry_run=True))
    protocol = HrImport.objects.create(
        imported_at=NOON,
        as_of=NOON.date(),
        departments_file="enheter.csv",
        departments_sha256="0" * 64,
        people_file="personer.csv",
        people_sha256="0" * 64,
        counts={kind: would_be[kind] for kind in ("departments", "employments", "people", "absences")},
    )
    said = {
        "ready": {"preview": would_be},
        "refused": {"faults": ["Rad 2 är fel."]},
        "failed": {},
        "done": {"protocol": protocol},
    }
    for status, fields in said.items():
        upload = HrUpload.objects.create(
            handed_in_at=NOON,
            handed_in_by=town.people["coordinator"],
            as_of=NOON.date(),
            departments_name="enheter.csv",
            people_name="personer.csv",
            rows=2,
            status=status,
            started_at=NOON,
            **fields,
        )
        town.keys[f"hr_{status}"] = upload.pk


def _reports(town: Town, centre: Department) -> None:
    """One that is published and corrected, one that departments comment on, and a year that is open."""
    coordinator = town.people["coordinator"]
    published = cycle_in(State.PUBLISHED, coordinator, year=2025, period="helar", basis=_with_a_closed_department())
    corrected(published.follow_up.publication)
    cycle_in(State.APPROVED, coordinator, year=2025, period="april")
    cycle_in(State.OPEN, coordinator, year=2024, period="helar")
    cycle_in(State.DRAFT, coordinator, basis=_with_figures_of(centre))


def _with_a_closed_department() -> Basis:
    """The samples' basis, compared with an earlier one that had a department more."""
    basis = a_basis(previous=an_earlier(2025, "augusti", 1), last_year=None)
    closed = UnitAt(id="209", name="Enhet 209", kind="enhet", parent="200")
    bridge = BridgeAt(
        module="informationsdelning", unit="209", counted="valid", opening=30, parts={"moved_out": -30}, closing=0
    )
    return msgspec.structs.replace(basis, closed=(closed,), bridges=(*basis.bridges, bridge))


def _with_figures_of(department: Department) -> Basis:
    """The samples' basis, in which one of the units is the department; in one module it has nobody in the target group."""
    unit = department.external_id
    written = msgspec.json.encode(a_basis(previous=None, last_year=None)).replace(b'"201"', f'"{unit}"'.encode())
    basis = msgspec.json.decode(written, type=Basis)
    nobody = a_figure("demokratidialog", unit, 0, exempt=0)
    figures = tuple(nobody if (one.module, one.unit) == (nobody.module, unit) else one for one in basis.figures)
    return msgspec.structs.replace(basis, figures=figures)


def _keys(town: Town, page: ModulePage, centre: Department) -> None:
    learner = town.people["learner"]
    steps = {step["kind"]: step["slug"] for step in Edition.objects.get(module__slug=CONTENT).outline}
    town.keys |= {
        "centre": centre.pk,
        "reorganised": _reorganised(centre).pk,
        "planned": _planned(centre).pk,
        "beginner": town.people["beginner"].pk,
        "employment": town.people["beginner"].employments.get().pk,
        "module": page.module_id,
        "content": Module.objects.get(slug=CONTENT).pk,
        "module_page": page.pk,
        "lesson_page": page.get_children().first().pk,
        "check_page": page.get_children().last().pk,
        "cases_page": page.get_children().get(slug="fall").pk,
        "judgement_page": page.get_children().get(slug="bedomning").pk,
        "dialogue_page": Page.objects.get(slug="samtal-i-soffan").pk,
        "home_page": Page.objects.get(depth=2).pk,
        "routine_page": Page.objects.get(slug="vid-oro").pk,
        "shelf": page.get_parent().pk,
        "check": steps["check"],
        "recipients": RecipientList.objects.create(name="Ledningsgruppen", addresses=["ledning@example.se"]).pk,
        "activity": PlanActivity.objects.first().pk,
        "source": LegalSource.objects.first().pk,
        "legal_check": LegalCheck.objects.first().pk,
        "rule": ModuleRule.objects.get().pk,
        "person": learner.pk,
        "secret": f"{user_pk_to_url_str(learner)}-{default_token_generator.make_token(learner)}",
    }


def _reorganised(centre: Department) -> Reorganisation:
    """The youth centre got a new name."""
    request = Renaming(centre.external_id, "Ungdomens hus i centrum", "enhet")
    return reorganise(request=request, from_on=NOON.date(), by=None, at=NOON)


def _planned(centre: Department) -> Reorganisation:
    """It is to get yet another, long after every day that the browser sees."""
    request = Renaming(centre.external_id, "Ungdomens hus vid torget", "enhet")
    return reorganise(request=request, from_on=NOON.date() + dt.timedelta(days=2000), by=None, at=NOON)
