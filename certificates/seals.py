"""The installation's seal: where its key lies, whether it may be used today, and what to do when it may not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from certificates.drawing import SealMark
from certificates.seal_keys import SealKey, UnfitKey, as_pkcs12, new_test_key, read_pem, read_pkcs12
from certificates.sealing import Seal
from organisation.models import Event, log_event, the_city

WAIT, UNSEALED = "wait", "unsealed"
"""What `SEAL_WHEN_MISSING` may say."""


class Standing(StrEnum):
    """How it stands with the seal on a day."""

    READY = "ready"
    EXPIRING = "expiring"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    MISSING = "missing"
    UNFIT = "unfit"


@dataclass(frozen=True)
class SealState:
    """The seal, if it may be used, and how it stands with it. `fault` names what is wrong with an unfit key."""

    standing: Standing
    seal: Seal | None = None
    ends_on: dt.date | None = None
    fault: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether nobody has to do anything about it."""
        return self.standing is Standing.READY

    @property
    def waits(self) -> bool:
        """Whether no certificate is issued until somebody does something."""
        return self.seal is None and bool(settings.SEAL_WHEN_MISSING == WAIT)


def seal_state(at: dt.datetime) -> SealState:
    """Return how it stands with the seal at this moment; a key that was renewed is read without a restart."""
    try:
        seal = _load()
    except OSError:
        return SealState(Standing.MISSING)
    except UnfitKey as unfit:
        return SealState(Standing.UNFIT, fault=unfit.fault)
    if seal is None:
        return SealState(Standing.MISSING)
    return _state_of(seal, at)


def _state_of(seal: Seal, at: dt.datetime) -> SealState:
    ends_on = timezone.localdate(seal.key.valid_until)
    if at < seal.key.valid_from:
        return SealState(Standing.NOT_YET, ends_on=ends_on)
    if at > seal.key.valid_until:
        return SealState(Standing.EXPIRED, ends_on=ends_on)
    is_soon = seal.key.valid_until - at < dt.timedelta(days=settings.SEAL_WARN_DAYS)
    return SealState(Standing.EXPIRING if is_soon else Standing.READY, seal, ends_on)


def mark_of(seal: Seal) -> SealMark:
    """Return what is drawn in the seal's place on the page."""
    key = seal.key
    return SealMark(key.organisation, key.issuer, timezone.localdate(key.valid_until), key.is_test)


def _load() -> Seal | None:
    """Return the seal, or `None` if the settings name none. Raises OSError or UnfitKey."""
    names = [name for name in (settings.SEAL_PKCS12, settings.SEAL_CERTIFICATE, settings.SEAL_KEY) if name]
    contents = tuple(Path(name).read_bytes() for name in names)
    return _read(contents, settings.SEAL_PASSPHRASE) if contents else None


@lru_cache(maxsize=1)
def _read(contents: tuple[bytes, ...], passphrase: str) -> Seal:
    key = read_pkcs12(contents[0], passphrase) if len(contents) == 1 else read_pem(contents[0], contents[1], passphrase)
    return Seal(key)


def in_words(state: SealState) -> str:
    """Return one sentence for those who look after the installation."""
    day = date_format(state.ends_on, "j F Y") if state.ends_on else ""
    sentences = {
        Standing.READY: _("The seal for certificates works. Its certificate is valid through %(day)s."),
        Standing.EXPIRING: _("The certificate of the seal ends on %(day)s. Renew it before that."),
        Standing.NOT_YET: _("The certificate of the seal is not valid yet."),
        Standing.EXPIRED: _("The certificate of the seal ended on %(day)s. It must be renewed."),
        Standing.MISSING: _("There is no key to seal certificates with."),
        Standing.UNFIT: _("The key to seal certificates with cannot be used."),
    }
    return sentences[state.standing] % {"day": day}


def consequence_in_words(state: SealState) -> str:
    """Return what that means for those who complete a module."""
    if state.seal:
        return ""
    if state.waits:
        return _("No certificates are issued until there is one that works; those who complete a module get theirs then.")
    return _(
        "Certificates are issued without a seal, and say so. They stay as they are; who needs a sealed one gets a replacement."
    )


def note_state(at: dt.datetime) -> SealState:
    """Return how it stands with the seal; a change since the last time is told in the event log."""
    state = seal_state(at)
    verb, city = f"seal.{state.standing}", the_city()
    told = Event.objects.filter(subject_type=city._meta.label_lower, subject_id=str(city.pk), verb__startswith="seal.")
    latest = told.first()
    if latest is None or latest.verb != verb:
        details = {"ends_on": state.ends_on.isoformat() if state.ends_on else "", "fault": state.fault}
        log_event(verb, city, by=None, at=at, **{name: value for name, value in details.items() if value})
    return state


def make_test_seal(path: Path, *, name: str, at: dt.datetime) -> SealKey:
    """Make a key for demonstrations, which only this account may read, unless there is one; it is never for a real city."""
    if path.exists():
        return read_pkcs12(path.read_bytes(), "")
    key = new_test_key(name, at)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(as_pkcs12(key, ""))
    return key
