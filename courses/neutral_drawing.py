"""Own drawings of signs: SVG written anew from the few elements and attributes that draw and do nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from django.utils.translation import gettext as _

NAMESPACE = "http://www.w3.org/2000/svg"
MOST_BYTES = 20_000
SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}
SPOKEN = {"title", "desc", "metadata"}
"""Elements that say something in words and are left out: the entry says it beside the drawing."""
ATTRIBUTES = {
    *("viewBox", "width", "height", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points"),
    *("fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity"),
    *("transform", "stroke-miterlimit", "stroke-dasharray"),
}
_PLAIN = re.compile(r"[\w\s.,()#%+-]*", re.ASCII)


class UnsafeDrawing(ValueError):
    """It is no drawing, or more than one; the text says what, to whoever sent it."""


def neutral_drawing(text: str) -> str:
    """Return the drawing with shapes alone. Raises `UnsafeDrawing` for anything that could act, link, write or fetch."""
    if len(text.encode()) > MOST_BYTES:
        raise UnsafeDrawing(_("The drawing is larger than 20 kB. Make it simpler."))
    body = re.sub(r"^\s*<\?xml[^>]*\?>|<!--.*?-->", "", text, flags=re.DOTALL).strip()
    if "<!" in body or "<?" in body:
        raise UnsafeDrawing(_("The drawing holds something other than shapes."))
    try:
        # Without a document type there are no entities that could grow or fetch.
        root = ElementTree.fromstring(body)  # noqa: S314
    except ElementTree.ParseError as error:
        raise UnsafeDrawing(_("This is no SVG that can be read.")) from error
    if _name(root) != "svg" or "viewBox" not in root.attrib:
        raise UnsafeDrawing(_("The drawing must begin with an svg element that has a viewBox."))
    clean = _shapes_of(root)
    clean.set("xmlns", NAMESPACE)
    return ElementTree.tostring(clean, encoding="unicode")


def _shapes_of(element: ElementTree.Element) -> ElementTree.Element:
    name = _name(element)
    if name not in SHAPES or (element.text or "").strip():
        raise UnsafeDrawing(_("The drawing holds “%(what)s”, which is no shape.") % {"what": name})
    for attribute, value in element.attrib.items():
        if attribute not in ATTRIBUTES or not _PLAIN.fullmatch(value) or "url" in value.lower():
            raise UnsafeDrawing(_("The drawing holds “%(what)s”, which is no shape.") % {"what": attribute})
    clean = ElementTree.Element(name, dict(element.attrib))
    clean.extend([_shapes_of(child) for child in element if _name(child) not in SPOKEN])
    return clean


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).removeprefix(f"{{{NAMESPACE}}}")
