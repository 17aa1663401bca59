"""Where a flowing document stands on its pages, and how its parts look. Lengths are points."""

from certificates.columns import Colour, Style
from certificates.fonts import Weight
from certificates.layout import DEEP, INK, MUTED
from certificates.structure import Box

LEFT, RIGHT = 56.0, 539.0
PAGE = Box(LEFT, 62, RIGHT, 770)
FIRST_TOP = 596.0
"""Where the first page begins: above it is the ornament."""
FOOT = 36.0
"""The baseline of page numbers."""
TOP_LINE = 800.0
"""The baseline of the running header."""

MIST: Colour = (0.902, 0.941, 0.933)
RULE: Colour = (0.780, 0.816, 0.824)
EDGE: Colour = (0.45, 0.53, 0.54)
WHITE: Colour = (1.0, 1.0, 1.0)

HEADINGS = {
    1: Style(Weight.LIGHT, 34, DEEP, leading=1.15),
    2: Style(Weight.SEMIBOLD, 18, DEEP, before=24, leading=1.25),
    3: Style(Weight.SEMIBOLD, 12.5, INK, before=16, leading=1.3),
    4: Style(Weight.SEMIBOLD, 10, DEEP, before=10, leading=1.3),
}
KICKER = Style(Weight.SEMIBOLD, 11.5, DEEP)
LEAD = Style(Weight.REGULAR, 14.5, INK, before=10, leading=1.36)
BODY = Style(Weight.REGULAR, 10, INK, before=6, leading=1.42)
QUIET = Style(Weight.REGULAR, 8.5, MUTED, before=4, leading=1.35)
STRONG = Style(Weight.SEMIBOLD, 10, INK, before=6, leading=1.42)
ENTRY = Style(Weight.REGULAR, 10, INK, before=4.5, leading=1.3)
RUNNING = Style(Weight.REGULAR, 8, MUTED)
CAPTION = Style(Weight.SEMIBOLD, 10, INK, before=12, leading=1.3)
COLUMN_TITLE = Style(Weight.SEMIBOLD, 8, DEEP, leading=1.18)
CELL = Style(Weight.REGULAR, 8.6, INK, leading=1.26)
TOTAL = Style(Weight.SEMIBOLD, 8.6, INK, leading=1.26)
SMALL_TITLE = Style(Weight.SEMIBOLD, 8.6, INK, leading=1.3)
SMALL_LABEL = Style(Weight.REGULAR, 8.2, INK, leading=1.35)
SMALL_VALUE = Style(Weight.SEMIBOLD, 8.2, INK, leading=1.35)
BAR_LABEL = Style(Weight.REGULAR, 8.6, INK, leading=1.2)
BAR_VALUE = Style(Weight.SEMIBOLD, 8.6, INK, leading=1.2)
