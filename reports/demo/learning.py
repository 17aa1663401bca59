"""Lets the demonstration's people be assigned the starter content, and take it, through the actions that real people use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from certificates.actions import reserve_many
from certificates.actions.numbering import FIRST_ROUND
from certificates.models import Letter
from courses.actions.accept_assignment import accept_assignment
from courses.actions.attempts import answer_in_attempt, check_of, start_attempt
from courses.actions.complete import place_of_work
from courses.actions.evaluate import Said, evaluate
from courses.actions.exercises import finish_exercise
from courses.actions.lessons import answer_question, finish_lesson
from courses.actions.propose_assignment import propose_assignment
from courses.grading import right_response
from courses.models import (
    Audience,
    AudienceRule,
    Completion,
    Edition,
    Exemption,
    Module,
    ModuleRule,
    Offer,
    Round,
    Step,
    StepProgress,
)
from courses.reading import Line, Place, find_step, lines_of
from organisation import history
from organisation.models import User
from reports.demo.people import Organisation, People, morning_of
from reports.demo.tables import (
    AssignmentRow,
    AudienceRow,
    EvaluationRow,
    LearningTable,
    ModuleRow,
    RuleRow,
    learning_table,
)
from reports.models import ModuleGoal


def content_given_out_at() -> dt.datetime:
    """Return the moment at which the demonstration's city gave out the starter content."""
    return morning_of(learning_table().given_out_on)


def make_learning(organisation: Organisation, table: LearningTable) -> list[str]:
    """Let everything happen that the table tells of modules that exist, and return the addresses of those that are missing."""
    by = organisation.people[table.coordinator]
    audiences = {row.name: make_audience(organisation, row, by) for row in table.audiences}
    modules = {module.slug: module for module in Module.objects.all()}
    courses = [(modules[row.slug], row) for row in table.modules if row.slug in modules]
    for module, row in courses:
        set_terms(module, row.rule, by)
        for assignment in row.assignments:
            make_assignment(organisation, module, audiences[assignment.audience], assignment, by)
        exempt(organisation, module, row, by)
        offer(organisation, module, row)
    learn(organisation.people, courses)
    return [row.slug for row in table.modules if row.slug not in modules]


def learn(people: People, courses: Sequence[tuple[Module, ModuleRow]]) -> None:
    """Complete the modules day by day, as their certificates are numbered; then begin some, and evaluate."""
    done = [(day, number, module, row) for module, row in courses for number, day in row.days.items()]
    for day, that_day in groupby(sorted(done, key=itemgetter(0)), key=itemgetter(0)):
        for _day, number, module, row in that_day:
            complete = take if number in row.completed else record
            complete(people[number], module, day)
        certify(day)
    for module, row in courses:
        for number, day in row.started.items():
            take(people[number], module, day, steps=1)
        for said in row.evaluations:
            answer_questions_after(people[said.person], module, said)


def set_terms(module: Module, rule: RuleRow, by: User) -> None:
    """Say how long the module is valid, and what share of its target group is to have it."""
    terms = {"validity_months": rule.validity_months, "refresher_days": rule.refresher_days}
    history.record(ModuleRule(module=module, from_on=rule.from_on, **terms), by=by, at=morning_of(rule.from_on))
    if rule.goal_percent is not None:
        goal = ModuleGoal(module=module, from_on=rule.from_on, percent=rule.goal_percent)
        history.record(goal, by=by, at=morning_of(rule.from_on))


def exempt(organisation: Organisation, module: Module, row: ModuleRow, by: User) -> None:
    """Exempt those who need not take the module."""
    for one in row.exemptions:
        person = organisation.people[one.person]
        exemption = Exemption(user=person, module=module, reason=one.reason, from_on=one.from_on, until_on=one.until_on)
        history.record(exemption, by=by, at=morning_of(one.from_on))


def make_audience(organisation: Organisation, row: AudienceRow, by: User) -> Audience:
    """Return the target group, whose rule names the row's departments."""
    audience = Audience.objects.create(name=row.name)
    kind = {"occupations": list(row.occupations), "only_meets_young": row.only_meets_young}
    rule = AudienceRule(audience=audience, from_on=row.from_on, **kind)
    history.record(rule, by=by, at=morning_of(row.from_on))
    rule.departments.set(organisation.departments[department] for department in row.departments)
    return audience


