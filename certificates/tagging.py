"""Tagged (PDF/UA-1) and archival (PDF/A-2a) documents, drawn with ReportLab.

ReportLab 5.1 writes no structure tree and no PDF/A, but has places for them in the catalog. `TaggedCanvas` is its
canvas with those places filled. What is drawn inside `content` belongs to the structure element around it; what is
drawn inside `artifact` is decoration that a screen reader passes over. The order of elements is the order of reading.

Two defects of ReportLab's are corrected, for these documents alone: `ArchivalStream` here, `ArchivalFont` in `fonts`.
Fonts must be of that kind, and pictures those of `pictures`: others' streams would come from ReportLab itself.
"""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

from PIL import ImageCms
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObjectReference
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from certificates.metadata import PRODUCER, Metadata, xmp_packet
from certificates.structure import (
    ANNOTATION_KEYS,
    Annotation,
    Box,
    Destination,
    Element,
    Marked,
    StructureTree,
    literal,
    numbered,
    registered,
)

PDF_VERSION = (1, 7)
_PRINTED = 4  # the annotation flag that PDF/A wants: shown on paper as well as on screen
_LOCKED = 128  # the flag of a field that nobody may move
_SIGNED_ONCE = 3  # the document has a signature, and may only be added to: else the signature would no longer hold


class ArchivalStream(pdfdoc.PDFStream):
    """A stream with the line break before `endstream` that PDF/A demands and ReportLab 5.1 leaves out.

    Both characters of the line break are needed: after a stream that happens to end in a carriage return, a line feed
    alone would look like half of one, and the stream like one byte too short.
    """

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        return super().format(document).removesuffix(b"endstream\n") + b"\r\nendstream\n"


def compressed_stream(content: bytes, **entries: object) -> ArchivalStream:
    """A stream of content that zlib has already compressed."""
    return ArchivalStream(PDFDictionary({"Filter": "/FlateDecode", **entries}), content)


class ArchivalCatalog(pdfdoc.PDFObject):
    """The root of a document: ReportLab's own has no place for the colour profile that PDF/A asks for."""

    Outlines = None  # ReportLab clears it in a document without bookmarks

    def __init__(self, metadata: Metadata, packet: bytes, tree: "StructureTree") -> None:
        self.language = metadata.language
        self.packet = packet
        self.tree = tree

    def format(self, document: "ArchivalDocument") -> bytes:
        """The catalog as a PDF dictionary."""
        metadata = ArchivalStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), self.packet)
        profile = compressed_stream(srgb_profile(), N=3)
        return (
            f"<</Type/Catalog/Pages {registered(document, document.Pages)}/Lang{literal(document, self.language)}"
            f"/MarkInfo<</Marked true>>/StructTreeRoot {registered(document, self.tree)}"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {registered(document, metadata)}"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)"
            f"/DestOutputProfile {registered(document, profile)}>>]{document.form}{self._outline(document)}>>"
        ).encode("latin-1")

    def _outline(self, document: "ArchivalDocument") -> str:
        if document.bookmarks is None:
            return ""
        return f"/Outlines {registered(document, document.bookmarks)}/PageMode/UseOutlines"


class TaggedPage(pdfdoc.PDFPage):
    """A page that knows its place in the structure tree."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]

    def __init__(self, page: pdfdoc.PDFPage, key: int, backdrop: bytes) -> None:
        super().__init__()
        vars(self).update(vars(page))
        self.StructParents = str(key)
        self.Tabs = "/S"
        marks = ArchivalStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        self.Contents = PDFArray([compressed_stream(backdrop), marks]) if backdrop else marks


class Midnight:
    """ReportLab's idea of a time stamp, for the first moment of a day in UTC rather than for now."""

    def __init__(self, day: date) -> None:
        self.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
        self.dhh = self.dmm = 0


