"""A text that the report's PDF could not show is refused while whoever wrote it can still change it."""

import pytest
from django.core.exceptions import ValidationError

from reports.follow_up.printable import validate_printable


@pytest.mark.parametrize(
    "text", ["Vi börjar i maj.", "En rad\r\nen till\ttab", "EU\N{NON-BREAKING HYPHEN}rätt \uf0b7 punkt", ""]
)
def test_what_can_be_shown_is_taken(text: str) -> None:
    validate_printable(text)


@pytest.mark.parametrize(("text", "named"), [("Bra 🙂🙂", "detta tecken: 🙂"), ("李小 🙂", "dessa tecken: 李 小 🙂")])
def test_what_would_become_boxes_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        validate_printable(text)
