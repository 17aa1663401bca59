"""What people write for a report is refused at once if its PDF could not show it, while they can still write it otherwise."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from certificates.flowing.galley import undrawable


def validate_printable(text: str) -> None:
    """Raise ValidationError if the text has characters that no typeface of ours has, and name them."""
    missing = undrawable(text)
    if missing:
        raise ValidationError(
            ngettext(
                "The report cannot show this character: %(characters)s",
                "The report cannot show these characters: %(characters)s",
                len(missing),
            )
            % {"characters": " ".join(missing)},
            code="unprintable",
        )
