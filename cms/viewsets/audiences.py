"""Target groups: a name, and a rule that holds from a day."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.target_groups import views
from courses.models import Audience, AudienceRule
from organisation.models import DepartmentName


class RuleColumn(Column):
    """The rule of today, in words."""

    cell_template_name = "cms/columns/rule.html"

    def get_cell_context_data(self, instance: Audience, parent_context: dict[str, Any]) -> dict[str, Any]:
        rule = next(iter(instance.rules_today), None)
        departments = sorted(name.name for one in rule.departments.all() for name in one.names_today) if rule else []
        return super().get_cell_context_data(instance, parent_context) | {"rule": rule, "departments": departments}


class AudienceIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Audience]:
        today = timezone.localdate()
        names = Prefetch("departments__names", queryset=DepartmentName.objects.on(today), to_attr="names_today")
        rules = AudienceRule.objects.on(today).prefetch_related("departments", names)
        return Audience.objects.prefetch_related(Prefetch("rules", queryset=rules, to_attr="rules_today"))


class AudienceViewSet(ModelViewSet):
    """Target groups."""

    model = Audience
    name = "audiences"
    url_prefix = "malgrupper"
    menu_label = _("Target groups")
    menu_name = "audiences"
    menu_order = 170
    icon = "group"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = AudienceIndexView
    form_fields = ["name"]
    list_display = [
        TitleColumn("name", label=_("Name"), url_name="audiences:edit", sort_key="name"),
        RuleColumn("rule", label=_("Today it means")),
    ]

    @property
    def add_view(self) -> Any:
        return views.add

    @property
    def edit_view(self) -> Any:
        return views.edit


audience_viewset = AudienceViewSet()
