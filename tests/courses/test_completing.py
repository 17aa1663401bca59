"""Completing a module: when, once, and stamped with where the person worked."""

import datetime as dt

import pytest
from django.utils import translation

from courses.actions.complete import complete
from courses.actions.lessons import finish_lesson
from courses.actions.withdraw import lift, withdraw
from courses.completion import Why, standing
from courses.models import Completion, ModuleRule, Round, StepProgress
from courses.payload import Text
from courses.reading import find_module
from courses.rounds import present_round
from courses.signals import completed
from organisation.history import end
from organisation.models import Event
from tests.drafts import check, draft, given_out, lesson
from tests.factories import RECORDED, START, DepartmentFactory, EmploymentFactory
from tests.taking import NOON, TODAY, assign, place, take_check, take_lesson, take_module

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LATER = NOON + dt.timedelta(days=400)


@pytest.fixture
def edition():
    return given_out()


def why_not(user, edition, day=TODAY):
    module = find_module(edition.module.slug, day)
    return standing(module, present_round(user, module), module.stops())


def test_the_last_step_completes_the_module(learner, edition, youth_centre) -> None:
    take_lesson(learner, edition)

    answered = take_check(learner, edition)

    completion = Completion.objects.get()
    assert answered.completion == completion
    assert (completion.user, completion.edition, completion.completed_on) == (learner, edition, TODAY)
    assert (completion.department, completion.department_name) == (youth_centre, "Ungdomens hus")


def test_the_order_of_the_steps_does_not_matter(learner, edition) -> None:
    take_check(learner, edition)

    assert take_lesson(learner, edition).completion is not None


def test_the_day_is_that_of_stockholm(learner, edition) -> None:
    take_module(learner, edition, dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC))

    assert Completion.objects.get().completed_on == dt.date(2026, 3, 3)


def test_it_is_logged_and_told_after_commit(learner, edition, django_capture_on_commit_callbacks) -> None:
    heard = []
    completed.connect(lambda completion_id, **_: heard.append(completion_id), weak=False, dispatch_uid="test")

    with django_capture_on_commit_callbacks(execute=True):
        take_module(learner, edition)
        assert heard == []
    completed.disconnect(dispatch_uid="test")

    assert heard == [Completion.objects.get().pk]
    event = Event.objects.get(verb="module.completed")
    assert (event.actor, event.subject_id) == (learner, str(heard[0]))


def test_a_failing_receiver_is_logged_and_silences_no_other(
    learner, edition, django_capture_on_commit_callbacks, caplog
) -> None:
    heard = []

    def broken(**_):
        raise RuntimeError("the broker is away")

    completed.connect(broken, weak=False, dispatch_uid="broken")
    completed.connect(lambda completion_id, **_: heard.append(completion_id), weak=False, dispatch_uid="test")
    with django_capture_on_commit_callbacks(execute=True):
        take_module(learner, edition)
    completed.disconnect(dispatch_uid="broken")
    completed.disconnect(dispatch_uid="test")

    assert len(heard) == 1
    assert "the broker is away" in caplog.text


def test_asking_again_writes_nothing_more(learner, edition) -> None:
    take_module(learner, edition)

    finish_lesson(user=learner, place=place(edition), at=NOON)
    assert complete(user=learner, module_slug=edition.module.slug, at=NOON) is None

    assert Completion.objects.count() == 1


def test_it_says_what_is_missing_in_the_order_of_the_steps(learner, edition) -> None:
    with translation.override("en"):
        missing = why_not(learner, edition).missing
        sentences = [one.sentence for one in missing]

    assert [one.why for one in missing] == [Why.STEP_NOT_DONE, Why.CHECK_NOT_PASSED]
    assert sentences == ["You have not done “Lektion l1” yet.", "You have not passed “Kunskapskontroll” yet."]


def test_a_withdrawn_step_holds_the_completion_back_and_keeps_the_progress(learner, edition, trainer) -> None:
    take_lesson(learner, edition)
    withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=NOON)

    answered = take_check(learner, edition)

    state = why_not(learner, edition)
    assert answered.completion is None
    assert ([one.why for one in state.missing], state.is_only_waiting) == ([Why.STEP_WITHDRAWN], True)
    assert StepProgress.objects.filter(done_at=NOON).count() == 2