class ArchivalDocument(pdfdoc.PDFDocument):
    """A document whose bytes depend on its content alone."""

    Pages: pdfdoc.PDFPages

    def __init__(self, metadata: Metadata) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=PDF_VERSION)
        self._timeStamp = Midnight(metadata.created_on)
        self._content = hashlib.sha256()
        self.backdrop = b""
        self.form = ""  # the catalog's entry for a field to fill in, in PDF's own syntax
        self.bookmarks: pdfdoc.PDFObject | None = None
        self._describe(metadata)
        packet = xmp_packet(metadata)
        self._content.update(packet)
        self.tree = StructureTree()
        self.Catalog = self._catalog = ArchivalCatalog(metadata, packet, self.tree)

    def place(self, obj: pdfdoc.PDFObject) -> PDFObjectReference:
        """Gives the object a number in the file, unless it has one, and says how to refer to it."""
        reference: PDFObjectReference = pdfdoc.PDFDocument.Reference(self, obj)
        return reference

    def addPage(self, page: pdfdoc.PDFPage) -> None:
        """Called by the canvas for each page that is full."""
        self._content.update(self.backdrop + page.stream.encode())
        super().addPage(TaggedPage(page, len(self.Pages.pages), self.backdrop))
        self.backdrop = b""

    def ID(self) -> bytes:
        """The document's identifier, from its pages and metadata: the same content gets the same one."""
        identifier = self._content.hexdigest()[:32].encode()
        return b"[<" + identifier + b"><" + identifier + b">]"

    def _describe(self, metadata: Metadata) -> None:
        self.setTitle(metadata.title)
        self.setAuthor(metadata.author)
        self.setSubject(metadata.subject)
        self.setCreator(metadata.program)
        self.setProducer(PRODUCER)


