"""What this app holds about a person; imported by its `ready`.

Evaluations, counted conversations and answers in exercises are kept without a person from the beginning.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from courses.models import Acceptance, Answer, Attempt, Completion, Exemption, Offer, Round, StepProgress
from organisation.erasing import PersonalRecord, register

register(
    PersonalRecord("answers", _("answers to questions"), lambda person: Answer.objects.filter(round__user=person)),
    PersonalRecord("attempts", _("attempts at knowledge checks"), lambda person: Attempt.objects.filter(round__user=person)),
    PersonalRecord("progress", _("steps begun and done"), lambda person: StepProgress.objects.filter(round__user=person)),
    PersonalRecord("completions", _("completions"), lambda person: Completion.objects.filter(user=person), stays=True),
    PersonalRecord("rounds", _("days when a module was begun"), lambda person: Round.objects.filter(user=person), stays=True),
    PersonalRecord("offers", _("offers of modules"), lambda person: Offer.objects.filter(user=person), stays=True),
    PersonalRecord("exemptions", _("exemptions"), lambda person: Exemption.objects.filter(user=person), stays=True),
    PersonalRecord(
        "acceptances",
        _("assignments accepted as a manager"),
        lambda person: Acceptance.objects.filter(accepted_by=person),
        stays=True,
    ),
)
