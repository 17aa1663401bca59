"""A town that is built once in each process, however many look at it."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection

from tests.browser.town import Town, build
from tests.migrated import lay_over, saved_to


class KeptTown:
    """The first that ask have it built; for the others its database and its files are laid out again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.town: Town | None = None

    def laid_out(self, folders: dict[str, Path]) -> Town:
        """Return the town, as of `NOON`, in an empty database and in the folders of the storages, by the storages' names."""
        if connection.vendor != "sqlite":
            return build()
        if self.town is None:
            self.town = build()
            saved_to(self.folder / "town.sqlite3")
            copy_all(folders, {name: self.folder / name for name in folders})
            return self.town
        lay_over(self.folder / "town.sqlite3")
        copy_all({name: self.folder / name for name in folders}, folders)
        ContentType.objects.clear_cache()
        caches["default"].clear()
        return self.town


def copy_all(sources: dict[str, Path], targets: dict[str, Path]) -> None:
    """Copy each folder that there is to that of the same name."""
    for name, source in sources.items():
        if source.exists():
            shutil.copytree(source, targets[name], dirs_exist_ok=True)
