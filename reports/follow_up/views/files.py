"""The files of a report: those that were stored when it was published, whose bytes never change."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from reports.follow_up.access import for_readers
from reports.follow_up.composing import draft_of
from reports.follow_up.outputs import OUTPUTS, make
from reports.follow_up.states import State, frozen, state_of
from reports.models import Cycle, Output, cycle_settings

CONTENT_TYPES = {
    "pdf": "application/pdf",
    **{ending: one.content_type for ending, one in OUTPUTS.items()},
}
HASHES = "sha256"
"""The ending of the list of hashes, in the form that `sha256sum --check` reads."""
A_YEAR = 365 * 24 * 3600


@require_safe
@for_readers
def report_file(request: HttpRequest, cycle: Cycle, ending: str) -> HttpResponse:
    """One format of the report, with the errata made so far. With `?v=` and its hash it may be kept for good."""
    if ending == HASHES and state_of(cycle) is State.PUBLISHED:
        return _hashes(cycle)
    # PostgreSQL takes no NUL.
    if ending not in CONTENT_TYPES or "\0" in request.GET.get("v", ""):
        raise Http404
    if state_of(cycle) is not State.PUBLISHED:
        return _draft(cycle, ending)
    stored = Output.objects.filter(publication__follow_up__cycle=cycle, ending=ending).order_by("-errata")
    asked = stored.filter(sha256=request.GET["v"]) if "v" in request.GET else stored
    newest = asked.defer("content").first()
    if newest is None:
        raise Http404
    return _conditional(request, newest, _name(cycle, ending))


def _name(cycle: Cycle, ending: str) -> str:
    return f"uppfoljning-{cycle.year}-{cycle.period}.{ending}"


def _hashes(cycle: Cycle) -> HttpResponse:
    """A line a file: the hash of what is handed out now, and the name that it is saved by."""
    lines = [f"{sha256}  {_name(cycle, ending)}\n" for ending, sha256 in sorted(hashes_of(cycle).items())]
    answer = HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(cycle, HASHES)}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


def hashes_of(cycle: Cycle) -> dict[str, str]:
    """Return the SHA-256 of each file as it is handed out now, by ending; one query."""
    stored = Output.objects.filter(publication__follow_up__cycle=cycle).order_by("errata")
    return dict(stored.values_list("ending", "sha256"))


def _conditional(request: HttpRequest, output: Output, name: str) -> HttpResponse:
    """The file, or that the reader has it already."""
    etag = f'"{output.sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(bytes(output.content), content_type=CONTENT_TYPES[output.ending])
        answer["Content-Disposition"] = f'{"inline" if output.ending == "pdf" else "attachment"}; filename="{name}"'
    answer["ETag"] = etag
    kept = f"max-age={A_YEAR}, immutable" if "v" in request.GET else "no-cache"
    answer["Cache-Control"] = f"private, {kept}"
    return answer


def _draft(cycle: Cycle, ending: str) -> HttpResponse:
    """Made anew each time; the name of the file says, as its content does, that it is a draft."""
    if ending not in OUTPUTS:
        raise Http404
    content = make(draft_of(frozen(cycle)), ending, cycle_settings().steering)
    answer = HttpResponse(content, content_type=CONTENT_TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="UTKAST-uppfoljning-{cycle.year}-{cycle.period}.{ending}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
