"""What stands on new certificates: what they have in common is read once for all of a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.columns import DoesNotFit
from certificates.drawing import CertificateSheet, draw
from certificates.fonts import MissingGlyph
from certificates.models import Certificate
from courses.models import Completion, Edition, ModuleRule
from courses.payload import Draft, read_payload
from courses.validity import valid_until
from organisation.models import City, the_city


@dataclass(frozen=True)
class Former:
    """How a certificate stands to earlier ones: in the place of one that was wrong, or a round after one that was right."""

    replaces: Certificate | None = None
    renews: Certificate | None = None
    reason: str = ""

    def words(self) -> str:
        """Return the sentence that stands on the new one."""
        if self.replaces and self.renews:
            numbers = {"number": self.replaces.number, "renewed": self.renews.number}
            return _("Replaces certificate %(number)s, renews certificate %(renewed)s") % numbers
        if self.replaces:
            return _("Replaces certificate %(number)s") % {"number": self.replaces.number}
        return _("Renews certificate %(number)s") % {"number": self.renews.number} if self.renews else ""


@dataclass(frozen=True)
class CommonFacts:
    """The city, the editions and the modules' rules; three queries for any number of completions."""

    city: City
    editions: dict[int, Edition]
    contents: dict[int, Draft]
    rules: list[ModuleRule]

    @classmethod
    def of(cls, completions: Collection[Completion]) -> CommonFacts:
        """Read what these completions' certificates have in common."""
        editions = Edition.objects.in_bulk({completion.edition_id for completion in completions})
        contents = {key: read_payload(edition.payload).content for key, edition in editions.items()}
        rules = ModuleRule.objects.known_at(None).filter(module__in={completion.module_id for completion in completions})
        return cls(the_city(), editions, contents, list(rules))

    def valid_through(self, completion: Completion) -> dt.date | None:
        """Return the last day when the completion is valid, by the module's rule of its day; `None` for ever."""
        day = completion.completed_on
        months = (rule.validity_months for rule in self.rules if rule.module_id == completion.module_id and rule.holds(day))
        until = valid_until(day, next(months, None))
        return until - dt.timedelta(days=1) if until else None

    def sheet_of(
        self, completion: Completion, *, number: str, code: str, issued_on: dt.date, former: Former
    ) -> CertificateSheet:
        """Return what stands on the certificate, word for word."""
        content, edition = self.contents[completion.edition_id], self.editions[completion.edition_id]
        return CertificateSheet(
            city=self.city.name,
            holder=completion.user.get_full_name(),
            module=content.title,
            edition=edition.number,
            abilities=tuple(objective.text for objective in content.objectives),
            completed_on=completion.completed_on,
            department=completion.department_name,
            reviewed=review_of(edition),
            validity=validity_in_words(self.valid_through(completion)),
            number=number,
            code=code,
            verify_url=f"{settings.SITE_URL}/verifiera/{code}/",
            issued_on=issued_on,
            signatory_title=self.city.signatory_title,
            is_test=settings.DEMO,
            replaces=former.words(),
        )


def fault_of(certificate: Certificate) -> MissingGlyph | DoesNotFit | None:
    """Return why the certificate cannot be drawn, or `None` if it can."""
    try:
        draw(msgspec.convert(certificate.sheet, CertificateSheet))
    except (MissingGlyph, DoesNotFit) as fault:
        return fault
    return None


def review_of(edition: Edition) -> str:
    """Return whether, and when, a jurist approved the edition."""
    if edition.reviewed_on is None:
        return _("Not reviewed by a jurist")
    return _("Law reviewed by a jurist on %(day)s") % {"day": date_format(edition.reviewed_on, "j F Y")}


def validity_in_words(through: dt.date | None) -> str:
    """Return the last day of validity in words."""
    if through is None:
        return _("Valid until further notice")
    return _("Valid through %(day)s") % {"day": date_format(through, "j F Y")}
