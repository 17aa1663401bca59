"""The state of what is taught: certificates, editions, the law behind them, and what learners found hard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.models.evaluations import Degree
from reports.follow_up.basis import SourceAt
from reports.follow_up.report.blocks import Block, Grid, Paragraph, Points, Section
from reports.follow_up.report.reading import CITY, Reading
from reports.follow_up.report.words import grouped
from reports.follow_up.statements import EvaluationAt, Statements
from reports.tables import Cell, Column, Kind, Table


def certificates(reading: Reading) -> Section:
    """How many were issued in the period, a module a sentence."""
    items = []
    for module in reading.modules:
        count = reading.value(module.slug, CITY, "certificates")
        said = {"module": module.title, "count": grouped(count) if isinstance(count, int) else ""}
        if count == 0:
            items.append(_("%(module)s: no certificate.") % said)
        elif isinstance(count, int):
            items.append(ngettext("%(module)s: %(count)s certificate.", "%(module)s: %(count)s certificates.", count) % said)
        else:
            items.append(_("%(module)s: the number is not shown, since the group is so small.") % said)
    return Section("certificates", _("Certificates issued in the period"), (Points(tuple(items)),) if items else ())


def content(reading: Reading) -> Section:
    """Which editions are in force and were given out, and how the law behind them was checked."""
    return Section("content", _("The state of the content"), (_in_force(reading), *_given_out(reading), *_law(reading)))


def _in_force(reading: Reading) -> Grid:
    columns = (
        Column("module", _("Module")),
        Column("edition", _("Edition")),
        Column("in_force_from", _("In force from"), Kind.DAY),
        Column("reviewed", _("Reviewed by a jurist")),
        Column("sha256", "SHA-256", definition=_("Identifies exactly what the edition says.")),
    )
    rows = tuple(
        (module.title, module.edition, module.in_force_from, _yes_or_no(module.reviewed_by_jurist), module.edition_sha256)
        for module in reading.modules
    )
    return Grid(Table("editions", _("Editions in force on the cut-off day"), columns, rows), heads=2)


def _given_out(reading: Reading) -> Iterator[Block]:
    titles = {module.slug: module.title for module in reading.modules}
    columns = (
        Column("module", _("Module")),
        Column("edition", _("Edition")),
        Column("kind", _("Kind of change")),
        Column("in_force_from", _("In force from"), Kind.DAY),
        Column("change", _("What changed")),
        Column("reviewed", _("Reviewed by a jurist")),
    )
    rows = tuple(
        (
            titles.get(edition.module, edition.module),
            edition.number,
            _("Material") if edition.is_material else _("Editorial"),
            edition.in_force_from,
            edition.change_note,
            _yes_or_no(edition.reviewed_by_jurist),
        )
        for edition in reading.basis.editions
    )
    if rows:
        yield Grid(Table("given_out", _("Editions given out in the period"), columns, rows), heads=2)
    else:
        yield Paragraph(_("No edition was given out in the period."))


def _law(reading: Reading) -> Iterator[Block]:
    sources = reading.basis.sources
    if not sources:
        return
    said = {"all": len(sources)}
    resting = ngettext(
        "The content rests on %(all)s legal source.", "The content rests on %(all)s legal sources.", len(sources)
    )
    yield Paragraph(" ".join([resting % said, *_checked(sources)]))
    columns = (
        Column("source", _("Legal source")),
        Column("checked_on", pgettext("legal source", "Checked"), Kind.DAY),
        Column("check_again_on", _("To be checked again"), Kind.DAY),
        Column("state", _("State")),
    )
    ordered = sorted(sources, key=_in_order)
    rows = tuple((source.designation, source.checked_on, source.check_again_on, _state(source)) for source in ordered)
    yield Grid(Table("sources", _("Legal sources"), columns, rows))


def _checked(sources: Sequence[SourceAt]) -> Iterator[str]:
    never = sum(source.checked_on is None for source in sources)
    late = sum(source.is_overdue for source in sources) - never
    if never:
        yield ngettext("%(count)s of them was never checked.", "%(count)s of them were never checked.", never) % {
            "count": never
        }
    if late:
        yield ngettext(
            "%(count)s of them should have been checked again.", "%(count)s of them should have been checked again.", late
        ) % {"count": late}
    if not never and not late:
        yield _("All of them were checked in time.")


def _in_order(source: SourceAt) -> tuple[bool, str, list[tuple[int, str]]]:
    """What should have been checked comes first; then law by law, 2 kap. before 10 kap."""
    law = re.split(r"§+ | i ", source.designation)[-1]
    parts = re.findall(r"\d+|\D+", source.designation)
    return not source.is_overdue, law, [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _state(source: SourceAt) -> str:
    if source.checked_on is None:
        return _("Never checked")
    return _("Overdue") if source.is_overdue else pgettext("legal source", "Checked")


def _yes_or_no(value: bool) -> str:
    return _("Yes") if value else _("Not reviewed by a jurist")


def learners(reading: Reading, statements: Statements) -> Section:
    """What many got wrong at first, and what they answered without their names; only from ten."""
    blocks: list[Block] = [Paragraph(_("Shown only where at least ten have answered. Nobody’s answers can be told apart."))]
    if statements.hard:
        blocks.append(_hard(reading, statements))
    titles = {module.slug: module.title for module in reading.modules}
    for evaluation in statements.evaluations:
        blocks.append(_evaluation(titles.get(evaluation.module, evaluation.module), evaluation))
    if len(blocks) == 1:
        blocks.append(Paragraph(_("There are not yet ten answers to show.")))
    return Section("learners", _("What learners found hard"), tuple(blocks))


def _hard(reading: Reading, statements: Statements) -> Grid:
    titles = {module.slug: module.title for module in reading.modules}
    columns = (
        Column("module", _("Module")),
        Column("question", _("Question")),
        Column("objective", _("Learning objective")),
        Column("answers", _("Answers"), Kind.NUMBER),
        Column("wrong", _("Wrong at first"), Kind.PERCENT, _("How many of a hundred first answers were wrong, rounded down.")),
    )
    rows = tuple(
        (titles.get(one.module, one.module), one.question, one.objective, one.answers, 100 * one.wrong_at_first // one.answers)
        for one in statements.hard
        if one.answers
    )
    return Grid(Table("hard", _("Questions that many got wrong at first"), columns, rows), heads=2)


def _evaluation(title: str, evaluation: EvaluationAt) -> Grid:
    asked = {"worth_time": _("Was it worth the time?"), "knows_what_to_do": _("Do I know what to do?")}
    columns = (
        Column("question", _("Question")),
        *(Column(degree.value, str(degree.label), Kind.NUMBER) for degree in Degree),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (text, *(evaluation.degrees.get(key, {}).get(degree.value, 0) for degree in Degree)) for key, text in asked.items()
    )
    name = _("%(module)s: anonymous answers, %(count)s in all") % {"module": title, "count": evaluation.answers}
    return Grid(Table(f"evaluation-{evaluation.module}", name, columns, rows))


def newest_hr_file(reading: Reading) -> Paragraph | None:
    """Return a warning when the organisation's newest file is older than the cut-off day."""
    newest, cut_off = reading.basis.newest_hr_file_on, reading.basis.cycle.cut_off_on
    if newest and newest >= cut_off:
        return None
    if newest is None:
        return Paragraph(_("No HR file had been imported when the figures were frozen."))
    said = {"day": date_format(newest, "j F Y")}
    return Paragraph(_("The newest HR file was of %(day)s, before the cut-off day: later changes of staff are missing.") % said)
