"""Whether the tree holds together once a change is drawn in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.reorganising.draft import Draft
from organisation.reorganising.sheets import values_on


def check(draft: Draft) -> None:
    """Refuse circles, places below what is not there, and names that stand twice below the same department."""
    changed = set(draft.places.wanted)
    for day in _turning_days(draft) if changed else ():
        parents = {unit: str(value[0]) for unit, value in values_on(draft.places, day).items()}
        _check_places(draft, parents, changed, day)
        if draft.reasons:
            return
    _check_names(draft, changed | set(draft.names.wanted))


def _turning_days(draft: Draft) -> list[dt.date]:
    """Return the day, and the later ones on which the tree changes."""
    days = {draft.day}
    for unit in draft.places.about():
        for place in draft.places.of(unit):
            days |= {day for day in (place.from_on, place.until_on) if day and day > draft.day}
    return sorted(days)


def _check_places(draft: Draft, parents: Mapping[str, str], changed: set[str], day: dt.date) -> None:
    for unit, parent in sorted(parents.items()):
        about = {"name": draft.name(unit), "parent": draft.name(parent), "day": date_format(day, "j F Y")}
        if parent and parent not in parents and (unit in changed or parent in changed):
            draft.refuse(
                _("%(name)s would stand below %(parent)s, which is not there on %(day)s. Move %(name)s first.") % about
            )
        elif unit in changed and _is_in_circle(unit, parents):
            draft.refuse(_("%(name)s cannot stand below %(parent)s, which stands below %(name)s itself.") % about)


def _is_in_circle(unit: str, parents: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    above = parents.get(unit, "")
    while above and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = parents.get(above, "")
    return False


def _check_names(draft: Draft, changed: set[str]) -> None:
    parents, names = values_on(draft.places, draft.day), values_on(draft.names, draft.day)
    siblings = Counter(_place(unit, parents, names) for unit in parents if unit in names)
    for unit in sorted(changed & parents.keys() & names.keys()):
        if siblings[_place(unit, parents, names)] > 1:
            about = {"name": draft.name(unit), "parent": draft.name_above(str(parents[unit][0])) or _("at the top")}
            draft.refuse(_("There are two departments with the name %(name)s in the same place: %(parent)s.") % about)


def _place(unit: str, parents: Mapping[str, tuple[str, ...]], names: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    return parents[unit][0], names[unit][0].casefold()
