"""The parts of a document that say what its marks are: the structure tree, and what can be clicked."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFObjectReference, PDFString

ANNOTATION_KEYS = 10_000  # where annotations' keys in the tree begin; pages have those below


@dataclass(frozen=True)
class Box:
    """A rectangle on the page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def array(self) -> str:
        """The rectangle as a PDF array."""
        return f"[{self.left:.2f} {self.bottom:.2f} {self.right:.2f} {self.top:.2f}]"


class Written(pdfdoc.PDFObject):
    """An object given in PDF's own syntax, which takes a fraction of the time of ReportLab's dictionaries."""

    def __init__(self, syntax: str) -> None:
        self.syntax = syntax.encode("latin-1")

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The syntax as it was given."""
        return self.syntax


def numbered(document: pdfdoc.PDFDocument, reference: PDFObjectReference) -> str:
    """How an object that was registered is referred to in PDF's own syntax."""
    number, generation = document.idToObjectNumberAndVersion[reference.name]
    return f"{number} {generation} R"


def registered(document: pdfdoc.PDFDocument, obj: pdfdoc.PDFObject) -> str:
    """The same for an object that is registered here, or was before."""
    return numbered(document, pdfdoc.PDFDocument.Reference(document, obj))


def literal(document: pdfdoc.PDFDocument, text: str) -> str:
    """A text as a string in PDF's own syntax."""
    return PDFString(text).format(document).decode("latin-1")


def page_reference(index: int) -> PDFObjectReference:
    """The page with this index, 0 for the first, which may still be to come."""
    return PDFObjectReference(f"Page{index + 1}")


@dataclass(frozen=True)
class Destination:
    """A place in the same document: a page by its index, and a height on it in points."""

    page: int
    top: float

    def syntax(self, document: pdfdoc.PDFDocument) -> str:
        """As an array in PDF's own syntax; only once all pages are there."""
        return f"[{numbered(document, page_reference(self.page))} /XYZ 0 {self.top:.2f} null]"


class Annotation(pdfdoc.PDFObject):
    """What can be clicked or filled in, on a page."""

    def __init__(self, entries: str, destination: Destination | None = None) -> None:
        self.entries = entries
        self.destination = destination

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The annotation as a PDF dictionary."""
        leads_to = f"/Dest{self.destination.syntax(document)}" if self.destination else ""
        return f"<</Type/Annot{self.entries}{leads_to}>>".encode("latin-1")


@dataclass(frozen=True)
class Marked:
    """Marks on a page that belong to an element: by their number there."""

    page: PDFObjectReference
    number: int


class Element(pdfdoc.PDFObject):
    """One element of the structure tree, such as a heading, a list item or a figure."""

    def __init__(self, tag: str, parent: PDFObjectReference, alt: str | None = None, attributes: str = "") -> None:
        self.tag = tag
        self.parent = parent
        self.alt = alt
        self.attributes = attributes
        self.page: PDFObjectReference | None = None
        self.children: list[PDFObjectReference | Marked] = []
        self.annotation: PDFObjectReference | None = None

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The element as a PDF dictionary."""
        parts = [f"<</S/{self.tag}/P {numbered(document, self.parent)}"]
        if self.page is not None:
            parts.append(f"/Pg {numbered(document, self.page)}")
        if self.alt is not None:
            parts.append(f"/Alt{literal(document, self.alt)}")
        if self.attributes:
            parts.append(f"/A{self.attributes}")
        return f"{''.join(parts)}/K[{' '.join(self._kids(document))}]>>".encode("latin-1")

    def _kids(self, document: pdfdoc.PDFDocument) -> Iterator[str]:
        for child in self.children:
            if not isinstance(child, Marked):
                yield numbered(document, child)
            elif self.page is not None and child.page.name == self.page.name:
                yield str(child.number)
            else:
                yield f"<</Type/MCR/Pg {numbered(document, child.page)}/MCID {child.number}>>"
        if self.annotation is not None:
            yield f"<</Type/OBJR/Obj {numbered(document, self.annotation)}>>"


class StructureTree(pdfdoc.PDFObject):
    """The root of the tree, and the way back from each page and annotation to the elements they belong to."""

    def __init__(self) -> None:
        self.document_element = ""
        self.pages: list[list[str]] = [[]]
        self.annotations: list[str] = []

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The root as a PDF dictionary. Pages have the keys from 0 on, annotations those from `ANNOTATION_KEYS` on."""
        numbers = [f"{key}[{' '.join(page)}]" for key, page in enumerate(self.pages) if page]
        numbers += [f"{key} {element}" for key, element in enumerate(self.annotations, ANNOTATION_KEYS)]
        return (
            f"<</Type/StructTreeRoot/K {self.document_element}/ParentTree<</Nums[{' '.join(numbers)}]>>"
            f"/ParentTreeNextKey {ANNOTATION_KEYS + len(self.annotations)}>>"
        ).encode()
