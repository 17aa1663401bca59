"""What is counted, and why it changes, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.bridge import Bridge, Cause

FIGURES = {
    "target": (
        _("Target group"),
        _("Works where the module is assigned and accepted, is of those whom it is for, and is not exempt."),
    ),
    "exempt": (_("Those exempt"), _("Would be in the target group, but has an exemption that day.")),
    "offered": (_("Offered"), _("Of the target group: had been offered the module that day at the latest.")),
    "started": (_("Have started"), _("Of the target group: had begun that day at the latest.")),
    "completed": (_("Have completed"), _("Of the target group: had completed the module that day at the latest.")),
    "valid": (_("Valid"), _("Completed, the validity has not run out, and no refresher is overdue.")),
    "refresher": (_("Waits for refresher"), _("Valid, and an edition with new content is to be taken.")),
    "overdue": (_("Those overdue"), _("The last day has passed and the module is not completed, or it is no longer valid.")),
}
"""The name of each figure, and what it means."""

CAUSES = {
    Cause.COMPLETED: (_("Completed the module"), _("Completed it for the first time after the earlier day.")),
    Cause.COMPLETED_AGAIN: (_("Completed it again"), _("Had completed it before, and did so again after the earlier day.")),
    Cause.EMPLOYED: (_("Began to work"), _("Had no employment in the organisation on the earlier day.")),
    Cause.MOVED_IN: (_("Moved here"), _("Worked elsewhere on the earlier day, or the own department belonged elsewhere.")),
    Cause.JOINED_AUDIENCE: (
        _("Joined the target group"),
        _("Worked here before too, but was not of those whom the module was for."),
    ),
    Cause.ASSIGNED: (
        _("Was assigned the module"),
        _("Worked here before too, when the module was not assigned or accepted here."),
    ),
    Cause.EXEMPTION_ENDED: (_("Exemption ended"), _("Was exempt on the earlier day.")),
    Cause.RULES_CHANGED: (
        _("Rules changed"),
        _("Valid again without having done more: the validity was prolonged or an edition stopped."),
    ),
    Cause.EXPIRED: (_("Ran out"), _("The validity ran out, or the refresher was not taken in time.")),
    Cause.STOPPED_WORKING: (_("Stopped working"), _("Has no employment in the organisation on the later day.")),
    Cause.MOVED_OUT: (_("Moved away"), _("Works elsewhere on the later day, or the own department belongs elsewhere.")),
    Cause.LEFT_AUDIENCE: (_("Left the target group"), _("Works here still, but is not of those whom the module is for.")),
    Cause.ASSIGNMENT_ENDED: (_("Assignment ended"), _("Works here still, but the module is no longer assigned here.")),
    Cause.EXEMPTED: (_("Became exempt"), _("Is exempt on the later day.")),
    Cause.ADDED_AFTERWARDS: (_("Added afterwards"), _("Counts on the earlier day, but was recorded later.")),
    Cause.REMOVED_AFTERWARDS: (_("Removed afterwards"), _("Taken away by a correction that was recorded later.")),
}
"""The name of each cause, and what it means."""


@dataclass(frozen=True)
class Explained:
    """A bridge in words: each part is a cause with its number."""

    name: str
    opening: int
    parts: list[str]
    unexplained: int
    closing: int


def explained(bridge: Bridge) -> Explained:
    """Return what a reader sees of a bridge."""
    parts = [f"{CAUSES[cause][0]} {signed(number)}" for cause, number in bridge.parts.items()]
    name = str(FIGURES[bridge.counted][0])
    return Explained(name, bridge.opening, parts, bridge.unexplained, bridge.closing)


def signed(number: int) -> str:
    """Write a number with its sign."""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"
