"""What the city follows up, and whom it has reminded."""

from reports.models.cycle_rules import CycleSettings, cycle_settings
from reports.models.follow_up import (
    Approval,
    Cycle,
    CycleLetter,
    DepartmentComment,
    Erratum,
    FollowUp,
    Output,
    Period,
    Publication,
    PublicationLetter,
    RecipientList,
)
from reports.models.goals import ModuleGoal
from reports.models.plan import ActivityStatus, PlanActivity
from reports.models.reminders import (
    MailChoice,
    Mailing,
    Notice,
    RefusedAddress,
    ReminderRun,
    refused_addresses,
    reminded_on,
    without_refused,
)

__all__ = [
    "ActivityStatus",
    "Approval",
    "Cycle",
    "CycleLetter",
    "CycleSettings",
    "DepartmentComment",
    "Erratum",
    "FollowUp",
    "MailChoice",
    "Mailing",
    "ModuleGoal",
    "Notice",
    "Output",
    "Period",
    "PlanActivity",
    "Publication",
    "PublicationLetter",
    "RecipientList",
    "RefusedAddress",
    "ReminderRun",
    "cycle_settings",
    "refused_addresses",
    "reminded_on",
    "without_refused",
]
