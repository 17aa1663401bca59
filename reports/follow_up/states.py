"""How far a cycle has come: open, a draft, approved, published."""

from __future__ import annotations

import enum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.models import Cycle, FollowUp

# What weighs much, and is read by itself where it is shown.
HEAVY = ("follow_up__basis", "follow_up__publication__statements", "follow_up__publication__hidden")


class State(enum.Enum):
    """In the order in which a cycle passes them."""

    OPEN = "open"
    """Nothing is frozen yet."""
    DRAFT = "draft"
    """The figures are frozen; departments comment on them."""
    APPROVED = "approved"
    PUBLISHED = "published"

    @property
    def label(self) -> Promise:
        """What the state is called."""
        return LABELS[self]


LABELS: dict[State, Promise] = {
    State.OPEN: _("Open"),
    State.DRAFT: _("Draft"),
    State.APPROVED: pgettext_lazy("follow-up report", "Approved"),
    State.PUBLISHED: _("Published"),
}


def cycles() -> QuerySet[Cycle]:
    """Return the cycles with their report's envelope, approval and publication, the latest first; one query."""
    envelopes = ("follow_up__approval", "follow_up__publication", "follow_up__cycle")
    return Cycle.objects.select_related(*envelopes).defer(*HEAVY)


def frozen_of(cycle: Cycle) -> FollowUp | None:
    """Return the frozen report; costs no query for a cycle from `cycles()`."""
    return getattr(cycle, "follow_up", None)


def frozen(cycle: Cycle) -> FollowUp:
    """Return the frozen report of a cycle that is not open."""
    return cycle.follow_up


def state_of(cycle: Cycle) -> State:
    """Return how far the cycle has come; costs no query for one from `cycles()`."""
    report = frozen_of(cycle)
    if report is None:
        return State.OPEN
    if hasattr(report, "publication"):
        return State.PUBLISHED
    return State.APPROVED if hasattr(report, "approval") else State.DRAFT
