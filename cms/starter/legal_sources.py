"""``rattskallor.yaml``: laws, and under each law its provisions."""

from datetime import date
from pathlib import Path

from cms.starter.documents import read_lines
from cms.starter.errors import Place, Problems
from cms.starter.fields import Fields, read_yaml
from cms.starter.texts import LegalSourceText

FILE_NAME = "rattskallor.yaml"
LAW_FIELDS = ("lag", "sfs", "länk", "bestämmelser")
PROVISION_FIELDS = (
    "nyckel",
    "kapitel",
    "paragraf",
    "beteckning",
    "sammanfattning",
    "gäller från",
    "kontrollerad",
    "kontrollerad av",
    "kontrolleras igen",
    "anmärkning",
)


def read_legal_sources(root: Path, problems: Problems) -> tuple[LegalSourceText, ...]:
    path = root / FILE_NAME
    if not path.is_file():
        problems.add(Place(FILE_NAME, 1), "filen finns inte", "en fil med lagar och bestämmelser")
        return ()
    text = "\n".join(read_lines(path, FILE_NAME, problems))
    fields = read_yaml(text, Place(FILE_NAME, 1), problems)
    laws = fields.mappings("lagar")
    found = [_read_provision(law, provision, problems) for law in laws for provision in law.mappings("bestämmelser")]
    for law in laws:
        law.refuse_others(LAW_FIELDS)
    return tuple(found)


def _read_provision(law: Fields, provision: Fields, problems: Problems) -> LegalSourceText:
    provision.refuse_others(PROVISION_FIELDS)
    checked_on = provision.optional_day("kontrollerad")
    check_again_on = provision.optional_day("kontrolleras igen")
    checked_by = provision.optional_text("kontrollerad av")
    note = provision.optional_text("anmärkning")
    _note_wrong_check(provision.place, checked_on, checked_by, check_again_on, note, problems)
    return LegalSourceText(
        key=provision.safe_name("nyckel"),
        law=law.text("lag"),
        sfs=law.text("sfs"),
        chapter=provision.optional_text("kapitel"),
        section=provision.text("paragraf"),
        designation=provision.text("beteckning"),
        summary=provision.text("sammanfattning"),
        url=law.text("länk"),
        in_force_from=provision.optional_day("gäller från"),
        checked_on=checked_on,
        checked_by=checked_by,
        check_again_on=check_again_on,
        note=note,
    )


def _note_wrong_check(
    place: Place, checked_on: date | None, checked_by: str, check_again_on: date | None, note: str, problems: Problems
) -> None:
    filled = [bool(checked_on), bool(checked_by), bool(check_again_on)]
    if any(filled) and not all(filled):
        problems.add(place, "en halv kontroll", "kontrollerad, kontrollerad av och kontrolleras igen, eller inget av dem")
    elif not any(filled) and not note:
        problems.add(place, "en okontrollerad bestämmelse utan anmärkning", "”anmärkning: …” om vad som är osäkert")
    if checked_on and check_again_on and check_again_on <= checked_on:
        problems.add(place, "ny kontroll före den förra", "en senare dag i ”kontrolleras igen”")
