"""The report on paper: pages of A4, accessible (PDF/UA-1) and archival (PDF/A-2a)."""

from reports.follow_up.outputs.pdf.document import to_pdf

__all__ = ["to_pdf"]
