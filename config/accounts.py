"""How people come in: accounts are made from the organisation's data, never by signing up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from organisation.demonstration import may_be_used
from organisation.models import User


class AccountBackend(AuthenticationBackend):
    """Lets people in with address and password, those of the demonstration only where `DEMO` is on."""

    def user_can_authenticate(self, user: User) -> bool:
        """Asked at login, and for every page of an open session."""
        return bool(super().user_can_authenticate(user)) and may_be_used(user)


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account of their own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def with_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a page for those who log in with an address: a password set with a slip would wait for the address to come."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.email:
            return redirect("/")
        return view(request, *args, **kwargs)

    return kept
