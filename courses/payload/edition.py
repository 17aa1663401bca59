"""What an edition seals: a module's whole content, canonical and hashed."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any, cast

import msgspec
import rfc8785

from courses.payload.steps import StepContent

FORMAT = 1


class Objective(msgspec.Struct, frozen=True, kw_only=True):
    """What the person can do after the module."""

    id: str
    text: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A legal source as worded, and as checked, on the day of giving out."""

    key: str
    designation: str
    law: str
    sfs: str = ""
    summary: str = ""
    url: str = ""
    note: str = ""
    in_force_from: dt.date | None = None
    checked_on: dt.date | None = None
    checked_by: str = ""
    check_again_on: dt.date | None = None


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A jurist approved exactly this content."""

    by: str
    on: dt.date


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A module's content as it would be given out now: the live lessons, composed, not yet sealed."""

    slug: str
    title: str
    summary: str
    for_whom: str
    minutes: int
    responsible: str
    review_on: dt.date | None
    objectives: tuple[Objective, ...]
    tags: tuple[str, ...]
    steps: tuple[StepContent, ...]
    sources: tuple[Source, ...] = ()


class Payload(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an edition seals."""

    module: str
    """The module's key."""
    number: str
    language: str
    in_force_from: dt.date
    change_note: str
    content: Draft
    review: Review | None = None
    overdue_reason: str = ""
    format: int = FORMAT


def to_data(struct: msgspec.Struct) -> Any:
    """Return the struct as plain data (dicts, lists, text, numbers), fit for JSON."""
    return msgspec.to_builtins(struct)


def canonical(struct: msgspec.Struct) -> bytes:
    """Return the struct as canonical JSON (RFC 8785)."""
    return bytes(rfc8785.dumps(to_data(struct)))


def fingerprint(struct: msgspec.Struct) -> str:
    """Return the SHA-256, in hex, of the struct's canonical JSON."""
    return hashlib.sha256(canonical(struct)).hexdigest()


def read_payload(text: str | bytes) -> Payload:
    """Return the payload of an edition. Raises `msgspec.ValidationError` if it is none."""
    return msgspec.json.decode(text, type=Payload)


def read_step(data: Any) -> StepContent:
    """Return a step from its plain data. Raises `msgspec.ValidationError` if it is none."""
    return cast(StepContent, msgspec.convert(data, type=StepContent))
