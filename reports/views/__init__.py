"""The managers' pages. Each asks first which departments the viewer answers for today; all else is not found."""

from reports.views.assignment import assignment
from reports.views.department import department, person_list
from reports.views.deputies import deputies, deputy_ends
from reports.views.invitation import invitation
from reports.views.line import own_line
from reports.views.meeting import meeting
from reports.views.slips import slips

__all__ = [
    "assignment",
    "department",
    "deputies",
    "deputy_ends",
    "invitation",
    "meeting",
    "own_line",
    "person_list",
    "slips",
]
