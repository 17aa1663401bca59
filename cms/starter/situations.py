"""What a situation in an exercise is about: the words of the files, and the values of ``courses.situations``."""

from typing import TypedDict

from cms.starter.fields import Fields

SITUATION_FIELDS = ("arbetsplatser", "miljö", "kön")
WORKPLACES = {
    "förskola": "preschool",
    "skola": "school",
    "elevhälsa": "pupil_health",
    "fritidshem": "after_school",
    "fritidsgård": "youth_centre",
    "bibliotek": "library",
    "socialtjänst": "social_services",
    "arbetsmarknad": "labour_market",
    "reception": "reception",
    "möte": "meeting",
}
MILIEUS = {
    "högerextrem": "far_right",
    "vänsterextrem": "far_left",
    "islamistisk": "islamist",
    "blandad": "mixed",
    "ingen": "none",
}
GENDERS = {"kvinna": "woman", "man": "man", "blandat": "mixed", "okänt": "unknown"}


class Situation(TypedDict):
    """What every situation says of itself."""

    workplaces: tuple[str, ...]
    milieu: str
    gender: str


def read_situation(fields: Fields) -> Situation:
    """The three attributes; each must be there."""
    words = fields.words("arbetsplatser")
    if not words:
        fields.text("arbetsplatser")
    return {
        "workplaces": tuple(_value(fields, "arbetsplatser", word, WORKPLACES) for word in words),
        "milieu": _value(fields, "miljö", fields.text("miljö"), MILIEUS),
        "gender": _value(fields, "kön", fields.text("kön"), GENDERS),
    }


def _value(fields: Fields, name: str, word: str, known: dict[str, str]) -> str:
    if word and word not in known:
        fields.problems.add(fields.place_of(name), f"”{word}” i fältet ”{name}”", "något av " + ", ".join(known))
    return known.get(word, "")
