"""Ways to look into a finished PDF."""

import re
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import outloud
import page
import pikepdf

PROFILES = ("ua1", "2a")


@dataclass(frozen=True)
class Word:
    """A word where the page shows it, in points from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Word") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0


def words(data: bytes) -> list[Word]:
    """Every word with the box from above its capitals to below its descenders, as poppler finds them."""
    box = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
    found = re.findall(box, _pdftotext(data, "-bbox"))
    return [_word(text, *map(float, edges)) for *edges, text in found]


def words_by_page(data: bytes) -> list[list[Word]]:
    """The same for each page."""
    box = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
    _before, *pages = _pdftotext(data, "-bbox").split("<page ")
    return [[_word(text, *map(float, edges)) for *edges, text in re.findall(box, page)] for page in pages]


def texts_by_page(data: bytes, *options: str) -> list[str]:
    """The text of each page, as `text_of` gives that of all."""
    return [" ".join(page.split()) for page in _pdftotext(data, *options).split("\f")[:-1]]


def _word(text: str, left: float, top: float, right: float, bottom: float) -> Word:
    # Poppler's boxes have room for the tallest letters of the typeface, Vietnamese capitals with two accents.
    height = bottom - top
    return Word(text, left, top + 0.22 * height, right, bottom - 0.05 * height)


def text_of(data: bytes, *options: str) -> str:
    """The text that somebody gets who copies the whole page."""
    return " ".join(_pdftotext(data, *options).split())


def _pdftotext(data: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


def failed_rules(data: bytes, profile: str) -> set[str]:
    """The rules of PDF/UA-1 ("ua1") or PDF/A-2a ("2a") that the file breaks."""
    report = page.validate_pdf_bytes(data, profile=profile)
    return {failure.rule_id for failure in report.failures}


def heard_findings(data: bytes, folder: Path) -> list[str]:
    """What the checker outloud would have a screen reader's user complain about."""
    path = folder / "document.pdf"
    path.write_bytes(data)
    result = outloud.check(str(path))
    assert result.error is None
    return [str(finding) for finding in result.findings]


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """The structure elements in the order in which they are read aloud."""
    return _within(pdf.Root.StructTreeRoot.K)


def _within(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = element.get("/K", [])
    inner = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [element, *(found for kid in inner for found in _within(kid))]


def tags(data: bytes) -> list[str]:
    pdf = opened(data)
    return [str(element.S) for element in elements(pdf)]
