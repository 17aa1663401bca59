"""The pages of one report: the report itself, and what stands on pages of its own."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports.follow_up.access import for_readers
from reports.follow_up.composing import report_of
from reports.follow_up.report import Report, Section
from reports.follow_up.states import State, state_of
from reports.follow_up.views.drawing import all_drawn, drawn
from reports.follow_up.views.files import HASHES
from reports.models import Cycle

OWN_PAGES = {
    "verksamheter": "boards",
    "forandringar": "changes",
    "aktiviteter": "activities",
    "innehallet": "content",
    "kommentarer": "comments",
}
"""Sections that are long, or grow with the number of departments, by the end of their address."""


@never_cache
@require_safe
@for_readers
def report(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The report, with its corrections first."""
    found = report_of(cycle.follow_up)
    own = {key: _address(cycle, slug) for slug, key in OWN_PAGES.items()}
    sections = [_without_pages(section, own) for section in found.sections]
    shown = [replace(one, url=own.get(one.key, "")) for one in all_drawn(sections)]
    context = _common(cycle, found) | {"sections": shown, "files": _files(cycle)}
    return render(request, "reports/follow_up/report.html", context)


@never_cache
@require_safe
@for_readers
def part(request: HttpRequest, cycle: Cycle, slug: str) -> HttpResponse:
    """A section that has a page of its own."""
    return _page(request, cycle, report_of(cycle.follow_up), OWN_PAGES.get(slug, ""))


@never_cache
@require_safe
@for_readers
def board(request: HttpRequest, cycle: Cycle, unit: str) -> HttpResponse:
    """A board with everything below it."""
    found = report_of(cycle.follow_up)
    key = next((one.key for one in _board_sections(found) if one.unit == unit), "")
    return _page(request, cycle, found, key)


def _page(request: HttpRequest, cycle: Cycle, found: Report, key: str) -> HttpResponse:
    section = next((one for one in found.all_sections() if key and one.key == key), None)
    if section is None:
        raise Http404
    is_of_all = section.key == "boards"
    shown = drawn(replace(section, sections=()) if is_of_all else section, 1)
    context = _common(cycle, found) | {"section": shown, "boards": _boards(cycle, found) if is_of_all else []}
    return render(request, "reports/follow_up/part.html", context)


def _common(cycle: Cycle, found: Report) -> dict[str, object]:
    errata = drawn(found.errata, 2) if found.errata else None
    return {"cycle": cycle, "report": found, "errata": errata, "is_draft": found.envelope.is_draft}


def _without_pages(section: Section, own: dict[str, str]) -> Section:
    """The section without what stands on pages of its own."""
    return replace(section, blocks=(), sections=()) if section.key in own else section


def _board_sections(found: Report) -> list[Section]:
    return [one for section in found.sections if section.key == "boards" for one in section.sections]


def _boards(cycle: Cycle, found: Report) -> list[dict[str, str]]:
    return [
        {"title": one.title, "url": reverse("follow_up_board", args=[cycle.year, cycle.period, one.unit])}
        for one in _board_sections(found)
    ]


def _files(cycle: Cycle) -> list[tuple[str, str]]:
    labels = {
        "pdf": _("To print and to file (PDF)"),
        "xlsx": _("Workbook for Excel (XLSX)"),
        "csv": _("The figures as CSV"),
        "json": _("For other systems (JSON)"),
        "tsv": _("For steering systems (tab-separated)"),
    }
    if state_of(cycle) is State.PUBLISHED:
        labels[HASHES] = _("The files’ hashes, to check them by (SHA-256)")
    return [(reverse("follow_up_file", args=[cycle.year, cycle.period, ending]), label) for ending, label in labels.items()]


def _address(cycle: Cycle, slug: str) -> str:
    return reverse("follow_up_part", args=[cycle.year, cycle.period, slug])
