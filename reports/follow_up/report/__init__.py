"""The follow-up report as it is read. Outputs draw `Report.sections` and know nothing else of it."""

from reports.follow_up.report.blocks import Bar, Block, Chart, Facts, Grid, Paragraph, Points, Section
from reports.follow_up.report.envelope import Envelope, ErratumOf
from reports.follow_up.report.report import Report

__all__ = ["Bar", "Block", "Chart", "Envelope", "ErratumOf", "Facts", "Grid", "Paragraph", "Points", "Report", "Section"]
