"""Logging in with a slip: the login door for those without an e-mail address, under the same limits as the other one."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth import login
from django.contrib.auth.views import RedirectURLMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from config.accounts import AccountBackend
from organisation.actions.login_slips import use_slip
from organisation.models import User

SESSION = dt.timedelta(hours=4)
"""Slips are used where a computer is shared: the session ends with the shift."""


class SlipBackend(AccountBackend):
    """Lets people in with employee number and the code of a slip."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", slip_code: str = "", **credentials: Any
    ) -> User | None:
        if not slip_code:
            return None
        user = use_slip(employee_number=username, code=slip_code, at=timezone.now())
        return user if user and self.user_can_authenticate(user) else None


class SlipForm(forms.Form):
    """What stands on the slip. Guesses are counted as at the other login: by the caller's address, and by person."""

    employee_number = forms.CharField(
        label=_("Employee number"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=40,
        help_text=_("Capitals, spaces and hyphens make no difference."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, cast(User | None, None)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if {"employee_number", "code"} <= said.keys():
            who = {"username": said["employee_number"], "slip_code": said["code"]}
            self.user = cast(User | None, get_adapter(self.request).authenticate(self.request, **who))
            if self.user is None:
                raise ValidationError(
                    _("The number and the code do not belong together, or the code is used or too old. Ask for a new slip.")
                )
        return said


@method_decorator([rate_limit(action="login"), never_cache, sensitive_post_parameters("code")], name="dispatch")
class SlipLogin(RedirectURLMixin, FormView):  # type: ignore[type-arg]  # not generic when it runs
    """The page where the code is typed in."""

    form_class = SlipForm
    template_name = "account/login_slip.html"
    next_page = "/"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: SlipForm) -> HttpResponse:
        login(self.request, cast(User, form.user))
        self.request.session.set_expiry(SESSION)
        return super().form_valid(form)
