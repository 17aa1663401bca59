"""Telling people of a cycle: managers that a comment is asked for, coordinators that the HR files are older than that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import DepartmentManager, User, the_city
from organisation.permissions import COORDINATORS
from reports.follow_up.asked import asked_of
from reports.follow_up.composing import read_basis
from reports.follow_up.cycles import old_file_warning
from reports.follow_up.letters import MOST_CLAIMS, UNCONFIRMED
from reports.models import Cycle, CycleLetter, FollowUp, cycle_settings

Kind = CycleLetter.Kind
LAST_CHANCE = 7
"""A reminder that was missed is made good for so many days after the last one was due."""


def remind_departments(report: FollowUp, at: dt.datetime, turn: int | None = None) -> int:
    """Let a letter wait for each manager of a department that has not commented; return how many are new.

    By hand (without `turn`) at most once a day.
    """
    day = timezone.localdate(at)
    silent = [one.department_id for one in asked_of(report, read_basis(report), day) if one.written_at is None]
    managing = DepartmentManager.objects.on(day).filter(department__in=silent).values("manager")
    return _let_wait(
        report.cycle, Kind.COMMENT, User.objects.filter(pk__in=managing), day.toordinal() if turn is None else turn
    )


def remind_due(at: dt.datetime) -> int:
    """Remind of every frozen report that is not published, as often as it is due by now."""
    drafts = FollowUp.objects.filter(publication=None).select_related("cycle")
    after = cycle_settings().reminded_after
    return sum(remind_departments(one, at, turn) for one in drafts if (turn := _turn(one, after, at)) is not None)


def _turn(report: FollowUp, after: Sequence[int], at: dt.datetime) -> int | None:
    """On which of the days it is time to remind: the latest that has come. None before the first, and long after the last."""
    days = (timezone.localdate(at) - timezone.localdate(report.frozen_at)).days
    due = [day for day in after if day <= days]
    return due[-1] if due and days < after[-1] + LAST_CHANCE else None


def warn_of_old_files(at: dt.datetime) -> int:
    """Let a letter wait for each coordinator when a cycle's cut-off day is over and the HR files are older; once a cycle."""
    coordinators = User.objects.filter(groups__name=COORDINATORS)
    over = Cycle.objects.filter(follow_up=None, cut_off_on__lt=timezone.localdate(at))
    return sum(_let_wait(cycle, Kind.OLD_FILE, coordinators, 0) for cycle in over if old_file_warning(cycle))


def _let_wait(cycle: Cycle, kind: str, people: Iterable[User], turn: int) -> int:
    domain = urlsplit(settings.SITE_URL).hostname
    told = set(CycleLetter.objects.filter(cycle=cycle, kind=kind, turn=turn).values_list("user_id", flat=True))
    new = [person for person in people if person.pk not in told and person.is_active and person.email]
    CycleLetter.objects.bulk_create(
        [CycleLetter(cycle=cycle, kind=kind, user=person, turn=turn, message_id=make_msgid(domain=domain)) for person in new],
        ignore_conflicts=True,
    )
    return len(new)


def waiting_cycle_letters(at: dt.datetime) -> QuerySet[CycleLetter]:
    """Return the letters that may go now: not begun, or begun once and not confirmed."""
    begun = Q(claims=0) | Q(claims__lt=MOST_CLAIMS, claimed_at__lt=at - UNCONFIRMED)
    return CycleLetter.objects.filter(begun, sent_at=None, user__is_active=True).exclude(user__email=None).order_by("pk")


def send_cycle_letter(letter_id: int, *, at: dt.datetime) -> bool:
    """Claim a letter and send it. Returns whether it went; not if another has claimed it."""
    letter = waiting_cycle_letters(at).select_related("cycle", "user").filter(pk=letter_id).first()
    if letter is None:
        return False
    same = CycleLetter.objects.filter(pk=letter_id, claims=letter.claims, sent_at=None)
    if not same.update(claims=F("claims") + 1, claimed_at=at):
        return False
    _compose(letter).send()
    CycleLetter.objects.filter(pk=letter_id).update(sent_at=at)
    return True


def _compose(letter: CycleLetter) -> EmailMultiAlternatives:
    cycle = letter.cycle
    if letter.kind == Kind.COMMENT:
        subject = _("Comment on your figures, %(cycle)s") % {"cycle": str(cycle)}
        words = _("The figures are frozen. Say why they are as they are and what you do, before the report is published.")
        address = settings.SITE_URL + reverse("follow_up")
    else:
        subject = _("The HR files are older than the cut-off day, %(cycle)s") % {"cycle": str(cycle)}
        words = old_file_warning(cycle) or _("A newer HR file has been imported since.")
        address = settings.SITE_URL + reverse("follow_up_work", args=[cycle.year, cycle.period])
    context = {"city": the_city(), "subject": subject, "words": words, "address": address}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("reports/mail/cycle.txt", context),
        to=[str(letter.user.email)],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("reports/mail/cycle.html", context), "text/html")
    return mail
