"""Writes a PDF object after object straight into a stream: of a paper of any length only the offsets stay in memory."""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import BinaryIO

LEVEL = 6  # of zlib: 9 takes twice the time for two per cent


def text(value: str) -> str:
    """A text string as PDF wants it (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, as hex."""
    return f"<FEFF{value.encode('utf-16-be').hex().upper()}>"


class Writer:
    """Objects of one PDF 1.7 file; a number may be reserved before its object is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._offsets = array("Q", [0])
        self._place = 0
        self._digest = hashlib.blake2b(digest_size=16)
        # The second line tells programs that transfer files that this one is binary (ISO 19005-2, 6.1.2).
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._digest.update(data)
        self._place += len(data)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        self._offsets.append(0)
        return len(self._offsets) - 1

    def put(self, body: str, number: int = 0) -> int:
        """Write an object; its number."""
        number = number or self.reserve()
        self._offsets[number] = self._place
        self._write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
        return number

    def stream(self, data: bytes, entries: str = "", number: int = 0, *, packs: bool = True) -> int:
        """Write a stream, packed unless its bytes are so already; `entries` of its dictionary; its number."""
        number = number or self.reserve()
        self._offsets[number] = self._place
        if packs:
            data = zlib.compress(data, LEVEL)
            entries += "/Filter/FlateDecode"
        self._write(f"{number} 0 obj\n<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1"))
        self._write(data)
        self._write(b"\nendstream\nendobj\n")
        return number

    def finish(self, root: int, info: int) -> None:
        """Write the table of offsets and the trailer."""
        start = self._place
        lines = [f"xref\n0 {len(self._offsets)}\n0000000000 65535 f \n"]
        lines += [f"{offset:010d} 00000 n \n" for offset in self._offsets[1:]]
        name = self._digest.hexdigest().upper()
        lines.append(f"trailer\n<</Size {len(self._offsets)}/Root {root} 0 R/Info {info} 0 R/ID[<{name}><{name}>]>>\n")
        lines.append(f"startxref\n{start}\n%%EOF\n")
        self._write("".join(lines).encode("latin-1"))
