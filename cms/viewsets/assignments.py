"""The list of assignments: the coordinator proposes, the departments' managers accept."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms import assigning
from cms.viewsets.dated import period_column
from courses.models import Assignment, AudienceRule


class AssignmentIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Assignment]:
        rules = AudienceRule.objects.on(timezone.localdate()).annotate(named=Count("departments"))
        rows = Assignment.objects.known_at(None).select_related("module", "audience")
        rows = rows.prefetch_related(Prefetch("audience__rules", queryset=rules, to_attr="rules_today"))
        return rows.annotate(accepted=Count("acceptances")).order_by("module__title", "audience__name", "-from_on")


class ModuleColumn(TitleColumn):
    def get_value(self, instance: Assignment) -> str:
        return instance.module.title


class DueColumn(Column):
    """A day, or so many days after joining."""

    cell_template_name = "cms/columns/due.html"


class AcceptedColumn(Column):
    """How many departments have accepted, of how many."""

    cell_template_name = "cms/columns/accepted.html"


class AssignmentViewSet(ModelViewSet):
    """Proposed and accepted assignments."""

    model = Assignment
    name = "assignments"
    url_prefix = "tilldelningar"
    menu_label = _("Assignments")
    menu_name = "assignments"
    menu_order = 180
    icon = "tasks"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = AssignmentIndexView
    list_display = [
        ModuleColumn("module", label=_("Module"), url_name="assignments:edit"),
        Column("audience", label=_("Target group")),
        period_column(),
        DueColumn("due_on", label=_("Due")),
        AcceptedColumn("accepted", label=_("Departments that have accepted")),
    ]

    form_fields: list[str] = []

    @property
    def add_view(self) -> Any:
        return assigning.propose

    @property
    def edit_view(self) -> Any:
        return assigning.assignment


assignment_viewset = AssignmentViewSet()
