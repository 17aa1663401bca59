"""Background work: certificates of completions, what an outage missed, those of a department, and the letters about them."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from certificates.actions import BATCH, CannotBeDrawn, HolderErased, issue_many
from certificates.jobs import left_to_the_sweep, take_up_silent, work_on
from certificates.letters import send, waiting_letters
from certificates.seals import note_state

logger = logging.getLogger(__name__)

WORKERS_A_JOB = 4
"""So many share a job; the rest of the queue waits for no more than so many batches."""
SWEEP_SECONDS = 20
"""As often as beat lets what is missing be issued (`CELERY_BEAT_SCHEDULE`)."""
MOST_A_SWEEP = 10_000


@shared_task(name="certificates.issue")
def issue_certificates(completion_ids: list[int]) -> None:
    """Issue the certificates of a batch of completions. What cannot be drawn waits; the coordinator was told."""
    for key, outcome in issue_many(completion_ids, at=timezone.now()).items():
        if isinstance(outcome, Exception) and not isinstance(outcome, CannotBeDrawn | HolderErased):
            logger.error("The certificate of completion %s was not issued; the next sweep tries again", key, exc_info=outcome)


def queue_certificate(completion_id: int) -> None:
    """Ask for the certificate of a completion soon. Without a broker the sweep issues it later."""
    try:
        issue_certificates.delay([completion_id])
    except (OperationalError, OSError):
        logger.exception("The certificate of completion %s was not queued; the sweep will issue it", completion_id)


@shared_task(name="certificates.issue_missing")
def issue_missing() -> None:
    """The sweep: let the workers share what a killed one or a lost message left undone, and what waited for the seal."""
    missing = left_to_the_sweep()[:MOST_A_SWEEP]
    for start in range(0, len(missing), BATCH):
        # What has not been reached when the next sweep comes is asked for by that one.
        issue_certificates.apply_async((missing[start : start + BATCH],), expires=SWEEP_SECONDS)


@shared_task(name="certificates.note_seal")
def note_seal() -> None:
    """Tell in the event log when the seal has begun to work, has run out, or soon will."""
    note_state(timezone.now())


@shared_task(name="certificates.work_on_job")
def work_on_job(job_id: int) -> None:
    """Do a batch of a department's certificates, and ask for the next turn at the end of the queue: others come between."""
    if work_on(job_id, at=timezone.now()):
        _ask(job_id)


def queue_job(job_id: int) -> None:
    """Let several workers work on a job soon. Without a broker the sweep takes it up later."""
    for _worker in range(WORKERS_A_JOB):
        _ask(job_id)


def _ask(job_id: int, expires: float | None = None) -> None:
    try:
        work_on_job.apply_async((job_id,), expires=expires)  # type: ignore[arg-type]  # the stubs know no None
    except (OperationalError, OSError):
        logger.exception("The certificates of job %s were not queued; the sweep takes it up", job_id)


@shared_task(name="certificates.take_up_jobs")
def take_up_jobs() -> None:
    """Go on with the jobs whose workers are gone."""
    for job_id in take_up_silent(timezone.now()):
        for _worker in range(WORKERS_A_JOB):
            # A job may be silent because the queue is long: what it has been asked then is not asked twice.
            _ask(job_id, expires=SWEEP_SECONDS)


@shared_task(name="certificates.send_letters")
def send_letters() -> None:
    """Send what waits. A letter that the mail server refuses is tried once more, later."""
    for letter_id in waiting_letters(timezone.now()).values_list("pk", flat=True):
        try:
            send(letter_id, at=timezone.now())
        except OSError:
            logger.exception("The letter %s was not sent", letter_id)
