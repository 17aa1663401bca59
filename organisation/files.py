"""Files in the private storage that are to go: written down in the transaction that dooms them, deleted after it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.files.storage import storages

from organisation.models import DoomedFile

logger = logging.getLogger(__name__)


def doom(names: Iterable[str]) -> None:
    """Write down that these files are to go. Needs a transaction; afterwards `delete_doomed` is called."""
    DoomedFile.objects.bulk_create([DoomedFile(name=name) for name in names if name], ignore_conflicts=True)


def delete_doomed() -> int:
    """Delete what is written down, forget what is gone, and return how many are left because the storage refused."""
    left = 0
    for file in DoomedFile.objects.all():
        try:
            storages["private"].delete(file.name)
        except OSError:
            left += 1
            logger.exception("A file that is to go was not deleted; the next sweep tries again")
        else:
            file.delete()
    return left
