"""A follow-up report as it is read: every sentence and number once, for every output to draw in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.follow_up.basis import Basis
from reports.follow_up.report import boards, content, method, results, said
from reports.follow_up.report.blocks import Section
from reports.follow_up.report.envelope import Envelope, ErratumOf
from reports.follow_up.report.reading import Reading
from reports.follow_up.report.words import cycle_name
from reports.follow_up.statements import Statements
from reports.suppression import Hidden, Shown


@dataclass(frozen=True)
class Report:
    """What every output is made from; none of them looks at the frozen figures itself.

    `errata` stands before all else. `sections` come in the order in which politicians read.
    """

    reading: Reading
    statements: Statements
    envelope: Envelope
    corrections: tuple[ErratumOf, ...]
    sections: tuple[Section, ...] = field(repr=False)

    @classmethod
    def of(
        cls,
        basis: Basis,
        hidden: Hidden,
        statements: Statements,
        envelope: Envelope,
        corrections: tuple[ErratumOf, ...] = (),
        previous: Shown | None = None,
        last_year: Shown | None = None,
    ) -> Report:
        """Compose a report. `previous` and `last_year` are the published reports that the basis names, as they were shown."""
        reading = Reading(basis, hidden)
        sections = (
            results.result(reading),
            results.trained(reading),
            results.outcome(reading, Reading.of(previous), Reading.of(last_year)),
            boards.boards(reading),
            results.funnels(reading),
            boards.changes(reading),
            said.activities(statements),
            content.certificates(reading),
            content.content(reading),
            content.learners(reading, statements),
            said.comments(reading, statements),
            method.method(reading),
            method.suppressed(reading),
            method.proof(reading, envelope),
        )
        kept = tuple(section for section in sections if not section.is_empty)
        return cls(reading, statements, envelope, corrections, kept)

    @property
    def basis(self) -> Basis:
        """What was frozen. Its figures are for `reading` to show."""
        return self.reading.basis

    @property
    def cycle(self) -> str:
        """The report's period and year."""
        return cycle_name(self.basis.cycle.year, self.basis.cycle.period)

    @property
    def title(self) -> str:
        """What the report is called."""
        return _("Follow-up of the action plan, %(cycle)s") % {"cycle": self.cycle}

    @property
    def subtitle(self) -> str:
        """The city and the cut-off day; that it is a draft, if it is."""
        day = date_format(self.basis.cycle.cut_off_on, "j F Y")
        said = {"city": self.basis.city, "day": day, "number": self.envelope.number}
        if self.envelope.is_draft:
            return _("%(city)s. Figures of %(day)s. Draft, not published.") % said
        return _("%(city)s. Figures of %(day)s. Report number %(number)s.") % said

    @property
    def errata(self) -> Section | None:
        """The corrections, for the top of every output."""
        return method.errata(self.corrections)

    def all_sections(self) -> Iterator[Section]:
        """Corrections first, then every section with those below it, in the order of reading."""
        first = [self.errata] if self.errata else []
        for section in (*first, *self.sections):
            yield section
            yield from section.sections
