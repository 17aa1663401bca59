"""What the city follows up, and whom it has reminded."""

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
    "MailChoice",
    "Mailing",
    "Notice",
    "PlanActivity",
    "RefusedAddress",
    "ReminderRun",
    "refused_addresses",
    "reminded_on",
    "without_refused",
]
