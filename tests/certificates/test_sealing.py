"""A seal keeps what the document was: whole, accessible and archival; and shows when a byte is changed afterwards."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from certificates.drawing import draw
from certificates.sealing import Seal
from tests.certificates import damages
from tests.certificates.documents import PROFILES, elements, failed_rules, heard_findings, opened, saved, text_of
from tests.certificates.seals import SEALED_AT, a_key, a_logo, a_mark, a_seal
from tests.certificates.sheets import a_sheet, a_sheet_in_skolt_sami, an_overfull_sheet

PAGES = {
    "plain": lambda: draw(a_sheet(), seal=a_mark()),
    "with the city's mark": lambda: draw(a_sheet(replaces="Ersätter intyg TVÅ-2024-000007"), seal=a_mark(), logo=a_logo()),
    "in the fallback": lambda: draw(a_sheet_in_skolt_sami(), seal=a_mark()),
    "overfull": lambda: draw(an_overfull_sheet(is_test=True), seal=a_mark(is_test=True), logo=a_logo()),
}

every_page = pytest.mark.parametrize("drawn", PAGES.values(), ids=PAGES.keys())


def status_of(data: bytes) -> PdfSignatureStatus:
    """What a reader is told who trusts the key's own certificate."""
    (root,) = load_certs_from_pemder_data(a_key().certificate.public_bytes(Encoding.DER))
    trusted = ValidationContext(trust_roots=[root], moment=SEALED_AT, allow_fetching=False)
    (signature,) = PdfFileReader(BytesIO(data)).embedded_signatures
    return validate_pdf_signature(signature, trusted)


@every_page
def test_it_keeps_both_standards(drawn, tmp_path: Path) -> None:
    sealed = a_seal().on(drawn(), SEALED_AT)

    assert {profile: failed_rules(sealed, profile) for profile in PROFILES} == {profile: set() for profile in PROFILES}
    assert heard_findings(sealed, tmp_path) == []


@pytest.mark.parametrize(
    ("profile", "damage"),
    [
        ("ua1", damages.with_an_untagged_heading),
        ("ua1", damages.without_alternative_text),
        ("ua1", damages.without_heading_level),
        ("ua1", damages.without_structure),
        ("2a", damages.without_structure),
        ("2a", damages.without_metadata),
        ("2a", damages.without_embedded_font),
    ],
)
def test_it_would_be_noticed_if_something_were_missing_in_a_sealed_one(
    profile: str, damage: Callable[[pikepdf.Pdf], None]
) -> None:
    pdf = opened(a_seal().on(draw(a_sheet(), seal=a_mark()), SEALED_AT))
    assert failed_rules(saved(pdf), profile) == set()

    damage(pdf)

    assert failed_rules(saved(pdf), profile)


def test_it_holds_for_the_whole_file_and_says_who_and_when() -> None:
    sealed = a_seal().on(draw(a_sheet(), seal=a_mark()), SEALED_AT)

    status = status_of(sealed)

    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signer_reported_dt == SEALED_AT
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.signer_cert.subject.native["organization_name"] == "TEST Tvåälvs stad"


def test_it_adds_to_the_file_and_changes_nothing_in_it() -> None:
    page = draw(a_sheet(), seal=a_mark())

    assert a_seal().on(page, SEALED_AT).startswith(page)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.7])
def test_it_shows_when_a_byte_is_changed(part: float) -> None:
    page = draw(a_sheet(), seal=a_mark())
    sealed = bytearray(a_seal().on(page, SEALED_AT))
    # In a stream, so that the file can still be read: in a number or a name it would not open at all.
    place = sealed.index(b"stream", int(part * len(page))) + 30

    sealed[place] ^= 1

    assert not status_of(bytes(sealed)).bottom_line


def test_many_documents_with_one_key_each_get_a_seal_of_their_own() -> None:
    for number in range(3):
        page = draw(a_sheet(holder=f"Lo Lärande {number}"), seal=a_mark())

        assert status_of(a_seal().on(page, SEALED_AT)).bottom_line


@every_page
def test_it_keeps_the_file_small(drawn) -> None:
    page = drawn()

    assert len(page) <= 25_000
    assert len(a_seal().on(page, SEALED_AT)) <= 30_000


def test_it_refuses_a_document_without_a_place_for_it() -> None:
    with pytest.raises(SigningError):
        a_seal().on(draw(a_sheet()), SEALED_AT)


def test_pyhanko_alone_would_break_both_standards() -> None:
    """Why sealing has a module of its own: without it the validators complain."""
    page = draw(a_sheet(), seal=a_mark())
    meta = signers.PdfSignatureMetadata(field_name="Annat")

    out = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(page)), meta, signer=Seal(a_key())._signer.signer)

    assert [bool(failed_rules(out.getvalue(), profile)) for profile in PROFILES] == [True, True]


def test_the_page_says_whose_seal_it_is_and_what_lasts_longer() -> None:
    text = text_of(draw(a_sheet(), seal=a_mark()))

    assert "Elektronisk stämpel Tvåälvs stad Stämpelns utfärdare: Exempel Utfärdare AB" in text
    assert "Kontrollsidan är det bestående beviset" in text
    assert "utan elektronisk stämpel" not in text
    assert "TEST – gäller inte" in text_of(draw(a_sheet(), seal=a_mark(is_test=True)))


def test_the_place_of_the_seal_and_the_citys_mark_are_read_aloud() -> None:
    pdf = opened(draw(a_sheet(), seal=a_mark(), logo=a_logo()))

    alts = [str(each.Alt) for each in elements(pdf) if "/Alt" in each]

    assert alts[0] == "Logotyp för Tvåälvs stad"
    assert alts[-1] == "Elektronisk stämpel från Tvåälvs stad"


def test_an_unsealed_document_has_no_empty_place_for_a_seal() -> None:
    assert "/AcroForm" not in opened(draw(a_sheet())).Root
