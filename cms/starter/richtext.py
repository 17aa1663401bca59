"""Markdown to the few HTML elements that Wagtail's rich text keeps: p, b, i, ul, ol, li, a, h3."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from cms.starter.documents import Line
from cms.starter.errors import Place, Problems

MARKUP = re.compile(r"\*[^*]+\*|\]\(")
SAFE_TARGETS = ("https://", "/")
ALLOWED_BLOCKS = {"paragraph", "bullet_list", "ordered_list", "list_item"}
ALLOWED_INLINE = {"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close"}


class _WagtailRenderer(RendererHTML):
    """Wagtail keeps b and i, and drops strong and em. markdown-it finds the methods by the names of its tokens."""

    def strong_open(self, *_: object) -> str:
        return "<b>"

    def strong_close(self, *_: object) -> str:
        return "</b>"

    def em_open(self, *_: object) -> str:
        return "<i>"

    def em_close(self, *_: object) -> str:
        return "</i>"


def render(lines: tuple[Line, ...], place: Place, problems: Problems) -> str:
    """HTML of the lines; ``place`` is the block that holds them. Notes anything that rich text would lose."""
    html = _markdown()
    source = "\n".join(line.text for line in lines)
    tokens = html.parse(source)
    if not tokens:
        problems.add(place, "ett block utan text", "minst en mening")
    first = lines[0].place.line if lines else place.line
    for found, line, expected in _misfits(tokens):
        problems.add(Place(place.file, first + line), found, expected)
    return str(html.renderer.render(tokens, html.options, {})).strip()


def _markdown() -> MarkdownIt:
    html = MarkdownIt("commonmark", {"html": False}, renderer_cls=_WagtailRenderer)
    html.disable(["code", "fence", "html_block", "html_inline", "image", "backticks", "autolink"])
    return html


def note_markup(text: str, place: Place, problems: Problems) -> None:
    """Note Markdown in a text that is shown as it stands, where the reader would meet the asterisks."""
    if found := MARKUP.search(text):
        problems.add(place, f"”{found[0]}” i en text utan formatering", "text utan * och länkar")


def _misfits(tokens: list[Token]) -> Iterator[tuple[str, int, str]]:
    """(what was found, line within the text from 0, what was expected) for everything that is not allowed."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "inline":
            yield from ((found, line, expected) for found, expected in _inline_misfits(token.children or []))
        elif name == "heading" and token.tag != "h3":
            yield f"rubrik på nivån {token.tag}", line, "### för en rubrik inne i en text"
        elif name != "heading" and name not in ALLOWED_BLOCKS:
            yield f"”{token.markup or name}”", line, "stycken, listor och ###-rubriker"


def _inline_misfits(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        target = str(token.attrGet("href") or "")
        if token.type not in ALLOWED_INLINE:
            yield f"”{token.markup or token.type}” i löpande text", "fet, kursiv eller länk"
        elif token.type == "link_open" and not target.startswith(SAFE_TARGETS):
            yield f"länken ”{target}”", "en adress som börjar med https:// eller /"
