"""The text in the QR code of an issued paper: its number and a short digest of what stands on it.

A scanner types like a keyboard and a phone reads it aloud, so the text is Latin capitals and figures only, which also
makes the smallest code (alphanumeric mode): `GO1:BOARD-2026-001:3F9A1B2C4D` for 牌2026-001. The digest is of what
stands on the paper (`paper_facts`), not of the file, because the code itself lies in the file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gridoffice.core.text import narrow
from gridoffice.domain import paper_facts
from gridoffice.domain.papers import KINDS

SIGN = "GO1"
LENGTH = 10  # hexadecimal figures of the digest: 40 bits, looked up by the number, so no two are mistaken
FREE = "X."  # before a number that is of no known kind, as bytes
_FORM = re.compile(rf"{SIGN}:([0-9A-Z.\-]+):([0-9A-F]{{{LENGTH}}})")
_NUMBERED = re.compile(r"(\d{4})-(\d{1,6}(?:-\d{1,6})?)")


@dataclass(frozen=True)
class Code:
    """What a code says: the number that stands on the paper, and the digest of what stood on it."""

    number: str
    digest: str


def digest(shown: Any) -> str:
    """The short digest of what stands on a paper: of its view, its facts, or several of them in their order."""
    if isinstance(shown, Sequence):
        return digest(shown[0]) if len(shown) == 1 else _short(" ".join(map(digest, shown)))
    found = shown if isinstance(shown, Mapping) else paper_facts.facts(shown)
    return _short(json.dumps(sorted(found.items()), ensure_ascii=False))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH].upper()


def code(number: str, shown: Any) -> str:
    """The text for the code of a paper with this number (a card's own: 卡2026-001-003) on which this stands."""
    return f"{SIGN}:{_latin(number)}:{digest(shown)}"


def read(text: str) -> Code | None:
    """What a scanned or typed code says; None for any other text. An input method's wide letters are understood."""
    found = _FORM.fullmatch(re.sub(r"\s", "", narrow(text)).replace("。", ".").upper())
    number = _number(found[1]) if found is not None else ""
    return Code(number, found[2]) if found is not None and number else None


def _latin(number: str) -> str:
    """牌2026-001 as BOARD-2026-001, 移送〔2026〕1号 as CASE.MOVE-2026-1; any other number as its bytes."""
    for kind in KINDS.values():
        year = re.search(r"\d{4}", number)
        start, end = kind.around(int(year[0]) if year else 0)
        rest = number.removeprefix(start).removesuffix(end)
        tail = f"{year[0]}-{rest}" if year else ""
        if number.startswith(start) and number.endswith(end) and _NUMBERED.fullmatch(tail):
            return f"{kind.key.upper().replace('_', '.')}-{tail}"
    return f"{FREE}{number.encode().hex().upper()}"


def _number(latin: str) -> str:
    """The number of a Latin one; "" when it is none."""
    if latin.startswith(FREE):
        try:
            return bytes.fromhex(latin.removeprefix(FREE)).decode()
        except ValueError:
            return ""
    key, _, tail = latin.partition("-")
    found, kind = _NUMBERED.fullmatch(tail), KINDS.get(key.lower().replace(".", "_"))
    if found is None or kind is None:
        return ""
    start, end = kind.around(int(found[1]))
    return f"{start}{found[2]}{end}"
