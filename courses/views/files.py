"""Sealed images, films and captions, for those who are logged in."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.core.files.base import File
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from courses.sealed_media import path_of

CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
    "pdf": "application/pdf",
}
"""Kinds that are shown. Others, SVG with its scripts among them, are never served."""
YEAR = 60 * 60 * 24 * 365
PART = 1024 * 1024
"""A film is sent in parts of at most this many bytes to those who ask for parts."""


@login_required
@require_safe
def sealed_file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """Answer with a sealed file, or the part of it that is asked for. Its name is its hash, so it may be kept for ever."""
    content_type = CONTENT_TYPES.get(name.rsplit(".", 1)[-1])
    storage = storages["private"]
    if content_type is None or not storage.exists(path_of(name)):
        raise Http404(name)
    file = storage.open(path_of(name))
    response = _part(request, file, content_type) or FileResponse(file, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=YEAR, immutable=True)
    return response


def _part(request: HttpRequest, file: File[bytes], content_type: str) -> HttpResponse | None:
    """Answer one range, which a browser needs to move about in a film; whatever else is asked for gets the whole file."""
    asked = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", request.headers.get("Range", ""))
    if asked is None:
        return None
    size, first = file.size, int(asked[1])
    last = min(int(asked[2] or size), first + PART - 1, size - 1)
    with file:
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        content = file.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(content, status=206, content_type=content_type, headers=headers)
