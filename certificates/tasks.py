"""Background work: one certificate, all that an outage missed, those of a department, and the letters about them."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from certificates.actions import CannotBeDrawn, HolderErased, issue, missing_completions
from certificates.jobs import silent_jobs, work_on
from certificates.letters import send, waiting_letters
from certificates.seals import note_state, seal_state
from courses.models import Completion

logger = logging.getLogger(__name__)


@shared_task(name="certificates.issue")
def issue_certificate(completion_id: int) -> None:
    """Issue the certificate of a completion. One that cannot be drawn waits; the coordinator was told. The erased get none."""
    try:
        issue(Completion.objects.get(pk=completion_id), at=timezone.now())
    except (CannotBeDrawn, HolderErased):
        return


def queue_certificate(completion_id: int) -> None:
    """Ask for the certificate of a completion soon. Without a broker the sweep issues it later."""
    try:
        issue_certificate.delay(completion_id)
    except (OperationalError, OSError):
        logger.exception("The certificate of completion %s was not queued; the sweep will issue it", completion_id)


@shared_task(name="certificates.issue_missing")
def issue_missing() -> None:
    """The sweep: what a killed worker or a lost message left undone."""
    state = seal_state(timezone.now())
    for completion_id in missing_completions():
        try:
            issue(Completion.objects.get(pk=completion_id), at=timezone.now(), state=state)
        except (CannotBeDrawn, HolderErased):
            continue
        except Exception:
            # Whatever is wrong with one must not stop all that come after it.
            logger.exception("The certificate of completion %s was not issued; the next sweep tries again", completion_id)


@shared_task(name="certificates.note_seal")
def note_seal() -> None:
    """Tell in the event log when the seal has begun to work, has run out, or soon will."""
    note_state(timezone.now())


@shared_task(name="certificates.work_on_job")
def work_on_job(job_id: int) -> None:
    """Do a batch of a department's certificates, and ask for the next turn: no task is longer than a broker waits for."""
    if work_on(job_id, at=timezone.now()):
        queue_job(job_id)


def queue_job(job_id: int) -> None:
    """Let a job be worked on soon. Without a broker the sweep takes it up later."""
    try:
        work_on_job.delay(job_id)
    except (OperationalError, OSError):
        logger.exception("The certificates of job %s were not queued; the sweep takes it up", job_id)


@shared_task(name="certificates.take_up_jobs")
def take_up_jobs() -> None:
    """Go on with the jobs whose worker is gone."""
    for job_id in silent_jobs(timezone.now()):
        queue_job(job_id)


@shared_task(name="certificates.send_letters")
def send_letters() -> None:
    """Send what waits. A letter that the mail server refuses is tried once more, later."""
    for letter_id in waiting_letters(timezone.now()).values_list("pk", flat=True):
        try:
            send(letter_id, at=timezone.now())
        except OSError:
            logger.exception("The letter %s was not sent", letter_id)
