"""Says to people what a reorganisation changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.hr.state import key_of_nameless
from organisation.models import DepartmentName, User

SENTENCES = {
    "closed": gettext_lazy("%(name)s ends."),
    "renamed": gettext_lazy("%(before)s is called %(after)s."),
    "kind": gettext_lazy("%(name)s becomes %(after)s instead of %(before)s."),
    "manages": gettext_lazy("%(manager)s becomes manager of %(name)s."),
    "leaves": gettext_lazy("%(manager)s is no longer manager of %(name)s."),
    "manages_on": gettext_lazy("%(manager)s goes on as manager of %(name)s."),
    "unbegun": gettext_lazy("%(name)s never begins."),
    "goes_on": gettext_lazy("%(name)s goes on."),
}
Lines = Iterable[Iterable[Any]]


def texts_of(lines: Lines) -> list[str]:
    """Return a sentence a line; at most one query."""
    told = [(str(what), about) for what, about in lines]
    people = _names_of({about["manager"] for _what, about in told if "manager" in about})
    return [_text(what, _in_words(about, people)) for what, about in told]


def person_words(user: User) -> str:
    """Return what a person is called on a list; never a protected identity."""
    return _("a person with protected identity") if user.is_protected else user.get_full_name()


def _names_of(numbers: set[str]) -> Mapping[str, str]:
    """Return names by employee number, or by what stands for one."""
    if not numbers:
        return {}
    keys = {key_of_nameless(number): number for number in numbers}
    found = User.objects.filter(employee_number__in=numbers) | User.objects.filter(pk__in=[key for key in keys if key])
    return {keys.get(user.pk, user.employee_number or ""): person_words(user) for user in found}


def _in_words(about: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    words = dict(about)
    if "manager" in words:
        words["manager"] = people.get(words["manager"], _("somebody"))
    return words


def _text(what: str, about: dict[str, Any]) -> str:
    if what in SENTENCES:
        if what == "kind":
            about |= {side: _kind(about[side]) for side in ("before", "after")}
        return str(SENTENCES[what]) % about + _until(about)
    return _LONG[what](about)


def _kind(kind: str) -> str:
    return str(DepartmentName.Kind(kind).label) if kind in DepartmentName.Kind.values else kind


def _until(about: Mapping[str, Any]) -> str:
    if not about.get("until"):
        return ""
    day = date_format(dt.date.fromisoformat(about["until"]), "j F Y")
    return " " + _("From %(day)s on, what was known already holds.") % {"day": day}


def _opened(about: dict[str, Any]) -> str:
    about |= {"kind": _kind(about["kind"])}
    if about["parent"]:
        return _("%(name)s (%(kind)s) begins, below %(parent)s.") % about
    return _("%(name)s (%(kind)s) begins, at the top.") % about


def _moved(about: dict[str, Any]) -> str:
    if not about["after"]:
        text = _("%(name)s moves from %(before)s to the top.")
    elif not about["before"]:
        text = _("%(name)s moves from the top to %(after)s.")
    else:
        text = _("%(name)s moves from %(before)s to %(after)s.")
    return text % about + _until(about)


def _stays(about: dict[str, Any]) -> str:
    return (_("%(name)s stays below %(after)s.") if about["after"] else _("%(name)s stays at the top.")) % about


def _people(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s person moves from %(before)s to %(after)s.",
            "%(count)s persons move from %(before)s to %(after)s.",
            about["count"],
        )
        % about
    )


def _united(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s of them already works in %(name)s on some of the days, and keeps one occupation there on those.",
            "%(count)s of them already work in %(name)s on some of the days, and keep one occupation there on those.",
            about["count"],
        )
        % about
    )


def _dropped(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s later change of %(name)s that was known already falls away.",
            "%(count)s later changes of %(name)s that were known already fall away.",
            about["count"],
        )
        % about
    )


def _restored(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s later change of %(name)s that had fallen away holds again.",
            "%(count)s later changes of %(name)s that had fallen away hold again.",
            about["count"],
        )
        % about
    )


def _stay(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s person works in %(after)s instead of %(before)s.",
            "%(count)s persons work in %(after)s instead of %(before)s.",
            about["count"],
        )
        % about
    )


def _again(about: dict[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s person goes on in %(name)s too.",
            "%(count)s persons go on in %(name)s too.",
            about["count"],
        )
        % about
    )


_LONG = {
    "opened": _opened,
    "moved": _moved,
    "people": _people,
    "united": _united,
    "dropped": _dropped,
    "restored": _restored,
    "stay": _stay,
    "stays": _stays,
    "again": _again,
}
