"""Issuing, replacing and revoking certificates.

The number and the row come first, then the page, then its bytes; each step may be repeated after a crash. One certificate
is a batch of one: there is no other way for many.
"""

from certificates.actions.issuing import BATCH, Outcome, issue, issue_many, missing_completions, what_stops
from certificates.actions.numbering import replace, replace_many, reserve, reserve_many, take_turns
from certificates.actions.refusals import CannotBeDrawn, CannotBeSealed, HolderErased, LifeRefused, StorageFailed
from certificates.actions.revoking import revoke
from certificates.actions.storing import Page, store, store_many, write_once

__all__ = [
    "BATCH",
    "CannotBeDrawn",
    "CannotBeSealed",
    "HolderErased",
    "LifeRefused",
    "Outcome",
    "Page",
    "StorageFailed",
    "issue",
    "issue_many",
    "missing_completions",
    "replace",
    "replace_many",
    "reserve",
    "reserve_many",
    "revoke",
    "store",
    "store_many",
    "take_turns",
    "what_stops",
    "write_once",
]
