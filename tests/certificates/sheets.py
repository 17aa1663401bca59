"""The dullest certificate there is, one with letters that few typefaces have, and one with too much of everything."""

from dataclasses import replace
from datetime import date
from typing import Any

from certificates.drawing import CertificateSheet

CODE = "7Q4K9XTBM2WE0F32"


def a_sheet(**changes: Any) -> CertificateSheet:
    sheet = CertificateSheet(
        city="Tvåälvs stad",
        holder="Lo Lärande",
        module="Att se oro i tid",
        edition="2.1",
        abilities=("Kan inleda ett samtal om oro.", "Vet hur en orosanmälan görs."),
        completed_on=date(2026, 11, 14),
        department="Ungdomens hus",
        reviewed="Ej granskad av jurist",
        validity="Intyget gäller utgåva 2.",
        number="TVÅ-2026-000123",
        code=CODE,
        verify_url=f"https://utbildning.tvaalv.example/intyg/{CODE}",
        issued_on=date(2026, 11, 15),
        signatory_title="Säkerhetschef",
        is_test=False,
    )
    return replace(sheet, **changes)


def a_sheet_in_skolt_sami(**changes: Any) -> CertificateSheet:
    """With letters in name and department that Source Sans Pro lacks."""
    return replace(a_sheet(holder="Ǩeäʹđđ Čeʹrmm Ǥååʹšǩ-Ǯiõmâš", department="Sääʹmteâtt i Ǩeâʹllel"), **changes)


def an_overfull_sheet(**changes: Any) -> CertificateSheet:
    """As long as the fields of the models allow, and longer than anybody's."""
    sentence = "Kan förklara hur den egna verksamheten upptäcker, dokumenterar och för vidare oro, med stöd i lag och rutin"
    full = a_sheet(
        city="Förbundet för samverkan mellan Tvåälvs stad och kommunerna omkring sjöarna i väster",
        holder="Anna-Karin Maria Elisabeth Öberg-Ängström de la Vega Łukaszewicz-Papadopoulou " * 2,
        module="Våldsbejakande extremism, otillåten påverkan och hur vi som möter barn och unga arbetar förebyggande " * 2,
        department="Förvaltningen för funktionsstöd och socialpsykiatri, enheten för uppsökande arbete, arbetslag nordväst",
        abilities=tuple(f"{number}. {sentence}, alla dagar i hela staden"[:140] for number in range(8)),
        reviewed="Rättsläge granskat av jurist 2026-10-01, med förbehåll för den utredning som pågår om sekretess i samverkan",
        validity="Intyget gäller utgåva 2 av modulen. En ny omgång öppnas när innehållet ändras i sak, och då gäller det inte.",
        signatory_title="Biträdande chef för trygghet, säkerhet och beredskap",
        verify_url="https://utbildning.samverkansforbundet.tvaalvsstad.example/verifiera/intyg/" + CODE,
    )
    return replace(full, **changes)
