"""Writes the part of a face that a paper uses: one font for each face, whatever the number of characters.

A composite font with two-byte numbers (ISO 32000-1, 9.7) holds any number of characters, where a simple one holds 256:
so a handbook carries four font files instead of forty, and a name in a rare character is copied as it is read.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable

from gridoffice.papers.fonts import Face
from gridoffice.papers.pdf import Objects


def write(writer: Objects, face: Face, chars: Iterable[str], number: int) -> None:
    """Write a face's font under a reserved number for the characters that a paper uses."""
    used = sorted((face.number(char), char) for char in set(chars))
    glyphs = {0: 0}  # glyph of the file: place in the paper's part
    mapping = array("H", bytes(2 * (used[-1][0] + 1)))
    for cid, char in used:
        mapping[cid] = glyphs.setdefault(face.glyph(char), len(glyphs))
    mapping.byteswap()
    data = face.file.makeSubset([ord(char) for _cid, char in used])  # numbers the glyphs in this order, as we did
    name = f"{_tag(used)}+{face.postscript}"
    file = writer.stream(data, f"/Length1 {len(data)}")
    box = " ".join(str(round(one)) for one in face.file.bbox)
    ascent, descent = round(face.file.ascent), round(face.file.descent)
    descriptor = writer.put(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {ascent}"
        f"/Descent {descent}/CapHeight 733/StemV 80/FontFile2 {file} 0 R>>"
    )
    gids = writer.stream(mapping.tobytes())
    below = writer.put(
        f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/DW 1000/W[{_widths(face, used)}]/CIDToGIDMap {gids} 0 R>>"
    )
    unicode_map = writer.stream(_to_unicode(used).encode("ascii"))
    writer.put(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{below} 0 R]"
        f"/ToUnicode {unicode_map} 0 R>>",
        number,
    )


def _tag(used: list[tuple[int, str]]) -> str:
    """Six letters that tell this part of a font from another (9.6.4)."""
    digest = hashlib.blake2b("".join(char for _cid, char in used).encode(), digest_size=6).digest()
    return "".join(chr(65 + byte % 26) for byte in digest)


def _widths(face: Face, used: list[tuple[int, str]]) -> str:
    """Widths that are not those of a Chinese character."""
    parts: list[str] = []
    last = -2
    for cid, char in used:
        wide = round(face.advance(char))
        if wide == 1000:
            continue
        parts.append(f" {wide}" if cid == last + 1 else f"]{cid}[{wide}")
        last = cid
    return f"{''.join(parts)}]"[1:] if parts else ""


def _to_unicode(used: list[tuple[int, str]]) -> str:
    """Which character each number stands for; those above U+FFFF as UTF-16 pairs (9.10.3)."""
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
    ]  # fmt: skip
    pairs = [f"<{cid:04X}> <{char.encode('utf-16-be').hex().upper()}>" for cid, char in used]
    for start in range(0, len(pairs), 100):  # a block holds a hundred at most
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
