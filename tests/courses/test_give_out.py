"""Giving out an edition."""

import datetime as dt
import hashlib
import json

import msgspec
import pytest
import rfc8785
from django.db import IntegrityError, transaction
from django.utils import translation

from courses.actions.give_out import GiveOutRefused, give_out
from courses.actions.withdraw import WithdrawalRefused, lift, withdraw
from courses.differences import Change, differences
from courses.models import Edition, EditionSource, FormerSlug, LegalSource, Module, Step, Withdrawal
from courses.payload import Check, Image, Legal, Objective, Option, Source, Text, Video
from organisation.models import Event
from tests.drafts import IN_FORCE, SEALED, check, draft, given_out, lesson, question
from tests.exercises import case, cases
from tests.factories import ModuleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def messages(refused: pytest.ExceptionInfo[GiveOutRefused]) -> list[str]:
    return [reason.message for reason in refused.value.reasons]


def test_it_seals_the_content_as_edition_1_0() -> None:
    edition = given_out()

    assert (edition.number, edition.is_material, edition.title) == ("1.0", True, "Informationsdelning")
    assert [step.key for step in edition.steps.all()] == ["l1", "k1"]
    assert [line["material_revision"] for line in edition.outline] == [1, 1]


def test_its_hash_is_that_of_the_canonical_payload() -> None:
    edition = given_out()

    recomputed = rfc8785.dumps(json.loads(edition.payload))

    assert hashlib.sha256(recomputed).hexdigest() == edition.sha256


def test_it_logs_who_gave_out_what(trainer) -> None:
    edition = given_out(by=trainer)

    event = Event.objects.get(verb="edition.given_out")
    assert (event.actor, event.subject_id, event.details["sha256"]) == (trainer, str(edition.pk), edition.sha256)


def test_an_editorial_change_raises_the_minor_number_only() -> None:
    first = given_out()
    reworded = lesson(title="Bättre rubrik")

    edition = given_out(draft(reworded, check()), first.module)

    assert edition.number == "1.1"
    assert edition.steps.get(key="l1").material_revision == 1


def test_a_material_change_raises_the_major_number_and_only_that_step() -> None:
    first = given_out()
    rewritten = lesson(blocks=(Text(id="t", html="<p>Ny lag.</p>"),))

    edition = given_out(draft(rewritten, check()), first.module, material=frozenset({"l1"}))

    assert edition.number == "2.0"
    assert {step.key: step.material_revision for step in edition.steps.all()} == {"l1": 2, "k1": 1}


def test_a_new_step_is_always_material() -> None:
    first = given_out()

    edition = given_out(draft(lesson(), lesson("l2"), check()), first.module)

    assert edition.number == "2.0"


def test_a_changed_right_answer_is_always_material() -> None:
    first = given_out()
    turned = question(
        "l1-q", options=tuple(msgspec.structs.replace(o, is_right=not o.is_right) for o in question("l1-q").options)
    )
    changed = lesson(blocks=(Text(id="l1-t", html="<p>Läs detta.</p>"), turned))

    edition = given_out(draft(changed, check()), first.module)

    assert edition.number == "2.0"
    assert edition.steps.get(key="l1").material_revision == 2


def test_a_changed_right_action_in_a_case_is_always_material_and_other_words_are_not() -> None:
    first = given_out(draft(lesson(), cases(), check()))
    asked = case("c1").question
    turned = msgspec.structs.replace(
        asked, options=tuple(msgspec.structs.replace(option, is_right=option.id == "c1-a") for option in asked.options)
    )

    reworded = given_out(draft(lesson(), cases("f1", case("c1", why="<p>Nya ord.</p>"), case("c2")), check()), first.module)
    changed = given_out(draft(lesson(), cases("f1", case("c1", question=turned), case("c2")), check()), first.module)

    assert (reworded.number, changed.number) == ("1.1", "2.0")
    assert changed.steps.get(key="f1").material_revision == 2


def test_removing_and_reordering_are_editorial() -> None:
    first = given_out(draft(lesson(), lesson("l2"), lesson("l3"), check()))

    reordered = given_out(draft(lesson("l2"), lesson(), lesson("l3"), check()), first.module)
    removed = given_out(draft(lesson("l2"), lesson(), check()), first.module)

    assert (reordered.number, removed.number) == ("1.1", "1.2")


