"""The certificate's ornament: water that parts around a stone and closes again behind it.

The lines are the streamlines of an ideal flow past a cylinder, on a slow swell: what meets resistance finds its way and
goes on. They are worked out once; every certificate of the same drawing version has the same ones.
"""

import zlib
from functools import cache
from itertools import pairwise
from math import cos, exp, pi, sin, sqrt

_STONE_X, _STONE_Y = 418.0, 722.0
_RADIUS = 31.0
_LINES_EACH_SIDE = 8
_FIRST_LINE = 4.5
_SPACING = 8.0
_WIDENING = 1.06
_DEEP = (0.043, 0.310, 0.361)
_PALEST = 0.72  # how far the outermost lines have faded towards white
_SCALE = 4  # steps a point, counted from the stone: small whole numbers are shorter in the file than decimals

# Where the lines are measured, from the stone to beyond both edges of the page; close together where they bend.
_STATIONS = (-438, -368, -298, -228, -158, -98, -60, -40, -28, -15, 0, 15, 28, 40, 60, 98, 142, 198)


@cache
def compressed_ornament() -> bytes:
    """The ornament as a backdrop: marked as decoration, and compressed by zlib."""
    return zlib.compress(f"/Artifact <</Type/Layout>> BDC\n{ornament_operators()}\nEMC".encode(), level=9)


def ornament_operators() -> str:
    """PDF operators that draw the water and the stone across the top of an A4 page."""
    place = f"q {1 / _SCALE} 0 0 {1 / _SCALE} {_STONE_X} {_STONE_Y} cm 1 J"
    return "\n".join([place, *map(_line, range(2 * _LINES_EACH_SIDE)), _stone(), "Q"])


def _line(number: int) -> str:
    place = number // 2
    outwards = place / (_LINES_EACH_SIDE - 1)
    distance = _FIRST_LINE + _SPACING * (_WIDENING**place - 1) / (_WIDENING - 1)
    colour = " ".join(f"{channel + (1 - channel) * _PALEST * outwards:.2f}" for channel in _DEEP)
    thickness = _SCALE * (0.95 - 0.5 * outwards)
    return f"{colour} RG {thickness:.1f} w\n{_curve(distance if number % 2 else -distance)} S"


def _curve(distance: float) -> str:
    """The streamline as Bézier curves from station to station that share each station's slope."""
    parts = [_numbers(_STATIONS[0], _height(_STATIONS[0], distance)) + " m"]
    for start, end in pairwise(_STATIONS):
        third = (end - start) / 3
        leaving = _height(start, distance) + third * _slope(start, distance)
        arriving = _height(end, distance) - third * _slope(end, distance)
        handles = _numbers(start + third, leaving, end - third, arriving)
        parts.append(f"{handles} {_numbers(end, _height(end, distance))} c")
    return "\n".join(parts)


def _numbers(*values: float) -> str:
    return " ".join(str(round(value * _SCALE)) for value in values)


def _slope(x: float, distance: float) -> float:
    return _height(x + 0.5, distance) - _height(x - 0.5, distance)


def _height(x: float, distance: float) -> float:
    """How far above the stone's middle the streamline runs that is `distance` above it where the water is calm."""
    parted = _parted(x, abs(distance))
    near = exp(-((x / 110) ** 2) - (parted / 90) ** 2)
    return (parted if distance > 0 else -parted) + _swell(x, distance) * (1 - near)


def _parted(along: float, distance: float) -> float:
    """The y for which y·(1 − R²/(x² + y²)) is the distance: the equation of the flow, solved by bisection."""
    low, high = max(distance, sqrt(max(_RADIUS**2 - along**2, 0.0))), distance + _RADIUS
    for _ in range(40):
        middle = (low + high) / 2
        if middle * (1 - _RADIUS**2 / (along**2 + middle**2)) < distance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _swell(x: float, distance: float) -> float:
    phase = distance / 75
    return 7 * sin(2 * pi * x / 430 + phase - 0.175) + 2.5 * cos(2 * pi * x / 210 + 1.7 * phase)


def _stone() -> str:
    """A round spot: a line of no length, as thick as the stone and with round ends."""
    colour = " ".join(f"{channel:.3f}" for channel in _DEEP)
    return f"{colour} RG {round(2 * (_RADIUS - 5) * _SCALE)} w 0 0 m 0 0 l S"


_RINGS = ((3.2, 0.0), (6.2, 0.9), (9.4, 0.65), (12.8, 0.45))  # radius and thickness in points, from the middle outwards
_ROUND = 0.5523  # how long the handles of a quarter of a circle are


def rings_operators(left: float, top: float) -> str:
    """PDF operators for the mark of a seal: what a stone leaves on water, its upper left corner at this place."""
    outermost = _RINGS[-1][0]
    colour = " ".join(f"{channel:.3f}" for channel in _DEEP)
    rings = "\n".join(f"{thickness} w {_circle(radius)} {'S' if thickness else 'f'}" for radius, thickness in _RINGS)
    return f"q {colour} RG {colour} rg 1 0 0 1 {left + outermost:.2f} {top - outermost:.2f} cm\n{rings}\nQ"


def _circle(radius: float) -> str:
    handle = radius * _ROUND
    quarters = []
    for cosine, sine in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        points = ((radius, handle), (handle, radius), (0.0, radius))
        turned = [f"{x * cosine - y * sine:.2f} {x * sine + y * cosine:.2f}" for x, y in points]
        quarters.append(" ".join(turned) + " c")
    return f"{radius} 0 m {' '.join(quarters)}"
