"""The nouns of proof."""

from certificates.models.certificates import (
    NOT_DRAWN,
    Certificate,
    CertificateDocument,
    CertificateQuerySet,
    DocumentLost,
    NumberSeries,
    Revocation,
    completions_without_document,
    file_name_of,
    private_storage,
    stopped_certificates,
)
from certificates.models.erased import ErasedCertificate
from certificates.models.jobs import IssuingItem, IssuingJob
from certificates.models.letters import Letter

__all__ = [
    "NOT_DRAWN",
    "Certificate",
    "CertificateDocument",
    "CertificateQuerySet",
    "DocumentLost",
    "ErasedCertificate",
    "IssuingItem",
    "IssuingJob",
    "Letter",
    "NumberSeries",
    "Revocation",
    "completions_without_document",
    "file_name_of",
    "private_storage",
    "stopped_certificates",
]
