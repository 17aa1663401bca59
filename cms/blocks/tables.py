"""A table of words, such as which secrecy applies where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError

from cms.blocks.content import PARAGRAPH_LENGTH, SourcedBlock, sources_block
from courses.tables import columns_of, rows_of

FEWEST_COLUMNS, MOST_COLUMNS = 2, 4


class WordsBlock(TypedTableBlock):
    """The cells. The first one of a row names it; a caption and headings are needed by those who hear the table read."""

    text = blocks.CharBlock(label=_("Words"), required=False, max_length=PARAGRAPH_LENGTH)

    def clean(self, table: TypedTable) -> TypedTable:
        cleaned = super().clean(table)
        if faults := list(wrong_table(cleaned)):
            raise TypedTableBlockValidationError(non_block_errors=faults)
        return cleaned


def wrong_table(table: TypedTable) -> Iterator[str]:
    """Yield a sentence for each thing that would make the table hard to follow."""
    if not (table.caption or "").strip():
        yield gettext("Write what the table is about.")
    if not FEWEST_COLUMNS <= len(table.columns) <= MOST_COLUMNS:
        yield gettext("A table has from two to four columns, so that it fits a phone.")
    if not all((column["heading"] or "").strip() for column in table.columns):
        yield gettext("Every column has a heading.")
    if not table.row_data:
        yield gettext("Write at least one row.")
    if not all((row["values"][0] or "").strip() for row in table.row_data if row["values"]):
        yield gettext("Every row begins with a name.")


class TableBlock(SourcedBlock):
    """Rows on a wide screen, cards on a phone."""

    table = WordsBlock(label=_("Table"))
    sources = sources_block()

    class Meta:
        label = _("Table")
        icon = "table"
        template = "cms/blocks/table.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        headings, rows = words_of(value["table"])
        shown = {"columns": columns_of(headings), "rows": rows_of(headings, rows)}
        return super().get_context(value, parent_context) | shown


def words_of(table: TypedTable) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the headings, and the rows of cells, as plain text."""
    headings = tuple(column["heading"] for column in table.columns)
    return headings, tuple(tuple(str(cell or "") for cell in row["values"]) for row in table.row_data)