class TaggedCanvas(Canvas):
    """ReportLab's canvas, in whose documents every mark is either tagged or decoration."""

    _code: list[str]
    _annotationrefs: list[PDFObjectReference]

    def __init__(
        self,
        metadata: Metadata,
        page_size: tuple[float, float],
        font: str,
        kind: type[ArchivalDocument] = ArchivalDocument,
    ) -> None:
        super().__init__(
            "",
            pagesize=page_size,
            invariant=1,
            initialFontName=font,  # type: ignore[arg-type]  # the stubs say a number; it is the font's name
        )
        self._doc = kind(metadata)
        self._tree = self._doc.tree
        self._pictures: dict[str, PDFObjectReference] = {}
        everything = Element("Document", self._doc.place(self._tree))
        self._tree.document_element = registered(self._doc, everything)
        self._open = [everything]

    @contextmanager
    def element(self, tag: str, alt: str | None = None, attributes: str = "") -> Iterator[None]:
        """A structure element that holds what is opened inside it."""
        self._open.append(self.add_element(tag, alt, attributes, within=self._open[-1]))
        yield
        self._open.pop()

    def add_element(self, tag: str, alt: str | None = None, attributes: str = "", *, within: Element | None = None) -> Element:
        """A structure element, empty so far, that is read after what is already `within` (the document, if left out)."""
        parent = within or self._open[0]
        element = Element(tag, self._doc.place(parent), alt, attributes)
        parent.children.append(self._doc.place(element))
        return element

    @contextmanager
    def content(self, element: Element | None = None) -> Iterator[None]:
        """The marks that belong to the element (the one that is open, if left out); they must not cross a page.

        An element may have content on several pages, each in its own block.
        """
        element = element or self._open[-1]
        page = self._doc.thisPageRef()
        element.page = element.page or page
        marked = self._tree.pages[-1]
        element.children.append(Marked(page, len(marked)))
        self._code.append(f"/{element.tag} <</MCID {len(marked)}>> BDC")
        marked.append(registered(self._doc, element))
        yield
        self._code.append("EMC")

    @contextmanager
    def tagged(self, tag: str, attributes: str = "") -> Iterator[None]:
        """An element with nothing but content, such as a heading or a paragraph."""
        with self.element(tag, attributes=attributes), self.content():
            yield

    @contextmanager
    def figure(self, alt: str, box: Box) -> Iterator[None]:
        """A picture within the box, with the words that stand for it."""
        with self.element("Figure", alt, f"<</O/Layout/Placement/Block/BBox{box.array()}>>"), self.content():
            yield

    @contextmanager
    def link(self, address: str, box: Box, description: str) -> Iterator[None]:
        """A link whose box can be clicked and whose words are drawn inside."""
        with self.element("Link"):
            with self.content():
                yield
            self._annotate(
                f"/Subtype/Link/Rect{box.array()}/Border[0 0 0]/F {_PRINTED}/Contents{literal(self._doc, description)}"
                f"/A<</S/URI/URI{literal(self._doc, address)}>>"
            )

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Decoration: nothing that a reader misses who does not see it. `Pagination` is what is repeated on each page."""
        self._code.append(f"/Artifact <</Type/{kind}>> BDC")
        yield
        self._code.append("EMC")

    def link_within(self, element: Element, destination: Destination, box: Box, description: str) -> None:
        """Makes the element lead to another place in the document. Its words are drawn by others."""
        entries = f"/Subtype/Link/Rect{box.array()}/Border[0 0 0]/F {_PRINTED}/Contents{literal(self._doc, description)}"
        self._annotate(entries, element, destination)

    def bookmarks(self, outline: pdfdoc.PDFObject) -> None:
        """Lets readers' programs show these bookmarks beside the document."""
        self._doc.bookmarks = outline

    def backdrop(self, compressed: bytes) -> None:
        """Decoration behind all else on this page: operators, compressed once since many documents share them."""
        self._doc.backdrop = compressed

    def write(self, text: str, font: TTFont, size: float, left: float, baseline: float) -> None:
        """Sets a line of text in the current colour, in half of the operators that `drawString` takes."""
        runs = "".join(
            f"{font.getSubsetInternalName(subset, self._doc)} {size:.2f} Tf<{codes.hex()}>Tj"
            for subset, codes in font.splitString(text, self._doc)
        )
        self._code.append(f"BT {left:.2f} {baseline:.2f} Td{runs} ET")

    def operators(self, code: str) -> None:
        """Adds drawing operators that were written elsewhere."""
        self._code.append(code)

    def picture(self, stream: ArchivalStream, box: Box) -> None:
        """Fills the box with a picture of pixels."""
        name = f"P{len(self._pictures)}"
        self._pictures[name] = self._doc.place(stream)
        width, height = box.right - box.left, box.top - box.bottom
        self._code.append(f"q {width:.2f} 0 0 {height:.2f} {box.left:.2f} {box.bottom:.2f} cm /{name} Do Q")

    def signature_field(self, name: str, box: Box, description: str) -> None:
        """An empty field for the one signature of the document. What is seen in the box is drawn by others."""
        nothing = ArchivalStream(PDFDictionary({"Type": "/XObject", "Subtype": "/Form", "BBox": "[0 0 1 1]"}), b"")
        with self.element("Form", description):
            field = self._annotate(
                f"/Subtype/Widget/FT/Sig/T{literal(self._doc, name)}/TU{literal(self._doc, description)}"
                f"/Rect{box.array()}/F {_PRINTED | _LOCKED}/AP<</N {registered(self._doc, nothing)}>>"
            )
        self._doc.form = f"/AcroForm<</Fields[{numbered(self._doc, field)}]/SigFlags {_SIGNED_ONCE}>>"

    def showPage(self) -> None:
        """Ends the page."""
        super().showPage()
        self._tree.pages.append([])

    def _setXObjects(self, thing: pdfdoc.PDFPage) -> None:
        """Called by ReportLab when a page is full: names the page's pictures."""
        thing.XObjects = PDFDictionary(self._pictures) if self._pictures else None
        self._pictures = {}

    def finish(self) -> bytes:
        """Ends the last page and gives the whole file."""
        data: bytes = self.getpdfdata()  # type: ignore[no-untyped-call]  # so in ReportLab's stubs
        return data

    def _annotate(
        self, entries: str, element: Element | None = None, destination: Destination | None = None
    ) -> PDFObjectReference:
        """Adds an annotation with these entries to the page, and to the element (the one that is open, if left out)."""
        element = element or self._open[-1]
        element.page = self._doc.thisPageRef()
        key = ANNOTATION_KEYS + len(self._tree.annotations)
        element.annotation = self._doc.place(Annotation(f"{entries}/StructParent {key}", destination))
        self._annotationrefs.append(element.annotation)
        self._tree.annotations.append(registered(self._doc, element))
        return element.annotation


@cache
def srgb_profile() -> bytes:
    """An sRGB profile, compressed. The moment of its making is set to zero: the same profile is the same bytes."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return zlib.compress(profile[:24] + bytes(12) + profile[36:])