def make_assignment(organisation: Organisation, module: Module, audience: Audience, row: AssignmentRow, by: User) -> None:
    """Propose, and let the managers accept who did."""
    assignment = propose_assignment(
        module=module,
        audience=audience,
        from_on=row.from_on,
        due_on=row.due_on,
        due_days=row.due_days,
        decided_by=row.decided_by,
        note=row.note,
        by=by,
        at=morning_of(row.proposed_on),
    )
    for acceptance in row.accepted:
        accept_assignment(
            assignment=assignment,
            department=organisation.departments[acceptance.department],
            by=organisation.people[acceptance.by],
            at=morning_of(acceptance.day),
            on=acceptance.day,
        )


def offer(organisation: Organisation, module: Module, row: ModuleRow) -> None:
    """Write the offers that were made at meetings."""
    Offer.objects.bulk_create(
        Offer(
            user=organisation.people[number],
            module=module,
            channel=Offer.Channel.MEETING,
            offered_on=meeting.day,
            recorded_at=morning_of(meeting.day),
        )
        for meeting in row.meetings
        for number in meeting.persons
    )


def take(person: User, module: Module, day: dt.date, steps: int | None = None) -> None:
    """Take the module, or its first steps, with right answers, on one day."""
    edition = Edition.objects.filter(module=module).in_force_on(day)[0]
    for line in lines_of(edition)[:steps]:
        place = Place(module.slug, line.slug, line.material_revision)
        TAKERS.get(line.kind, take_exercise)(person, place, line, morning_of(day))


def record(person: User, module: Module, day: dt.date) -> None:
    """Write that every step was done on a day, and nothing of the answers."""
    at = morning_of(day)
    edition = Edition.objects.filter(module=module).in_force_on(day)[0]
    employment = place_of_work(person, module.pk, day)
    opened = Round.objects.create(user=person, module=module, number=FIRST_ROUND, opened_on=day, opened_at=at)
    versions = [{"step_key": line.key, "material_revision": line.material_revision} for line in lines_of(edition)]
    StepProgress.objects.bulk_create(StepProgress(round=opened, started_at=at, done_at=at, **version) for version in versions)
    Completion.objects.create(
        round=opened,
        user=person,
        module=module,
        edition=edition,
        completed_on=day,
        recorded_at=at,
        department_id=employment.department_id if employment else None,
        department_name=(employment.name_that_day if employment else None) or "",  # type: ignore[attr-defined]  # annotated
    )


def certify(day: dt.date) -> None:
    """Number the certificates of a day's completions on that day, when their letters went too. The worker draws them."""
    at = morning_of(day)
    completions = Completion.objects.filter(completed_on=day).values_list("pk", flat=True)
    certificates = reserve_many(completions, at=at).values()
    Letter.objects.filter(certificate__in=certificates).update(claims=1, claimed_at=at, sent_at=at)


def take_lesson(person: User, place: Place, line: Line, at: dt.datetime) -> None:
    """Answer every question of a lesson, and finish it."""
    for question in find_step(place.module_slug, line.slug, at.date()).lesson().questions:
        answer_question(user=person, place=place, question_id=question.id, response=right_response(question), at=at)
    finish_lesson(user=person, place=place, at=at)


def take_exercise(person: User, place: Place, line: Line, at: dt.datetime) -> None:
    """Decide every case of an exercise rightly, or go through it to its end."""
    for question in find_step(place.module_slug, line.slug, at.date()).exercise().questions:
        answer_question(user=person, place=place, question_id=question.id, response=right_response(question), at=at)
    finish_exercise(user=person, place=place, at=at, at_end=True)


def take_check(person: User, place: Place, line: Line, at: dt.datetime) -> None:
    """Pass a knowledge check at the first attempt."""
    sitting = start_attempt(user=person, place=place, seed=person.employee_number or "", at=at)
    check = check_of(sitting, find_step(place.module_slug, line.slug, at.date()))
    questions = {question.id: question for question in check.questions}
    for key in sitting.question_ids:
        response = right_response(questions[key])
        answer_in_attempt(user=person, place=place, number=sitting.number, question_id=key, response=response, at=at)


TAKERS = {Step.Kind.LESSON.value: take_lesson, Step.Kind.CHECK.value: take_check}
"""How each kind of step is taken; every other kind is an exercise."""


def answer_questions_after(person: User, module: Module, row: EvaluationRow) -> None:
    """Answer the voluntary questions after the module."""
    completion = Completion.objects.get(user=person, module=module)
    said = Said(worth_time=row.worth_time, knows_what_to_do=row.knows_what_to_do, unclear=row.unclear)
    evaluate(user=person, completion_id=completion.pk, said=said)
