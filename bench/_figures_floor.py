"""The floor under `bench.figures`: SQL written by hand for the identical question, as known today, on the same tables."""

from __future__ import annotations

import datetime as dt

from django.db import connection

# What the two databases say differently: the number of a day, and whether a JSON list names an occupation.
WORDS = {
    "sqlite": {"number": "julianday(", "named": "e.occupation IN (SELECT value FROM json_each(r.occupations))"},
    "postgresql": {"number": "extract(julian FROM ", "named": "jsonb_exists(r.occupations, e.occupation)"},
}

SQL = """
WITH RECURSIVE place AS (
  SELECT department_id, parent_id FROM organisation_departmentplace
  WHERE superseded_at IS NULL AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)
), above (department_id, upper_id) AS (
  SELECT department_id, department_id FROM place
  UNION ALL
  SELECT a.department_id, p.parent_id FROM above a JOIN place p ON p.department_id = a.upper_id WHERE p.parent_id IS NOT NULL
), reach AS (
  SELECT DISTINCT above.department_id, a.id AS assignment_id, a.module_id, a.from_on, a.due_on, a.due_days,
    r.occupations, r.only_meets_young
  FROM courses_acceptance c
  JOIN courses_assignment a ON a.id = c.assignment_id
  JOIN courses_audiencerule r ON r.audience_id = a.audience_id
  JOIN courses_audiencerule_departments d ON d.audiencerule_id = r.id AND d.department_id = c.department_id
  JOIN above ON above.upper_id = c.department_id
  WHERE c.accepted_on <= %(day)s
    AND a.superseded_at IS NULL AND a.from_on <= %(day)s AND (a.until_on IS NULL OR a.until_on > %(day)s)
    AND r.superseded_at IS NULL AND r.from_on <= %(day)s AND (r.until_on IS NULL OR r.until_on > %(day)s)
), begun AS (
  SELECT user_id, department_id, occupation, meets_young, from_on, until_on, until_on IS NULL OR until_on > %(day)s AS is_now
  FROM organisation_employment WHERE superseded_at IS NULL AND from_on <= %(day)s
), kind AS (
  SELECT e.department_id, e.occupation, e.meets_young, r.assignment_id, r.module_id, r.from_on AS start_on, r.due_on, r.due_days
  FROM (SELECT DISTINCT department_id, occupation, meets_young FROM begun) e
  JOIN reach r ON r.department_id = e.department_id
  WHERE (e.meets_young OR NOT r.only_meets_young) AND (CAST(r.occupations AS text) = '[]' OR {named})
), away AS (
  SELECT user_id, from_on, until_on FROM organisation_absence WHERE superseded_at IS NULL AND from_on < %(day)s
), odd AS (
  SELECT user_id FROM begun GROUP BY user_id HAVING count(*) > 1 UNION SELECT user_id FROM away
), islands AS (
  SELECT k.assignment_id, k.module_id, k.start_on, k.due_on, k.due_days, b.user_id, b.from_on, b.is_now,
    max(coalesce(b.until_on, %(always)s)) OVER (
      PARTITION BY k.assignment_id, b.user_id ORDER BY b.from_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS before_until
  FROM begun b JOIN odd ON odd.user_id = b.user_id
  JOIN kind k ON k.department_id = b.department_id AND k.occupation = b.occupation AND k.meets_young = b.meets_young
), firsts AS (
  SELECT assignment_id, module_id, user_id, due_on, due_days, start_on,
    max(CASE WHEN before_until IS NULL OR before_until < from_on THEN from_on END) AS joined_on
  FROM islands GROUP BY assignment_id, module_id, user_id, due_on, due_days, start_on
  HAVING max(CASE WHEN is_now THEN 1 ELSE 0 END) = 1
), counted AS (
  SELECT *, CASE WHEN due_days IS NOT NULL AND joined_on > start_on THEN joined_on ELSE start_on END AS first_on FROM firsts
), odd_late AS (
  SELECT DISTINCT module_id, user_id FROM (
    SELECT c.module_id, c.user_id FROM counted c
    LEFT JOIN away w ON w.user_id = c.user_id AND (w.until_on IS NULL OR w.until_on > c.first_on)
    GROUP BY c.assignment_id, c.module_id, c.user_id, c.first_on, c.due_on, c.due_days
    HAVING {number}%(day)s) - {number}c.first_on)
      - coalesce(sum({number}CASE WHEN w.until_on < %(day)s THEN w.until_on ELSE %(day)s END)
                 - {number}CASE WHEN w.from_on > c.first_on THEN w.from_on ELSE c.first_on END))
                 FILTER (WHERE w.user_id IS NOT NULL), 0)
      >= coalesce(c.due_days, {number}c.due_on) - {number}c.first_on)) + 1
  ) x
), meant AS (
  SELECT k.module_id, b.user_id, b.department_id, max(CASE
      WHEN k.due_days IS NULL THEN CASE WHEN k.due_on < %(day)s THEN 1 ELSE 0 END
      WHEN {number}%(day)s) - {number}CASE WHEN b.from_on > k.start_on THEN b.from_on ELSE k.start_on END) > k.due_days THEN 1
      ELSE 0 END) AS is_late
  FROM begun b
  JOIN kind k ON k.department_id = b.department_id AND k.occupation = b.occupation AND k.meets_young = b.meets_young
  WHERE b.is_now
  GROUP BY k.module_id, b.user_id, b.department_id
), done AS (
  SELECT c.module_id, c.user_id, max(c.completed_on) AS latest, max(e.major) AS major
  FROM courses_completion c JOIN courses_edition e ON e.id = c.edition_id
  WHERE c.completed_on <= %(day)s GROUP BY c.module_id, c.user_id
), marked AS (
  SELECT m.module_id, m.user_id, m.department_id, x.user_id IS NOT NULL AS is_exempt,
    o.user_id IS NOT NULL AS is_offered, s.user_id IS NOT NULL AS is_started, d.user_id IS NOT NULL AS is_done,
    coalesce(d.latest >= t.valid_since AND (d.major >= t.major OR NOT t.is_late), 1 = 0) AS is_valid,
    d.major < t.major AS waits,
    CASE WHEN odd.user_id IS NULL THEN m.is_late = 1 ELSE l.user_id IS NOT NULL END AS is_late
  FROM meant m
  JOIN (VALUES {terms}) AS t ON t.module_id = m.module_id
  LEFT JOIN done d ON d.module_id = m.module_id AND d.user_id = m.user_id
  LEFT JOIN (SELECT DISTINCT module_id, user_id FROM courses_offer WHERE offered_on <= %(day)s) o
    ON o.module_id = m.module_id AND o.user_id = m.user_id
  LEFT JOIN (SELECT DISTINCT module_id, user_id FROM courses_round WHERE opened_on <= %(day)s) s
    ON s.module_id = m.module_id AND s.user_id = m.user_id
  LEFT JOIN (SELECT module_id, user_id FROM courses_exemption
    WHERE superseded_at IS NULL AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)) x
    ON x.module_id = m.module_id AND x.user_id = m.user_id
  LEFT JOIN odd ON odd.user_id = m.user_id
  LEFT JOIN odd_late l ON l.module_id = m.module_id AND l.user_id = m.user_id
), many AS (
  SELECT user_id FROM begun WHERE is_now GROUP BY user_id HAVING count(*) > 1
), ones AS (
  SELECT module_id, department_id, {counts} FROM marked WHERE user_id NOT IN (SELECT user_id FROM many)
  GROUP BY module_id, department_id
)
SELECT module_id, upper_id, sum(target), sum(exempt), sum(offered), sum(started), sum(completed), sum(valid), sum(refresher),
  sum(overdue)
FROM (
  SELECT ones.module_id, above.upper_id, target, exempt, offered, started, completed, valid, refresher, overdue
  FROM ones JOIN above ON above.department_id = ones.department_id
  UNION ALL
  SELECT module_id, upper_id, {counts} FROM (
    SELECT DISTINCT m.module_id, above.upper_id, m.user_id, is_exempt, is_offered, is_started, is_done, is_valid, waits, is_late
    FROM marked m JOIN many ON many.user_id = m.user_id JOIN above ON above.department_id = m.department_id
  ) z GROUP BY module_id, upper_id
) y GROUP BY module_id, upper_id
"""

