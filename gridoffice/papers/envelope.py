"""Envelopes of GB/T 1416: six boxes for the postcode, who gets it, who sends it, printed on the envelope itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gridoffice.papers import whole
from gridoffice.papers.drawing import INK, QUIET, Sheet
from gridoffice.papers.fonts import BOLD, HEI

SIZES = {
    "DL": (220.0, 110.0),
    "ZL": (230.0, 120.0),
    "B6": (176.0, 125.0),
    "C5": (229.0, 162.0),
    "C4": (324.0, 229.0),
}
"""Width and height in mm (5号 DL, 6号 ZL, 3号 B6, 7号 C5, 9号 C4)."""
BOX, STEP, FIRST = 7.0, 8.6, (12.0, 10.0)
POST_RED = "#C8312B"


@dataclass(frozen=True)
class EnvelopeView:
    """One envelope: where to, for whom, from whom; `postcode` and `sender_postcode` have six figures or none."""

    postcode: str = field(metadata={"word": "邮政编码"})
    address: str = field(metadata={"word": "地址"})
    name: str = field(metadata={"word": "收件人"})
    sender: str = field(metadata={"word": "寄件单位"})
    sender_address: str = field(metadata={"word": "寄件地址"})
    sender_postcode: str = field(metadata={"word": "寄件邮编"})


def draw(envelopes: Sequence[EnvelopeView], size: str = "DL") -> bytes:
    """An envelope a page."""
    wide, high = SIZES[size]
    sheet = Sheet(wide, high, title="信封", author=envelopes[0].sender if envelopes else "")
    for view in envelopes:
        _one(sheet, view)
        sheet.next_page()
    return sheet.finish()


def _one(sheet: Sheet, view: EnvelopeView) -> None:
    wide, high = sheet.wide, sheet.high
    for place in range(6):
        x = FIRST[0] + place * STEP
        sheet.box(x, FIRST[1], BOX, BOX, stroke=POST_RED, line=0.3)
        if place < len(view.postcode):
            sheet.text(x + BOX / 2, FIRST[1] + 5.3, view.postcode[place], 15, face=BOLD, align="centre")
    sheet.box(wide - 32, FIRST[1], 20, 20, stroke="#C9D1DA", line=0.2)
    sheet.text(wide - 22, FIRST[1] + 11, "贴邮票处", 8, ink=QUIET, align="centre")
    k = min(high / 110, 1.5)
    left, room = wide * 0.16, wide * 0.68
    whole.put(sheet, left, high * 0.40, view.address, 15 * k, room, face=HEI, ink=INK, high=13 * k)
    whole.put(sheet, wide * 0.5, high * 0.585, view.name, 24 * k, room, face=BOLD, ink=INK, high=16 * k, align="centre")
    right = wide - 14
    whole.put(sheet, right, high - 19, view.sender, 12, wide * 0.5, face=BOLD, ink=INK, high=7, align="right")
    told = f"{view.sender_address}　邮政编码 {view.sender_postcode or '□□□□□□'}"
    whole.put(sheet, right, high - 11, told, 9.5, wide * 0.6, face=HEI, ink=QUIET, high=7, align="right")
