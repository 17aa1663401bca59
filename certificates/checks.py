"""What `manage.py check --deploy` says of the seal, to whoever sets the installation up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, register
from django.core.checks import Warning as CheckWarning
from django.utils import timezone

from certificates.seals import Standing, in_words, seal_state


@register(deploy=True)
def seal_works(**_kwargs: Any) -> list[CheckMessage]:
    """Warn of a seal that does not work, or soon will not. A city that has none by choice is only told so."""
    state = seal_state(timezone.now())
    if state.is_ready:
        return []
    hint = "docs/certificates.md says how to renew the key. SEAL_WHEN_MISSING decides whether certificates wait for it."
    is_chosen = state.standing is Standing.MISSING and not (settings.SEAL_PKCS12 or settings.SEAL_CERTIFICATE)
    if is_chosen and not state.waits:
        return [Info(in_words(state), hint="See SEAL_PKCS12 in .env.example.", id="certificates.I001")]
    return [CheckWarning(" ".join(filter(None, (in_words(state), state.fault))), hint=hint, id="certificates.W001")]
