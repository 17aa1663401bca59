"""Images, films and captions of sealed editions: kept by what they hold, so that they can never change."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages

FOLDER = "sealed"


def store_sealed(content: bytes, extension: str) -> str:
    """Keep the bytes in private storage and return their name, `<sha256>.<extension>`. The same bytes are kept once."""
    name = f"{hashlib.sha256(content).hexdigest()}.{extension.lower().lstrip('.')}"
    storage, path = storages["private"], path_of(name)
    if not storage.exists(path):
        storage.save(path, ContentFile(content))
    return name


def path_of(name: str) -> str:
    """Return where in private storage the file lies."""
    return f"{FOLDER}/{name}"
