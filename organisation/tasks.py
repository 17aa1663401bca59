"""Background work: reading and importing HR files that a coordinator has handed in."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from organisation.actions.hand_in_hr import carry_out, interrupt, read_upload
from organisation.actions.import_hr import ImportRunning
from organisation.files import delete_doomed
from organisation.models import HrUpload

logger = logging.getLogger(__name__)


@shared_task(name="organisation.work_on_hr_upload", autoretry_for=(ImportRunning,), retry_backoff=10, max_retries=8)
def work_on_hr_upload(upload_id: int) -> None:
    """Read the files, or import them when that is agreed."""
    try:
        read_upload(upload_id=upload_id)
        carry_out(upload_id=upload_id, at=timezone.now())
        # What has changed since it was shown is shown again.
        read_upload(upload_id=upload_id)
    except ImportRunning:
        raise
    except Exception:
        # Whatever went wrong, the page must say that the work stopped; the error itself goes on to the log.
        interrupt(upload_id=upload_id)
        raise


@shared_task(name="organisation.delete_doomed_files")
def delete_doomed_files() -> None:
    """Delete what an erasure left because of an outage."""
    delete_doomed()


def queue_hr_upload(upload: HrUpload) -> None:
    """Let the work begin soon. Without a broker it is interrupted at once, and its page offers to begin again."""
    try:
        work_on_hr_upload.delay(upload.pk)
    except (OperationalError, OSError):
        logger.exception("The HR files %s were not queued", upload.pk)
        interrupt(upload_id=upload.pk)
