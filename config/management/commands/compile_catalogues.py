"""`manage.py compile_catalogues`: compiles translations in Python, so that no machine needs gettext."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


def catalogues() -> list[Path]:
    """Return every catalogue of the project."""
    return sorted({po for folder in settings.LOCALE_PATHS for po in Path(folder).glob("*/LC_MESSAGES/django.po")})


class Command(BaseCommand):
    help = "Compile the catalogues that have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        for po in catalogues():
            mo = po.with_suffix(".mo")
            if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
                polib.pofile(str(po)).save_as_mofile(str(mo))
