"""The pages of reminders: how one wants them, and a manager who reminds some of the own people."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.models import Module
from organisation.models import User, the_city
from organisation.permissions import line_of
from organisation.tree import Tree, names_on
from reports.actions.remind_selected import Reminding, prepare, remind_selected
from reports.actions.send_reminders import choice_address
from reports.models import MailChoice, refused_addresses
from reports.reminding.posting import MailServerDown
from reports.reminding.wording import Letter, letter_to_learner


class MailChoiceForm(forms.Form):
    """Single mails, or one a week."""

    how = forms.ChoiceField(
        label=gettext_lazy("How do you want reminders?"),
        choices=[
            ("single", gettext_lazy("As they come: at most one mail a day")),
            ("weekly", gettext_lazy("Gathered in one mail at the beginning of the week")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("What is overdue always comes at once."),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest) -> HttpResponse:
    """How the person wants reminders."""
    user = cast(User, request.user)
    choice = MailChoice.objects.filter(user=user).first()
    initial = {"how": "weekly" if choice and choice.is_weekly else "single"}
    form = MailChoiceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        MailChoice.objects.update_or_create(user=user, defaults={"is_weekly": form.cleaned_data["how"] == "weekly"})
        messages.success(request, _("Your choice is saved."))
        return redirect("mail_choice")
    context = {"form": form, "is_refused": user.pk in refused_addresses([user.pk])}
    return render(request, "reports/mail_choice.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a reminder would reach, and its very words; sent when the manager says so."""
    viewer, day = cast(User, request.user), timezone.localdate()
    tree = Tree.on(day)
    if pk not in line_of(viewer, day, tree):
        raise Http404
    if request.method != "POST":
        return redirect("manager_department", pk)
    module = get_object_or_404(Module, pk=_number(request.POST.get("module", "")))
    people = chosen_people(request, viewer, pk, day, tree)
    if not people:
        messages.warning(request, _("Choose at least one person to remind."))
        return redirect("manager_department", pk)
    reminding = prepare(people=people, module=module, day=day)
    if request.POST.get("do") == "send":
        return _send(request, reminding, viewer, pk)
    context = {"reminding": reminding, "letter": _example(reminding), "pk": pk, "name": names_on(day).get(pk, "")}
    return render(request, "reports/remind.html", context)


def chosen_people(request: HttpRequest, viewer: User, department: int, day: dt.date, tree: Tree) -> list[User]:
    """Return those of the chosen who work in the department and whom the viewer may see and list."""
    chosen = [number for one in request.POST.getlist("person") if (number := _number(one)) is not None]
    listed = User.objects.visible_to(viewer, day, tree).employed_in(tree.below(department), day).filter(is_protected=False)
    return list(listed.filter(pk__in=chosen).order_by("last_name", "first_name", "pk"))


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def _example(reminding: Reminding) -> Letter | None:
    """The mail that the first one gets."""
    if not reminding.recipients:
        return None
    first = reminding.recipients[0]
    return letter_to_learner(first.user.first_name, first.items, city=the_city().name, choice_address=choice_address())


def _send(request: HttpRequest, reminding: Reminding, viewer: User, pk: int) -> HttpResponse:
    try:
        sent = remind_selected(reminding=reminding, by=viewer, at=timezone.now())
    except MailServerDown:
        messages.error(request, _("The mail server takes nothing at present. Nobody was reminded; try again later."))
        return redirect("manager_department", pk)
    words = ngettext("%(count)d person was reminded.", "%(count)d persons were reminded.", sent) % {"count": sent}
    messages.success(request, words)
    return redirect("manager_department", pk)
