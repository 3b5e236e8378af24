"""One PDF being made: pages written as they end, fonts and bookmarks at the close.

ReportLab was weighed and left: it holds every page until the end, cuts a face into a font file for each 256 characters
(a handbook then carries forty), writes a wrong Unicode map for rare characters and no PDF/A; drawing the same cards
with operators of our own takes a third of its time, and Platypus would have brought no 禁则, no fallback faces and no
two-level heads. What stays of PDF itself is little: `pdf.py` numbers objects, this file knows pages, names, bookmarks.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from datetime import datetime
from typing import BinaryIO

from gridoffice.papers import archive, booklet, embedding, images, pdf
from gridoffice.papers.fonts import face
from gridoffice.papers.images import Kept


class Document:
    """Pages, the faces and pictures they use, bookmarks and places that links lead to; lengths in points."""

    def __init__(self, out: BinaryIO, *, title: str = "", author: str = "") -> None:
        self.writer = pdf.Writer(out)
        self.about = archive.Description(title, author, datetime.now().astimezone().replace(microsecond=0))
        self._tree, self._fonts, self._states = (self.writer.reserve() for _ in range(3))
        self._pages: list[int] = []
        self._faces: dict[str, tuple[str, int, set[str]]] = {}
        self._kept: dict[bytes, Kept | None] = {}
        self._looks: dict[str, str] = {}
        self._names: dict[str, tuple[int, float]] = {}
        self._outline: list[tuple[str, int, str]] = []
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
        return f"<</Font {self._fonts} 0 R/ExtGState {self._states} 0 R{shown}>>"

    # -- pages, places, bookmarks

    def reserve_page(self, place: int | None = None) -> int:
        """The number of a page, put at the end or at a place among those there are."""
        number = self.writer.reserve()
        self._pages.insert(len(self._pages) if place is None else place, number)
        return number

    def page(
        self, number: int, code: str, size: tuple[float, float], boxes: str, pictures: dict[str, int], notes: list[int]
    ) -> None:
        """Write a page of a size in points; `boxes` are its MediaBox and others, `notes` its links."""
        if self._folds:
            self._size = size
            edges = f"/Type/XObject/Subtype/Form/BBox[0 0 {size[0]:.3f} {size[1]:.3f}]"
            form = f"{edges}/Resources{self.resources(pictures)}"
            self.writer.stream(code.encode("latin-1"), form, number)
            return
        content = self.writer.stream(code.encode("latin-1"))
        linked = f"/Annots[{' '.join(f'{note} 0 R' for note in notes)}]" if notes else ""
        self.writer.put(
            f"<</Type/Page/Parent {self._tree} 0 R{boxes}/Contents {content} 0 R"
            f"/Resources{self.resources(pictures)}{linked}>>",
            number,
        )

    def name(self, key: str, page: int, y: float) -> None:
        """Call a place on a page by a name that links and bookmarks lead to."""
        self._names[key] = (page, y)

    def bookmark(self, title: str, level: int, key: str) -> None:
        """Put a title into the outline, `level` 0 the highest."""
        self._outline.append((title, level, key))

    def link(self, box: tuple[float, float, float, float], key: str) -> int:
        """A link to a named place; the names may come later."""
        edges = " ".join(f"{one:.2f}" for one in box)
        return self.writer.put(f"<</Type/Annot/Subtype/Link/Rect[{edges}]/Border[0 0 0]/F 4/Dest{_word(key)}>>")

    # -- the close

    def finish(self) -> None:
        """Write everything that is known only at the end."""
        put = self.writer.put
        for name, (_word, number, chars) in self._faces.items():
            embedding.write(self.writer, face(name), chars or {" "}, number)
        put(f"<<{''.join(f'{word} {number} 0 R' for word, number, _chars in self._faces.values())}>>", self._fonts)
        put(f"<<{''.join(f'{name}<</Type/ExtGState{look}>>' for look, name in self._looks.items())}>>", self._states)
        pages = self._folded() if self._folds else self._pages
        kids = " ".join(f"{number} 0 R" for number in pages)
        put(f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>", self._tree)
        about = self.about
        described = self.writer.stream(archive.xmp(about), "/Type/Metadata/Subtype/XML", packs=False)
        colours = self.writer.stream(archive.colours(), "/N 3")
        moment = archive.pdf_date(about.made_at)
        info = put(
            f"<</Title {pdf.text(about.title)}{f'/Author {pdf.text(about.author)}' if about.author else ''}"
            f"/Creator({archive.PRODUCER})/Producer({archive.PRODUCER})/CreationDate({moment})/ModDate({moment})>>"
        )
        root = put(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang({archive.LANGUAGE})"
            f"/ViewerPreferences<</DisplayDocTitle true>>/Metadata {described} 0 R"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
            f"/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile {colours} 0 R"
            f">>]{self._named()}{self._outlined()}>>"
        )
        self.writer.finish(root, info)

    def _folded(self) -> list[int]:
        """The sides of the sheets of a booklet."""
        wide, high = self._size
        found = []
        for pair in booklet.order(len(self._pages)):
            shown = [(place, self._pages[one]) for place, one in enumerate(pair) if one is not None]
            code = " ".join(f"q 1 0 0 1 {place * wide:.3f} 0 cm /P{place} Do Q" for place, _number in shown)
            content = self.writer.stream(code.encode("latin-1"))
            used = "".join(f"/P{place} {number} 0 R" for place, number in shown)
            found.append(
                self.writer.put(
                    f"<</Type/Page/Parent {self._tree} 0 R/MediaBox[0 0 {2 * wide:.3f} {high:.3f}]"
                    f"/Contents {content} 0 R/Resources<</XObject<<{used}>>>>>>"
                )
            )
        return found

    def _named(self) -> str:
        if not self._names or self._folds:
            return ""
        known = sorted(self._names.items(), key=lambda one: one[0].encode())
        places = "".join(f"{_word(key)}[{page} 0 R/XYZ 0 {y:.1f} null]" for key, (page, y) in known)
        return f"/Names<</Dests<</Names[{places}]>>>>"

    def _outlined(self) -> str:
        if not self._outline or self._folds:
            return ""
        root = self.writer.reserve()
        numbers = [self.writer.reserve() for _ in self._outline]
        parents: list[int] = []  # index of the parent of each, -1: the root
        line: list[int] = []
        for place, (_title, level, _key) in enumerate(self._outline):
            del line[level:]
            parents.append(line[-1] if line else -1)
            line.append(place)
        children: dict[int, list[int]] = {}
        for place, parent in enumerate(parents):
            children.setdefault(parent, []).append(place)
        for place, (title, _level, key) in enumerate(self._outline):
            siblings = children[parents[place]]
            at = bisect_left(siblings, place)
            above = numbers[parents[place]] if parents[place] >= 0 else root
            before = f"/Prev {numbers[siblings[at - 1]]} 0 R" if at else ""
            after = f"/Next {numbers[siblings[at + 1]]} 0 R" if at + 1 < len(siblings) else ""
            below = _ends(numbers, children.get(place, []), "-")
            body = f"<</Title {pdf.text(title)}/Parent {above} 0 R{before}{after}{below}/Dest{_word(key)}>>"
            self.writer.put(body, numbers[place])
        self.writer.put(f"<</Type/Outlines{_ends(numbers, children[-1], '')}>>", root)
        return f"/Outlines {root} 0 R/PageMode/UseOutlines"


def _word(key: str) -> str:
    """A name of a place as PDF writes it."""
    return f"<{key.encode().hex()}>"


def _ends(numbers: list[int], below: list[int], sign: str) -> str:
    """First and last of those below and how many; the sign - keeps them folded."""
    if not below:
        return ""
    return f"/First {numbers[below[0]]} 0 R/Last {numbers[below[-1]]} 0 R/Count {sign}{len(below)}"
