"""A department's comment: its own figures beside what is said of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisation.models import Department
from reports.follow_up.basis import Basis, FigureAt
from reports.follow_up.comment_form import CommentForm
from reports.follow_up.comments import CommentRefused, write_comment
from reports.follow_up.composing import read_basis
from reports.follow_up.states import State, cycles, state_of
from reports.models import DepartmentComment, FollowUp
from reports.views.access import Managed, managed_department


@dataclass(frozen=True)
class Own:
    """A module's frozen figures of the department, none hidden."""

    title: str
    figure: FigureAt


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest frozen report's figures of the department, and the comment; it is locked when the report is published."""
    managed = managed_department(request, pk)
    cycle = cycles().filter(follow_up__isnull=False).first()
    if cycle is None:
        return render(request, "reports/follow_up/comment.html", {"managed": managed})
    report, department = cycle.follow_up, Department.objects.get(pk=pk)
    written = DepartmentComment.objects.filter(follow_up=report, department=department).order_by("-pk").first()
    is_locked = state_of(cycle) is State.PUBLISHED
    form = CommentForm.of(request.POST if request.method == "POST" and not is_locked else None, written)
    if form.is_valid() and _is_kept(form, report, department, managed):
        messages.success(request, _("Your comment is saved."))
        return redirect("manager_comment", pk)
    context = {"managed": managed, "cycle": cycle, "written": written, "form": form, "is_locked": is_locked}
    context |= {"own": _own(read_basis(report), department.external_id)}
    return render(request, "reports/follow_up/comment.html", context, status=422 if form.errors else 200)


def _own(basis: Basis, unit: str) -> list[Own]:
    """The figures of the department; none if it did not exist on the cut-off day."""
    titles = {module.slug: module.title for module in basis.modules}
    return [Own(titles[figure.module], figure) for figure in basis.figures if figure.unit == unit]


def _is_kept(form: CommentForm, report: FollowUp, department: Department, managed: Managed) -> bool:
    """Keep what is new in the form. What is refused is said in it."""
    if not form.has_changed():
        return True
    try:
        write_comment(follow_up=report, department=department, by=managed.viewer, at=timezone.now(), **form.cleaned_data)
    except CommentRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
