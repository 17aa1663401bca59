"""Why a file cannot be read or written, in words."""

from __future__ import annotations

import errno

from django.utils.translation import gettext as _


def reason_of(error: OSError) -> str:
    """Return the reason in the reader's language where it is a common one, and as the system says it otherwise."""
    known = {
        errno.ENOENT: _("it does not exist"),
        errno.ENOTDIR: _("it does not exist"),
        errno.EISDIR: _("it is a folder"),
        errno.EACCES: _("this account may not use it"),
        errno.EROFS: _("nothing may be written there"),
        errno.ENOSPC: _("the disk is full"),
        errno.ENAMETOOLONG: _("its name is too long"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)
