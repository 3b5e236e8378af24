"""One PDF being made with ReportLab's document: pages, places, bookmarks, faces, and what the archive asks for.

What is drawn comes as operators (`drawing.py`): ReportLab's canvas spends two thirds of a card's time on putting the
same operators together, and Platypus knows no 禁则, no fallback faces and no two-level heads. Objects, page tree,
outline, numbering, reading and cutting of fonts and the file itself are ReportLab's; ours are one font for each face
(`embedding.py`, where ReportLab makes one for every 256 characters) and PDF/A.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFObjectReference

from gridoffice.papers import archive, booklet, embedding, images, pdf
from gridoffice.papers.fonts import face
from gridoffice.papers.images import Kept

Boxes = Mapping[str, tuple[float, float, float, float]]
"""Boxes of a page by their names in PDF: MediaBox, TrimBox …; left, bottom, right, top in points."""


class Document:
    """Pages, the faces and pictures they use, bookmarks and places that links lead to; lengths in points."""

    def __init__(self, out: BinaryIO, *, title: str = "", author: str = "") -> None:
        self._out = out
        self.writer = pdf.Objects()
        self.about = archive.Description(title, author, datetime.now().astimezone().replace(microsecond=0))
        self._states = self.writer.reserve()
        self._pages: list[int] = []
        self._faces: dict[str, tuple[str, int, set[str]]] = {}
        self._kept: dict[bytes, Kept | None] = {}
        self._looks: dict[str, str] = {}
        self._places: dict[str, pdfdoc.Destination] = {}
        self._level = -1
        self._folds, self._size = booklet.is_folding(), (0.0, 0.0)

    # -- what pages use

    def font(self, name: str) -> tuple[str, set[str]]:
        """A face's name on the pages, and the set its used characters are put into."""
        if name not in self._faces:
            self._faces[name] = (f"/F{len(self._faces) + 1}", self.writer.reserve(), set())
        known = self._faces[name]
        return known[0], known[2]

    def picture(self, data: bytes) -> Kept | None:
        """A picture, kept once however often it is shown; None when it is broken."""
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if digest not in self._kept:
            self._kept[digest] = images.write(self.writer, data)
        return self._kept[digest]

    def look(self, entries: str) -> str:
        """The name of a graphics state with these entries, such as /ca 0.8."""
        return self._looks.setdefault(entries, f"/G{len(self._looks) + 1}")

    def resources(self, pictures: dict[str, int]) -> str:
        """The dictionary of what a page or a form uses."""
        named = "".join(f"{name} {number} 0 R" for name, number in pictures.items())
        shown = f"/XObject<<{named}>>" if named else ""
        fonts = self.writer.pdf.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0]
        return f"<</Font {fonts} 0 R/ExtGState {self._states} 0 R{shown}>>"

    # -- pages, places, bookmarks

    def reserve_page(self, place: int | None = None) -> int:
        """The number of a page, put at the end or at a place among those there are."""
        number = self.writer.reserve()
        self._pages.insert(len(self._pages) if place is None else place, number)
        return number

    def page(
        self, number: int, code: str, size: tuple[float, float], boxes: Boxes, pictures: dict[str, int],
        notes: list[int],
    ) -> None:  # fmt: skip
        """Put a page of a size in points; `notes` are its links."""
        if self._folds:
            self._size = size
            edges = f"/Type/XObject/Subtype/Form/BBox[0 0 {size[0]:.3f} {size[1]:.3f}]"
            form = f"{edges}/Resources{self.resources(pictures)}"
            self.writer.stream(code.encode("latin-1"), form, number)
            return
        self._put_page(number, code, boxes, self.resources(pictures), notes)

    def _put_page(self, number: int, code: str, boxes: Boxes, resources: str, notes: list[int]) -> None:
        made = pdfdoc.PDFPage()
        made.Override_default_compilation = 1
        made.Parent = self.writer.pdf.Reference(self.writer.pdf.Pages)
        made.Contents = self.writer.reference(self.writer.stream(code.encode("latin-1")))
        made.Resources = pdf.Raw(resources)
        for name, edges in boxes.items():
            setattr(made, name, PDFArray([round(edge, 3) for edge in edges]))
        if notes:
            made.Annots = PDFArray([self.writer.reference(note) for note in notes])
        self.writer.set(number, made)

    def _place(self, key: str) -> PDFObjectReference:
        """What points to a named place; the place itself may come later."""
        if key not in self._places:
            self._places[key] = pdfdoc.Destination(key)
        return self.writer.pdf.Reference(self._places[key], f"Place.{key}")

    def name(self, key: str, page: int, y: float) -> None:
        """Call a place on a page by a name that links and bookmarks lead to."""
        self._place(key)
        self._places[key].xyz(0, round(y, 1), pdfdoc.PDFnull)
        self._places[key].setPage(self.writer.reference(page))

    def bookmark(self, title: str, level: int, key: str) -> None:
        """Put a title into the outline, `level` 0 the highest."""
        self._level = min(level, self._level + 1)  # an outline goes down by one
        self.writer.pdf.Outlines.addOutlineEntry(key, self._level, title, closed=1)

    def link(self, box: tuple[float, float, float, float], key: str) -> int:
        """A link to a named place; the names may come later."""
        edges = " ".join(f"{one:.2f}" for one in box)
        self._place(key)
        place = self.writer.pdf.idToObjectNumberAndVersion[f"Place.{key}"][0]
        return self.writer.put(f"<</Type/Annot/Subtype/Link/Rect[{edges}]/Border[0 0 0]/F 4/Dest {place} 0 R>>")

    def _bookmarkReference(self, key: str) -> PDFObjectReference:  # ReportLab asks a canvas so
        return self._place(key)

    # -- the close

    def finish(self) -> None:
        """Put everything that is known only at the end, and write the file."""
        document = self.writer.pdf
        fonts = document.idToObject[pdfdoc.BasicFonts]
        for name, (word, number, chars) in self._faces.items():
            embedding.write(self.writer, face(name), chars or {" "}, number)
            fonts[word[1:]] = self.writer.reference(number)
        looks = "".join(f"{name}<</Type/ExtGState{look}>>" for look, name in self._looks.items())
        self.writer.put(f"<<{looks}>>", self._states)
        pages = self._folded() if self._folds else self._pages
        for number in pages:
            document.Pages.addPage(self.writer.reference(number))
        self._describe()
        self._settle(pages)
        self._out.write(document.GetPDFData(self))

    def _settle(self, pages: list[int]) -> None:
        """Bookmarks of sheets to fold have no meaning; a link to a name nobody gave leads to the first page."""
        document = self.writer.pdf
        if self._folds:
            document.outline = document.Outlines = document.Catalog.Outlines = pdfdoc.PDFOutlines()
        elif self._level >= 0:
            document.Catalog.setPageMode("UseOutlines")
        for place in self._places.values():
            if place.page is None or self._folds:
                place.fit()
                place.setPage(self.writer.reference(pages[0]))

    def _describe(self) -> None:
        """Title, language and the meaning of colours, twice where the archive wants it (ISO 19005-2, 6.2.3, 6.6)."""
        about, document, catalog = self.about, self.writer.pdf, self.writer.pdf.Catalog
        moment = f"({archive.pdf_date(about.made_at)})"
        told = {"Title": pdf.text(about.title)}
        if about.author:
            told["Author"] = pdf.text(about.author)
        made_with = f"({archive.PRODUCER})"
        dates = {"CreationDate": moment, "ModDate": moment}
        document.info = pdf.Info({**told, "Creator": made_with, "Producer": made_with, **dates})
        catalog.Lang = pdfdoc.PDFString(archive.LANGUAGE)
        catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
        described = self.writer.stream(archive.xmp(about), "/Type/Metadata/Subtype/XML", packs=False)
        catalog.Metadata = self.writer.reference(described)
        colours = self.writer.stream(archive.colours(), "/N 3")
        intent = (
            "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {colours} 0 R>>"
        )
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = PDFArray([pdf.Raw(intent)])

    def _folded(self) -> list[int]:
        """The sides of the sheets of a booklet."""
        wide, high = self._size
        found = []
        for pair in booklet.order(len(self._pages)):
            shown = [(place, self._pages[one]) for place, one in enumerate(pair) if one is not None]
            code = " ".join(f"q 1 0 0 1 {place * wide:.3f} 0 cm /P{place} Do Q" for place, _number in shown)
            used = "".join(f"/P{place} {number} 0 R" for place, number in shown)
            number = self.writer.reserve()
            box = {"MediaBox": (0.0, 0.0, 2 * wide, high)}
            self._put_page(number, code, box, f"<</XObject<<{used}>>>>", [])
            found.append(number)
        return found
