"""From a completion to its stored document, for one and for many."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection

import msgspec
from django.utils.translation import gettext as _

from certificates.actions.numbering import reserve_many
from certificates.actions.refusals import CannotBeDrawn, CannotBeSealed, HolderErased
from certificates.actions.sheets import fault_of
from certificates.actions.storing import Page, store_many, stored_documents
from certificates.columns import DoesNotFit
from certificates.drawing import DRAWING_VERSION, CertificateSheet, draw
from certificates.fonts import MissingGlyph
from certificates.models import NOT_DRAWN, Certificate, CertificateDocument, completions_without_document
from certificates.sealing import Seal
from certificates.seals import SealState, in_words, mark_of, seal_state
from courses.models import Completion
from organisation.models import Event, city_logo, new_event

logger = logging.getLogger(__name__)

BATCH = 50
"""As many as are issued together: well within every broker's patience with a task."""

Outcome = CertificateDocument | Exception
"""What became of a completion's certificate: its stored document, or what stopped it."""


def issue(completion: Completion, *, at: dt.datetime) -> CertificateDocument:
    """Return the stored document of the completion's current certificate, made if it is missing.

    May be called any number of times. Raises `CannotBeDrawn`; then the certificate has its number and waits. Raises
    `HolderErased`.
    """
    outcome = issue_many([completion.pk], at=at)[completion.pk]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def issue_many(keys: Collection[int], *, at: dt.datetime) -> dict[int, Outcome]:
    """Issue the certificates of these completions, a batch of them, and return what became of each.

    Those that cannot be drawn wait, and the erased get none. What else is wrong with one, or with the storage or the database,
    never stops the others: then each is tried alone.
    """
    try:
        return _issue_together(keys, at)
    except Exception as fault:
        if len(keys) == 1:
            return dict.fromkeys(keys, fault)
        logger.warning("A batch of %s certificates was not issued together; each is tried alone", len(keys), exc_info=True)
    return {key: outcome for key in keys for outcome in issue_many([key], at=at).values()}


def _issue_together(keys: Collection[int], at: dt.datetime) -> dict[int, Outcome]:
    """Number all, draw what is not stored, and store it: as many queries for fifty as for one."""
    certificates = reserve_many(keys, at=at)
    stored = stored_documents(certificates.values())
    waiting = [certificate for certificate in certificates.values() if certificate.pk not in stored]
    drawn = draw_pages(waiting, at=at)
    stored |= store_many([page for page in drawn.values() if isinstance(page, Page)], at=at)

    def outcome(key: int) -> Outcome:
        certificate = certificates.get(key)
        if certificate is None:
            return HolderErased(key)
        page = drawn.get(certificate.pk)
        return page if isinstance(page, CannotBeDrawn) else stored.get(certificate.pk) or HolderErased(certificate.number)

    return {key: outcome(key) for key in keys}


def draw_pages(certificates: Collection[Certificate], *, at: dt.datetime) -> dict[int, Page | CannotBeDrawn]:
    """Return each one's page, sealed if there is a seal, or why it cannot be drawn, which the event log says once."""
    if not certificates:
        return {}
    state, logo = seal_state(at), city_logo()
    drawn = {certificate.pk: _page(certificate, state, logo, at) for certificate in certificates}
    _note_undrawn([one for one in certificates if type(drawn[one.pk]) is CannotBeDrawn], at)
    return drawn


def _page(certificate: Certificate, state: SealState, logo: bytes, at: dt.datetime) -> Page | CannotBeDrawn:
    if state.waits:
        words = _("Certificate %(number)s waits: %(reason)s")
        return CannotBeSealed(words % {"number": certificate.number, "reason": in_words(state)})
    try:
        return draw_page(certificate, state.seal, logo, at)
    except (MissingGlyph, DoesNotFit) as fault:
        return CannotBeDrawn(_why_undrawn(certificate, fault))


def draw_page(certificate: Certificate, seal: Seal | None, logo: bytes, at: dt.datetime) -> Page:
    """Return the page, sealed if there is a seal. Raises `MissingGlyph` and `DoesNotFit`."""
    sheet = msgspec.convert(certificate.sheet, CertificateSheet)
    content = draw(sheet, seal=mark_of(seal) if seal else None, logo=logo)
    return Page(certificate, seal.on(content, at) if seal else content, seal)


def _note_undrawn(certificates: Collection[Certificate], at: dt.datetime) -> None:
    if not certificates:
        return
    keys = [str(certificate.pk) for certificate in certificates]
    events = Event.objects.filter(verb=NOT_DRAWN, subject_type=Certificate._meta.label_lower, subject_id__in=keys)
    told = set(events.filter(details__drawing_version=DRAWING_VERSION).values_list("subject_id", flat=True))
    # Which characters they are is part of a name, and the log is never emptied.
    Event.objects.bulk_create(
        new_event(NOT_DRAWN, one, by=None, at=at, drawing_version=DRAWING_VERSION)
        for one in certificates
        if str(one.pk) not in told
    )


def _why_undrawn(certificate: Certificate, fault: Exception) -> str:
    if isinstance(fault, MissingGlyph):
        sentence = _("Certificate %(number)s waits: no font has the characters %(characters)s.")
        return sentence % {"number": certificate.number, "characters": fault.named}
    return _("Certificate %(number)s waits: a text on it is too long for the page.") % {"number": certificate.number}


def what_stops(certificate: Certificate) -> str:
    """Return one sentence for the coordinator on why the certificate cannot be drawn, or nothing if it can."""
    fault = fault_of(certificate)
    return _why_undrawn(certificate, fault) if fault else ""


def missing_completions() -> list[int]:
    """Return the keys of completions without a stored certificate, oldest first."""
    return list(completions_without_document().values_list("pk", flat=True))
