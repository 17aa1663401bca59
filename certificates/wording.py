"""Every fixed text on a printed certificate, in one place for each language.

Not in the catalogue of the site: what a certificate says belongs to its drawing version and not to the reader's
language, and the drawing knows no Django.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wording:
    """The texts in one language; `language` is its tag for screen readers."""

    language: str
    title: str
    heading: str
    completed: str
    edition: str
    department: str
    abilities: str
    verify: str
    code: str
    number: str
    issued: str
    figure: str
    link: str
    test: str
    logo: str
    seal: str
    test_seal: str
    seal_issuer: str
    seal_ends: str
    seal_field: str
    lasting: str
    lasting_unsealed: str
    day: str
    months: tuple[str, ...]

    def written(self, day: date) -> str:
        """The day in words, such as 31 augusti 2026."""
        return self.day.format(day=day.day, month=self.months[day.month - 1], year=day.year)


SWEDISH = Wording(
    language="sv-SE",
    title="Intyg {number}",
    heading="Intyg",
    completed="har genomfört",
    edition="Utgåva {edition}, den {day}",
    department="Arbetade då på {department}",
    abilities="Kan efter utbildningen",
    verify="Kontrollera att intyget är äkta",
    code="Kontrollkod {code}",
    number="Intygsnummer {number}",
    issued="Utfärdat den {day}",
    figure="QR-kod som leder till {address}",
    link="Kontrollera intyg {number}",
    test="Test – gäller inte som intyg",
    logo="Logotyp för {city}",
    seal="Elektronisk stämpel",
    test_seal="TEST – gäller inte",
    seal_issuer="Stämpelns utfärdare: {issuer}",
    seal_ends="Stämpelns certifikat gäller till och med den {day}",
    seal_field="Elektronisk stämpel från {signer}",
    lasting="Kontrollsidan är det bestående beviset: den svarar också sedan stämpelns certifikat har slutat gälla.",
    lasting_unsealed="Kontrollsidan är det bestående beviset. Intyget är utfärdat utan elektronisk stämpel.",
    day="{day} {month} {year}",
    months=(
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
)
