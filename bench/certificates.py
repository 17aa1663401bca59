"""How many certificates a second one process draws, and how large they get, beside a floor measured in the same run.

The floor is a bare page from ReportLab's own canvas: the same texts at the same places in the same typefaces, without
tags, archive rules, ornament or QR code. That of sealing is one signature with the same key, and nothing around it.

    python -m bench certificates
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from io import BytesIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from font_source_sans_pro import font_files_ttf
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from certificates.codes import RANDOM_BYTES, new_code
from certificates.columns import set_column
from certificates.drawing import CertificateSheet, SealMark, draw, story_of
from certificates.fonts import Weight
from certificates.layout import STORY
from certificates.seal_keys import SealKey, new_test_key
from certificates.sealing import Seal
from certificates.wording import SWEDISH

ROUNDS, COUNT = 5, 200
SEALED_AT = datetime(2026, 11, 15, 9, 30, tzinfo=UTC)
GIVEN_NAMES = ("Åsa", "Lo", "Kim", "Núria", "Łukasz")
SURNAMES = ("Ekström", "Alkvist", "Boklund", "Aspgren")
ABILITIES = (
    "Känner igen tecken på att ett barn eller en ung person är på väg in i en våldsbejakande miljö.",
    "Kan inleda ett samtal om oro utan att anklaga eller skuldbelägga.",
    "Vet när och hur en orosanmälan görs och vad som händer sedan.",
    "Kan skilja på en åsikt, en provokation och ett hot.",
    "Vet vem i kommunen som ger råd, också anonymt.",
)


@dataclass(frozen=True)
class Measurement:
    """The best round of one way to draw."""

    seconds: float
    documents: int
    bytes: int

    def line(self, name: str) -> str:
        each = self.seconds / self.documents
        return f"{name:<22}{1 / each:7.0f} /s {1000 * each:7.2f} ms {self.bytes / self.documents / 1000:7.1f} kB"


def sheets(count: int) -> list[CertificateSheet]:
    """Certificates that differ in name, day, number and code, as those of one course do."""
    return [_sheet(number) for number in range(count)]


def _sheet(number: int) -> CertificateSheet:
    code = new_code(number.to_bytes(RANDOM_BYTES, "big"))
    return CertificateSheet(
        city="Tvåälvs stad",
        holder=f"{GIVEN_NAMES[number % 5]} Öberg-{SURNAMES[number % 4]}",
        module="Att se oro i tid och våga fråga",
        edition="2.1",
        abilities=ABILITIES,
        completed_on=date(2026, 1, 1) + timedelta(days=number % 300),
        department="Kultur- och fritidsförvaltningen, Mötesplats Väster",
        reviewed="Rättsläge granskat av jurist 2026-10-01",
        validity="Intyget gäller utgåva 2 av modulen. En ny omgång öppnas när innehållet ändras i sak.",
        number=f"TVÅ-2026-{number:06d}",
        code=code,
        verify_url=f"https://utbildning.tvaalv.example/intyg/{code}",
        issued_on=date(2026, 11, 15),
        signatory_title="Säkerhetschef",
        is_test=False,
    )


def draw_bare(sheet: CertificateSheet) -> bytes:
    """The floor: the same story with ReportLab's canvas alone."""
    out = BytesIO()
    canvas = Canvas(out, A4, pageCompression=1)
    for paragraph in set_column(story_of(sheet, SWEDISH), STORY):
        canvas.setFillColorRGB(*paragraph.style.colour)
        canvas.setFont(f"Bare-{paragraph.style.weight.value}", paragraph.style.size)
        for baseline, line in paragraph.baselines:
            canvas.drawString(paragraph.left, baseline, line)
    canvas.save()
    return out.getvalue()


def measure(way: Callable[[CertificateSheet], bytes], chosen: list[CertificateSheet]) -> Measurement:
    """The quickest of some rounds over the same sheets."""
    rounds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        size = sum(len(way(sheet)) for sheet in chosen)
        rounds.append(Measurement(time.perf_counter() - begun, len(chosen), size))
    return min(rounds, key=lambda round_: round_.seconds)


def sealed_with(seal: Seal) -> Callable[[CertificateSheet], bytes]:
    """Drawn with the seal's place, then sealed."""
    mark = SealMark(seal.key.organisation, seal.key.issuer, date(2036, 1, 1), seal.key.is_test)
    return lambda sheet: seal.on(draw(sheet, seal=mark), SEALED_AT)


def sign_bare(sheet: CertificateSheet) -> bytes:
    """The floor of sealing: the key's work alone."""
    return a_key().private_key.sign(sheet.holder.encode(), ec.ECDSA(hashes.SHA256()))


@cache
def a_key() -> SealKey:
    return new_test_key("Tvåälvs stad", SEALED_AT)


def main() -> None:
    chosen = sheets(COUNT)
    for weight in Weight:
        pdfmetrics.registerFont(TTFont(f"Bare-{weight.value}", font_files_ttf[weight.value]))
    print(measure(draw_bare, chosen).line("floor, bare ReportLab"))
    print(measure(draw, chosen).line("certificate"))
    print(measure(sign_bare, chosen).line("floor, one signature"))
    print(measure(sealed_with(Seal(a_key())), chosen).line("sealed (P-256)"))


if __name__ == "__main__":
    main()
