"""What a reader wants to know first: the result in a sentence, how many were trained, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.follow_up.basis import EarlierAt, ModuleAt
from reports.follow_up.report.blocks import Bar, Chart, Grid, Paragraph, Points, Section
from reports.follow_up.report.reading import CITY, Reading
from reports.follow_up.report.words import FUNNEL, MEASURES, cycle_name, grouped
from reports.tables import HIDDEN, Cell, Column, Kind, Number, Table

NO_BREAK = "\u00a0"


def result(reading: Reading) -> Section:
    """One sentence a module: share, numerator, denominator, exempt."""
    sentences = [Paragraph(_sentence(reading, module), is_lead=True) for module in reading.modules]
    nothing = Paragraph(_("No module was in force on the cut-off day."), is_lead=True)
    return Section("result", _("The result"), (*sentences, *_picture(reading)) if sentences else (nothing,))


def _picture(reading: Reading) -> Iterator[Chart]:
    """The shares beside each other, of the modules that somebody is to have."""
    bars = [_share(reading, module) for module in reading.modules if reading.value(module.slug, CITY, "target") != 0]
    if any(bar.percent is not None for bar in bars):
        yield Chart(_("How much of the target group has valid training"), tuple(bars))


def _share(reading: Reading, module: ModuleAt) -> Bar:
    bar = _bar(module.title, *(reading.value(module.slug, CITY, what) for what in ("valid", "target")))
    percent = reading.percent(module.slug, CITY)
    if not isinstance(percent, int):
        return bar
    goal = reading.goal(module)
    said = {"percent": f"{percent}{NO_BREAK}%", "goal": f"{goal}{NO_BREAK}%"}
    return replace(bar, value=_("%(percent)s, goal %(goal)s") % said if goal is not None else said["percent"])


def _sentence(reading: Reading, module: ModuleAt) -> str:
    target, valid, exempt = (reading.value(module.slug, CITY, what) for what in ("target", "valid", "exempt"))
    said = {
        "module": module.title,
        "day": date_format(reading.basis.cycle.cut_off_on, "j F Y"),
        "valid": valid,
        "target": target,
    }
    if target == 0:
        return _("%(module)s: on %(day)s nobody was in the target group.") % said
    percent = reading.percent(module.slug, CITY)
    if percent is HIDDEN or percent is None:
        return _("%(module)s: the result on %(day)s is not shown, since the group is so small.") % said
    said |= {"percent": percent, "valid": _grouped(valid), "target": _grouped(target)}
    sentence = _(
        "%(module)s: on %(day)s, %(percent)s %% of the target group had valid training, %(valid)s of %(target)s persons."
    )
    return " ".join(filter(None, [sentence % said, _exempt(exempt), _reached(reading, module, percent)]))


def _reached(reading: Reading, module: ModuleAt, percent: int) -> str:
    """How far it is to the goal; nothing without one."""
    goal = reading.goal(module)
    if goal is None:
        return ""
    if percent >= goal:
        return _("The goal of %(goal)s %% is reached.") % {"goal": goal}
    return ngettext(
        "It is %(points)s percentage point to the goal of %(goal)s %%.",
        "It is %(points)s percentage points to the goal of %(goal)s %%.",
        goal - percent,
    ) % {"points": goal - percent, "goal": goal}


def _grouped(number: Number) -> str:
    return grouped(number) if isinstance(number, int) else str(number)


def _exempt(exempt: Number) -> str:
    if not isinstance(exempt, int):
        return _("How many are exempt is not shown.")
    if exempt == 0:
        return _("Nobody is exempt.")
    return ngettext("%(count)s person is exempt.", "%(count)s persons are exempt.", exempt) % {"count": grouped(exempt)}


def trained(reading: Reading) -> Section:
    """How many completed a module in the period, leavers included."""
    cycle = reading.basis.cycle
    lead = Paragraph(
        _("From %(first)s to %(last)s, those who have left since are counted too:")
        % {"first": date_format(cycle.from_on, "j F Y"), "last": date_format(cycle.cut_off_on, "j F Y")}
    )
    items = tuple(_trained_sentence(reading, module) for module in reading.modules)
    late = tuple(sentence for module in reading.modules if (sentence := _late_sentence(reading, module)))
    return Section("trained", _("Trained in the period"), (lead, Points(items + late)) if items else ())


def _trained_sentence(reading: Reading, module: ModuleAt) -> str:
    count, left = (reading.value(module.slug, CITY, what) for what in ("trained", "trained_left"))
    said = {"module": module.title, "count": _grouped(count), "left": _grouped(left)}
    if not isinstance(count, int):
        return _("%(module)s: the number is not shown, since the group is so small.") % said
    if count == 0:
        return _("%(module)s: nobody completed it.") % said
    sentence = (
        ngettext("%(module)s: %(count)s person completed it.", "%(module)s: %(count)s persons completed it.", count) % said
    )
    if not isinstance(left, int):
        sentence += " " + _("How many of them have left since is not shown.")
    elif left:
        sentence += " " + ngettext("%(left)s of them has left since.", "%(left)s of them have left since.", left) % said
    return sentence


def _late_sentence(reading: Reading, module: ModuleAt) -> str:
    late = reading.value(module.slug, CITY, "late")
    if not isinstance(late, int):
        return _("%(module)s: how many completions were added after the former cut-off day is not shown.") % {
            "module": module.title
        }
    if not late:
        return ""
    said = {"module": module.title, "count": grouped(late)}
    return (
        ngettext(
            "%(module)s: %(count)s completion was added after the former cut-off day, for a day before it.",
            "%(module)s: %(count)s completions were added after the former cut-off day, for days before it.",
            late,
        )
        % said
    )


def outcome(reading: Reading, previous: Reading | None, last_year: Reading | None) -> Section:
    """Target, outcome, and the change since the former report and since the same one last year."""
    pairs = ((reading.basis.previous, previous), (reading.basis.last_year, last_year))
    earlier = [(at, read) for at, read in pairs if at and read]
    columns = (
        Column("module", _("Module")),
        Column("target", str(MEASURES["target"][0]), Kind.NUMBER, str(MEASURES["target"][1])),
        Column("valid", str(MEASURES["valid"][0]), Kind.NUMBER, str(MEASURES["valid"][1])),
        Column("share", _("Share"), Kind.PERCENT, _("How many of a hundred in the target group are valid, rounded down.")),
        *(_goal_columns() if reading.has_goals else ()),
        *(column for at, _read in earlier for column in _earlier_columns(at)),
    )
    rows = tuple(_outcome_row(reading, module, [read for _at, read in earlier]) for module in reading.modules)
    notes = tuple(Paragraph(note) for note in _notes(reading, earlier))
    table = Table("outcome", _("Target and outcome"), columns, rows)
    return Section("outcome", _("Target, outcome and change"), (Grid(table), *notes) if rows else notes)


def _goal_columns() -> tuple[Column, Column]:
    return (
        Column("goal", _("Goal"), Kind.PERCENT, _("How many of a hundred in the target group the city wants to be valid.")),
        Column("from_goal", _("From the goal"), Kind.CHANGE, _("Percentage points above the goal, or below it.")),
    )


def _earlier_columns(at: EarlierAt) -> tuple[Column, Column]:
    name = cycle_name(at.year, at.period)
    before = Column(
        f"share_{at.year}_{at.period}",
        capfirst(name),
        Kind.PERCENT,
        _("The share in the report of %(cycle)s.") % {"cycle": name},
    )
    points = Column(
        f"points_{at.year}_{at.period}",
        _("Change since %(cycle)s") % {"cycle": name},
        Kind.CHANGE,
        _("Percentage points more, or fewer, than in the report of %(cycle)s.") % {"cycle": name},
    )
    return before, points


def _outcome_row(reading: Reading, module: ModuleAt, earlier: list[Reading]) -> tuple[Cell, ...]:
    now = reading.percent(module.slug, CITY)
    row: list[Cell] = [
        module.title,
        reading.value(module.slug, CITY, "target"),
        reading.value(module.slug, CITY, "valid"),
        now,
    ]
    if reading.has_goals:
        goal = reading.goal(module)
        row += [goal, _points(goal, now)]
    for read in earlier:
        before = read.percent(module.slug, CITY) if read.has(module.slug, CITY) else None
        row += [before, _points(before, now)]
    return tuple(row)


def _points(before: Number | None, now: Number | None) -> Number | None:
    if HIDDEN in (before, now):
        return HIDDEN
    return now - before if isinstance(now, int) and isinstance(before, int) else None


def _notes(reading: Reading, earlier: list[tuple[EarlierAt, Reading]]) -> Iterator[str]:
    if not reading.has_goals:
        yield _("The city has set no goal in percent for any module.")
    for at, _read in earlier:
        said = {"cycle": cycle_name(at.year, at.period), "number": at.number}
        if at.has_same_rules:
            yield _("The report of %(cycle)s (number %(number)s) was made by the same rules.") % said
        else:
            yield _("The report of %(cycle)s (number %(number)s) was made by other rules: compare with care.") % said
    told = [at for at, _read in earlier]
    for missing in (reading.basis.previous, reading.basis.last_year):
        if missing and missing not in told:
            yield _("The report of %(cycle)s is not published, so nothing is compared with it.") % {
                "cycle": cycle_name(missing.year, missing.period)
            }
    if not reading.basis.previous:
        yield _("There is no earlier report to compare with.")
    elif not reading.basis.last_year:
        yield _("There is no report of the same period last year to compare with.")


def funnels(reading: Reading) -> Section:
    """How far the city's target group has come, a picture a module."""
    charts = tuple(
        funnel(reading, module, CITY) for module in reading.modules if reading.value(module.slug, CITY, "target") != 0
    )
    return Section("funnel", _("How far the target group has come"), charts)


def funnel(reading: Reading, module: ModuleAt, unit: str) -> Chart:
    """Draw how many have been offered, begun, completed, are valid."""
    target = reading.value(module.slug, unit, "target")
    bars = tuple(_bar(str(MEASURES[what][0]), reading.value(module.slug, unit, what), target) for what in FUNNEL)
    return Chart(_("%(module)s: how far the target group has come") % {"module": module.title}, bars)


def shares(reading: Reading, module: ModuleAt) -> Chart | None:
    """Draw how many of each board's target group are valid; `None` if there is but one."""
    tops = [top for top in reading.tops if reading.value(module.slug, top.id, "target") != 0]
    if len(tops) < 2:
        return None
    bars = tuple(
        _bar(top.name, reading.value(module.slug, top.id, "valid"), reading.value(module.slug, top.id, "target"))
        for top in tops
    )
    return Chart(_("%(module)s: valid in each board") % {"module": module.title}, bars)


def _bar(label: str, part: Number, whole: Number) -> Bar:
    if not (isinstance(part, int) and isinstance(whole, int)):
        return Bar(label, HIDDEN, HIDDEN, _("not shown"))
    return Bar(label, part, whole, _("%(part)s of %(whole)s") % {"part": grouped(part), "whole": grouped(whole)})
