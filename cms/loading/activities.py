"""The plan's activities from the starter content; what people here have written of one is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from wagtail.models import ModelLogEntry

from cms.starter.texts import ActivityText, StandingWord
from courses.models import LegalSource
from reports.actions.state_standing import state_standing
from reports.models import PlanActivity
from reports.models.plan import Standing

STANDINGS = {
    StandingWord.NOT_STARTED: Standing.NOT_STARTED,
    StandingWord.ONGOING: Standing.ONGOING,
    StandingWord.DONE: Standing.DONE,
    StandingWord.DROPPED: Standing.DROPPED,
    StandingWord.UNKNOWN: Standing.UNKNOWN,
}
FIELDS = ("section", "title", "description", "responsible", "participants", "timetable", "changed_since")


def load_activities(texts: Iterable[ActivityText], sources: Mapping[str, LegalSource], *, at: dt.datetime) -> list[str]:
    """Bring the activities to the state of the file. Returns the titles of those left alone."""
    left_alone: list[str] = []
    for position, text in enumerate(texts, start=1):
        activity = PlanActivity.objects.filter(key=text.key).first() or PlanActivity(key=text.key)
        if activity.pk and changed_here(activity):
            left_alone.append(activity.title)
        else:
            _write(activity, text, position * 10, sources, at)
    return left_alone


def changed_here(activity: PlanActivity) -> bool:
    """Whether somebody has edited the activity, or stated how far it has come."""
    edited = ModelLogEntry.objects.for_instance(activity).filter(user__isnull=False).exists()
    return edited or activity.statements.filter(recorded_by__isnull=False).exists()


def _write(
    activity: PlanActivity, text: ActivityText, position: int, sources: Mapping[str, LegalSource], at: dt.datetime
) -> None:
    wanted = {field: getattr(text, field) for field in FIELDS} | {"position": position}
    if activity.pk is None or any(getattr(activity, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            setattr(activity, field, value)
        activity.save()
    activity.sources.set([sources[key] for key in text.legal_sources])
    state_standing(activity=activity, standing=STANDINGS[text.standing], comment=text.comment, by=None, at=at)
