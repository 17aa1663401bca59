"""A run of reminders, from the record to what lies in people's mail."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections import Counter

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import Exemption, Offer
from organisation.models import Absence, User
from reports.actions import send_reminders as sending
from reports.actions.manager_digest import send_digests
from reports.actions.send_reminders import DayOff, send_reminders
from reports.models import MailChoice, Mailing, Notice, RefusedAddress, ReminderRun, refused_addresses
from reports.reminding.posting import MailServerDown
from reports.tasks import remind
from tests.factories import RECORDED, EmploymentFactory, ModuleFactory, UserFactory
from tests.reports.record import complete
from tests.taking import assign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "edition")]
TUESDAY = dt.date(2026, 3, 31)
MONDAY = dt.date(2026, 4, 13)


def to() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def notices(user: User) -> list[tuple[str, bool]]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", "is_passed_over"))


def test_it_offers_once_and_says_neither_topic_nor_lateness(learner) -> None:
    first, again = send_reminders(TUESDAY), send_reminders(TUESDAY)

    (message,) = mail.outbox
    assert (first["sent"], first["offered"], again["sent"]) == (1, 1, 0)
    assert message.to == [learner.email]
    assert "Informationsdelning" not in message.subject
    assert "Hej Lo," in message.body
    assert "/moduler/informationsdelning/fortsatt/" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="sv">' in html
    assert Offer.objects.get().channel == Offer.Channel.MAIL
    assert ReminderRun.objects.filter(ended_at=None).count() == 0


def test_a_missed_time_is_made_up_for_with_the_most_urgent_only(learner) -> None:
    send_reminders(dt.date(2026, 4, 28))

    assert len(mail.outbox) == 1
    assert notices(learner) == [("due_in_3", False), ("due_in_14", True), ("offered", True)]


def test_it_stops_with_the_completion(learner, edition) -> None:
    complete(learner, edition, dt.date(2026, 3, 2))

    send_reminders(dt.date(2026, 5, 20))

    assert mail.outbox == []


def test_the_exempt_those_away_and_those_who_left_are_left_alone(youth_centre, edition) -> None:
    exempt, away, left = (EmploymentFactory(department=youth_centre) for _number in range(3))
    Exemption.objects.create(user=exempt.user, module=edition.module, reason="leaving", from_on=TUESDAY, recorded_at=RECORDED)
    Absence.objects.create(user=away.user, from_on=TUESDAY, recorded_at=RECORDED)
    type(left).objects.filter(pk=left.pk).update(until_on=TUESDAY)

    send_reminders(TUESDAY)

    assert mail.outbox == []


def test_a_person_who_is_away_is_told_after_coming_back(learner) -> None:
    Absence.objects.create(user=learner, from_on=dt.date(2026, 3, 1), until_on=dt.date(2026, 4, 7), recorded_at=RECORDED)

    counts = [send_reminders(day)["sent"] for day in (TUESDAY, dt.date(2026, 4, 7))]

    assert counts == [0, 1]


@pytest.mark.parametrize(("day", "name"), [("2026-04-03", "Långfredagen"), ("2026-04-04", "lördag"), ("2026-04-11", "lördag")])
def test_nobody_is_written_to_on_a_day_off(learner, day: str, name: str) -> None:
    with pytest.raises(DayOff, match=name):
        send_reminders(dt.date.fromisoformat(day))

    assert mail.outbox == []


def test_a_choice_of_one_mail_a_week_gathers_all_but_the_overdue(learner) -> None:
    MailChoice.objects.create(user=learner, is_weekly=True)

    counts = [send_reminders(day)["sent"] for day in (TUESDAY, dt.date(2026, 4, 9), MONDAY, dt.date(2026, 5, 5))]

    assert counts == [0, 0, 1, 1]
    assert [kind for kind, is_passed_over in notices(learner) if not is_passed_over] == ["offered", "overdue"]


class MailServer(EmailBackend):
    """A mail server that says to some addresses what the test wants."""

    says: dict[str, Exception] = {}

    def send_messages(self, messages):  # type: ignore[no-untyped-def]
        for message in messages:
            if error := self.says.get(message.to[0]):
                raise error
        return super().send_messages(messages)


@pytest.fixture
def mail_server(settings) -> dict[str, Exception]:
    settings.EMAIL_BACKEND = "tests.reports.test_sending_reminders.MailServer"
    MailServer.says = {}
    return MailServer.says


def test_a_refused_address_is_marked_and_a_new_one_is_tried(learner, mail_server) -> None:
    mail_server[learner.email] = smtplib.SMTPRecipientsRefused({learner.email: (550, b"unknown")})
    counts = send_reminders(TUESDAY)
    nothing_more = send_reminders(dt.date(2026, 4, 1))

    assert (counts["refused"], nothing_more["sent"]) == (1, 0)
    assert refused_addresses([learner.pk]) == {learner.pk: TUESDAY}
    User.objects.filter(pk=learner.pk).update(email="ny@example.se")
    assert send_reminders(dt.date(2026, 4, 1))["offered"] == 1
    assert refused_addresses([learner.pk]) == {}


def test_a_passing_fault_loses_nothing(learner, mail_server) -> None:
    mail_server[learner.email] = smtplib.SMTPRecipientsRefused({learner.email: (451, b"later")})
    assert send_reminders(TUESDAY)["postponed"] == 1
    assert not RefusedAddress.objects.exists()
    mail_server.clear()

    assert send_reminders(TUESDAY)["sent"] == 1


def test_a_mail_server_that_goes_down_ends_the_run_and_loses_nothing(learner, youth_centre, monkeypatch) -> None:
    EmploymentFactory(department=youth_centre)

    def down(*_arguments: object) -> None:
        raise MailServerDown("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(sending.Post, "send", down)
        with pytest.raises(MailServerDown):
            send_reminders(TUESDAY)
    assert not Offer.objects.exists()

    with time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False):
        counts = send_reminders(TUESDAY)
    assert (counts["sent"], len(set(to()))) == (2, 2)


def test_an_unconfirmed_mail_is_sent_again_once_with_the_same_id(learner, monkeypatch) -> None:
    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sending, "confirm", killed)
        with pytest.raises(KeyboardInterrupt):
            send_reminders(TUESDAY)
    at_once = send_reminders(TUESDAY)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        later = send_reminders(TUESDAY)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=40), tick=False):
        third = send_reminders(dt.date(2026, 4, 1))

    assert [counts["sent"] for counts in (at_once, later, third)] == [0, 1, 0]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_another_runs_claim_is_left_to_it(learner, monkeypatch) -> None:
    here = sending.Round(TUESDAY, post=None)
    recipients = {one.user.pk: one for one in here.reminders.recipients([learner.pk])}

    assert [len(sending.claim(TUESDAY, recipients)) for _time in range(2)] == [1, 0]


def test_the_number_of_queries_does_not_grow_with_the_people(youth_centre, django_assert_max_num_queries) -> None:
    for _number in range(60):
        EmploymentFactory(department=youth_centre)

    with django_assert_max_num_queries(45):
        send_reminders(TUESDAY)

    assert len(mail.outbox) == 60


def test_managers_hear_weekly_and_only_of_what_has_changed(manager, learner, edition) -> None:
    said = [send_digests(day) for day in (dt.date(2026, 3, 30), TUESDAY, dt.date(2026, 4, 7))]
    complete(learner, edition, dt.date(2026, 4, 8))
    said += [send_digests(MONDAY), send_digests(MONDAY)]

    assert said == [1, 0, 0, 1, 0]
    assert "1 av 1 är klara (+1)" in mail.outbox[-1].body
    assert learner.last_name not in mail.outbox[-1].body
    assert Counter(Mailing.objects.values_list("kind", flat=True)) == {"manager": 2}


def test_a_first_mail_says_how_things_stand_and_later_ones_what_is_new(manager, learner, edition, youth_centre) -> None:
    send_digests(dt.date(2026, 3, 30))
    EmploymentFactory(department=youth_centre)
    send_digests(MONDAY)

    first, later = (message.body for message in mail.outbox)
    assert "Så här långt har dina enheter kommit:\n\nInformationsdelning: 0 av 1 är klara." in first
    assert (
        "Det här har ändrats i dina enheter sedan förra mejlet:\n\n"
        "Informationsdelning: 0 av 2 är klara, målgruppen har ändrats (+1)." in later
    )


def test_a_manager_hears_once_of_what_waits_for_a_decision(manager, learner, youth_centre) -> None:
    send_digests(dt.date(2026, 3, 30))
    assign(ModuleFactory(), youth_centre, accepted_on=None)
    send_digests(dt.date(2026, 4, 7))
    send_digests(MONDAY)

    assert ["1 tilldelning väntar på ditt beslut." in message.body for message in mail.outbox] == [False, True]


def test_a_manager_who_has_left_hears_nothing(manager, learner) -> None:
    EmploymentFactory(user=manager, until_on=TUESDAY)

    assert (send_digests(TUESDAY), mail.outbox) == (0, [])


def test_managers_who_were_missed_hear_later_in_the_week(manager, other_manager, learner, mail_server) -> None:
    mail_server[manager.email] = smtplib.SMTPRecipientsRefused({manager.email: (451, b"later")})
    monday = send_digests(dt.date(2026, 3, 30))
    mail_server.clear()

    later = [send_digests(TUESDAY), send_digests(TUESDAY), send_digests(dt.date(2026, 4, 1))]

    assert (monday, later) == (0, [1, 0, 0])
    assert list(Mailing.objects.values_list("kind", "on")) == [("manager", dt.date(2026, 3, 30))]


def test_a_week_that_is_done_asks_for_nobody_again(manager, learner, edition, django_assert_max_num_queries) -> None:
    send_digests(dt.date(2026, 3, 30))
    complete(learner, edition, TUESDAY)

    with django_assert_max_num_queries(1):
        assert send_digests(TUESDAY) == 0


def test_beat_writes_to_learners_and_managers_once_in_office_hours(manager, learner) -> None:
    for hour in ("07:10", "08:10", "09:10"):
        with time_machine.travel(f"2026-03-31T{hour}+02:00", tick=False):
            remind()
        assert sorted(to()) == ([] if hour == "07:10" else sorted([learner.email, manager.email]))

    assert list(ReminderRun.objects.order_by("pk").values_list("whom", "counts")) == [
        ("learners", {"sent": 1, "offered": 1}),
        ("managers", {"sent": 1}),
        ("learners", {}),
    ]


def test_the_command_says_what_it_did(learner, capsys) -> None:
    call_command("send_reminders", on="2026-03-31")
    told = capsys.readouterr().out
    call_command("send_reminders", on="2026-03-29")

    assert "Mejl till deltagare" in told
    assert "en söndag" in capsys.readouterr().out


@pytest.mark.parametrize("day", ["31/3", "2026-02-30", "2027-01-04", ""])
def test_the_command_refuses_what_is_no_day_and_days_to_come(learner, day: str) -> None:
    with pytest.raises(CommandError):
        call_command("send_reminders", on=day)


def test_the_command_of_a_demonstration_knows_no_day_after_the_last(settings) -> None:
    settings.DEMO = True

    with pytest.raises(CommandError, match="9999-12-31"):
        call_command("send_reminders", on="9999-12-31")


def test_a_person_without_an_address_is_no_hindrance(youth_centre, learner) -> None:
    EmploymentFactory(user=UserFactory(email=None), department=youth_centre)

    assert send_reminders(TUESDAY)["sent"] == 1
