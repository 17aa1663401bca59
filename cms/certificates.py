"""Certificates in the administration: found by number, replaced when a name was wrong, revoked when they must not hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.actions import HolderErased, LifeRefused, replace, revoke, what_stops
from certificates.models import Certificate, CertificateQuerySet
from certificates.seals import seal_state
from certificates.tasks import queue_certificate
from organisation.models import log_event

MANAGE = "certificates.change_certificate"
MENDING_SHOWN = 50


class NumberForm(forms.Form):
    """The number that stands on the certificate."""

    nummer = forms.CharField(label=_("The certificate's number"), max_length=20, strip=True)


class EndForm(forms.Form):
    """What is to be done, and why; the reason is stored and never shown to whoever checks the certificate."""

    REPLACE, REVOKE = "replace", "revoke"
    do = forms.ChoiceField(
        label=_("What is to be done"),
        choices=[
            (REPLACE, _("Replace it: a new certificate with the name as it is now")),
            (REVOKE, _("Revoke it: it holds no longer")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is stored, and never shown to whoever checks the certificate."),
    )


def find_certificate(request: HttpRequest) -> HttpResponse:
    """Ask for a number, and lead to its certificate."""
    _require(request)
    form = NumberForm(request.GET if "nummer" in request.GET else None)
    if form.is_valid():
        number = form.cleaned_data["nummer"].upper()
        if Certificate.objects.filter(number=number).exists():
            return redirect("certificate_admin", number=number)
        form.add_error("nummer", _("There is no certificate with that number."))
    waiting = mending_list(Certificate.objects.to_be_mended())
    return render(request, "cms/find_certificate.html", {"form": form, "undrawn": waiting})


def mending_list(waiting: CertificateQuerySet) -> list[tuple[str, str]]:
    """Return the number of each certificate that could not be drawn, and why, as many as a page shows."""
    return [(one.number, what_stops(one)) for one in waiting[:MENDING_SHOWN]]


def certificate_admin(request: HttpRequest, number: str) -> HttpResponse:
    """Show what stands on the certificate, and end it. Every look is an event."""
    _require(request)
    found = Certificate.objects.select_related(
        "document", "revocation__revoked_by", "replaced_by", "replaces", "renews", "erased__erasure", "completion__edition"
    )
    certificate = get_object_or_404(found, number=number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _end(request, certificate, form):
        return redirect("certificate_admin", number=number)
    if request.method != "POST":
        log_event("certificate.viewed", certificate, by=request.user, at=timezone.now())
    is_stopped = Certificate.objects.to_be_mended().filter(pk=certificate.pk).exists()
    context = {
        "certificate": certificate,
        "form": form,
        "stopped": what_stops(certificate) if is_stopped else "",
        "waits_for_seal": seal_state(timezone.now()).waits,
    }
    return render(request, "cms/certificate.html", context)


def _end(request: HttpRequest, certificate: Certificate, form: EndForm) -> bool:
    done: dict[str, Any] = {"reason": form.cleaned_data["reason"], "by": request.user, "at": timezone.now()}
    try:
        if form.cleaned_data["do"] == EndForm.REVOKE:
            revoke(certificate, **done)
            messages.success(request, _("The certificate is revoked. Whoever checks it is told so."))
        else:
            # Another copy: when it is refused, this one must not go on knowing the new one.
            new = replace(Certificate.objects.get(pk=certificate.pk), **done)
            queue_certificate(certificate.completion_id)
            messages.success(request, _("Certificate %(number)s comes instead.") % {"number": new.number})
    except LifeRefused as refused:
        form.add_error(None, str(refused))
        return False
    except HolderErased:
        form.add_error(None, _("The holder's personal data is erased: nothing is issued to that person any more."))
        return False
    return True


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(MANAGE):
        raise PermissionDenied
