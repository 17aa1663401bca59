"""How the figures came about, what was left out of them, and how to check them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.follow_up.report.blocks import Block, Facts, Paragraph, Points, Section
from reports.follow_up.report.content import newest_hr_file
from reports.follow_up.report.envelope import Envelope, ErratumOf
from reports.follow_up.report.reading import Reading
from reports.follow_up.report.words import COLUMNS, MEASURES


def method(reading: Reading) -> Section:
    """What is counted, and how."""
    cycle = reading.basis.cycle
    said = {
        "day": date_format(cycle.cut_off_on, "j F Y"),
        "known": date_format(localtime(reading.basis.known_at), "j F Y H:i"),
    }
    blocks: list[Block] = [
        Paragraph(
            _(
                "All figures hold for %(day)s, with the organisation, the employments, the target groups and the rules of"
                " that day, as they were known on %(known)s. A person who has several employments counts once in each"
                " department and once in those above it, so a board is not the sum of its departments."
            )
            % said
        ),
        Paragraph(
            _(
                "The share is how many of the target group are valid. It is rounded down, so that 100 percent means all."
                " Where nobody is in the target group there is no share."
            )
        ),
    ]
    if warning := newest_hr_file(reading):
        blocks.append(warning)
    measures = (*COLUMNS, "trained", "trained_left", "certificates", "late")
    blocks.append(Facts(tuple((str(MEASURES[what][0]), str(MEASURES[what][1])) for what in measures)))
    return Section("method", _("Method and definitions"), tuple(blocks))


def suppressed(reading: Reading) -> Section:
    """What is not shown and why, in numbers."""
    hidden = reading.hidden
    small = sum(cell.why == "small" for cell in hidden.cells)
    blocks = (
        Paragraph(
            _(
                "So that nobody can be told apart, numbers from 1 to %(most)s are not shown, nor numbers from which they could"
                " be computed, also not together with earlier reports. Where fewer than %(threshold)s persons are in the target"
                " group nothing of the row is shown. Zero is shown. A dash stands for what is not shown."
            )
            % {"most": hidden.threshold - 1, "threshold": hidden.threshold}
        ),
        Points(
            (
                _counted(len(hidden.rows), _("Rows not shown")),
                _counted(small, _("Numbers not shown because they are small")),
                _counted(len(hidden.cells) - small, _("Numbers not shown so that small ones cannot be computed")),
                _counted(len(hidden.bridges), _("Changes not shown")),
            )
        ),
    )
    return Section("suppressed", _("What is not shown, and why"), blocks)


def _counted(count: int, what: str) -> str:
    return f"{what}: {count}"


def proof_pairs(reading: Reading, envelope: Envelope) -> tuple[tuple[str, str], ...]:
    """What tells the report from others: number, moments, hashes, rules; without what a draft does not have."""
    pairs = [
        (_("Number"), str(envelope.number)),
        (_("Case number"), envelope.case_number),
        (_("Frozen"), date_format(localtime(envelope.frozen_at), "j F Y H:i")),
        (_("Published"), date_format(localtime(envelope.published_at), "j F Y H:i") if envelope.published_at else ""),
        (_("SHA-256 of the figures"), envelope.sha256),
        (_("SHA-256 of what the departments say"), envelope.statements_sha256),
        (_("Software"), envelope.software),
        (_("Rules for figures and for small numbers"), f"{reading.basis.rules.figures} / {reading.basis.rules.suppression}"),
    ]
    return tuple(pair for pair in pairs if pair[1])


def proof(reading: Reading, envelope: Envelope) -> Section:
    """The report's number and the hashes by which it can be checked."""
    how = Paragraph(
        _(
            "The figures are stored exactly as they were frozen. Their hash is recomputed, and they are compared with today’s"
            " figures, by: manage.py follow_up verify %(year)s %(period)s"
        )
        % {"year": reading.basis.cycle.year, "period": reading.basis.cycle.period}
    )
    return Section("proof", _("Number and hashes"), (Facts(proof_pairs(reading, envelope)), how))


def errata(corrections: tuple[ErratumOf, ...]) -> Section | None:
    """The corrections, first of all; `None` without any."""
    if not corrections:
        return None
    title = ngettext("Correction", "Corrections", len(corrections))
    lead = Paragraph(_("The frozen figures stand as they were. This is said of them afterwards:"))
    return Section("errata", title, (lead, *(Facts(_erratum(one)) for one in corrections)))


def _erratum(one: ErratumOf) -> tuple[tuple[str, str], ...]:
    said = {"number": one.number, "day": date_format(localtime(one.corrected_at), "j F Y")}
    return ((_("Correction %(number)s, %(day)s") % said, one.text), (_("Reason"), one.reason))
