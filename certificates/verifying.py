"""The open page where anybody sees whether a certificate is genuine: no login, no cookie, and no way to try all codes.

Only wrong codes and files are counted: whoever guesses meets mostly those, and whoever holds a certificate none.
"""

from __future__ import annotations

import hashlib

from allauth.core.internal.ratelimit import consume, get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.forms import MOST_BYTES, TOO_LARGE, CodeForm, FileForm
from certificates.verification import Finding, Verdict, verify_code, verify_document

FORM_BYTES = 10 * 1024
"""What a form may add to the file that it carries."""
REFUSED = 422
TOO_MANY = 429
WRONG_ALLOWED = "30/m/ip"
PAUSE_SECONDS = 300
COME_BACK = {"Retry-After": str(PAUSE_SECONDS)}


# Nothing is changed and nobody is logged in here, so a forged request can do no harm; a token would need a cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Show the form; answer about the code of `?kod=`, or about the file of a POST."""
    if request.method == "POST":
        return _answer_about_file(request)
    if "kod" not in request.GET:
        return _page(request)
    # Whatever is written is looked up: what cannot be a code gets the same answer as one that is unknown.
    if code := request.GET["kod"].strip():
        return _answer_about_code(request, code)
    return _page(request, wrong=CodeForm({}))


@never_cache
@require_safe
def verify_address(request: HttpRequest, code: str) -> HttpResponse:
    """Answer about the code in the address, as the QR code on the paper asks."""
    return _answer_about_code(request, code)


@never_cache
@require_safe
def verify_json(request: HttpRequest, code: str) -> HttpResponse:
    """Answer about a code, to a machine."""
    if _is_paused(request):
        return JsonResponse({"error": "too many requests"}, status=TOO_MANY, headers=COME_BACK)
    return JsonResponse(as_data(_counted(request, verify_code(code, timezone.localdate()))))


def _answer_about_code(request: HttpRequest, code: str) -> HttpResponse:
    if _is_paused(request):
        return render(request, "429.html", status=TOO_MANY)
    return _page(request, finding=_counted(request, verify_code(code, timezone.localdate())), written=code)


def _answer_about_file(request: HttpRequest) -> HttpResponse:
    if _is_paused(request):
        return render(request, "429.html", status=TOO_MANY)
    form = _file_form(request)
    if not form.is_valid():
        return _page(request, wrong=form)
    content = form.cleaned_data["fil"].read()
    return _page(request, finding=_counted(request, verify_document(content, timezone.localdate())))


def _file_form(request: HttpRequest) -> FileForm:
    """Return the form; the size is asked for before the body is read, so that nothing large is ever taken in."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and int(length) <= MOST_BYTES + FORM_BYTES:
        return FileForm(request.POST, request.FILES)
    form = FileForm({})
    form.full_clean()
    form.errors["fil"] = form.error_class([str(TOO_LARGE)])
    return form


def _page(
    request: HttpRequest, *, finding: Finding | None = None, wrong: CodeForm | FileForm | None = None, written: str = ""
) -> HttpResponse:
    """Show the answer and the forms; a code that was `written` and is unknown stands there to be corrected."""
    is_unknown = finding is not None and finding.verdict is Verdict.UNKNOWN
    forms = {"code_form": CodeForm(initial={"kod": written} if is_unknown else None), "file_form": FileForm()}
    if wrong is not None:
        forms |= {"code_form" if isinstance(wrong, CodeForm) else "file_form": wrong, "form": wrong}
    return render(request, "certificates/verify.html", {**forms, "finding": finding}, status=REFUSED if wrong else 200)


def _is_paused(request: HttpRequest) -> bool:
    """Whether too many wrong codes came from there; one read of the cache that all web processes share."""
    return bool(cache.get(_pause_key(request)))


def _counted(request: HttpRequest, finding: Finding) -> Finding:
    """Return the finding; an unknown one is counted, and too many make a pause."""
    if finding.verdict is Verdict.UNKNOWN and not _is_allowed(request):
        cache.set(_pause_key(request), True, PAUSE_SECONDS)
    return finding


def _is_allowed(request: HttpRequest) -> bool:
    # allauth's public function never counts a GET, and a code comes with one.
    return bool(consume(request, app="certificates", action="verify", config={"verify": WRONG_ALLOWED}, limit_get=True))


def _pause_key(request: HttpRequest) -> str:
    where = str(get_ip(request))
    return f"verify-pause-{hashlib.sha256(where.encode()).hexdigest()}"


def as_data(finding: Finding) -> dict[str, str | None]:
    """Return a finding as machines read it; absent values are null."""
    sheet = finding.sheet
    return {
        "verdict": finding.verdict.value,
        "number": finding.number or None,
        "holder": sheet.holder if sheet else None,
        "module": sheet.module if sheet else None,
        "edition": sheet.edition if sheet else None,
        "completed_on": sheet.completed_on.isoformat() if sheet else None,
        "issued_on": sheet.issued_on.isoformat() if sheet else None,
        "valid_through": finding.valid_through.isoformat() if finding.valid_through else None,
        "revoked_on": finding.revoked_on.isoformat() if finding.revoked_on else None,
        "replaced_by": finding.replaced_by or None,
        "renewed_by": finding.renewed_by or None,
        "erased_by_decision": finding.erased_by or None,
        "sealed_by": finding.sealed_by or None,
    }
