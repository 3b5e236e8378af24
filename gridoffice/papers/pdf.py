"""The objects of one PDF in ReportLab's keeping: numbered when promised, packed as they come, written at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObject, PDFObjectReference

VERSION = (1, 7)


class Raw(PDFObject):  # type: ignore[misc]  # ReportLab is not annotated
    """An object written in PDF's own words; numbers of other objects stand in it as N 0 R."""

    def __init__(self, body: str = "null") -> None:
        self.body = body

    def format(self, _document: Any) -> bytes:
        """The words as bytes."""
        return self.body.encode("latin-1")


class Stream(PDFObject):  # type: ignore[misc]
    """A stream; unlike ReportLab's own it ends with the line that the archive wants (ISO 19005-2, 6.1.7)."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: str) -> None:
        self.data, self.entries = data, entries

    def format(self, _document: Any) -> bytes:
        """Dictionary and bytes."""
        head = f"<<{self.entries}/Length {len(self.data)}>>\nstream\n"
        return head.encode("latin-1") + self.data + b"\nendstream"


class Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """What the file says of itself: just what its description as XMP says too (ISO 19005-2, 6.6.3)."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        super().__init__()
        self.entries = dict(entries)

    def digest(self, md5object: Any) -> None:
        """Let the file's name depend on it."""
        md5object.update(repr(self.entries).encode())

    def format(self, _document: Any) -> bytes:
        """The dictionary."""
        return f"<<{''.join(f'/{name} {value}' for name, value in self.entries.items())}>>".encode("latin-1")


class Objects:
    """Objects of one PDF 1.7 file; a number may be reserved before its object is put."""

    def __init__(self) -> None:
        self.pdf = pdfdoc.PDFDocument(compression=1, pdfVersion=VERSION)

    def reserve(self) -> int:
        """A number for an object that comes later."""
        self.pdf.Reference(Raw())
        return int(self.pdf.objectcounter)

    def set(self, number: int, made: PDFObject) -> int:
        """Put an object under a reserved number."""
        name = self.pdf.numberToId[number]
        made.__InternalName__ = name
        self.pdf.idToObject[name] = made
        return number

    def put(self, body: str, number: int = 0) -> int:
        """Put an object in PDF's own words; its number."""
        return self.set(number or self.reserve(), Raw(body))

    def stream(self, data: bytes, entries: str = "", number: int = 0, *, packs: bool = True) -> int:
        """Put a stream, packed at once unless its bytes are so already; `entries` of its dictionary; its number."""
        if packs:
            data = pdfdoc.PDFZCompress.encode(data)
            entries += "/Filter/FlateDecode"
        return self.set(number or self.reserve(), Stream(data, entries))

    def reference(self, number: int) -> PDFObjectReference:
        """What points to an object."""
        return PDFObjectReference(self.pdf.numberToId[number])


def text(value: str) -> str:
    """A text string as PDF wants it (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, as hex."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


__all__ = ["Objects", "PDFArray", "PDFDictionary", "Raw", "text"]
