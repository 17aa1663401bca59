"""Giving out: seals a module's content as an edition, in one transaction, or refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.differences import StepDifference, compare, content_of
from courses.faults import Fault, faults_of
from courses.models import Edition, EditionSource, FormerSlug, LegalSource, Module, Step
from courses.payload import Draft, Payload, Review, Source, StepContent, canonical, fingerprint, to_data
from organisation.models import User, log_event


class GiveOutRefused(Exception):
    """The draft was not given out; nothing has changed."""

    def __init__(self, reasons: list[Fault]) -> None:
        super().__init__("; ".join(reason.message for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Terms:
    """What the trainer decided about the edition. `material` holds the keys of changed steps to be taken again."""

    material: frozenset[str]
    change_note: str
    in_force_from: dt.date
    overdue_reason: str = ""
    review: Review | None = None
    backdated: bool = False


@transaction.atomic
def give_out(
    *,
    module: Module,
    draft: Draft,
    material: frozenset[str],
    change_note: str,
    in_force_from: dt.date,
    based_on: Edition | None,
    review: Review | None = None,
    overdue_reason: str = "",
    by: User | None,
    at: dt.datetime,
    backdated: bool = False,
) -> Edition:
    """Seal the draft as the module's next edition and return it.

    `based_on` is the last edition that the trainer saw. `backdated` is for content that was in use before it came here.
    Raises `GiveOutRefused` with every reason; then nothing has changed.
    """
    terms = Terms(material, change_note.strip(), in_force_from, overdue_reason.strip(), review, backdated)
    module = Module.objects.select_for_update().get(pk=module.pk)
    last = module.editions.order_by("-major", "-minor").first()
    changes = compare(draft, content_of(last))
    reasons = [
        *faults_of(draft),
        *_refusals(draft, changes, terms, last, based_on, timezone.localdate(at)),
        *_slug_taken(module, draft),
    ]
    if reasons:
        raise GiveOutRefused(reasons)
    edition = _seal(module, draft, changes, terms, last, by, at)
    _follow(module, draft)
    log_event("edition.given_out", edition, by=by, at=at, number=edition.number, sha256=edition.sha256)
    return edition


def overdue_sources(draft: Draft, day: dt.date) -> list[Source]:
    """Return the draft's legal sources that were never checked, or whose check-again day has passed."""
    return [source for source in draft.sources if source.check_again_on is None or source.check_again_on < day]


def is_same_content(draft: Draft, last: Edition | None) -> bool:
    """Whether the draft says exactly what the last edition says, legal checks included."""
    old = content_of(last)
    return old is not None and _without_revisions(draft) == _without_revisions(old)


def _without_revisions(draft: Draft) -> Draft:
    steps = tuple(msgspec.structs.replace(step, material_revision=1) for step in draft.steps)
    return msgspec.structs.replace(draft, steps=steps)


def _refusals(
    draft: Draft, changes: list[StepDifference], terms: Terms, last: Edition | None, based_on: Edition | None, today: dt.date
) -> Iterator[Fault]:
    if (last and last.pk) != (based_on and based_on.pk):
        yield Fault("", "", _("Somebody else has given out an edition since you opened the page. Look at it first."))
    if is_same_content(draft, last):
        yield Fault("", "", _("Nothing has changed since the last edition."))
    if not terms.change_note:
        yield Fault("", "", _("Say in one sentence what has changed."))
    if overdue_sources(draft, today) and not terms.overdue_reason:
        yield Fault("", "", _("A legal source should have been checked again. Say why the edition is given out all the same."))
    if terms.in_force_from < today and not terms.backdated:
        yield Fault("", "", _("An edition cannot come into force on a day that has passed."))
    if last and terms.in_force_from < last.in_force_from:
        yield Fault("", "", _("An edition cannot come into force before the one that it follows."))
    for key in sorted(terms.material - {change.key for change in changes if change.may_be_material}):
        yield Fault(key, "", _("Only a step that is new or changed can be material."))


