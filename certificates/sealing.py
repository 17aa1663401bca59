"""A seal on a finished document: PAdES B-B, so that PDF/UA-1 and PDF/A-2a still hold. Bytes go in, bytes come out.

The document must have been drawn with an empty, tagged signature field (`TaggedCanvas.signature_field`): the seal fills
it, adds to the end of the file, and changes nothing of what is there. Some habits of pyHanko's would break a standard or
take most of the time, and are put right here: it writes metadata anew, draws a stamp of its own, and reads the private key
and puts together what it signs again for each document.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from io import BytesIO
from typing import Any, TypeVar, cast

from asn1crypto.cms import CMSAttributes
from asn1crypto.x509 import Certificate as Asn1Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import BaseStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.drawing import FIELD
from certificates.seal_keys import PrivateKey, SealKey

Result = TypeVar("Result")

_DIGEST = "sha256"
_NO_DIGEST = hashlib.sha256(b"the place of a document's digest").digest()
_SPARE = 64  # characters: a signature with an elliptic curve is a few bytes shorter or longer each time


class Seal:
    """A key that is ready to seal any number of documents."""

    def __init__(self, key: SealKey) -> None:
        self.key = key
        self._signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm=_DIGEST),
            signer=_KeptKey(key),
            stamp_style=_StampAsDrawn(),
        )

    def on(self, document: bytes, at: dt.datetime) -> bytes:
        """The document with the seal, which says that it was set `at` that moment."""
        session = self._session(document, at)
        prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=self._reserved)
        out = BytesIO()
        digest, _ = prepared.digest_tbs_document(output=out)
        _at_once(prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=at)))
        return out.getvalue()

    @cached_property
    def _reserved(self) -> int:
        """How many hexadecimal digits a signature with this key takes. A first one tells; it leaves the pattern of the rest."""
        at = self.key.valid_from
        signature = self._signer.signer.async_sign(
            _NO_DIGEST,
            _DIGEST,
            use_pades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
        return 2 * len(_in_a_loop(signature).dump()) + _SPARE

    def _session(self, document: bytes, at: dt.datetime) -> PdfSigningSession:
        session = self._signer.init_signing_session(_Appending(BytesIO(document)), existing_fields_only=True)
        session.system_time = at
        return session


class _KeptKey(signers.Signer):
    """A signer that keeps its key ready."""

    def __init__(self, key: SealKey) -> None:
        self._key = key.private_key
        known = SimpleCertificateStore()
        known.register_multiple([_asn1(each) for each in key.chain])
        super().__init__(signing_cert=_asn1(key.certificate), cert_registry=known)
        self._pattern: bytes | None = None

    async def signed_attrs(self, data_digest: bytes, *arguments: Any, **settings: Any) -> CMSAttributes:
        """What the key signs. Of one document and the next only the digest differs; the rest is put together once."""
        if self._pattern is None:
            attributes = await super().signed_attrs(_NO_DIGEST, *arguments, **settings)
            self._pattern = attributes.dump()
        return CMSAttributes.load(self._pattern.replace(_NO_DIGEST, data_digest))

    async def unsigned_attrs(self, *_arguments: Any, **_settings: Any) -> None:
        """Nothing stands beside what is signed: PAdES B-B has no time stamp. To find that out pyHanko needs an event loop."""

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return _signature(self._key, data)


class _Appending(IncrementalPdfFileWriter):
    """Adds to a file and leaves its metadata alone: written anew they would lose what PDF/A and PDF/UA ask for."""

    def _update_meta(self) -> None:
        pass


class _StampAsDrawn(BaseStampStyle):
    """No picture of the seal but the one that was drawn on the page, in typefaces that the file holds."""

    def create_stamp(self, *_arguments: Any) -> None:
        return None


def _in_a_loop(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns that waits; in a thread of its own, since an event loop may be running in this one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _at_once(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns that waits for nothing, as signing with a key that is kept does not."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        return cast(Result, finished.value)
    coroutine.close()
    raise RuntimeError("sealing waits for something: it needs an event loop")


def _signature(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def _asn1(certificate: x509.Certificate) -> Asn1Certificate:
    return Asn1Certificate.load(certificate.public_bytes(Encoding.DER))
