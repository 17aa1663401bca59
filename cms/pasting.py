"""Pasting a step as text: it becomes a draft of its page, to be looked at, published and given out like any other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.loading.steps import page_of
from cms.loading.streams import StreamWriter
from cms.models import KnowledgeCheckPage, ModulePage
from cms.models.modules import StepPage
from cms.starter.errors import ContentError
from cms.starter.pasting import Known, read_pasted
from cms.starter.texts import CheckText, QuestionText, StepText
from courses.models import LegalSource, Symbol

MOST_CHARACTERS = 200_000


class PasteRefused(Exception):
    """The text fits no page of the module; nothing has changed. The text says why."""


class PasteForm(forms.Form):
    """The text, in the format of the content files."""

    text = forms.CharField(
        label=_("The step as text"),
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=_(
            "A lesson, cases, a judgement, a conversation or a knowledge check, written as in the content files; or only "
            "questions, which are added to the module's knowledge check. It becomes a draft and changes nothing for learners."
        ),
    )


def paste_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the text, or say on which lines it is wrong."""
    parent = get_object_or_404(ModulePage, pk=pk)
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    form = PasteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (page := _paste(form, parent, request.user)):
        messages.success(request, _("The draft of “%(title)s” is saved.") % {"title": page.draft_title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "cms/paste.html", {"form": form, "parent": parent})


def _paste(form: PasteForm, parent: ModulePage, by: Any) -> StepPage | None:
    try:
        return paste(form.cleaned_data["text"], parent, by)
    except ContentError as error:
        for problem in error.problems:
            form.add_error("text", _sentence(problem.line, problem.found, problem.expected))
    except PasteRefused as refused:
        form.add_error("text", str(refused))
    return None


def _sentence(line: int, found: str, expected: str) -> str:
    return _("Line %(line)s: %(found)s. Expected: %(expected)s.") % {"line": line, "found": found, "expected": expected}


@transaction.atomic
def paste(text: str, parent: ModulePage, by: Any) -> StepPage:
    """Save the text as a draft of the step with its key, or of a new one. Raises `ContentError` or `PasteRefused`."""
    sources = {source.key: source for source in LegalSource.objects.all()}
    signs = {sign.key: sign for sign in Symbol.objects.all()}
    found = read_pasted(text, Known(parent.objective_signs, sources, signs))
    writer = StreamWriter(sources, signs)
    if isinstance(found, tuple):
        return _add_questions(found, parent, writer, by)
    page = _page_for(found, parent, writer)
    return _save_draft(page, parent, by)


def _page_for(found: StepText | CheckText, parent: ModulePage, writer: StreamWriter) -> StepPage:
    kind, values = page_of(found, writer)
    siblings = [page for page in parent.get_children().specific() if isinstance(page, StepPage)]
    same = next((page for page in siblings if page.key == found.key), None)
    if same is not None and not isinstance(same, kind):
        raise PasteRefused(_("“%(title)s” has the same key and is of another kind.") % {"title": same.title})
    if any(page.slug == found.slug and page.pk != (same and same.pk) for page in siblings):
        raise PasteRefused(_("Another step of the module has the address %(slug)s.") % {"slug": found.slug})
    page = same.get_latest_revision_as_object() if same else kind(key=found.key)
    for name, value in values.items():
        setattr(page, name, value)
    return page


def _add_questions(questions: tuple[QuestionText, ...], parent: ModulePage, writer: StreamWriter, by: Any) -> StepPage:
    check = KnowledgeCheckPage.objects.child_of(parent).first()
    if check is None:
        raise PasteRefused(_("The module has no knowledge check yet. Make one first, or paste a whole one."))
    page = check.get_latest_revision_as_object()
    new = {question.id for question in questions}
    kept = [block for block in page.questions.get_prep_value() if block["id"] not in new]
    page.questions = [*kept, *writer.stream(questions)]
    return _save_draft(page, parent, by)


def _save_draft(page: StepPage, parent: ModulePage, by: Any) -> StepPage:
    is_new = page.pk is None
    if not is_new and not page.permissions_for_user(by).can_edit():
        raise PasteRefused(_("“%(title)s” is locked, or not yours to edit at present.") % {"title": page.title})
    if is_new:
        page.live, page.owner = False, by
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        log(instance=page, action="wagtail.create", user=by)
    page.save_revision(user=by, log_action=True)
    return page
