"""Text, ids and keys as they are given out: nothing in them needs Wagtail or its editor."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable

from wagtail.rich_text import RichText, expand_db_html

from courses.models import LegalSource, Symbol

_EDITOR_MARK = re.compile(r' data-block-key="[^"]*"')
# The editor joins the lines of a file. A space that holds words together is not among these.
_BREAKABLE_SPACE = re.compile(r"[ \t\r\n]+")
_SPACE_BETWEEN_BLOCKS = re.compile(r"(</(?:p|h3|li|ul|ol)>|<(?:ul|ol)>)\s+")


def final_html(text: RichText | str) -> str:
    """Return HTML that needs no Wagtail: links resolved, the editor's own marks gone, the same before and after its saving."""
    source = text.source if isinstance(text, RichText) else text
    html = _BREAKABLE_SPACE.sub(" ", _EDITOR_MARK.sub("", expand_db_html(source or "")))
    return _SPACE_BETWEEN_BLOCKS.sub(r"\1", html).strip()


def plain(text: str | None) -> str:
    """Return plain text with the line ends of files; browsers send others."""
    return (text or "").replace("\r\n", "\n").strip()


def paragraphs(*parts: str | None) -> str:
    """Join what is filled in, with an empty line between."""
    return "\n\n".join(text for text in map(plain, parts) if text)


def keys(chosen: Iterable[LegalSource | Symbol | None]) -> tuple[str, ...]:
    """Return the keys of what was chosen, each once, sorted."""
    return tuple(sorted({one.key for one in chosen if one}))


def passing_id() -> str:
    """A block that was never saved has no id; a preview needs one all the same."""
    return str(uuid.uuid4())
