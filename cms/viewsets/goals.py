"""What the city wants to reach, module by module."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.giving_out.forms import DayInput
from cms.viewsets.dated import DatedCreateView, period_column
from reports.models import ModuleGoal


class ModuleGoalIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[ModuleGoal]:
        return ModuleGoal.objects.known_at(None).select_related("module").order_by("module__title", "-from_on")


class ModuleGoalCreateView(DatedCreateView):
    verb = "module_goal.changed"


class PercentColumn(Column):
    """The goal, or that there is none any more."""

    def get_value(self, instance: ModuleGoal) -> str:
        return f"{instance.percent}\u00a0%" if instance.percent else str(_("No goal"))


class ModuleGoalViewSet(ModelViewSet):
    """Goals are added, never edited: a report of a past day is measured against the goal of that day."""

    model = ModuleGoal
    name = "module_goals"
    url_prefix = "mal"
    menu_label = _("Goals")
    menu_name = "goals"
    menu_order = 195
    icon = "crosshairs"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ModuleGoalIndexView
    add_view_class = ModuleGoalCreateView
    list_display = [
        Column("module", label=_("Module")),
        PercentColumn("percent", label=_("Goal")),
        period_column(),
    ]
    panels = [
        FieldPanel("module"),
        FieldPanel("percent", help_text=_("How much of the target group is to have valid training. Empty: no goal any more.")),
        FieldPanel("from_on", widget=DayInput),
    ]


module_goal_viewset = ModuleGoalViewSet()
