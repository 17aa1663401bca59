"""Storing: the bytes, and the row that makes them the certificate's.

A file says who somebody is, so none may lie where no row names it. Before any is written its name is noted among the files
that are to go; the transaction that stores the row takes the note back. A worker that is killed in between leaves the note,
and the next sweep deletes the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.files.base import ContentFile
from django.db import transaction

from certificates.actions.refusals import HolderErased, StorageFailed
from certificates.drawing import DRAWING_VERSION
from certificates.models import Certificate, CertificateDocument, file_name_of, private_storage
from certificates.sealing import Seal
from organisation.files import doom, spare


@dataclass
class Page:
    """The bytes of a certificate's document, which are not stored yet."""

    certificate: Certificate
    content: bytes
    seal: Seal | None = None

    @cached_property
    def sha256(self) -> str:
        """By which the file is named and known."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def file_name(self) -> str:
        """Where the bytes go in the private storage."""
        return file_name_of(self.sha256)

    def document(self, at: dt.datetime) -> CertificateDocument:
        """Return the row that makes the bytes the certificate's."""
        return CertificateDocument(
            certificate=self.certificate,
            sha256=self.sha256,
            size=len(self.content),
            drawing_version=DRAWING_VERSION,
            stored_at=at,
            sealed_by=self.seal.key.organisation if self.seal else "",
            seal_sha256=self.seal.key.sha256 if self.seal else "",
        )


def store(certificate: Certificate, content: bytes, *, at: dt.datetime, seal: Seal | None = None) -> CertificateDocument:
    """Store the bytes of one certificate; whoever stores first wins. Raises `HolderErased`, and then nothing is stored."""
    stored = store_many([Page(certificate, content, seal)], at=at)
    if certificate.pk not in stored:
        raise HolderErased(certificate.number)
    return stored[certificate.pk]


def store_many(pages: Collection[Page], *, at: dt.datetime) -> dict[int, CertificateDocument]:
    """Store pages, and return the documents by certificate: the first ones stored, which may be another's.

    Two who store for the same certificate come one after the other, so that neither sees the other's half-written file.
    Those whose holder was erased while the page was drawn are left out. Raises `StorageFailed`; then none is stored.
    """
    if not pages:
        return {}
    with transaction.atomic():
        doom(page.file_name for page in _lacking(pages))
    with transaction.atomic():
        new = _lacking(pages)
        # The notes are ours from here on. One that the sweep has come for must be written again first.
        if spare(page.file_name for page in new) != len(new):
            raise StorageFailed("the sweep came between")
        for page in new:
            write_once(page.file_name, page.content)
        CertificateDocument.objects.bulk_create(page.document(at) for page in new)
    return stored_documents(page.certificate for page in pages)


def stored_documents(certificates: Iterable[Certificate]) -> dict[int, CertificateDocument]:
    """Return the documents that are stored, by certificate, without those of the erased; one query."""
    keys = [certificate.pk for certificate in certificates]
    together = CertificateDocument.objects.select_related("certificate").exclude(sha256="")
    return {document.certificate_id: document for document in together.filter(certificate__in=keys)}


def _lacking(pages: Collection[Page]) -> list[Page]:
    """Lock the certificates, in the order of their keys, and keep the pages of those that still lack a document."""
    keys = [page.certificate.pk for page in pages]
    locked = list(Certificate.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    # Asked for after the lock: whoever held it before may have stored them.
    stored = set(CertificateDocument.objects.filter(certificate__in=keys).values_list("certificate_id", flat=True))
    free = {certificate.pk for certificate in locked if not certificate.is_erased} - stored
    return [page for page in pages if page.certificate.pk in free]


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
