"""``aktiviteter.yaml``: the action plan's activities, in the plan's order."""

from pathlib import Path

from cms.starter.documents import read_lines
from cms.starter.errors import Place, Problems
from cms.starter.fields import Fields, read_yaml
from cms.starter.texts import ActivityText, StandingWord

FILE_NAME = "aktiviteter.yaml"
FILE_FIELDS = ("källa", "aktiviteter")
FIELDS = (
    "nyckel",
    "avsnitt",
    "aktivitet",
    "beskrivning",
    "ansvarig",
    "medverkande",
    "tidplan",
    "status",
    "kommentar",
    "ändrat sedan 2016",
    "fakta",
    "rättskällor",
)


def read_activities(root: Path, problems: Problems) -> tuple[ActivityText, ...]:
    """Every activity; none where the folder has no such file."""
    path = root / FILE_NAME
    if not path.is_file():
        return ()
    fields = read_yaml("\n".join(read_lines(path, FILE_NAME, problems)), Place(FILE_NAME, 1), problems)
    fields.refuse_others(FILE_FIELDS)
    return tuple(_read_activity(activity, problems) for activity in fields.mappings("aktiviteter"))


def _read_activity(fields: Fields, problems: Problems) -> ActivityText:
    fields.refuse_others(FIELDS)
    fields.text("fakta")
    word = fields.text("status")
    if word and word not in set(StandingWord):
        problems.add(fields.place_of("status"), f"”{word}” i fältet ”status”", "något av " + ", ".join(StandingWord))
    return ActivityText(
        place=fields.place,
        key=fields.safe_name("nyckel"),
        section=fields.text("avsnitt"),
        title=fields.text("aktivitet"),
        description=fields.text("beskrivning"),
        responsible=fields.text("ansvarig"),
        participants=fields.optional_text("medverkande"),
        timetable=fields.text("tidplan"),
        standing=StandingWord(word) if word in set(StandingWord) else StandingWord.UNKNOWN,
        comment=fields.optional_text("kommentar"),
        changed_since=fields.optional_text("ändrat sedan 2016"),
        legal_sources=fields.words("rättskällor"),
    )
