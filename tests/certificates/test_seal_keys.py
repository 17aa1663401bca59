"""Keys that can seal are read; those that cannot are refused, with the reason."""

import datetime as dt
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from certificates.drawing import draw
from certificates.seal_keys import Fault, SealKey, UnfitKey, as_pkcs12, new_test_key, read_pem, read_pkcs12
from certificates.sealing import Seal
from tests.certificates.seals import SEALED_AT, a_key, a_mark
from tests.certificates.sheets import a_sheet

PASSPHRASE = "åtta ord i rad"


def pem(key: Any, passphrase: str = "") -> bytes:
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked)


def certified(key: Any, *, subject: str = "Tvåälvs stad", issuer: str = "Utfärdare AB", **uses: bool) -> x509.Certificate:
    """A certificate for the key's public half, which its own private half has signed whatever `issuer` says."""
    builder = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named(issuer)).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(SEALED_AT).not_valid_after(SEALED_AT + dt.timedelta(days=700))
    if uses:
        kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
        every = dict.fromkeys((*kinds, "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False)
        builder = builder.add_extension(x509.KeyUsage(**every | uses), critical=True)
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def named(organisation: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)])


def written(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_it_reads_pkcs12(passphrase: str) -> None:
    key = read_pkcs12(as_pkcs12(a_key(), passphrase), passphrase)

    assert key.certificate == a_key().certificate
    assert (key.organisation, key.is_test) == ("TEST Tvåälvs stad", True)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_it_reads_pem_and_says_whose_it_is_and_who_answers_for_that(passphrase: str) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    certificate = certified(private, digital_signature=True)

    key = read_pem(written(certificate), pem(private, passphrase), passphrase)

    assert (key.organisation, key.issuer, key.is_test) == ("Tvåälvs stad", "Utfärdare AB", False)
    assert (key.valid_from, key.valid_until) == (SEALED_AT, SEALED_AT + dt.timedelta(days=700))
    assert key.sha256 == certificate.fingerprint(hashes.SHA256()).hex()


def test_it_keeps_those_between_and_leaves_the_root_out() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    between = certified(private, subject="Mellan AB", issuer="Rot AB")
    root = certified(private, subject="Rot AB", issuer="Rot AB")
    files = written(certified(private)) + written(between) + written(root)

    assert read_pem(files, pem(private), "").chain == (between,)


def test_each_certificate_that_it_carries_adds_twice_its_own_size_to_a_document() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    certificate, between = certified(private), certified(private, subject="Mellan AB", issuer="Rot AB")
    page = draw(a_sheet(), seal=a_mark())

    alone, with_it = (len(Seal(SealKey(private, certificate, chain)).on(page, SEALED_AT)) for chain in ((), (between,)))

    assert with_it - alone == pytest.approx(2 * len(between.public_bytes(Encoding.DER)), abs=40)


@pytest.mark.parametrize("content", [b"", b"\x30\x82", as_pkcs12(a_key(), PASSPHRASE)])
def test_it_refuses_what_it_cannot_read(content: bytes) -> None:
    with pytest.raises(UnfitKey) as refused:
        read_pkcs12(content, "fel lösen")

    assert refused.value.fault is Fault.UNREADABLE


def test_it_refuses_a_file_without_a_key() -> None:
    content = pkcs12.serialize_key_and_certificates(b"x", None, a_key().certificate, None, NoEncryption())

    with pytest.raises(UnfitKey) as refused:
        read_pkcs12(content, "")

    assert refused.value.fault is Fault.INCOMPLETE


@pytest.mark.parametrize(
    ("private", "uses", "fault"),
    [
        (lambda: ec.generate_private_key(ec.SECP256R1()), {"key_encipherment": True}, Fault.OTHER_USE),
        (lambda: rsa.generate_private_key(65537, 1024), {}, Fault.WEAK),  # noqa: S505  it is to be refused
        (lambda: ec.generate_private_key(ec.SECP192R1()), {}, Fault.WEAK),
        (ed25519.Ed25519PrivateKey.generate, {}, Fault.WEAK),
    ],
    ids=["for other uses", "short RSA", "short curve", "unknown to readers of PDF"],
)
def test_it_refuses_a_key_that_should_not_seal(private: Any, uses: dict[str, bool], fault: Fault) -> None:
    key = private()

    with pytest.raises(UnfitKey) as refused:
        read_pem(written(certified(key, **uses)), pem(key), "")

    assert refused.value.fault is fault


def test_it_refuses_a_key_beside_somebody_elses_certificate() -> None:
    with pytest.raises(UnfitKey) as refused:
        read_pem(written(a_key().certificate), pem(ec.generate_private_key(ec.SECP256R1())), "")

    assert refused.value.fault is Fault.NOT_A_PAIR


def test_it_seals_with_rsa_too() -> None:
    private = rsa.generate_private_key(65537, 2048)
    key = read_pem(written(certified(private, content_commitment=True)), pem(private), "")

    sealed = Seal(key).on(draw(a_sheet(), seal=a_mark()), SEALED_AT)

    assert b"/ETSI.CAdES.detached" in sealed


def test_a_key_for_trying_things_out_says_so() -> None:
    key: SealKey = new_test_key("x" * 100, SEALED_AT)

    assert key.is_test
    assert key.issuer == key.organisation
