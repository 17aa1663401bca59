"""What this app holds about a person, and how it goes; imported by its `ready`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from certificates.models import (
    Certificate,
    CertificateDocument,
    CertificateQuerySet,
    ErasedCertificate,
    Letter,
    Revocation,
    file_name_of,
)
from certificates.verification import mac_of
from courses.models import Completion
from organisation.erasing import PersonalRecord, register
from organisation.files import doom
from organisation.models import Erasure, User


def certificates_of(person: User) -> CertificateQuerySet:
    """Return all that the person has held: current, replaced and revoked ones."""
    return Certificate.objects.held_by(person)


def erase_certificates(person: User, erasure: Erasure) -> None:
    """Take away what stood on them, their bytes and the hashes of these. Numbers, codes and a keyed hash stay.

    So whoever holds the paper or the file still learns that the city issued it, and nobody else whose it was.
    """
    keys = _locked(person)
    held = Certificate.objects.filter(pk__in=keys)
    hashes = dict(CertificateDocument.objects.filter(certificate__in=keys).values_list("certificate_id", "sha256"))
    macs = {key: mac_of(sha256) for key, sha256 in hashes.items()}
    left = [ErasedCertificate(certificate_id=key, erasure=erasure, document_mac=macs.get(key, "")) for key in keys]
    ErasedCertificate.objects.bulk_create(left)
    doom(file_name_of(sha256) for sha256 in hashes.values())
    CertificateDocument.objects.filter(certificate__in=keys).update(sha256="")
    Revocation.objects.filter(certificate__in=keys).update(reason="")
    held.update(sheet={}, reason="")


def _locked(person: User) -> list[int]:
    """Return the keys of the person's certificates, when no worker is numbering or storing one any more."""
    list(Completion.objects.select_for_update().filter(user=person).order_by("pk").values_list("pk", flat=True))
    held = certificates_of(person).select_for_update(of=("self",))
    return list(held.order_by("pk").values_list("pk", flat=True))


register(
    PersonalRecord(
        "letters", _("letters about certificates"), lambda person: Letter.objects.filter(certificate__completion__user=person)
    ),
    PersonalRecord(
        "certificates", _("certificates, with what stands on them and their files"), certificates_of, erase=erase_certificates
    ),
)
