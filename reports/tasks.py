"""Background work: reminders."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from reports.actions.manager_digest import send_digests
from reports.actions.send_reminders import send_reminders
from reports.follow_up.cycle_letters import remind_due, send_cycle_letter, waiting_cycle_letters, warn_of_old_files
from reports.follow_up.cycles import freeze_due, open_due
from reports.follow_up.letters import send, waiting_letters
from reports.reminding.posting import MailServerDown
from reports.reminding.working_days import is_office_hour

logger = logging.getLogger(__name__)


@shared_task(name="reports.send_reminders")
def remind() -> None:
    """Send what is due today, in office hours, to learners and then to managers.

    Beat asks hourly: what an interrupted run left is sent by the next.
    """
    now = timezone.now()
    if not is_office_hour(now):
        return
    try:
        counts = send_reminders(timezone.localdate(now))
        digests = send_digests(timezone.localdate(now))
    except MailServerDown:
        logger.exception("The mail server takes nothing; what is due is sent by a later run")
        return
    logger.info("Reminders: %s; mails to managers: %s", dict(counts), digests)


@shared_task(name="reports.send_publication_letters")
def send_publication_letters() -> None:
    """Tell recipients of published reports, and people of cycles. What the mail server refuses is tried once more, later."""
    for letter_id in waiting_letters(timezone.now()).values_list("pk", flat=True):
        try:
            send(letter_id, at=timezone.now())
        except OSError:
            logger.exception("The letter %s about a follow-up report was not sent", letter_id)
    for letter_id in waiting_cycle_letters(timezone.now()).values_list("pk", flat=True):
        try:
            send_cycle_letter(letter_id, at=timezone.now())
        except OSError:
            logger.exception("The letter %s about a follow-up cycle was not sent", letter_id)


@shared_task(name="reports.keep_cycles")
def keep_cycles() -> None:
    """Open the cycle whose turn it is, freeze one whose days of waiting are over, and let those know who have to do something.

    What is done is not done again.
    """
    now = timezone.now()
    for cycle in open_due(now):
        logger.info("Opened %s", cycle)
    for report in freeze_due(now):
        logger.info("Froze %s as report number %s", report.cycle, report.number)
    logger.info("Letters to managers: %s, to coordinators: %s", remind_due(now), warn_of_old_files(now))
