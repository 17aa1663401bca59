"""Small numbers: what a report leaves out so that nobody can be told apart. ADR 0019, `docs/small-numbers.md`.

No database, no clock, no chance: the same basis and the same earlier reports hide the same cells.
"""

from reports.suppression.hidden import MEASURES, Hidden, Shown
from reports.suppression.protecting import protect

__all__ = ["MEASURES", "Hidden", "Shown", "protect"]
