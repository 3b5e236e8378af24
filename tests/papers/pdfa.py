"""What PDF/A-2b asks of a file (ISO 19005-2), looked at with pikepdf: a list of what is wrong with it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

FORBIDDEN_ACTIONS = ("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState")


def faults(data: bytes) -> list[str]:
    """Everything found wrong: structure, description, colours, faces, pictures, links (clause numbers beside)."""
    with pikepdf.open(io.BytesIO(data)) as file:
        found = [f"syntax: {one}" for one in _syntax(file)]
        found += _head(data, file)
        found += _description(file)
        found += _colours(file)
        for number, page in enumerate(file.pages, 1):
            resources: Any = page.get("/Resources", pikepdf.Dictionary())
            found += [f"page {number}: {one}" for one in _resources(resources)]
            found += [f"page {number}: {one}" for one in _notes(page)]
    return found


def _syntax(file: pikepdf.Pdf) -> list[str]:
    return [str(one) for one in file.check_pdf_syntax()]


def _head(data: bytes, file: pikepdf.Pdf) -> Iterator[str]:
    if not data.startswith(b"%PDF-1.7\n%") or min(data[10:14]) < 128:
        yield "6.1.2 head"
    if file.is_encrypted or "/Encrypt" in file.trailer:
        yield "6.1.3 encrypted"
    if "/ID" not in file.trailer:
        yield "6.1.3 no ID"
    if "/JavaScript" in file.Root.get("/Names", {}) or "/AA" in file.Root or "/OpenAction" in file.Root:
        yield "6.5.2 something runs when it is opened"


def _description(file: pikepdf.Pdf) -> Iterator[str]:
    with file.open_metadata() as told:
        if (told.get("pdfaid:part"), told.get("pdfaid:conformance")) != ("2", "B"):
            yield "6.6.4 no PDF/A-2b in the description"
        pairs = (("/Title", "dc:title"), ("/Creator", "xmp:CreatorTool"))  # a signature names its own producer
        for key, name in pairs:
            if str(file.docinfo.get(key, "")) != str(told.get(name) or ""):
                yield f"6.6.2 {key} is not {name}"
        made = str(file.docinfo["/CreationDate"])[2:].replace("'", ":").strip(":")
        xmp = str(told["xmp:CreateDate"])
        if made[:14] != xmp.replace("-", "", 2).replace("T", "").replace(":", "")[:14]:
            yield "6.6.2 the dates differ"
    if str(file.Root.get("/Lang", "")) != "zh-CN":
        yield "no language"
    shown: Any = file.Root.get("/ViewerPreferences")
    if shown is None or not shown.get("/DisplayDocTitle", False):
        yield "the title is not shown"


def _colours(file: pikepdf.Pdf) -> Iterator[str]:
    intents: Any = file.Root.get("/OutputIntents", [])
    if [str(one.S) for one in intents] != ["/GTS_PDFA1"]:
        yield "6.2.3 no output intent"
        return
    profile = intents[0].DestOutputProfile
    data = profile.read_bytes()
    if int(profile.N) != 3 or data[36:40] != b"acsp" or data[16:20] != b"RGB ":
        yield "6.2.3 the profile is none of RGB"


def _resources(resources: Any) -> Iterator[str]:
    for name, font in resources.get("/Font", {}).items():
        yield from (f"{name}: {one}" for one in _font(font))
    for name, state in resources.get("/ExtGState", {}).items():
        if "/TR" in state or str(state.get("/BM", "/Normal")) not in ("/Normal", "/Multiply"):
            yield f"6.2.5 {name}"
    for name, shown in resources.get("/XObject", {}).items():
        if str(shown.Subtype) == "/Form":
            yield from (f"{name}: {one}" for one in _resources(shown.get("/Resources", {})))
        elif str(shown.get("/ColorSpace", "")) not in ("/DeviceRGB", "/DeviceGray") or shown.get("/Interpolate", False):
            yield f"6.2.8 {name}"


def _font(font: Any) -> Iterator[str]:
    below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    told = below.get("/FontDescriptor", {})
    if not any(key in told for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield "6.2.11.4 not embedded"
    if "/ToUnicode" not in font:
        yield "no Unicode map"
    if str(below.Subtype) == "/CIDFontType2" and "/CIDToGIDMap" not in below:
        yield "6.2.11.3 no map from number to glyph"


def _notes(page: Any) -> Iterator[str]:
    for note in page.get("/Annots", []):
        flags = int(note.get("/F", 0))
        if not flags & 4 or flags & (1 | 2 | 32):
            yield "6.3.2 a note that is not printed"
        if str(note.Subtype) not in ("/Link", "/Popup", "/Widget"):
            yield f"6.3.1 {note.Subtype}"
        if str(note.get("/A", {}).get("/S", "")) in FORBIDDEN_ACTIONS:
            yield "6.5.1 an action"
        if str(note.Subtype) == "/Widget" and list(map(float, note.Rect)) != [0, 0, 0, 0] and "/AP" not in note:
            yield "6.3.3 a field without a look"
