"""Tables that leave the pages, as files that open in a spreadsheet or are read by a system."""

from reports.tables.formats import FORMATS, as_attachment
from reports.tables.table import Cell, Column, Kind, Table

__all__ = ["FORMATS", "Cell", "Column", "Kind", "Table", "as_attachment"]
