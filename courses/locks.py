"""What only this site can open: keys made of its own, one for each purpose, so that what is made for one fits no other."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def locks_for(purpose: str) -> MultiFernet:
    """Return what seals with the site's present key, and opens with its earlier ones too."""
    return MultiFernet([_lock(purpose, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _lock(purpose: str, secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}|{secret}".encode()).digest()))
