"""What the administration and the login hold about a person; imported by this app's `ready`."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from organisation.erasing import PersonalRecord, register
from organisation.models import User


def log_entries_about(person: User) -> QuerySet[ModelLogEntry]:
    """Return Wagtail's own log entries about the person, whose labels hold the name. Our event log keeps keys only."""
    kind = ContentType.objects.get_for_model(User)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))


register(
    PersonalRecord("addresses", _("addresses for logging in"), lambda person: EmailAddress.objects.filter(user=person)),
    PersonalRecord("profiles", _("settings in the administration"), lambda person: UserProfile.objects.filter(user=person)),
    PersonalRecord("log_entries", _("entries in the administration's log that show the name"), log_entries_about),
)