def _slug_taken(module: Module, draft: Draft) -> Iterator[Fault]:
    others = Module.objects.exclude(pk=module.pk).filter(slug=draft.slug).exists()
    if others or FormerSlug.objects.exclude(module=module).filter(slug=draft.slug).exists():
        yield Fault("", "", _("Another module has, or has had, the address %(slug)s.") % {"slug": draft.slug})


def _seal(
    module: Module,
    draft: Draft,
    changes: list[StepDifference],
    terms: Terms,
    last: Edition | None,
    by: User | None,
    at: dt.datetime,
) -> Edition:
    raised = {change.key for change in changes if change.must_be_material} | terms.material
    steps = tuple(_with_revision(module, step, raised) for step in draft.steps)
    major, minor = _next_number(last, bool(raised))
    payload = Payload(
        module=str(module.key),
        number=f"{major}.{minor}",
        language="sv",
        in_force_from=terms.in_force_from,
        change_note=terms.change_note,
        content=msgspec.structs.replace(draft, steps=steps),
        review=terms.review,
        overdue_reason=terms.overdue_reason,
    )
    edition = _store(module, payload, (major, minor), by, at)
    Step.objects.bulk_create(_step_row(edition, position, step) for position, step in enumerate(steps, start=1))
    _store_sources(edition, steps)
    return edition


def _next_number(last: Edition | None, is_material: bool) -> tuple[int, int]:
    if last is None:
        return 1, 0
    return (last.major + 1, 0) if is_material else (last.major, last.minor + 1)


def _with_revision(module: Module, step: StepContent, raised: set[str]) -> StepContent:
    """A step that was away keeps counting from where it was, so that old progress never answers for new content."""
    revisions = Step.objects.filter(edition__module=module, key=step.key).values_list("material_revision", flat=True)
    highest = max(revisions, default=0)
    return msgspec.structs.replace(step, material_revision=highest + 1 if step.key in raised else highest)


def _store(module: Module, payload: Payload, number: tuple[int, int], by: User | None, at: dt.datetime) -> Edition:
    review = payload.review
    return Edition.objects.create(
        module=module,
        major=number[0],
        minor=number[1],
        title=payload.content.title,
        in_force_from=payload.in_force_from,
        sealed_at=at,
        sealed_by=by,
        change_note=payload.change_note,
        overdue_reason=payload.overdue_reason,
        reviewed_by=review.by if review else "",
        reviewed_on=review.on if review else None,
        payload=canonical(payload).decode(),
        outline=[outline_of(step) for step in payload.content.steps],
        sha256=fingerprint(payload),
    )


def outline_of(step: StepContent) -> dict[str, str | int]:
    """Return the line of `Edition.outline` that stands for a step."""
    return {
        "key": step.key,
        "slug": step.slug,
        "title": step.title,
        "kind": to_data(step)["kind"],
        "minutes": step.minutes,
        "material_revision": step.material_revision,
    }


def _step_row(edition: Edition, position: int, step: StepContent) -> Step:
    return Step(edition=edition, position=position, content=to_data(step), **outline_of(step))


def _store_sources(edition: Edition, steps: tuple[StepContent, ...]) -> None:
    keys = {key for step in steps for key in step.source_keys}
    ids = dict(LegalSource.objects.filter(key__in=keys).values_list("key", "pk"))
    EditionSource.objects.bulk_create(
        EditionSource(edition=edition, step_key=step.key, source_id=ids[key]) for step in steps for key in step.source_keys
    )


def _follow(module: Module, draft: Draft) -> None:
    """Let the module's address and title follow the edition; the old address leads on."""
    if module.slug != draft.slug:
        FormerSlug.objects.filter(slug=draft.slug).delete()
        FormerSlug.objects.get_or_create(slug=module.slug, module=module)
    module.slug, module.title = draft.slug, draft.title
    module.save(update_fields=["slug", "title"])
