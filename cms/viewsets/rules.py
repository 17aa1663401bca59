"""How long a completion is valid, module by module."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.giving_out.forms import DayInput
from cms.viewsets.dated import DatedCreateView, period_column
from courses.models import ModuleRule


class ModuleRuleIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[ModuleRule]:
        return ModuleRule.objects.known_at(None).select_related("module").order_by("module__title", "-from_on")


class ModuleRuleCreateView(DatedCreateView):
    verb = "module_rule.changed"


class ModuleRuleViewSet(ModelViewSet):
    """Rules are added, never edited: the row of a past day stays as it was."""

    model = ModuleRule
    name = "module_rules"
    url_prefix = "giltighet"
    menu_label = _("Validity")
    menu_name = "validity"
    menu_order = 190
    icon = "calendar-check"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ModuleRuleIndexView
    add_view_class = ModuleRuleCreateView
    list_display = [
        Column("module", label=_("Module")),
        Column("validity_months", label=_("Months of validity")),
        Column("refresher_days", label=_("Days for a refresher")),
        period_column(),
    ]
    panels = [
        FieldPanel("module"),
        FieldPanel("validity_months", help_text=_("Empty: a completion is valid until the content changes in substance.")),
        FieldPanel("refresher_days", help_text=_("How long those who are done may wait with the changed steps.")),
        FieldPanel("from_on", widget=DayInput),
    ]


module_rule_viewset = ModuleRuleViewSet()
