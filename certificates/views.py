"""The holder's own certificates."""

from __future__ import annotations

import logging
from http.client import SERVICE_UNAVAILABLE
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from certificates.holding import holding
from certificates.models import Certificate, DocumentLost, stopped_certificates
from certificates.seals import seal_state
from organisation.models import User

logger = logging.getLogger(__name__)


@login_required
@never_cache
def my_certificates(request: HttpRequest) -> HttpResponse:
    """Show the certificates that count, those on their way, and what became of the earlier ones."""
    user = cast(User, request.user)
    held = holding(user, timezone.localdate())
    context = {
        "held": held,
        "counting": [one for one in held if one.counts],
        "earlier": [one for one in held if not one.counts],
        "stopped": stopped_certificates(user),
        "waits_for_seal": seal_state(timezone.now()).waits,
    }
    return render(request, "certificates/mine.html", context)


@login_required
@never_cache
def document(request: HttpRequest, number: str) -> HttpResponse:
    """Answer with the stored bytes, to their holder only."""
    mine = Certificate.objects.held_by(cast(User, request.user)).select_related("document")
    certificate = get_object_or_404(mine.exclude(document=None).filter(erased=None), number=number)
    try:
        content = certificate.document.read()
    except DocumentLost:
        logger.exception("The file of certificate %s cannot be read", certificate.number)
        return render(request, "certificates/lost.html", {"number": certificate.number}, status=SERVICE_UNAVAILABLE)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.number}.pdf"'
    return response
