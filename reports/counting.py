"""The counting behind the figures: one question to the database, the same for SQLite and PostgreSQL.

What it rests on is read with the models' own querysets, so that days and moments of knowledge mean here what they mean
everywhere. What is counted is written out below, with a name for each step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from courses.assignments import Target
from courses.models import Exemption
from courses.validity import valid_since
from organisation.models import Absence, DepartmentPlace, Employment
from reports.record import completions_until, of, offers_until, rounds_until
from reports.standing import Terms

ALWAYS, NEVER = dt.date.max, dt.date.min

COUNTED = ("target", "exempt", "offered", "started", "completed", "valid", "refresher", "overdue")

# Join whole tables, in memory as far as this goes, and do not compile for it.
SETTINGS = {"enable_nestloop": "off", "jit": "off", "work_mem": "128MB"}

# Both databases know the Julian day, each in its own words.
NUMBER_OF_DAY = {"sqlite": "julianday(", "postgresql": "extract(julian FROM "}

# The departments above each (itself included).
ABOVE = """
above (department, upper) AS (
    SELECT department_id, department_id FROM place
    UNION
    SELECT above.department, place.parent_id
    FROM above
    JOIN place ON place.department_id = above.upper
    JOIN place AS parent ON parent.department_id = place.parent_id
)"""

CITY = 0
"""Stands above every department of the city, where the whole city is asked for: no department has this key."""

ABOVE_WITH_CITY = f"""
{ABOVE.replace("above", "lies")},
above (department, upper) AS (
    SELECT department, upper FROM lies
    UNION ALL
    SELECT department_id, {CITY} FROM place
    WHERE department_id NOT IN (SELECT lies.department FROM lies JOIN principal ON principal.department = lies.upper)
)"""  # noqa: S608  put together from the names above

# Which departments, and which kinds of employment, an assignment reaches.
REACH = """
reached (target, department) AS (
    SELECT DISTINCT accepted.target, above.department FROM accepted JOIN above ON above.upper = accepted.department
),
kind AS (
    SELECT DISTINCT department_id, occupation, meets_young FROM begun
),
kind_reached AS (
    SELECT kind.department_id, kind.occupation, kind.meets_young, target.number, target.module, target.late_by
    FROM kind
    JOIN reached ON reached.department = kind.department_id
    JOIN target ON target.number = reached.target
    WHERE (kind.meets_young OR NOT target.only_meets_young)
        AND (target.any_occupation
            OR (target.number, kind.occupation) IN (SELECT occupation.target, occupation.name FROM occupation))
),
kind_meant AS (
    SELECT department_id, occupation, meets_young, module, max(late_by) AS late_by
    FROM kind_reached
    GROUP BY department_id, occupation, meets_young, module
)"""

# Who is late although it takes more than a look at one employment: earlier ones may count, or absence moves the due day.
# The due day has passed if the days away are no more than the days by which the person began earlier than necessary.
LATE = """
careful (person) AS (
    SELECT user_id FROM begun GROUP BY user_id HAVING count(*) > 1
    UNION
    SELECT user_id FROM absent
),
chain AS (
    SELECT kind_reached.number, begun.user_id AS person, begun.from_on, coalesce(begun.until_on, %(always)s) AS until_on,
        max(coalesce(begun.until_on, %(always)s)) OVER (
            PARTITION BY kind_reached.number, begun.user_id ORDER BY begun.from_on
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS unbroken_until
    FROM careful
    JOIN begun ON begun.user_id = careful.person
    JOIN kind_reached USING (department_id, occupation, meets_young)
),
joined AS (
    SELECT number, person, max(CASE WHEN unbroken_until IS NULL OR unbroken_until < from_on THEN from_on END) AS joined_on
    FROM chain
    GROUP BY number, person
    HAVING max(until_on) > %(day)s
),
counted_from AS (
    SELECT target.number, target.module, target.late_from, joined.person,
        CASE WHEN target.is_after_joining AND joined.joined_on > target.start_on THEN joined.joined_on ELSE target.start_on END
            AS first_on
    FROM joined
    JOIN target ON target.number = joined.number
),
late AS (
    SELECT counted_from.module, counted_from.person
    FROM counted_from
    LEFT JOIN absent ON absent.user_id = counted_from.person
        AND (absent.until_on IS NULL OR absent.until_on > counted_from.first_on)
    WHERE counted_from.first_on <= counted_from.late_from
    GROUP BY counted_from.module, counted_from.person, counted_from.number, counted_from.first_on, counted_from.late_from
    HAVING coalesce(sum(
            number_of_day(CASE WHEN absent.until_on < %(day)s THEN absent.until_on ELSE %(day)s END)
            - number_of_day(CASE WHEN absent.from_on > counted_from.first_on THEN absent.from_on ELSE counted_from.first_on END)
        ) FILTER (WHERE absent.user_id IS NOT NULL), 0)
        <= number_of_day(counted_from.late_from) - number_of_day(counted_from.first_on)
)"""

# Where everybody who is meant stands with a module; the same for all of the person's employments.
STANDING = """
standing AS (
    SELECT meant.module, meant.person, meant.department, exempt.user_id IS NOT NULL AS is_exempt,
        offered.user_id IS NOT NULL AS was_offered,
        started.user_id IS NOT NULL AS has_started,
        done.user_id IS NOT NULL AS is_done,
        coalesce(done.latest >= terms.valid_since AND (done.major >= terms.major OR NOT terms.is_refresher_late), 1 = 0)
            AS is_valid,
        done.major < terms.major AS waits,
        is_late
    FROM (
        SELECT kind_meant.module, present.user_id AS person, present.department_id AS department,
            present.from_on <= kind_meant.late_by AS is_late
        FROM present
        JOIN kind_meant USING (department_id, occupation, meets_young)
    ) AS meant
    JOIN terms ON terms.module = meant.module
    LEFT JOIN done ON done.module_id = meant.module AND done.user_id = meant.person
    LEFT JOIN offered ON offered.module_id = meant.module AND offered.user_id = meant.person
    LEFT JOIN started ON started.module_id = meant.module AND started.user_id = meant.person
    LEFT JOIN exempt ON exempt.module_id = meant.module AND exempt.user_id = meant.person
)"""

# The same with who is late; without this `is_late` looks at the one employment only.
STANDING_WITH_LATE = STANDING.replace(
    "        is_late\n",
    "        CASE WHEN careful.person IS NULL THEN meant.is_late ELSE late.person IS NOT NULL END AS is_late\n",
).replace(
    "\n)",
    """
    LEFT JOIN careful ON careful.person = meant.person
    LEFT JOIN (SELECT DISTINCT module, person FROM late) AS late ON late.module = meant.module AND late.person = meant.person
)""",
)

COUNTS = """
    count(CASE WHEN NOT is_exempt THEN 1 END) AS target,
    count(CASE WHEN is_exempt THEN 1 END) AS exempt,
    count(CASE WHEN NOT is_exempt AND was_offered THEN 1 END) AS offered,
    count(CASE WHEN NOT is_exempt AND has_started THEN 1 END) AS started,
    count(CASE WHEN NOT is_exempt AND is_done THEN 1 END) AS completed,
    count(CASE WHEN NOT is_exempt AND is_valid THEN 1 END) AS valid,
    count(CASE WHEN NOT is_exempt AND is_valid AND waits THEN 1 END) AS refresher,
    count(CASE WHEN NOT is_exempt AND NOT is_valid AND (is_done OR is_late) THEN 1 END) AS overdue"""

# Who has one employment counts once in every department above it, so sums do. Of the others each is counted by name.
UPWARDS = f"""
several (person) AS (
    SELECT user_id FROM present GROUP BY user_id HAVING count(*) > 1
),
with_one AS (
    SELECT module, department, {COUNTS}
    FROM standing
    WHERE person NOT IN (SELECT person FROM several)
    GROUP BY module, department
),
with_several AS (
    SELECT module, upper, {COUNTS}
    FROM (
        SELECT DISTINCT standing.module, standing.person, above.upper,
            is_exempt, was_offered, has_started, is_done, is_valid, waits, is_late
        FROM several
        JOIN standing ON standing.person = several.person
        JOIN above ON above.department = standing.department
    ) AS person_above
    GROUP BY module, upper
)
SELECT module, upper, {", ".join(f"sum({name})" for name in COUNTED)}
FROM (
    SELECT with_one.module, above.upper, {", ".join(COUNTED)}
    FROM with_one JOIN above ON above.department = with_one.department
    UNION ALL
    SELECT module, upper, {", ".join(COUNTED)} FROM with_several
) AS part
GROUP BY module, upper"""  # noqa: S608  put together from the names above

STREAMED = "SELECT person, module, department, is_exempt, is_done, is_valid FROM standing ORDER BY person, module, department"
FETCHED = 5_000
"""Rows that are held at once when everybody is read."""


def counts_on(
    day: dt.date, known_at: dt.datetime | None, targets: Iterable[Target], terms: Mapping[int, Terms]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return how many persons there are of each of `COUNTED`, by (module, department); departments with nobody are absent.

    One query, whatever the size. Only modules of `terms` are counted.
    """
    given = [target for target in targets if target.module_id in terms]
    if not given:
        return {}
    return _question(day, known_at, given, terms).answer()


