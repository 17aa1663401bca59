"""How reminding goes, in the administration: numbers of each run, and nobody's name."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.models import User
from reports.actions.send_reminders import send_reminders
from reports.models import Mailing, ReminderRun
from tests.factories import EmploymentFactory, UserFactory
from tests.reports.conftest import TODAY, edition, today  # noqa: F401  the module and the day
from tests.reports.test_sending_reminders import MailServer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "edition")]
ADDRESS = "/admin/paminnelser/"


@pytest.fixture
def page(coordinator, client_of):
    return lambda: client_of(coordinator).get(ADDRESS).content.decode()


def test_it_says_when_nothing_has_been_sent(page) -> None:
    assert reverse("reminder_runs") == ADDRESS
    assert "Ingen påminnelse har skickats än." in page()


def test_it_shows_a_run_in_numbers_and_no_names(page, learner, youth_centre, settings) -> None:
    settings.EMAIL_BACKEND = "tests.reports.test_sending_reminders.MailServer"
    refused = EmploymentFactory(department=youth_centre).user
    EmploymentFactory(user=UserFactory(email=None), department=youth_centre)
    MailServer.says = {refused.email: smtplib.SMTPRecipientsRefused({refused.email: (550, b"unknown")})}

    send_reminders(TODAY)
    send_reminders(TODAY)
    html = page()

    assert "1 person vars adress e-postservern avvisar" in html
    assert "1 person utan adress" in html
    assert html.count("31 mars 2026, till deltagare") == 1
    assert "erbjuds: 1" in html
    assert "Avbröts" not in html
    for person in User.objects.filter(pk__in=[learner.pk, refused.pk]):
        assert person.last_name not in html
        assert str(person.email) not in html


def test_it_tells_an_interrupted_run_from_one_that_goes_on(page) -> None:
    now = timezone.now()
    ReminderRun.objects.create(on=TODAY, started_at=now - dt.timedelta(minutes=5))
    assert "Pågår" in page()

    ReminderRun.objects.update(started_at=now - dt.timedelta(hours=2))
    assert "Avbröts" in page()


def test_it_counts_unconfirmed_mails(page, learner) -> None:
    Mailing.objects.create(user=learner, on=TODAY, kind="learner", message_id="<a>", claimed_at=timezone.now())

    assert "<td>0</td><td>0</td><td>1</td>" in page()


def test_it_takes_as_many_queries_for_many_runs_as_for_one(page) -> None:
    def queries(runs: int) -> int:
        for _number in range(runs):
            ReminderRun.objects.create(on=TODAY, started_at=timezone.now(), counts={"sent": 1})
        with CaptureQueriesContext(connection) as found:
            assert "till deltagare" in page()
        return len(found)

    queries(1)

    assert queries(1) == queries(60)
    html = page()
    assert html.count("2026, till deltagare") == 30
    assert "Tidigare körningar" in html
