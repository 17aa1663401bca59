"""Issuing: row and number first, then the page, then its bytes; each step may be repeated after a crash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.codes import RANDOM_BYTES, new_code
from certificates.columns import DoesNotFit
from certificates.drawing import DRAWING_VERSION, CertificateSheet, draw
from certificates.fonts import MissingGlyph
from certificates.models import (
    NOT_DRAWN,
    Certificate,
    CertificateDocument,
    Letter,
    NumberSeries,
    Revocation,
    completions_without_document,
    file_name_of,
    private_storage,
)
from certificates.sealing import Seal
from certificates.seals import SealState, in_words, mark_of, seal_state
from courses.models import Completion, Edition, ModuleRule
from courses.payload import read_payload
from courses.validity import valid_until
from organisation.models import City, Erasure, Event, User, city_logo, log_event, the_city


class CannotBeDrawn(Exception):
    """A name or a title holds characters that no font has, or is far too long; the coordinator is told which."""


class CannotBeSealed(CannotBeDrawn):
    """The seal's key is missing, unfit or has run out, and the installation's rule is to wait for another one."""


class LifeRefused(Exception):
    """The certificate has been replaced or revoked already; nothing has changed."""


class HolderErased(Exception):
    """The holder's personal data has been taken away, so nothing is issued to her any more."""


class StorageFailed(Exception):
    """What was written could not be read back as it was."""


FIRST_ROUND = 1
NEWS = dt.timedelta(days=7)
"""So long after a completion its certificate is news to the holder; what the sweep makes good later is not."""


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


def issue(completion: Completion, *, at: dt.datetime, state: SealState | None = None) -> CertificateDocument:
    """Return the stored document of the completion's current certificate, made if it is missing.

    Who issues many looks once how it stands with the seal, and hands over the `state`. May be called any number of times.
    Raises `CannotBeDrawn`; then the certificate has its number and waits. Raises `HolderErased`.
    """
    certificate = reserve(completion, at=at)
    stored = CertificateDocument.objects.filter(certificate=certificate).first()
    if stored:
        return stored
    seal = usable_seal(certificate, state or seal_state(at))
    return store(certificate, draw_page(certificate, seal=seal, at=at), seal=seal, at=at)


@transaction.atomic
def reserve(completion: Completion, *, at: dt.datetime) -> Certificate:
    """Return the completion's current certificate, numbered now if it is new. Two at once get the same one."""
    completion = _take_turn(completion.pk)
    existing = Certificate.objects.current().filter(completion=completion).first()
    if existing is not None:
        return existing
    is_news = timezone.localdate(at) - completion.completed_on <= NEWS
    return _number(completion, Former(renews=former_of(completion)), by=None, at=at, tells_holder=is_news)


def former_of(completion: Completion) -> Certificate | None:
    """Return the certificate of the latest earlier round that still stands, which a new one renews; at most one query."""
    if completion.round.number == FIRST_ROUND:
        return None
    earlier = Certificate.objects.current().filter(
        completion__user=completion.user_id,
        completion__module=completion.module_id,
        completion__round__number__lt=completion.round.number,
    )
    return earlier.filter(revocation=None).order_by("-completion__round__number").first()


@transaction.atomic
def replace(certificate: Certificate, *, reason: str, by: User, at: dt.datetime, tells_holder: bool = True) -> Certificate:
    """Number a certificate in the place of one whose holder's name or form was wrong; the old one shows as replaced.

    Raises `LifeRefused` for one that is replaced or revoked already; then nothing has changed. Raises `HolderErased`.
    """
    completion = _take_turn(certificate.completion_id)
    _refuse_ended(certificate)
    former = Former(replaces=certificate, renews=certificate.renews, reason=reason.strip())
    new = _number(completion, former, by=by, at=at, tells_holder=tells_holder)
    log_event("certificate.replaced", certificate, by=by, at=at, new_number=new.number)
    return new


def _take_turn(completion_id: int) -> Completion:
    """Lock the completion, so that two who number its certificates come one after the other. Raises `HolderErased`."""
    together = Completion.objects.select_related("round", "user", "edition", "module")
    completion = together.select_for_update(of=("self",)).get(pk=completion_id)
    # Asked for after the lock: whoever held it before may have erased the person.
    if Erasure.objects.filter(person=completion.user_id).exists():
        raise HolderErased(completion_id)
    return completion


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: User, at: dt.datetime) -> Revocation:
    """Say that a certificate holds no longer. Raises `LifeRefused` for one that is replaced or revoked already."""
    Completion.objects.select_for_update().get(pk=certificate.completion_id)
    _refuse_ended(certificate)
    revocation = Revocation.objects.create(
        certificate=certificate, reason=reason.strip(), revoked_on=timezone.localdate(at), revoked_at=at, revoked_by=by
    )
    log_event("certificate.revoked", certificate, by=by, at=at)
    return revocation


def _refuse_ended(certificate: Certificate) -> None:
    if Certificate.objects.filter(replaces=certificate).exists():
        raise LifeRefused(_("Certificate %(number)s is replaced already.") % {"number": certificate.number})
    if Revocation.objects.filter(certificate=certificate).exists():
        raise LifeRefused(_("Certificate %(number)s is revoked already.") % {"number": certificate.number})


def _number(completion: Completion, former: Former, *, by: User | None, at: dt.datetime, tells_holder: bool) -> Certificate:
    city, issued_on = the_city(), timezone.localdate(at)
    through, code = valid_through(completion), new_code(secrets.token_bytes(RANDOM_BYTES))
    # From here on all others who want a number wait until this transaction ends.
    number = NumberSeries.next_number(city.code, issued_on.year)
    sheet = sheet_of(
        completion, city=city, number=number, code=code, issued_on=issued_on, through=through, former=former.words()
    )
    certificate = Certificate.objects.create(
        completion=completion,
        replaces=former.replaces,
        renews=former.renews,
        reason=former.reason,
        number=number,
        code=code,
        issued_on=issued_on,
        valid_through=through,
        sheet=msgspec.to_builtins(sheet),
    )
    if tells_holder and completion.user.email:
        Letter.objects.create(certificate=certificate)
    log_event("certificate.numbered", certificate, by=by, at=at, number=number)
    return certificate


