"""Who gets a mail when a report is published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from organisation.models import log_event
from reports.models import RecipientList

MOST_ADDRESSES = 200


class Addresses(forms.CharField):
    """E-mail addresses, one a line, as a list. Each is kept once, as it was first written."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        found: dict[str, str] = {}
        for line in filter(None, map(str.strip, super().to_python(value).splitlines())):
            found.setdefault(line.casefold(), line)
        return list(found.values())

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_ADDRESSES:
            raise ValidationError(_("A list has at most %(most)d addresses.") % {"most": MOST_ADDRESSES})
        if wrong := [one for one in value if not _is_address(one)]:
            raise ValidationError([_("“%(line)s” is not an e-mail address.") % {"line": line[:80]} for line in wrong[:5]])


def _is_address(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True


class RecipientListForm(WagtailAdminModelForm):
    """The list's name, and its addresses one a line."""

    addresses = Addresses(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One a line. Take the address of a function or a secretariat where there is one."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )


class LoggingMixin:
    """Writes in the event log that the list was changed; how many addresses, never which."""

    def save_instance(self) -> RecipientList:
        found: RecipientList = super().save_instance()  # type: ignore[misc]  # the view's
        by = self.request.user  # type: ignore[attr-defined]  # the view's
        log_event("recipients.changed", found, by=by, at=timezone.now(), addresses=len(found.addresses))
        return found


class RecipientListCreateView(LoggingMixin, generic.CreateView):
    pass


class RecipientListEditView(LoggingMixin, generic.EditView):
    pass


class HowManyColumn(Column):
    """How many addresses the list has."""

    def get_value(self, instance: RecipientList) -> str:
        count = len(instance.addresses)
        return ngettext("%(count)d address", "%(count)d addresses", count) % {"count": count}


class RecipientListViewSet(ModelViewSet):
    """Lists of recipients. One that is no longer used is switched off, so that the name stays known."""

    model = RecipientList
    name = "recipients"
    url_prefix = "mottagare"
    menu_label = gettext_lazy("Recipients of reports")
    menu_name = "recipients"
    menu_order = 197
    icon = "mail"
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = RecipientListCreateView
    edit_view_class = RecipientListEditView
    search_fields = ["name"]
    search_backend_name = None
    list_display = [
        TitleColumn("name", label=gettext_lazy("Name"), url_name="recipients:edit"),
        HowManyColumn("addresses", label=gettext_lazy("Addresses")),
        BooleanColumn("is_active", label=gettext_lazy("Gets mail")),
    ]
    edit_handler = ObjectList([*map(FieldPanel, ("name", "addresses", "is_active"))], base_form_class=RecipientListForm)


recipient_viewset = RecipientListViewSet()
