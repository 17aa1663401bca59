"""Files in the private storage that are to go: written down in the transaction that dooms them, deleted after it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.files.storage import storages
from django.db import transaction

from organisation.models import DoomedFile

logger = logging.getLogger(__name__)


def doom(names: Iterable[str]) -> None:
    """Write down that these files are to go. Needs a transaction; afterwards `delete_doomed` is called, by a sweep at last."""
    DoomedFile.objects.bulk_create([DoomedFile(name=name) for name in names if name], ignore_conflicts=True)


def spare(names: Iterable[str]) -> int:
    """Take back what was written down of these files, and return of how many. Needs the transaction that names them."""
    taken_back, _by_model = DoomedFile.objects.filter(name__in=list(names)).delete()
    return taken_back


def delete_doomed() -> int:
    """Delete what is written down, forget what is gone, and return how many are left because the storage refused."""
    left = 0
    for key in DoomedFile.objects.values_list("pk", flat=True):
        try:
            _delete(key)
        except OSError:
            left += 1
            logger.exception("A file that is to go was not deleted; the next sweep tries again")
    return left


@transaction.atomic
def _delete(key: int) -> None:
    # Whoever spares the file at this moment holds the row, and will name the file.
    file = DoomedFile.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if file:
        storages["private"].delete(file.name)
        file.delete()
