"""Who may see what of the follow-up. All else is not found; whoever is not logged in is asked to log in, whatever there is.

A department's comment is written by those who answer for the department: `reports.views.access` finds it for them. They see
their own frozen figures there in full, and the report itself when it is published, as everybody else.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from organisation.models import User
from organisation.permissions import is_coordinator
from reports.follow_up.states import State, cycles, state_of
from reports.models import Cycle, cycle_settings

P = ParamSpec("P")


class Reader(enum.Enum):
    """What somebody is to the follow-up."""

    COORDINATOR = "coordinator"
    STAFF = "staff"
    PUBLIC = "public"


def reader_of(user: User | AnonymousUser) -> Reader:
    """Return what the person is; one query for those who are logged in."""
    if not user.is_authenticated:
        return Reader.PUBLIC
    return Reader.COORDINATOR if is_coordinator(user) else Reader.STAFF


def may_read(reader: Reader, state: State, *, is_public: bool) -> bool:
    """Whether a report in that state may be read; of an open cycle there is nothing to read."""
    if state is State.PUBLISHED:
        return reader is not Reader.PUBLIC or is_public
    return state is not State.OPEN and reader is Reader.COORDINATOR


def may_work(reader: Reader) -> bool:
    """Whether the person opens, freezes, approves, publishes and corrects."""
    return reader is Reader.COORDINATOR


def is_open_to(reader: Reader) -> bool:
    """Whether the person may read what is published; one query for the public, none for staff."""
    return reader is not Reader.PUBLIC or cycle_settings().is_public


def refused(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Return the way to log in, for the public. Raises Http404 for staff."""
    if reader is Reader.PUBLIC:
        return redirect_to_login(request.get_full_path())
    raise Http404


def for_readers(view: Callable[Concatenate[HttpRequest, Cycle, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the cycle of the address, with its report, if the viewer may read it."""

    @wraps(view)
    def checked(request: HttpRequest, year: int, period: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader = reader_of(cast(User, request.user))
        is_public = is_open_to(reader)
        cycle = cycles().defer(None).filter(year=year, period=period).first()
        if cycle is not None and may_read(reader, state_of(cycle), is_public=is_public):
            return view(request, cycle, *args, **kwargs)
        return refused(request, reader)

    return checked


def for_coordinators(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open the view to those who open, freeze, approve, publish and correct."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader = reader_of(cast(User, request.user))
        return view(request, *args, **kwargs) if may_work(reader) else refused(request, reader)

    return checked
