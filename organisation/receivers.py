"""What this app hears."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from organisation.models import User
from organisation.permissions import is_coordinator, own_departments


@receiver(user_logged_in, dispatch_uid="organisation.remember_manager")
def remember_manager(request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """Keep in the session whether the person answers for a department or coordinates, so that no page asks for its menu.

    It only decides what the menu shows; the pages themselves ask again who may see what.
    """
    if request is not None:
        request.session["is_manager"] = bool(own_departments(user, timezone.localdate()))
        request.session["is_coordinator"] = is_coordinator(user)