def test_a_step_that_comes_back_does_not_answer_for_its_old_self() -> None:
    first = given_out(draft(lesson(), lesson("l2"), check()))
    given_out(draft(lesson(), check()), first.module)

    edition = given_out(draft(lesson(), lesson("l2"), check()), first.module)

    assert edition.steps.get(key="l2").material_revision == 2


def test_it_shows_what_changed_in_readable_lines() -> None:
    first = given_out()
    reworded = lesson(blocks=(Text(id="l1-t", html="<p>Läs det här.</p>"), question("l1-q")))

    found = {difference.key: difference for difference in differences(draft(reworded, check()), first)}

    assert (found["l1"].change, found["k1"].change) == (Change.CHANGED, Change.UNCHANGED)
    assert ("removed", "Läs detta.") in [(line.kind, line.text) for line in found["l1"].lines]
    assert ("added", "Läs det här.") in [(line.kind, line.text) for line in found["l1"].lines]


TWO = (Objective(id="m1", text="skilja åsikt från brott"), Objective(id="m2", text="pröva nytt"))


def check_of_two(draw: int) -> Check:
    bank = (question("a"), question("b"), question("c", objective="m2"))
    return msgspec.structs.replace(check(), questions=bank, draw=draw)


def test_it_gives_out_a_check_that_draws_as_many_questions_as_there_are_objectives() -> None:
    assert given_out(draft(lesson(), check_of_two(draw=2), objectives=TWO)).number == "1.0"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (draft(check()), "no published lesson"),
        (draft(lesson()), "no published knowledge check"),
        (draft(lesson(blocks=()), check()), "lesson is empty"),
        (draft(lesson(blocks=(Image(id="i", file="f.png", width=1, height=1),)), check()), "neither a text alternative"),
        (draft(lesson(blocks=(Video(id="v", title="", file="f", captions="", transcript="x"),)), check()), "no captions"),
        (draft(lesson(blocks=(Video(id="v", title="", file="f", captions="c", transcript=" "),)), check()), "no transcript"),
        (draft(lesson(), check(draw=9)), "draws 9 questions but has 4"),
        (draft(lesson(), check(), objectives=TWO), "No question of the knowledge check tests the objective “pröva nytt”"),
        (draft(lesson(), check_of_two(draw=1), objectives=TWO), "draws 1 questions but tests 2 objectives"),
        (draft(lesson(), lesson("l2", slug="l1"), check()), "same address"),
        (draft(lesson(slug="klar"), check()), "module's own pages"),
        (draft(lesson(blocks=(Legal(id="s", source="finns-inte"),)), check()), "does not exist"),
        (draft(lesson(blocks=(question(objective="m9"),)), check()), "objective that the module does not have"),
        (draft(lesson(blocks=(question(text=" "),)), check()), "question has no text"),
        (draft(lesson(blocks=(question(options=question().options[:1]),)), check()), "fewer than two options"),
        (draft(lesson(blocks=(question(options=question().options[1:] * 2),)), check()), "no right option"),
        (draft(lesson(blocks=(question(options=question().options[:1] * 2),)), check()), "more than one right option"),
        (
            draft(
                lesson(blocks=(question(options=(*question().options, Option(id="x", text="Kanske", explanation=" "))),)),
                check(),
            ),
            "has no explanation",
        ),
        (draft(lesson(blocks=(question(kind="order"),)), check()), "not numbered"),
        (draft(objectives=()), "no learning objectives"),
    ],
)
def test_it_refuses_with_the_reason_and_changes_nothing(content, reason) -> None:
    with translation.override("en"), pytest.raises(GiveOutRefused) as refused:
        given_out(content)

    assert any(reason in message for message in messages(refused))
    assert not Edition.objects.exists()
    assert not Event.objects.exists()


def test_it_gives_every_reason_at_once() -> None:
    with pytest.raises(GiveOutRefused) as refused:
        given_out(draft(lesson(blocks=()), check(draw=9)), change_note=" ")

    assert {(reason.step_key, reason.block_id) for reason in refused.value.reasons} >= {("l1", ""), ("k1", ""), ("", "")}
    assert len(refused.value.reasons) == 3


def test_it_refuses_when_nothing_has_changed() -> None:
    first = given_out()

    with pytest.raises(GiveOutRefused):
        given_out(module=first.module)


