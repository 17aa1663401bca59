"""People's login and groups, for administrators. People come and go through the HR files, never here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.users import UserViewSet

from cms.groups import OPEN_ADMIN
from organisation.models import User, log_event


class PersonForm(forms.ModelForm):
    """May she log in, and what does she work with in the administration?"""

    class Meta:
        model = User
        fields = ["is_active", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"groups": _("Groups")}
        help_texts = {"groups": _("Without a group a person is a learner and sees nothing of the administration.")}

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            # Nobody locks oneself out.
            del self.fields["is_active"]

    def save(self, commit: bool = True) -> User:
        app, codename = OPEN_ADMIN.split(".")
        opens = {"permissions__content_type__app_label": app, "permissions__codename": codename}
        self.instance.is_staff = self.instance.is_superuser or self.cleaned_data["groups"].filter(**opens).exists()
        person: User = super().save(commit)
        return person


class PeopleFilter(WagtailFilterSet):
    class Meta:
        model = User
        fields = ["groups", "is_active"]


class GroupsColumn(Column):
    """The groups that somebody is in."""

    def get_value(self, instance: User) -> str:
        return ", ".join(group.name for group in instance.groups.all())


class PeopleIndexView(generic.IndexView):
    """Every look at the list is written in the event log; protected identities never stand on it."""

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.filter(is_protected=False, is_superuser=False).prefetch_related("groups")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        log_event("people.listed", request.user, by=request.user, at=timezone.now())
        return super().get(request, *args, **kwargs)


class PersonEditView(generic.EditView):
    def get_base_object_queryset(self) -> QuerySet[User]:
        return User.objects.filter(is_superuser=False)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"editing_self": self.request.user == self.object}

    def save_instance(self) -> User:
        person: User = super().save_instance()
        groups = sorted(person.groups.values_list("name", flat=True))
        log_event("person.changed", person, by=self.request.user, at=timezone.now(), groups=groups, active=person.is_active)
        return person


class ChangeOnlyPolicy(ModelPermissionPolicy):
    """People are neither added nor deleted here, whoever asks."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class PeopleViewSet(UserViewSet):
    """Takes the place of Wagtail's own administration of users."""

    menu_label = _("People and groups")
    filterset_class = PeopleFilter
    index_view_class = PeopleIndexView
    edit_view_class = PersonEditView
    template_prefix = ""
    copy_view_enabled = False
    ordering = ["last_name", "first_name"]
    search_fields = ["first_name", "last_name", "email", "employee_number"]
    search_backend_name = None
    list_display = [
        TitleColumn("get_full_name", label=_("Name"), url_name="wagtailusers_users:edit", sort_key="last_name"),
        Column("email", label=_("E-mail"), sort_key="email"),
        GroupsColumn("groups", label=_("Groups")),
        BooleanColumn("is_active", label=_("May log in"), sort_key="is_active"),
    ]

    @property
    def permission_policy(self) -> ChangeOnlyPolicy:
        return ChangeOnlyPolicy(self.model)

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonForm
