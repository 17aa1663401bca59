"""Why a certificate is not issued, replaced or revoked."""

from __future__ import annotations


class CannotBeDrawn(Exception):
    """A name or a title holds characters that no font has, or is far too long; the coordinator is told which."""


class CannotBeSealed(CannotBeDrawn):
    """The seal's key is missing, unfit or has run out, and the installation's rule is to wait for another one."""


class LifeRefused(Exception):
    """The certificate has been replaced or revoked already; nothing has changed."""


class HolderErased(Exception):
    """The holder's personal data has been taken away, so nothing is issued to her any more."""


class StorageFailed(Exception):
    """What was written could not be read back as it was."""
