"""The event log, to read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.event_words import VERBS, kind_words, verb_words
from organisation.models import Event


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody adds, changes or deletes here, not even who may do everything else; the database would refuse it too."""

    def user_has_permission(self, user: object, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: object, actions: object) -> bool:
        return self.user_has_permission(user, "view")


class EventFilter(WagtailFilterSet):
    verb = ChoiceFilter(label=_("What"), choices=lambda: sorted(VERBS.items(), key=lambda item: str(item[1])))

    class Meta:
        model = Event
        fields = ["verb"]


class MomentColumn(Column):
    """A moment, written out."""

    cell_template_name = "cms/columns/moment.html"


class VerbColumn(Column):
    """What happened, in words."""

    def get_value(self, instance: Event) -> str:
        return verb_words(instance.verb)


class KindColumn(Column):
    """About what kind of thing, in words."""

    def get_value(self, instance: Event) -> str:
        return kind_words(instance.subject_type)


class EventIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Event]:
        return Event.objects.select_related("actor")


class EventViewSet(ModelViewSet):
    """What people did, newest first."""

    model = Event
    # Completions and looks at lists write events; Wagtail's index of references would ask five queries more for each.
    add_to_reference_index = False
    name = "events"
    url_prefix = "handelser"
    menu_label = _("Event log")
    menu_name = "events"
    menu_order = 900
    icon = "history"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = EventIndexView
    filterset_class = EventFilter
    list_per_page = 50
    list_display = [
        MomentColumn("at", label=_("When"), sort_key="at"),
        Column("actor", label=_("Who")),
        VerbColumn("verb", label=_("What"), sort_key="verb"),
        KindColumn("subject_type", label=_("About what kind")),
        Column("subject_id", label=_("About which")),
    ]
    form_fields: list[str] = []

    @property
    def permission_policy(self) -> ReadOnlyPolicy:
        return ReadOnlyPolicy(self.model)


event_viewset = EventViewSet()
