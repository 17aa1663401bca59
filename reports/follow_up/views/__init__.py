"""The pages of follow-up reports."""

from django.http import Http404, HttpRequest, HttpResponse

from reports.follow_up.views.files import report_file
from reports.follow_up.views.listing import follow_up
from reports.follow_up.views.report import board, part, report


def not_built(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """The pages of comments and of the coordinator's work come with the actions that they call."""
    raise Http404


work = step = comment = not_built

__all__ = ["board", "comment", "follow_up", "part", "report", "report_file", "step", "work"]
