"""Tables that leave the pages, as files that open in a spreadsheet or are read by a system."""

from reports.tables.formats import FORMATS, as_attachment
from reports.tables.table import HIDDEN, Cell, Column, Hiding, Kind, Number, Table

__all__ = ["FORMATS", "HIDDEN", "Cell", "Column", "Hiding", "Kind", "Number", "Table", "as_attachment"]
