"""The pages of follow-up reports."""

from reports.follow_up.views.comment import comment
from reports.follow_up.views.files import report_file
from reports.follow_up.views.listing import follow_up
from reports.follow_up.views.report import board, part, report
from reports.follow_up.views.work import step, work

__all__ = ["board", "comment", "follow_up", "part", "report", "report_file", "step", "work"]
