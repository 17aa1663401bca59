"""The key that seals, and the certificate that says whose it is: read from PKCS#12 or PEM, refused when unfit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_LEAST_RSA_BITS = 2048
TEST_MARK = "TEST"
"""How the name of a seal begins that is for trying things out, and stands for nobody."""


class Fault(StrEnum):
    """Why a key and its certificate cannot seal."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    NOT_A_PAIR = "not_a_pair"
    WEAK = "weak"
    OTHER_USE = "other_use"


class UnfitKey(ValueError):
    """The files hold nothing that could seal; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)


@dataclass(frozen=True)
class SealKey:
    """A private key with its certificate, and those that lead from it towards the issuer's root."""

    private_key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def organisation(self) -> str:
        """Whose seal it is: the organisation that the certificate names, or else its common name."""
        return _named(self.certificate.subject)

    @property
    def issuer(self) -> str:
        """Who answers for that: the organisation that issued the certificate."""
        return _named(self.certificate.issuer)

    @property
    def valid_from(self) -> dt.datetime:
        """The first moment when the certificate holds."""
        return self.certificate.not_valid_before_utc

    @property
    def valid_until(self) -> dt.datetime:
        """The last moment when it holds."""
        return self.certificate.not_valid_after_utc

    @property
    def sha256(self) -> str:
        """The certificate's fingerprint."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def is_test(self) -> bool:
        """Whether it says of itself that it stands for nobody."""
        return self.organisation.startswith(TEST_MARK)


def read_pkcs12(content: bytes, passphrase: str) -> SealKey:
    """Return what a .p12 or .pfx file holds. Raises UnfitKey."""
    try:
        held = pkcs12.load_pkcs12(content, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise UnfitKey(Fault.UNREADABLE) from fault
    if held.key is None or held.cert is None:
        raise UnfitKey(Fault.INCOMPLETE)
    return _fit(held.key, held.cert.certificate, [further.certificate for further in held.additional_certs])


def read_pem(certificates: bytes, key: bytes, passphrase: str) -> SealKey:
    """Return a key and its certificate in PEM; the certificates of those who issued it may follow. Raises UnfitKey."""
    try:
        first, *further = x509.load_pem_x509_certificates(certificates)
        private_key = serialization.load_pem_private_key(key, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise UnfitKey(Fault.UNREADABLE) from fault
    return _fit(private_key, first, further)


def _fit(key: object, certificate: x509.Certificate, further: list[x509.Certificate]) -> SealKey:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or _is_weak(key):
        raise UnfitKey(Fault.WEAK)
    if key.public_key() != certificate.public_key():
        raise UnfitKey(Fault.NOT_A_PAIR)
    if not _may_sign(certificate):
        raise UnfitKey(Fault.OTHER_USE)
    # Nobody believes a root because it lies in a document; without it the document is smaller.
    return SealKey(key, certificate, tuple(each for each in further if each.subject != each.issuer))


def _is_weak(key: PrivateKey) -> bool:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.key_size < _LEAST_RSA_BITS
    return key.curve.name not in _CURVES


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate's uses, if it names any, allow what a seal is: a signature, or a commitment to content."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _named(name: x509.Name) -> str:
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return name.rfc4514_string()


def new_test_key(whose: str, at: dt.datetime, days: int = 3650) -> SealKey:
    """Return a self-signed P-256 key that says TEST, for demonstrations and tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{TEST_MARK} {whose}"[:64])
    name = x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, f"{TEST_MARK} elektronisk stämpel")])
    usage = dict.fromkeys(_USES, False) | {"digital_signature": True, "content_commitment": True}
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
    )
    return SealKey(key, builder.sign(key, hashes.SHA256()))


_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def as_pkcs12(key: SealKey, passphrase: str) -> bytes:
    """Return the key with its certificates as a .p12 file, encrypted if there is a passphrase."""
    locked = serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"seal", key.private_key, key.certificate, list(key.chain), locked)
