"""Modules of the starter content: written, published, given out."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.composing import compose_module
from cms.loading.steps import page_of
from cms.loading.streams import StreamWriter
from cms.loading.writing import touched_by_people, write
from cms.models import ModuleIndexPage, ModulePage
from cms.models.modules import StepPage, free_module_slug
from cms.starter.texts import CheckText, ModuleText, StepText
from courses.actions.give_out import give_out, overdue_sources
from courses.balance import Situation, situations_in
from courses.models import Edition, Module
from courses.payload import Cases, Check, Dialogue, Judgement, Lesson, read_payload

NAMESPACE = uuid.UUID("5a0d8c56-6d1f-4a53-9d43-6c5b0a3e8f10")


@dataclass(frozen=True)
class LoadedModule:
    """What the module's latest edition holds."""

    slug: str
    title: str
    edition: str
    lessons: int
    questions: int
    objectives: int
    left_alone: bool
    cases: int = 0
    judgements: int = 0
    dialogues: int = 0
    situations: tuple[Situation, ...] = ()


def load_module(text: ModuleText, writer: StreamWriter, *, at: dt.datetime) -> LoadedModule:
    """Bring pages and edition to the state of the files, unless somebody here has changed the module."""
    module = _module(text)
    page = ModulePage.objects.filter(module=module).first()
    last = module.editions.order_by("-major", "-minor").first()
    if page and changed_here(page, last):
        return _loaded(text, last, left_alone=True)
    page = page or ModulePage(module=module)
    is_changed = _write_module(page, text, writer)
    if is_changed or last is None:
        last = _give_out(page, text, last, at)
    return _loaded(text, last)


def _module(text: ModuleText) -> Module:
    key = uuid.uuid5(NAMESPACE, text.key)
    known = Module.objects.filter(key=key).first()
    return known or Module.objects.create(key=key, slug=free_module_slug(text.slug), title=text.title)


def changed_here(page: ModulePage, last: Edition | None) -> bool:
    """Whether somebody has edited, added, moved, removed or given out anything of the module."""
    steps = list(page.get_children().specific())
    keys = {step.key for step in steps if isinstance(step, StepPage)}
    given_out = {step["key"] for step in last.outline} if last else set()
    return (
        touched_by_people([page, *steps])
        or not given_out <= keys
        or page.module.editions.filter(sealed_by__isnull=False).exists()
    )


def _write_module(page: ModulePage, text: ModuleText, writer: StreamWriter) -> bool:
    """Write the module's page and its steps. Returns whether anything changed."""
    values = {
        "title": text.title,
        "slug": text.slug,
        "summary": text.summary,
        "for_whom": text.for_whom,
        "minutes": text.minutes,
        "responsible": text.responsible,
        "review_on": text.review_on,
        "objectives": [
            {"type": "objective", "id": objective.id, "value": {"sign": objective.id, "text": objective.text}}
            for objective in text.objectives
        ],
    }
    changes = [write(page, ModuleIndexPage.objects.get(), values, text.tags)]
    changes += [_write_step(page, step, writer) for step in (*text.steps, text.check)]
    keys = [*(step.key for step in text.steps), text.check.key]
    changes.append(_drop_others(page, set(keys)))
    changes.append(_keep_order(page, keys))
    return any(changes)


def _write_step(parent: ModulePage, text: StepText | CheckText, writer: StreamWriter) -> bool:
    kind, values = page_of(text, writer)
    page = kind.objects.child_of(parent).filter(key=text.key).first() or kind(key=text.key)
    return write(page, parent, values)


def _keep_order(parent: ModulePage, keys: list[str]) -> bool:
    """Put the steps in the order of the files."""
    steps = {step.key: step for step in parent.get_children().order_by("path").specific() if isinstance(step, StepPage)}
    if [key for key in steps if key in keys] == keys:
        return False
    for key in keys:
        Page.objects.get(pk=steps[key].pk).move(Page.objects.get(pk=parent.pk), pos="last-child")
    return True


def _drop_others(parent: ModulePage, keys: set[str]) -> bool:
    """Unpublish steps that the files no longer have."""
    others = [step for step in parent.get_children().live().specific() if step.key not in keys]
    for step in others:
        step.unpublish()
    return bool(others)


def _give_out(page: ModulePage, text: ModuleText, last: Edition | None, at: dt.datetime) -> Edition:
    draft = compose_module(ModulePage.objects.get(pk=page.pk))
    overdue = overdue_sources(draft, timezone.localdate(at))
    return give_out(
        module=page.module,
        draft=draft,
        material=frozenset(),
        change_note=_("The text files have changed.") if last else _("The first edition."),
        in_force_from=text.in_force_from,
        based_on=last,
        overdue_reason=_("The starter content was loaded before every legal source had been checked.") if overdue else "",
        by=None,
        at=at,
        backdated=True,
    )


def _loaded(text: ModuleText, edition: Edition | None, *, left_alone: bool = False) -> LoadedModule:
    steps = read_payload(edition.payload).content.steps if edition else ()
    return LoadedModule(
        slug=edition.module.slug if edition else text.slug,
        title=text.title,
        edition=edition.number if edition else "",
        lessons=sum(isinstance(step, Lesson) for step in steps),
        questions=sum(len(step.questions) for step in steps if isinstance(step, Lesson | Check)),
        objectives=len(read_payload(edition.payload).content.objectives) if edition else 0,
        left_alone=left_alone,
        cases=sum(len(step.cases) for step in steps if isinstance(step, Cases)),
        judgements=sum(isinstance(step, Judgement) for step in steps),
        dialogues=sum(isinstance(step, Dialogue) for step in steps),
        situations=tuple(situations_in(steps)),
    )
