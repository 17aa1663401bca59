"""The list of exemptions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms import exempting
from courses.models import Exemption
from organisation.models import log_event

SOON = dt.timedelta(days=30)


class ExemptionFilter(WagtailFilterSet):
    """By module, reason, and where in its period it is."""

    state = ChoiceFilter(
        label=_("When"),
        method="in_state",
        choices=[
            ("now", _("Holds today")),
            ("soon", _("Ends within 30 days")),
            ("to_come", _("Has not begun")),
            ("ended", _("Has ended")),
        ],
    )

    class Meta:
        model = Exemption
        fields = ["state", "module", "reason"]

    def in_state(self, rows: QuerySet[Exemption], _name: str, state: str) -> QuerySet[Exemption]:
        today = timezone.localdate()
        holds = Q(from_on__lte=today) & (Q(until_on=None) | Q(until_on__gt=today))
        wanted = {
            "now": holds,
            "soon": holds & Q(until_on__lte=today + SOON),
            "to_come": Q(from_on__gt=today),
            "ended": Q(until_on__lte=today),
        }
        return rows.filter(wanted[state])


class PersonColumn(TitleColumn):
    def get_value(self, instance: Exemption) -> str:
        return str(instance.user)


class LastDayColumn(Column):
    """The days as they are said: the last one is included."""

    cell_template_name = "cms/columns/days.html"

    def get_cell_context_data(self, instance: Exemption, parent_context: dict[str, Any]) -> dict[str, Any]:
        today, until_on = timezone.localdate(), instance.until_on
        last_day = until_on - dt.timedelta(days=1) if until_on else None
        soon = last_day is not None and today <= last_day < today + SOON
        late = timezone.localdate(instance.recorded_at) > instance.from_on
        context = {
            "last_day": last_day,
            "has_ended": last_day is not None and last_day < today,
            "ends_soon": soon,
            "is_late": late,
        }
        return super().get_cell_context_data(instance, parent_context) | context


class ExemptionIndexView(generic.IndexView):
    """Every look at the list is written in the event log; protected identities are counted and never stand on it."""

    def get_base_queryset(self) -> QuerySet[Exemption]:
        rows = Exemption.objects.known_at(None).filter(user__is_protected=False)
        return rows.select_related("user", "module").order_by("-from_on", "user__last_name", "pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        protected = Exemption.objects.known_at(None).filter(user__is_protected=True)
        return context | {"protected": protected.count()}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        log_event("exemptions.listed", request.user, by=request.user, at=timezone.now())
        return super().get(request, *args, **kwargs)


class ExemptionViewSet(ModelViewSet):
    """Exemptions are granted, corrected and ended; a row is never rewritten."""

    model = Exemption
    name = "exemptions"
    url_prefix = "undantag"
    menu_label = _("Exemptions")
    menu_name = "exemptions"
    menu_order = 185
    icon = "calendar-alt"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ExemptionIndexView
    index_template_name = "cms/exemptions/index.html"
    filterset_class = ExemptionFilter
    list_display = [
        PersonColumn("user", label=_("Person"), url_name="exemptions:edit"),
        Column("module", label=_("Module")),
        Column("get_reason_display", label=_("Reason")),
        LastDayColumn("from_on", label=_("Days"), sort_key="from_on"),
    ]
    form_fields: list[str] = []

    @property
    def add_view(self) -> Any:
        return exempting.choose_person

    @property
    def edit_view(self) -> Any:
        return exempting.change


exemption_viewset = ExemptionViewSet()
