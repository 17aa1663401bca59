"""What stands on an invitation: by when, and a code for the phone's camera."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import segno
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.assignments import Target


def due_words(targets: Iterable[Target], day: dt.date) -> str:
    """Say by when the module is to be done: the next fixed day, else the fewest days after joining; empty without either."""
    targets = list(targets)
    if days_ahead := [one.due_on for one in targets if one.due_on and one.due_on >= day]:
        return _("By %(day)s at the latest") % {"day": date_format(min(days_ahead), "j F Y")}
    if counts := [one.due_days for one in targets if one.due_days]:
        words = ngettext("Within %(count)d day of starting here", "Within %(count)d days of starting here", min(counts))
        return words % {"count": min(counts)}
    return ""


def qr_drawing(address: str) -> SafeString:
    """Return a QR code as SVG without a size of its own: black on white, so that any printer and camera can read it."""
    drawn = segno.make_qr(address, error="m").svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308  drawn by segno from numbers alone