def counts_with_city_on(
    day: dt.date,
    known_at: dt.datetime | None,
    targets: Iterable[Target],
    terms: Mapping[int, Terms],
    principals: Collection[int],
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return the same, and for the department `CITY` those of the whole city without `principals`, each person once."""
    given = [target for target in targets if target.module_id in terms]
    if not given:
        return {}
    question = _question(day, known_at, given, terms)
    question.add_table("principal (department)", [(one,) for one in principals] or [(-1,)])
    question.above = ABOVE_WITH_CITY
    return question.answer()


def standings_on(
    day: dt.date,
    known_at: dt.datetime | None,
    targets: Iterable[Target],
    terms: Mapping[int, Terms],
    people: Collection[int] | None = None,
) -> Iterator[tuple[int, int, int, bool, bool, bool]]:
    """Yield (person, module, department, exempt, completed, valid) of everybody who is meant, in the order of persons.

    A row for each department through which the person is meant; of `people` only, if they are given. Read as it is asked for,
    so that memory does not grow.
    """
    given = [target for target in targets if target.module_id in terms]
    if given and (people is None or people):
        yield from _question(day, known_at, given, terms, people).stream()


def _question(
    day: dt.date,
    known_at: dt.datetime | None,
    targets: Sequence[Target],
    terms: Mapping[int, Terms],
    people: Collection[int] | None = None,
) -> Question:
    question = Question(day)
    question.add_sources(known_at, people)
    question.add_targets(targets)
    question.add_terms(terms.values())
    return question


@contextmanager
def planned_for_many() -> Iterator[None]:
    """Let PostgreSQL plan a question that looks at everybody.

    It cannot know how many employments the kinds of a rule match, guesses a few, and would then look up one by one what it
    should read once.
    """
    settings = SETTINGS if connection.vendor == "postgresql" else {}
    with transaction.atomic(), connection.cursor() as cursor:
        for setting, value in settings.items():
            cursor.execute(f"SET LOCAL {setting} = '{value}'")
        yield
        for setting in settings:
            cursor.execute(f"SET LOCAL {setting} TO DEFAULT")


class Question:
    """The whole statement. A source is a queryset, a table a list of rows; both have a name that the steps use."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.above = ABOVE
        self.parts: list[str] = []
        self.values: dict[str, Any] = {"day": self._plain(day), "always": self._plain(ALWAYS)}

    def add_sources(self, known_at: dt.datetime | None, people: Collection[int] | None) -> None:
        """Add what was so on the day, as known; of these people only, if they are given."""
        day, key = self.day, ("user_id", "module_id")
        begun = of(Employment.objects.known_at(known_at).filter(from_on__lte=day), people)
        absences = of(Absence.objects.known_at(known_at).filter(from_on__lt=day), people)
        done = of(completions_until(day, known_at), people).values(*key)
        kind = ("user_id", "department_id", "occupation", "meets_young", "from_on")
        self.add("place", DepartmentPlace.objects.on(day, known_at).values("department_id", "parent_id"))
        self.add("begun", begun.values(*kind, "until_on"))
        self.add("present", of(Employment.objects.on(day, known_at), people).values(*kind))
        self.add("absent", absences.values("user_id", "from_on", "until_on"))
        self.add("exempt", of(Exemption.objects.on(day, known_at), people).values(*key))
        self.add("offered", of(offers_until(day, known_at), people).values(*key).distinct())
        self.add("started", of(rounds_until(day, known_at), people).values(*key).distinct())
        self.add("done", done.annotate(latest=Max("completed_on"), major=Max("edition__major")))

    def add_targets(self, targets: Sequence[Target]) -> None:
        """Add what is assigned: to which departments and occupations, and from when on a person's days must count."""
        numbered = list(enumerate(targets))
        self.add_table(
            "target (number, module, start_on, late_from, late_by, is_after_joining, only_meets_young, any_occupation)",
            [
                (
                    number,
                    target.module_id,
                    target.from_on,
                    late_from := self._late_from(target),
                    self._late_by(target, late_from),
                    target.due_days is not None,
                    target.rule.only_meets_young,
                    not target.rule.occupations,
                )
                for number, target in numbered
            ],
        )
        self.add_table("accepted (target, department)", [(n, one) for n, target in numbered for one in target.departments])
        named = [(number, occupation) for number, target in numbered for occupation in target.rule.occupations]
        self.add_table("occupation (target, name)", named or [(-1, "")])

    def _late_from(self, target: Target) -> dt.date:
        """Whose days are counted from this day or an earlier one, and who was never away, is late."""
        return self.day - dt.timedelta(days=target.days + 1)

    def _late_by(self, target: Target, late_from: dt.date) -> dt.date:
        """Who has one employment, begun on this day or an earlier one, and was never away, is late."""
        if target.from_on > late_from:
            return NEVER
        return ALWAYS if target.due_days is None else late_from

    def add_terms(self, terms: Iterable[Terms]) -> None:
        """Add what holds for each module: which completions are valid, and whether the refresher day has passed."""
        self.add_table(
            "terms (module, valid_since, major, is_refresher_late)",
            [
                (
                    one.module_id,
                    valid_since(self.day, one.validity_months) or NEVER,
                    one.refresher_major or 0,
                    one.refresh_by is not None and one.refresh_by < self.day,
                )
                for one in terms
            ],
        )

    def add(self, name: str, rows: QuerySet[Any, Any]) -> None:
        """Add a source."""
        sql, values = rows.query.get_compiler(connection=connection).as_sql()
        self.parts.append(f"{name} AS ({sql % tuple(map(self._named, values))})")

    def add_table(self, head: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add a table of one row or more; `head` is its name with its columns."""
        written = [", ".join(self._named(self._plain(value)) for value in row) for row in rows]
        self.parts.append(f"{head} AS (VALUES {', '.join(f'({row})' for row in written)})")

    def _named(self, value: Any) -> str:
        """Keep the value for the database, and return how the statement refers to it."""
        name = f"value_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"

    def _plain(self, value: Any) -> Any:
        return connection.ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value

    def answer(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Ask."""
        late = LATE.replace("number_of_day(", NUMBER_OF_DAY[connection.vendor])
        sql = f"{self._steps(late, STANDING_WITH_LATE)}, {UPWARDS}"
        with planned_for_many(), connection.cursor() as cursor:
            cursor.execute(sql, self.values)
            return {(row[0], row[1]): tuple(int(count) for count in row[2:]) for row in cursor.fetchall()}

    def stream(self) -> Iterator[tuple[int, int, int, bool, bool, bool]]:
        """Ask where everybody stands; the answer is fetched some thousand rows at a time."""
        sql = f"{self._steps(STANDING)} {STREAMED}"
        with connection.chunked_cursor() as cursor:
            with planned_for_many():
                cursor.execute(sql, self.values)
                # Everything is joined and sorted for the first of them, in the memory that the settings allow.
                rows = cursor.fetchmany(FETCHED)
            while rows:
                yield from rows
                rows = cursor.fetchmany(FETCHED)

    def _steps(self, *standing: str) -> str:
        return f"WITH RECURSIVE {', '.join((*self.parts, self.above, REACH, *standing))}"
