"""Lets the demonstration's people be assigned the starter content, and take it, through the actions that real people use."""

from __future__ import annotations

import datetime as dt

from certificates.actions import reserve
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
from courses.models import Audience, AudienceRule, Completion, Edition, Exemption, Module, ModuleRule, Offer, Round, Step
from courses.reading import Line, Place, find_step, lines_of
from organisation import history
from organisation.models import User
from reports.demo.people import Organisation, morning_of
from reports.demo.tables import AssignmentRow, AudienceRow, EvaluationRow, LearningTable, learning_table
from reports.models import ModuleGoal


def content_given_out_at() -> dt.datetime:
    """Return the moment at which the demonstration's city gave out the starter content."""
    return morning_of(learning_table().given_out_on)


def make_learning(organisation: Organisation, table: LearningTable) -> bool:
    """Return whether the module exists, so that there was something to learn."""
    module = Module.objects.filter(slug=table.module).first()
    if module is None:
        return False
    assign(organisation, module, table)
    offer(organisation, module, table)
    for number, day in sorted({**table.completed, **table.carried_over}.items(), key=lambda item: item[1]):
        complete = take if number in table.completed else carry_over
        complete(organisation.people[number], module, day)
        certify(organisation.people[number], module)
    for number, day in table.started.items():
        take(organisation.people[number], module, day, steps=1)
    for row in table.evaluations:
        answer_questions_after(organisation.people[row.person], module, row)
    return True


def assign(organisation: Organisation, module: Module, table: LearningTable) -> None:
    """Make the rule, the audiences, the assignments with their acceptances, and the exemptions."""
    by = organisation.people[table.coordinator]
    rule, terms = table.rule, {"validity_months": table.rule.validity_months, "refresher_days": table.rule.refresher_days}
    history.record(ModuleRule(module=module, from_on=rule.from_on, **terms), by=by, at=morning_of(rule.from_on))
    goal = ModuleGoal(module=module, from_on=rule.from_on, percent=rule.goal_percent)
    history.record(goal, by=by, at=morning_of(rule.from_on))
    audiences = {row.name: make_audience(organisation, row, by) for row in table.audiences}
    for row in table.assignments:
        make_assignment(organisation, module, audiences[row.audience], row, by)
    for exempt in table.exemptions:
        person = organisation.people[exempt.person]
        exemption = Exemption(
            user=person, module=module, reason=exempt.reason, from_on=exempt.from_on, until_on=exempt.until_on
        )
        history.record(exemption, by=by, at=morning_of(exempt.from_on))


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


def offer(organisation: Organisation, module: Module, table: LearningTable) -> None:
    """Write the offers that were made at meetings."""
    Offer.objects.bulk_create(
        Offer(
            user=organisation.people[number],
            module=module,
            channel=Offer.Channel.MEETING,
            offered_on=meeting.day,
            recorded_at=morning_of(meeting.day),
        )
        for meeting in table.meetings
        for number in meeting.persons
    )


def take(person: User, module: Module, day: dt.date, steps: int | None = None) -> None:
    """Take the module, or its first steps, with right answers, on one day."""
    edition = Edition.objects.filter(module=module).in_force_on(day)[0]
    for line in lines_of(edition)[:steps]:
        place = Place(module.slug, line.slug, line.material_revision)
        TAKERS.get(line.kind, take_exercise)(person, place, line, morning_of(day))


def carry_over(person: User, module: Module, day: dt.date) -> None:
    """Record that the module was completed where its content was in use before; of answers nothing is known."""
    at = morning_of(day)
    employment = place_of_work(person, module.pk, day)
    Completion.objects.create(
        round=Round.objects.create(user=person, module=module, number=FIRST_ROUND, opened_on=day, opened_at=at),
        user=person,
        module=module,
        edition=Edition.objects.filter(module=module).in_force_on(day)[0],
        completed_on=day,
        recorded_at=at,
        department_id=employment.department_id if employment else None,
        department_name=(employment.name_that_day if employment else None) or "",  # type: ignore[attr-defined]  # annotated
    )


def certify(person: User, module: Module) -> None:
    """Number the certificate on the day of the completion, when its letter went too. The worker draws it."""
    completion = Completion.objects.get(user=person, module=module)
    at = completion.recorded_at
    certificate = reserve(completion, at=at)
    Letter.objects.filter(certificate=certificate).update(claims=1, claimed_at=at, sent_at=at)


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
