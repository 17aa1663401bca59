"""What this app holds about a person; imported by its `ready`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisation.erasing import PersonalRecord, register
from reports.models import CycleLetter, MailChoice, Mailing, Notice, RefusedAddress

register(
    PersonalRecord("notices", _("reminders"), lambda person: Notice.objects.filter(user=person)),
    PersonalRecord("mailings", _("mails with reminders"), lambda person: Mailing.objects.filter(user=person)),
    PersonalRecord("cycle_letters", _("mails about follow-up"), lambda person: CycleLetter.objects.filter(user=person)),
    PersonalRecord("refused_addresses", _("refused addresses"), lambda person: RefusedAddress.objects.filter(user=person)),
    PersonalRecord("mail_choices", _("choices of reminders"), lambda person: MailChoice.objects.filter(user=person)),
)