def test_after_the_withdrawal_is_lifted_the_learner_completes_without_doing_anything_again(learner, edition, trainer) -> None:
    take_lesson(learner, edition)
    stop = withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=NOON)
    take_check(learner, edition)
    lift(withdrawal=stop, by=trainer, at=NOON)

    completion = complete(user=learner, module_slug=edition.module.slug, at=LATER)

    assert completion.completed_on == LATER.date()


def test_a_withdrawn_edition_completes_nobody(learner, edition, trainer) -> None:
    take_lesson(learner, edition)
    withdraw(edition=edition, step_key="", reason="Fel i allt.", by=trainer, at=NOON)

    assert complete(user=learner, module_slug=edition.module.slug, at=NOON) is None
    assert why_not(learner, edition).missing[0].why == Why.EDITION_WITHDRAWN


def test_a_person_without_employment_completes_without_a_department(outsider, edition) -> None:
    take_module(outsider, edition)

    completion = Completion.objects.get()
    assert (completion.department, completion.department_name) == (None, "")


def test_of_two_employments_it_stamps_the_one_that_the_module_is_assigned_through(learner, edition, other_department) -> None:
    EmploymentFactory(user=learner, department=other_department, from_on=dt.date(2025, 6, 1))
    assign(edition.module, other_department)

    take_module(learner, edition)

    assert Completion.objects.get().department == other_department


def test_of_two_employments_without_an_assignment_it_stamps_the_earliest_begun(
    learner, edition, other_department, youth_centre
) -> None:
    EmploymentFactory(user=learner, department=other_department, from_on=dt.date(2024, 6, 1))

    take_module(learner, edition)

    assert Completion.objects.get().department == other_department


def test_of_two_employments_begun_the_same_day_it_stamps_the_one_recorded_first(learner, edition, youth_centre) -> None:
    EmploymentFactory(user=learner, department=DepartmentFactory())

    take_module(learner, edition)

    assert Completion.objects.get().department == youth_centre


def test_an_employment_that_ends_in_the_middle_of_the_module_is_not_stamped(learner, edition) -> None:
    take_lesson(learner, edition)
    end(learner.employments.get(), until_on=TODAY, by=None, at=RECORDED)

    take_check(learner, edition)

    assert Completion.objects.get().department is None


def test_it_stamps_the_name_that_the_department_had_that_day(learner, edition, youth_centre) -> None:
    name = youth_centre.names.get()
    end(name, until_on=dt.date(2026, 2, 1), by=None, at=RECORDED)
    youth_centre.names.create(name="Nya huset", kind="enhet", from_on=dt.date(2026, 2, 1), recorded_at=RECORDED)

    take_module(learner, edition)

    assert Completion.objects.get().department_name == "Nya huset"


def test_a_material_edition_in_the_middle_asks_for_the_changed_step_before_the_completion(learner, edition) -> None:
    take_lesson(learner, edition)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"),))
    later = given_out(draft(rewritten, check()), edition.module, material=frozenset({"l1"}))

    assert take_check(learner, later).completion is None
    completion = take_lesson(learner, later).completion

    assert completion.edition == later
    assert Round.objects.count() == 1


def test_a_refresher_is_a_round_of_its_own_with_the_unchanged_steps_carried_over(learner, edition) -> None:
    take_module(learner, edition)
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"),))
    later = given_out(draft(rewritten, check()), edition.module, material=frozenset({"l1"}))

    take_lesson(learner, later)

    second = Round.objects.get(number=2)
    assert second.reason == Round.Reason.MATERIAL
    assert second.steps.get(step_key="k1").carried_over
    assert [one.edition.number for one in Completion.objects.order_by("pk")] == ["1.0", "2.0"]


def test_a_completion_that_ran_out_is_renewed_by_the_check_alone(learner, edition) -> None:
    ModuleRule.objects.create(module=edition.module, validity_months=12, from_on=START, recorded_at=RECORDED)
    take_module(learner, edition)

    take_check(learner, edition, at=LATER)

    assert Round.objects.get(number=2).reason == Round.Reason.EXPIRY
    assert [one.completed_on for one in Completion.objects.order_by("pk")] == [TODAY, LATER.date()]


def test_reading_on_after_the_completion_opens_no_round(learner, edition) -> None:
    take_module(learner, edition)

    take_lesson(learner, edition, at=LATER)

    assert (Round.objects.count(), Completion.objects.count()) == (1, 1)