COUNTS = """
  count(*) FILTER (WHERE NOT is_exempt) AS target, count(*) FILTER (WHERE is_exempt) AS exempt,
  count(*) FILTER (WHERE NOT is_exempt AND is_offered) AS offered,
  count(*) FILTER (WHERE NOT is_exempt AND is_started) AS started,
  count(*) FILTER (WHERE NOT is_exempt AND is_done) AS completed,
  count(*) FILTER (WHERE NOT is_exempt AND is_valid) AS valid,
  count(*) FILTER (WHERE NOT is_exempt AND is_valid AND waits) AS refresher,
  count(*) FILTER (WHERE NOT is_exempt AND NOT is_valid AND (is_done OR is_late)) AS overdue
"""


class Floor:
    """The question of a day, ready to be asked. What the modules' rules say is worked out before."""

    def __init__(self, day: dt.date, terms: list[tuple[int, dt.date, int, bool]]) -> None:
        plain = connection.ops.adapt_datefield_value
        words = WORDS[connection.vendor]
        columns = ("module_id", "valid_since", "major", "is_late")
        rows = [", ".join(f"{value} AS {name}" for value, name in zip(literals(row), columns, strict=True)) for row in terms]
        table = " UNION ALL ".join(f"SELECT {row}" for row in rows)
        self.sql = SQL.replace("(VALUES {terms}) AS t", f"({table}) AS t").replace("{counts}", COUNTS)
        self.sql = self.sql.replace("{number}", words["number"]).replace("{named}", words["named"])
        self.values = {"day": plain(day), "always": plain(dt.date.max)}

    def ask(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """Return the eight figures by (module, department)."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values)
            return {(row[0], row[1]): tuple(map(int, row[2:])) for row in cursor.fetchall()}


def literals(row: tuple[int, dt.date, int, bool]) -> tuple[str, ...]:
    module, valid_since, major, is_late = row
    day = "DATE " if connection.vendor == "postgresql" else ""
    return str(module), f"{day}'{valid_since.isoformat()}'", str(major), "1 = 1" if is_late else "1 = 0"
