"""The pages of giving out. Each fetches, calls one action, answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.giving_out.approving import ContentHasChanged, approve
from cms.giving_out.forms import GiveOutForm, WithdrawForm
from cms.giving_out.prospect import Prospect, edition_before, prospect_of
from cms.models import ModulePage
from courses.actions.give_out import GiveOutRefused, give_out
from courses.actions.withdraw import lift, withdraw
from courses.differences import compare, content_of
from courses.models import Edition, Withdrawal
from courses.payload import read_payload

GIVE_OUT = "courses.give_out_edition"
WITHDRAW = "courses.withdraw_edition"
APPROVE = "cms.add_legalapproval"

View = Callable[..., HttpResponse]


def only_with(*permissions: str) -> Callable[[View], View]:
    """Let in those who have at least one of the permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@only_with(GIVE_OUT, WITHDRAW, APPROVE)
def module_list(request: HttpRequest) -> HttpResponse:
    """All modules, with the edition that learners have."""
    pages = ModulePage.objects.select_related("module").prefetch_related("module__editions").order_by("title")
    return render(request, "cms/giving_out/module_list.html", {"pages": pages})


@only_with(GIVE_OUT, WITHDRAW, APPROVE)
def module(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be given out now, the form that does it, and the earlier editions."""
    prospect = _prospect(pk)
    form = GiveOutForm(prospect, request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm(GIVE_OUT):
            raise PermissionDenied
        if not prospect.faults and form.is_valid() and (edition := _give_out(request, form)):
            messages.success(request, _("Edition %(number)s is given out.") % {"number": edition.number})
            return redirect("give_out:module", pk)
    return render(request, "cms/giving_out/module.html", _context(request, prospect, form))


@require_POST
@only_with(APPROVE)
def approve_content(request: HttpRequest, pk: int) -> HttpResponse:
    """A jurist approves exactly what was shown."""
    prospect = _prospect(pk)
    try:
        approve(prospect=prospect, content_sha256=request.POST.get("content", ""), by=request.user, at=timezone.now())
    except ContentHasChanged as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have approved the content. The approval becomes part of the edition."))
    return redirect("give_out:module", pk)


@only_with(GIVE_OUT, WITHDRAW, APPROVE)
def edition(request: HttpRequest, pk: int, major: int, minor: int) -> HttpResponse:
    """An edition: what it changed, what it holds, and what of it is stopped."""
    editions = Edition.objects.select_related("module", "sealed_by")
    shown = get_object_or_404(editions, module=pk, major=major, minor=minor)
    form = WithdrawForm(shown, request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm(WITHDRAW):
            raise PermissionDenied
        if form.is_valid():
            terms = form.cleaned_data
            withdraw(edition=shown, step_key=terms["step"], reason=terms["reason"], by=request.user, at=timezone.now())
            messages.success(request, _("It is withdrawn. Learners see why."))
            return redirect("give_out:edition", pk, major, minor)
    return render(request, "cms/giving_out/edition.html", _edition_context(request, shown, form))


@require_POST
@only_with(WITHDRAW)
def lift_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Let learners go on with what was stopped."""
    withdrawal = get_object_or_404(Withdrawal.objects.select_related("edition"), pk=pk)
    lift(withdrawal=withdrawal, by=request.user, at=timezone.now())
    messages.success(request, _("Learners can go on."))
    shown = withdrawal.edition
    return redirect("give_out:edition", shown.module_id, shown.major, shown.minor)


def _prospect(module_pk: int) -> Prospect:
    page = get_object_or_404(ModulePage.objects.select_related("module"), module=module_pk)
    return prospect_of(page, timezone.localdate())


def _give_out(request: HttpRequest, form: GiveOutForm) -> Edition | None:
    """Give out as decided, or put every refusal on the form."""
    try:
        return give_out(**form.terms(), by=request.user, at=timezone.now())
    except GiveOutRefused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason.message)
        return None


def _context(request: HttpRequest, prospect: Prospect, form: GiveOutForm) -> dict[str, Any]:
    editions = prospect.page.module.editions.with_withdrawal().order_by("-major", "-minor")
    return {
        "prospect": prospect,
        "form": form,
        "editions": editions,
        "may_give_out": request.user.has_perm(GIVE_OUT),
        "may_approve": request.user.has_perm(APPROVE),
        "may_edit": prospect.page.permissions_for_user(request.user).can_edit(),
    }


def _edition_context(request: HttpRequest, shown: Edition, form: WithdrawForm) -> dict[str, Any]:
    before = edition_before(shown)
    return {
        "edition": shown,
        "before": before,
        "changes": compare(read_payload(shown.payload).content, content_of(before)),
        "withdrawals": shown.withdrawals.select_related("withdrawn_by", "lifted_by").order_by("-withdrawn_at"),
        "form": form,
        "may_withdraw": request.user.has_perm(WITHDRAW),
    }
