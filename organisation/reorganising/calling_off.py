"""What is planned for a day to come is called off: from that day on everything is as it would have been without it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Reorganisation
from organisation.reorganising.differing import note_differences
from organisation.reorganising.draft import Draft
from organisation.reorganising.sheets import Key, Sheet, Traced, holding, taken_back
from organisation.reorganising.traces import Traces


def reasons_against(protocol: Reorganisation, today: dt.date) -> Iterator[str]:
    """Yield why it cannot be called off, whatever the organisation is now; one query."""
    if protocol.takes_back_id:
        yield _("What was called off cannot be brought back. Make the reorganisation anew.")
    elif Reorganisation.objects.filter(takes_back=protocol).exists():
        yield _("It has been called off already.")
    elif protocol.from_on <= today:
        day = date_format(protocol.from_on, "j F Y")
        yield _("It holds since %(day)s, so it cannot be called off. Make a new reorganisation instead.") % {"day": day}
    elif not protocol.rows:
        yield _("It was decided before reorganisations could be called off. Make a new reorganisation instead.")


@dataclass(frozen=True)
class CallingOff:
    """What the protocol says does not happen. What others have changed from its day on since is in the way."""

    kind: ClassVar[Reorganisation.Kind] = Reorganisation.Kind.CALLING_OFF
    protocol: Reorganisation

    def draw(self, draft: Draft) -> None:
        draft.reasons += reasons_against(self.protocol, draft.today)
        if draft.reasons:
            return
        draft.takes_back = self.protocol
        traces = Traces.of(self.protocol)
        draft.read_people({*traces.begun, *(unit for _person, unit in traces.people)})
        draft.read_successions()
        self._put_back(draft, traces)
        if not draft.reasons:
            _refuse_remains(draft, traces.begun)
            _refuse_losses(draft)
        if draft.reasons:
            self._name_later_ones(draft)
        else:
            note_differences(draft, traces)

    def _put_back(self, draft: Draft, traces: Traces) -> None:
        about = {unit: {"name": draft.name(unit)} for unit in draft.known.keys}
        for unit in _changed(draft.names, traces.names, draft.day):
            draft.refuse(_("The name or kind of %(name)s has been changed since.") % about[unit])
        for unit in _changed(draft.places, traces.places, draft.day):
            draft.refuse(_("The place of %(name)s has been changed since.") % about[unit])
        for unit, _manager in _changed(draft.managers, traces.managers, draft.day):
            draft.refuse(_("The managers of %(name)s have been changed since.") % about[unit])
        for unit, _successor in _changed(draft.succeeding, traces.succeeding, draft.day):
            draft.refuse(_("It has been changed since which department stands in the place of %(name)s.") % about[unit])
        changed = Counter(unit for _person, unit in _changed(draft.people, traces.people, draft.day))
        for unit, count in sorted(changed.items()):
            draft.refuse(_employments_changed(about[unit] | {"count": count}))

    def _name_later_ones(self, draft: Draft) -> None:
        """Say which later reorganisations of the same departments hold."""
        later = Reorganisation.objects.planned_after(draft.today).filter(pk__gt=self.protocol.pk)
        for one in later.filter(departments__in=self.protocol.departments.all()).distinct():
            told = {"what": one.get_kind_display(), "day": date_format(one.from_on, "j F Y")}
            draft.refuse(_("Decided since about the same departments: %(what)s, from %(day)s. Call that off first.") % told)


def _changed(sheet: Sheet[Key], traces: Mapping[Key, Traced], day: dt.date) -> list[Key]:
    """Put back what was planned; return about what it cannot be done, as that has been changed since."""
    found = []
    for key, traced in traces.items():
        stretches = taken_back(sheet.of(key), traced, day)
        if stretches is None:
            found.append(key)
        elif stretches != sheet.of(key):
            sheet.wanted[key] = stretches
    return found


def _employments_changed(about: Mapping[str, Any]) -> str:
    text = ngettext(
        "The employment of %(count)s person in %(name)s has been changed since.",
        "The employments of %(count)s persons in %(name)s have been changed since.",
        about["count"],
    )
    return text % about


def _refuse_remains(draft: Draft, begun: Collection[str]) -> None:
    """Refuse if anything is left of a department that never begins."""
    staff = Counter(unit for key in draft.people.about() if draft.people.of(key) for unit in [key[1]])
    managed = {key[0] for key in draft.managers.about() if draft.managers.of(key)}
    for unit in begun:
        about = {"name": draft.name(unit), "count": staff[unit]}
        if draft.places.of(unit) or draft.names.of(unit):
            draft.refuse(_("%(name)s is there for other reasons too, for instance by an HR file.") % about)
        if unit in managed:
            draft.refuse(_("The managers of %(name)s have been changed since.") % about)
        if staff[unit]:
            draft.refuse(
                ngettext(
                    "%(count)s person has come to %(name)s since, which would never begin.",
                    "%(count)s persons have come to %(name)s since, which would never begin.",
                    staff[unit],
                )
                % about
            )


def _refuse_losses(draft: Draft) -> None:
    """Refuse if somebody who works on the day would no longer do so anywhere."""
    works = {key[0] for key in draft.people.about() if holding(draft.people.before(key), draft.day)}
    lost = works - {key[0] for key in draft.people.about() if holding(draft.people.of(key), draft.day)}
    if lost:
        draft.refuse(
            ngettext(
                "%(count)s person would work nowhere, as that employment has been changed since.",
                "%(count)s persons would work nowhere, as their employments have been changed since.",
                len(lost),
            )
            % {"count": len(lost)}
        )
