"""What the browser may run inside the administration: as little as Wagtail works with."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# Scripts are ours or Wagtail's files, never inline: three widget templates are replaced for that. Each rich text editor
# writes style elements of its own, other each time, so that no hash can name them. Uploads show themselves as blobs, and
# previews are frames of our own pages.
WIDER = {
    "style-src": [UNSAFE_INLINE],
    "img-src": ["blob:"],
    "frame-src": [SELF],
}

# Here Wagtail asks for a page with a chooser that starts itself by inline script; it offers no template to replace.
ASKS_FOR_A_PAGE = {"wagtailadmin_pages:move", "wagtailadmin_pages:copy", "wagtail_bulk_action"}


class AdministrationPolicy:
    """Widens the content security policy for pages of the administration, and only there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefix):
            match = request.resolver_match
            inline = {"script-src": [UNSAFE_INLINE]} if match and match.view_name in ASKS_FOR_A_PAGE else {}
            response._csp_update = WIDER | inline
        return response