def test_it_refuses_a_trainer_who_has_not_seen_the_last_edition() -> None:
    first = given_out()
    given_out(draft(lesson(title="En"), check()), first.module)

    with pytest.raises(GiveOutRefused):
        give_out(
            module=first.module,
            draft=draft(lesson(title="Två"), check()),
            material=frozenset(),
            change_note="Ändrad rubrik.",
            in_force_from=IN_FORCE,
            based_on=first,
            by=None,
            at=SEALED,
        )

    assert first.module.editions.count() == 2


def test_it_refuses_a_day_that_has_passed() -> None:
    with pytest.raises(GiveOutRefused):
        given_out(in_force_from=dt.date(2026, 1, 31), backdated=False)


def test_it_refuses_to_come_into_force_before_the_one_it_follows() -> None:
    first = given_out(in_force_from=dt.date(2026, 5, 1))

    with pytest.raises(GiveOutRefused):
        given_out(draft(lesson(title="Ny"), check()), first.module, in_force_from=dt.date(2026, 4, 1))


def source(**changes) -> Source:
    fields = {"key": "osl-10-27", "designation": "OSL 10 kap. 27 §", "law": "OSL", "checked_on": dt.date(2025, 1, 1)}
    LegalSource.objects.get_or_create(key="osl-10-27", defaults={"law": "OSL", "designation": "OSL 10 kap. 27 §"})
    return Source(**fields | changes)


def resting_on_law() -> tuple:
    return (lesson(blocks=(Legal(id="s", source="osl-10-27"),)), check())


def test_it_asks_for_a_reason_when_a_legal_source_is_overdue() -> None:
    overdue = source(check_again_on=dt.date(2026, 1, 31))

    with pytest.raises(GiveOutRefused):
        given_out(draft(*resting_on_law(), sources=(overdue,)))

    edition = given_out(
        draft(*resting_on_law(), sources=(overdue,)), Module.objects.get(), overdue_reason="Ny prövning i mars."
    )
    assert edition.content["overdue_reason"] == edition.overdue_reason == "Ny prövning i mars."


def test_it_keeps_which_step_rests_on_which_provision() -> None:
    edition = given_out(draft(*resting_on_law(), sources=(source(check_again_on=dt.date(2027, 1, 1)),)))

    assert [(use.step_key, use.source.key) for use in EditionSource.objects.filter(edition=edition)] == [("l1", "osl-10-27")]


def test_a_changed_address_leads_on() -> None:
    first = given_out()

    given_out(draft(slug="dela-uppgifter"), first.module)

    assert Module.objects.get().slug == "dela-uppgifter"
    assert FormerSlug.objects.get().slug == "informationsdelning"


def test_it_refuses_the_address_of_another_module() -> None:
    ModuleFactory(slug="upptagen")

    with pytest.raises(GiveOutRefused):
        given_out(draft(slug="upptagen"), ModuleFactory(slug="min"))


@pytest.mark.postgres
@pytest.mark.parametrize("model", [Edition, Step])
def test_the_database_refuses_to_change_or_delete_what_is_sealed(model) -> None:
    given_out()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(title="Ändrad")
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")


def test_a_withdrawal_stands_once_and_may_be_lifted(trainer) -> None:
    edition = given_out()

    first = withdraw(edition=edition, step_key="l1", reason="Lagen ändras.", by=trainer, at=SEALED)
    second = withdraw(edition=edition, step_key="l1", reason="Igen.", by=trainer, at=SEALED)
    lift(withdrawal=first, by=trainer, at=SEALED)

    assert first == second
    assert Withdrawal.objects.get().lifted_by == trainer
    assert Event.objects.filter(verb__startswith="edition.withdraw").count() == 2


def test_a_withdrawn_edition_says_so(trainer) -> None:
    edition = given_out()
    withdraw(edition=edition, step_key="", reason="Fel i sak.", by=trainer, at=SEALED)

    assert Edition.objects.with_withdrawal().get().is_withdrawn


@pytest.mark.parametrize(("step_key", "reason"), [("l1", "  "), ("finns-inte", "Fel i sak.")])
def test_it_refuses_a_withdrawal_without_reason_or_step(trainer, step_key, reason) -> None:
    edition = given_out()

    with pytest.raises(WithdrawalRefused):
        withdraw(edition=edition, step_key=step_key, reason=reason, by=trainer, at=SEALED)
