"""What would be given out now: everything that a trainer has to see before deciding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.composing import compose_module
from cms.models import LegalApproval, ModulePage
from courses.actions.give_out import is_same_content, overdue_sources
from courses.differences import Change, StepDifference, differences
from courses.faults import Fault, faults_of
from courses.models import Edition, Module
from courses.payload import Draft, Source, fingerprint
from courses.reading_text import lines_of_step


@dataclass(frozen=True)
class PlacedFault:
    """A reason not to give out, and the address where it is mended."""

    message: str
    title: str
    url: str


@dataclass(frozen=True)
class Reading:
    """A step in full, as lines of text, answers and explanations included."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Prospect:
    """A module's content as it stands, beside the last edition."""

    page: ModulePage
    draft: Draft
    last: Edition | None
    day: dt.date

    @cached_property
    def sha256(self) -> str:
        return fingerprint(self.draft)

    @cached_property
    def changes(self) -> list[StepDifference]:
        return differences(self.draft, self.last)

    @property
    def to_judge(self) -> list[StepDifference]:
        """The changed steps where editorial or material is the trainer's choice."""
        return [change for change in self.changes if change.may_be_material and not change.must_be_material]

    @property
    def touched(self) -> list[StepDifference]:
        """New, changed, moved and removed steps."""
        return [change for change in self.changes if change.change is not Change.UNCHANGED]

    @property
    def untouched(self) -> list[StepDifference]:
        return [change for change in self.changes if change.change is Change.UNCHANGED]

    @cached_property
    def is_unchanged(self) -> bool:
        return is_same_content(self.draft, self.last)

    @cached_property
    def faults(self) -> list[PlacedFault]:
        return [self.placed(fault) for fault in [*self._page_faults(), *faults_of(self.draft)]]

    def _page_faults(self) -> list[Fault]:
        return [] if self.page.live else [Fault("", "", _("The module’s own page is not published."))]

    @cached_property
    def _steps(self) -> dict[str, ModulePage]:
        return {step.key: step for step in self.page.get_children().specific() if hasattr(step, "key")}

    def placed(self, fault: Fault) -> PlacedFault:
        """Return the fault with a link to the block, the step or the module in the editor."""
        page = self._steps.get(fault.step_key, self.page)
        anchor = f"#block-{fault.block_id}-section" if fault.block_id else ""
        return PlacedFault(fault.message, page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]) + anchor)

    @property
    def overdue(self) -> list[Source]:
        return overdue_sources(self.draft, self.day)

    @cached_property
    def approval(self) -> LegalApproval | None:
        """The jurist's approval of exactly this content."""
        approvals = LegalApproval.objects.filter(module=self.page.module, content_sha256=self.sha256)
        return approvals.select_related("approved_by").first()

    @cached_property
    def outdated_approval(self) -> LegalApproval | None:
        """The latest approval, if it is of another content than this."""
        if self.approval:
            return None
        return LegalApproval.objects.filter(module=self.page.module).select_related("approved_by").first()

    @property
    def readings(self) -> list[Reading]:
        return [Reading(step.title, lines_of_step(step)) for step in self.draft.steps]

    @property
    def waiting(self) -> list[str]:
        """Titles of steps that have unpublished changes, which therefore would not be given out."""
        steps = self.page.get_children().order_by("path")
        return [step.draft_title for step in steps if step.has_unpublished_changes]


def prospect_of(page: ModulePage, day: dt.date) -> Prospect:
    """Return what would be given out of the module that day."""
    return Prospect(page=page, draft=compose_module(page), last=last_edition(page.module), day=day)


def last_edition(module: Module) -> Edition | None:
    """Return the edition with the highest number, also if it is not in force yet."""
    return last_of(module.editions.all())


def last_of(editions: QuerySet[Edition]) -> Edition | None:
    """Return the one with the highest number."""
    return editions.order_by("-major", "-minor").first()


def edition_before(edition: Edition) -> Edition | None:
    """Return the edition whose number comes right before, if there is one."""
    same_or_later = Q(major__gt=edition.major) | Q(major=edition.major, minor__gte=edition.minor)
    return last_of(edition.module.editions.exclude(same_or_later))
