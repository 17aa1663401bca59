"""The page of a completed module, with the three voluntary questions."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.actions.evaluate import evaluate, is_asked
from courses.evaluation_form import EvaluationForm
from courses.reading import ModuleInForce, NotInForce, find_module
from courses.rounds import PastCompletion, present_round
from courses.validity import valid_until
from courses.views.modules import moved_or_missing
from organisation.models import User

REFUSED = 422
SKIP = "skip"


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completed(request: HttpRequest, slug: str) -> HttpResponse:
    """Show that the module is completed, and what happens next; before that, lead to the module.

    A POST answers or skips the questions.
    """
    user, day = cast(User, request.user), timezone.localdate()
    try:
        found = find_module(slug, day)
    except NotInForce as unknown:
        return moved_or_missing(unknown, "courses:completed", slug)
    completion = present_round(user, found).completion
    if completion is None:
        return redirect("courses:module", slug=slug)
    if request.method == "POST":
        return _take(request, user, found, completion)
    return _show(request, found, completion, EvaluationForm(auto_id="%s"))


def _take(request: HttpRequest, user: User, found: ModuleInForce, completion: PastCompletion) -> HttpResponse:
    is_skipped = request.POST.get("do") == SKIP
    form = EvaluationForm(request.POST, auto_id="%s")
    if not is_skipped and not form.is_valid() and is_asked(completion.pk):
        return _show(request, found, completion, form, REFUSED)
    said = None if is_skipped or not form.is_valid() else form.said
    # Said in a message, which goes in a cookie: an address would stand in logs, with who skipped and who answered.
    if not evaluate(user=user, completion_id=completion.pk, said=said):
        messages.info(request, _("The questions have been answered or skipped already. Nothing more was saved."))
    elif said:
        messages.success(request, _("Thank you. Your answers are saved without your name."))
    return redirect(request.path)


def _show(
    request: HttpRequest, found: ModuleInForce, completion: PastCompletion, form: EvaluationForm, status: int = 200
) -> HttpResponse:
    until = valid_until(completion.completed_on, found.validity_months)
    context = {
        "module": found,
        "completion": completion,
        "valid_through": until and until - dt.timedelta(days=1),
        "form": form if is_asked(completion.pk) else None,
    }
    return render(request, "courses/completed.html", context, status=status)