def sheet_of(
    completion: Completion, *, city: City, number: str, code: str, issued_on: dt.date, through: dt.date | None, former: str
) -> CertificateSheet:
    """Return what stands on the certificate, word for word.

    `through` is its last day of validity, `None` for ever; `former` says which one it replaces or renews, or nothing.
    """
    content = read_payload(completion.edition.payload).content
    return CertificateSheet(
        city=city.name,
        holder=completion.user.get_full_name(),
        module=content.title,
        edition=completion.edition.number,
        abilities=tuple(objective.text for objective in content.objectives),
        completed_on=completion.completed_on,
        department=completion.department_name,
        reviewed=review_of(completion.edition),
        validity=validity_in_words(through),
        number=number,
        code=code,
        verify_url=f"{settings.SITE_URL}/verifiera/{code}/",
        issued_on=issued_on,
        signatory_title=city.signatory_title,
        is_test=settings.DEMO,
        replaces=former,
    )


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


def valid_through(completion: Completion) -> dt.date | None:
    """Return the last day when the completion is valid, by the module's rule of its day; `None` for ever."""
    rule = ModuleRule.objects.on(completion.completed_on).filter(module=completion.module).first()
    until = valid_until(completion.completed_on, rule.validity_months if rule else None)
    return until - dt.timedelta(days=1) if until else None


def usable_seal(certificate: Certificate, state: SealState) -> Seal | None:
    """Return the seal, or `None` where certificates go out without one. Raises `CannotBeSealed` where they wait for it."""
    if state.waits:
        raise CannotBeSealed(
            _("Certificate %(number)s waits: %(reason)s") % {"number": certificate.number, "reason": in_words(state)}
        )
    return state.seal


def draw_page(certificate: Certificate, *, at: dt.datetime, seal: Seal | None = None) -> bytes:
    """Return the page as bytes, sealed if there is a seal. Raises `CannotBeDrawn`, and says so once in the event log."""
    sheet = msgspec.convert(certificate.sheet, CertificateSheet)
    try:
        page = draw(sheet, seal=mark_of(seal) if seal else None, logo=city_logo())
    except (MissingGlyph, DoesNotFit) as fault:
        _note_undrawn(certificate, at)
        raise CannotBeDrawn(_why_undrawn(certificate, fault)) from fault
    return seal.on(page, at) if seal else page


def _note_undrawn(certificate: Certificate, at: dt.datetime) -> None:
    events = Event.objects.filter(subject_type=certificate._meta.label_lower, subject_id=str(certificate.pk))
    if not events.filter(verb=NOT_DRAWN, details__drawing_version=DRAWING_VERSION).exists():
        # Which characters they are is part of a name, and the log is never emptied.
        log_event(NOT_DRAWN, certificate, by=None, at=at, drawing_version=DRAWING_VERSION)


def _why_undrawn(certificate: Certificate, fault: Exception) -> str:
    if isinstance(fault, MissingGlyph):
        sentence = _("Certificate %(number)s waits: no font has the characters %(characters)s.")
        return sentence % {"number": certificate.number, "characters": fault.named}
    return _("Certificate %(number)s waits: a text on it is too long for the page.") % {"number": certificate.number}


def what_stops(certificate: Certificate) -> str:
    """Return one sentence for the coordinator on why the certificate cannot be drawn, or nothing if it can."""
    try:
        draw(msgspec.convert(certificate.sheet, CertificateSheet))
    except (MissingGlyph, DoesNotFit) as fault:
        return _why_undrawn(certificate, fault)
    return ""


def store(certificate: Certificate, content: bytes, *, at: dt.datetime, seal: Seal | None = None) -> CertificateDocument:
    """Store the bytes, then the row that makes them the certificate's. Whoever stores first wins.

    Two who store for the same certificate come one after the other, so that neither sees the other's half-written file.
    Raises `HolderErased`, and writes nothing, when the holder was erased while the page was drawn.
    """
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        if Certificate.objects.select_for_update().get(pk=certificate.pk).is_erased:
            raise HolderErased(certificate.number)
        first = CertificateDocument.objects.filter(certificate=certificate).first()
        if first:
            return first
        write_once(file_name_of(digest), content)
        return CertificateDocument.objects.create(
            certificate=certificate,
            sha256=digest,
            size=len(content),
            drawing_version=DRAWING_VERSION,
            stored_at=at,
            sealed_by=seal.key.organisation if seal else "",
            seal_sha256=seal.key.sha256 if seal else "",
        )


def write_once(name: str, content: bytes) -> None:
    """Write a content-addressed file unless it is there whole; half a file from a crash is replaced.

    Raises `StorageFailed` if what was written cannot be read back.
    """
    storage = private_storage()
    if holds(name, content):
        return
    if storage.exists(name):
        storage.delete(name)
    storage.save(name, ContentFile(content))
    if not holds(name, content):
        raise StorageFailed(name)


def holds(name: str, content: bytes) -> bool:
    """Whether the storage holds exactly this content under this name."""
    storage = private_storage()
    if not storage.exists(name):
        return False
    with storage.open(name) as file:
        return bool(file.read() == content)


def missing_completions() -> list[int]:
    """Return the keys of completions without a stored certificate, oldest first."""
    return list(completions_without_document().values_list("pk", flat=True))
