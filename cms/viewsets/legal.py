"""Provisions of law and their checks, in the administration."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import ListingButton

from cms.giving_out.forms import DayInput
from courses.models import LegalCheck, LegalSource
from organisation.models import log_event


class CheckColumn(Column):
    """When a provision was checked, and whether it is time again."""

    cell_template_name = "cms/columns/check.html"

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> dict[str, Any]:
        again, today = instance.check_again_on, timezone.localdate()
        return super().get_cell_context_data(instance, parent_context) | {"is_overdue": again is None or again < today}


class LegalSourceFilter(WagtailFilterSet):
    """All, or those to check again."""

    overdue = django_filters.ChoiceFilter(
        label=_("Check"), choices=[("on", _("To be checked again"))], method="only_overdue", widget=forms.RadioSelect
    )

    class Meta:
        model = LegalSource
        fields: list[str] = []

    def only_overdue(self, sources: Any, _name: str, _value: str) -> Any:
        return sources.overdue_on(timezone.localdate())


class LegalSourceIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[LegalSource]:
        return LegalSource.objects.with_check()

    def get_list_more_buttons(self, instance: LegalSource) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("courses.add_legalcheck"):
            address = f"{reverse('legal_checks:add')}?source={instance.pk}"
            buttons.append(ListingButton(_("New check"), address, icon_name="check", priority=5))
        return buttons


class LegalSourceViewSet(ModelViewSet):
    """Provisions, those to be checked again first to be found."""

    model = LegalSource
    name = "legal_sources"
    url_prefix = "rattskallor"
    menu_label = _("Legal sources")
    menu_name = "legal-sources"
    menu_order = 160
    icon = "clipboard-list"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = LegalSourceIndexView
    filterset_class = LegalSourceFilter
    search_fields = ["designation", "law", "sfs", "key", "summary"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn("designation", label=_("Designation"), url_name="legal_sources:edit", sort_key="designation"),
        Column("law", label=_("Law"), sort_key="law"),
        CheckColumn("check_again_on", label=_("Check again by"), sort_key="check_again_on"),
    ]
    panels = [
        FieldPanel("designation"),
        FieldPanel("key"),
        FieldPanel("law"),
        FieldPanel("sfs"),
        FieldPanel("chapter"),
        FieldPanel("section"),
        FieldPanel("summary"),
        FieldPanel("url"),
        FieldPanel("in_force_from", widget=DayInput),
        FieldPanel("note"),
    ]


class LegalCheckCreateView(generic.CreateView):
    """A check is a fact: it is added, never changed."""

    def get_initial(self) -> dict[str, Any]:
        return {"source": self.request.GET.get("source"), "checked_on": timezone.localdate()}

    def get_success_url(self) -> str:
        return reverse("legal_sources:index")

    def save_instance(self) -> LegalCheck:
        now = timezone.now()
        self.form.instance.recorded_by, self.form.instance.recorded_at = self.request.user, now
        check: LegalCheck = super().save_instance()
        again = check.check_again_on.isoformat()
        log_event("legal_source.checked", check.source, by=self.request.user, at=now, check_again_on=again)
        return check


class LegalCheckViewSet(ModelViewSet):
    """Checks of provisions."""

    model = LegalCheck
    name = "legal_checks"
    url_prefix = "rattskallor/kontroller"
    icon = "check"
    copy_view_enabled = False
    add_view_class = LegalCheckCreateView
    list_display = ["source", "checked_on", "checked_by", "check_again_on"]
    panels = [
        FieldPanel("source"),
        FieldPanel("checked_on", widget=DayInput),
        FieldPanel("checked_by", help_text=_("A function, or the jurist's name.")),
        FieldPanel("check_again_on", widget=DayInput),
        FieldPanel("note"),
    ]


legal_source_viewset = LegalSourceViewSet()
legal_check_viewset = LegalCheckViewSet()
