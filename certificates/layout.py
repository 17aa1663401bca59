"""Where everything stands on the page of a certificate, and how it looks."""

from certificates.columns import Colour, Style
from certificates.fonts import Weight
from certificates.structure import Box

INK: Colour = (0.086, 0.149, 0.169)
DEEP: Colour = (0.043, 0.310, 0.361)
MUTED: Colour = (0.290, 0.353, 0.373)

# The places on the page, in points from its lower left corner. Nothing is drawn in the seal's where there is none.
LEFT, RIGHT = 70.0, 525.0
STORY = Box(LEFT, 204, RIGHT, 604)
LOGO = Box(RIGHT - 150, 556, RIGHT, 604)
PROOF = Box(LEFT, 82, 304, 180)
SEAL = Box(318, 90, 428, 174)
SEAL_TEXT = Box(SEAL.left, SEAL.bottom, SEAL.right, 145)
QR = Box(RIGHT - 84, 90, RIGHT, 174)
NOTES = Box(LEFT, 26, RIGHT, 70)

CITY = Style(Weight.SEMIBOLD, 12.5, DEEP, most_lines=2, smallest=10)
HEADING = Style(Weight.LIGHT, 60, DEEP, before=8, leading=1.15)
HOLDER = Style(Weight.SEMIBOLD, 27, INK, before=16, leading=1.2, most_lines=1, smallest=18)
COMPLETED = Style(Weight.REGULAR, 13, MUTED, before=4)
MODULE = Style(Weight.SEMIBOLD, 18, INK, before=6, leading=1.22, most_lines=2, smallest=14)
FACT = Style(Weight.REGULAR, 11, INK, before=4)
ABILITIES = Style(Weight.SEMIBOLD, 11, DEEP, before=20)
ABILITY = Style(Weight.REGULAR, 11, INK, before=2.5, leading=1.3, indent=15)
VERIFY = Style(Weight.SEMIBOLD, 9.5, DEEP, before=9)
ADDRESS = Style(Weight.REGULAR, 9, DEEP, before=2, most_lines=1, smallest=7)
DETAIL = Style(Weight.REGULAR, 9, INK, before=2)
NOTE = Style(Weight.REGULAR, 8.5, MUTED, before=0.5, leading=1.25)
SEALED = Style(Weight.SEMIBOLD, 9, DEEP, leading=1.25)
SEALER = Style(Weight.REGULAR, 9, INK, before=1, leading=1.2)
SEAL_DETAIL = Style(Weight.REGULAR, 7.5, MUTED, before=1.5, leading=1.2)
TEST = Style(Weight.SEMIBOLD, 9, MUTED)
