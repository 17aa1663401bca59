"""The action plan's activities, in the administration of coordinators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from cms.panels import StatementsPanel
from cms.viewsets.dated import DayColumn
from organisation.models import log_event
from reports.actions.state_standing import state_standing
from reports.models import PlanActivity
from reports.models.plan import Standing


class ActivityForm(WagtailAdminModelForm):
    """The activity, and how far it has come now: a change of that is a statement of today, and the earlier ones stay."""

    standing = forms.ChoiceField(label=_("How far it has come"), choices=Standing.choices)
    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A sentence on the state of it, that anybody may read. Never about a person or a case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None
        last = self.instance.statements.first() if self.instance.pk else None
        self.initial["standing"] = last.standing if last else Standing.UNKNOWN
        self.initial["comment"] = last.comment if last else ""


class StatingMixin:
    """Keeps what the form says of how far it has come."""

    verb = ""

    def save_instance(self) -> PlanActivity:
        activity: PlanActivity = super().save_instance()  # type: ignore[misc]  # the view's
        said, by, at = self.form.cleaned_data, self.request.user, timezone.now()  # type: ignore[attr-defined]  # the view's
        log_event(self.verb, activity, by=by, at=at, key=activity.key)
        state_standing(activity=activity, standing=said["standing"], comment=said["comment"], by=by, at=at)
        return activity


class ActivityCreateView(StatingMixin, generic.CreateView):
    verb = "plan_activity.added"


class ActivityEditView(StatingMixin, generic.EditView):
    verb = "plan_activity.changed"


class ActivityIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[PlanActivity]:
        return PlanActivity.objects.with_standing()


class StandingColumn(Column):
    """How far it has come, in words."""

    def get_value(self, instance: Any) -> str:
        return str(Standing(instance.standing or Standing.UNKNOWN).label)


class ActivityViewSet(ModelViewSet):
    """The plan's activities, in its order."""

    model = PlanActivity
    name = "plan_activities"
    url_prefix = "aktiviteter"
    menu_label = _("The plan's activities")
    menu_name = "plan-activities"
    menu_order = 195
    icon = "list-ul"
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = ActivityIndexView
    add_view_class = ActivityCreateView
    edit_view_class = ActivityEditView
    ordering = ["position", "pk"]
    search_fields = ["title", "key", "responsible"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TitleColumn("title", label=_("Activity"), url_name="plan_activities:edit"),
        Column("responsible", label=_("Responsible")),
        Column("timetable", label=_("Timetable")),
        StandingColumn("standing", label=_("How far it has come")),
        DayColumn("stood_on", label=_("As of")),
    ]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([*map(FieldPanel, ("standing", "comment"))], heading=_("Now")),
            StatementsPanel(),
            MultiFieldPanel(
                [*map(FieldPanel, ("title", "key", "section", "position", "description"))], heading=_("The activity")
            ),
            MultiFieldPanel([*map(FieldPanel, ("responsible", "participants", "timetable"))], heading=_("Who and when")),
            FieldPanel("changed_since"),
            FieldPanel("sources", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=ActivityForm,
    )


activity_viewset = ActivityViewSet()
