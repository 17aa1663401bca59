"""Images of open pages, from wherever public files are kept. Documents and sealed files have views of their own."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control

A_WEEK = 7 * 24 * 60 * 60


@cache_control(public=True, max_age=A_WEEK)
def public_image(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Return an uploaded image or a rendition of one."""
    path = f"{folder}/{name}"
    if name in (".", "..") or not default_storage.exists(path):
        raise Http404
    return FileResponse(default_storage.open(path))
