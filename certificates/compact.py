"""Long documents in a quarter of the bytes: small objects are compressed together (object streams, since PDF 1.5).

A table of a thousand cells is two thousand objects of a hundred bytes each, nearly alike.
"""

import struct
import zlib
from collections.abc import Sequence

from reportlab.pdfbase import pdfdoc

from certificates.structure import registered
from certificates.tagging import PDF_VERSION, ArchivalDocument

TOGETHER = 200
"""How many objects are compressed together: a reader that wants one has to open them all."""
_LOOSE, _PACKED = 1, 2
_ROW = struct.Struct(">BIH")


class CompactDocument(ArchivalDocument):
    """An archival document whose file is small however many objects it has."""

    def format(self) -> bytes:
        """The file. Streams stand in it as they are, all other objects in streams of objects."""
        catalog, info = registered(self, self.Catalog), registered(self, self.info)
        streams, others = self._written()
        count = len(self.numberToId)
        places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65_535)}
        for start in range(0, len(others), TOGETHER):
            together = others[start : start + TOGETHER]
            count += 1
            streams.append((count, _object_stream(together)))
            places |= {number: (_PACKED, count, place) for place, (number, _content) in enumerate(together)}
        file = bytearray("%PDF-{}.{}\n".format(*PDF_VERSION).encode() + b"%\x93\x8c\x8b\x9e\n")
        for number, content in streams:
            places[number] = (_LOOSE, len(file), 0)
            file += _numbered(number, content)
        places[count + 1] = (_LOOSE, len(file), 0)
        start = len(file)
        file += _numbered(count + 1, self._table(places, f"/Root {catalog}/Info {info}"))
        return bytes(file + f"startxref\n{start}\n%%EOF\n".encode())

    def _written(self) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
        """All objects by their numbers: streams, and others. Writing one may register more."""
        streams: list[tuple[int, bytes]] = []
        others: list[tuple[int, bytes]] = []
        number = 1
        while number in self.numberToId:
            written = pdfdoc.format(self.idToObject[self.numberToId[number]], self, toplevel=1).strip(b"\n")
            (streams if written.endswith(b"endstream") else others).append((number, written))
            number += 1
        return streams, others

    def _table(self, places: dict[int, tuple[int, int, int]], entries: str) -> bytes:
        """Where each object is: in the file, or in which stream of objects."""
        rows = b"".join(_ROW.pack(*places[number]) for number in range(len(places)))
        identity = self.ID().decode()
        return _stream(f"/Type/XRef/Size {len(places)}/W[1 4 2]{entries}/ID {identity}", rows)


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> bytes:
    """The objects after a list of their numbers and of where each begins."""
    at, index = 0, []
    for number, content in objects:
        index.append(f"{number} {at}")
        at += len(content) + 1
    head = " ".join(index).encode() + b"\n"
    return _stream(
        f"/Type/ObjStm/N {len(objects)}/First {len(head)}", head + b"\n".join(content for _number, content in objects)
    )


def _stream(entries: str, content: bytes) -> bytes:
    packed = zlib.compress(content, level=9)
    return f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\r\nendstream"


def _numbered(number: int, content: bytes) -> bytes:
    return f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
