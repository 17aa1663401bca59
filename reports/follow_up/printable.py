"""What people write for a report is refused at once if its PDF could not show it, rather than when it is published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from certificates.flowing.galley import undrawable


def validate_printable(text: str) -> None:
    """Raise ValidationError if the text has characters that no typeface of ours has, and name them."""
    missing = undrawable(text)
    if missing:
        raise unprintable(missing)


def unprintable(characters: str) -> ValidationError:
    """What is said of these characters."""
    sentence = ngettext(
        "The report cannot show this character: %(characters)s",
        "The report cannot show these characters: %(characters)s",
        len(characters),
    )
    return ValidationError(sentence % {"characters": " ".join(characters)}, code="unprintable")
