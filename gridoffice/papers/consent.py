"""The consent sheet of the voluntary help list: one A4 page in plain words, to be read, signed and kept."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.drawing import INK, LINE, MM, QUIET, RED, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD, SONG

LEFT, WIDE = 22.0, 166.0
SIZE = 13.5


@dataclass(frozen=True)
class ConsentView:
    """What the sheet says; facts and points as pairs or sentences. Empty facts are lines to write on."""

    office: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    points: tuple[str, ...]
    consent: str
    guardian: str
    number: str
    made: str


def draw(view: ConsentView) -> bytes:
    """One A4 page; letters grow smaller only where the office's own wording is long."""
    sheet = Sheet(210, 297, title=f"{view.office}{view.title}", author=view.office)
    size = SIZE
    while size > 9 and _high(view, size) > 196:
        size -= 0.5
    sheet.text(105, 22, view.office, 12, ink=RED, align="centre", face=BOLD)
    sheet.text(105, 33, view.title, 22, align="centre", face=BOLD)
    sheet.line(LEFT, 38, LEFT + WIDE, 38, ink=RED, line=0.5)
    y = _lead(sheet, view.lead, 41, size)
    for title, text in view.facts:
        sheet.text(LEFT, y, f"{title}：", size, face=BOLD)
        y = _fact(sheet, text, y, size)
    y += 2
    for number, point in enumerate(view.points, 1):
        sheet.text(LEFT, y, f"{number}.", size, face=BOLD)
        y = sheet.block(LEFT + 8, y, point, size, WIDE - 8, face=SONG, pitch=1.5) + 1.2
    _signing(sheet, view, max(y + 4, 222))
    sheet.next_page()
    return sheet.finish()


def _lead(sheet: Sheet, lead: str, y: float, size: float) -> float:
    lines = wrap(lead, size, WIDE - 10)
    high = len(lines) * size * 1.5 / MM + 5
    sheet.box(LEFT, y, WIDE, high, fill=TINT, round=2)
    sheet.block(LEFT + 5, y + 7, lead, size, WIDE - 10, face=BOLD)
    return y + high + 9


def _fact(sheet: Sheet, text: str, y: float, size: float) -> float:
    if not text:
        sheet.line(LEFT + 30, y + 1.2, LEFT + WIDE, y + 1.2, ink=LINE, line=0.3)
        return y + size * 1.75 / MM
    return sheet.block(LEFT + 30, y, text, size, WIDE - 30, pitch=1.5) + 0.8


def _high(view: ConsentView, size: float) -> float:
    """About how many mm the text needs."""
    rows = len(wrap(view.lead, size, WIDE - 10)) + 2
    rows += sum(max(1, len(wrap(text, size, WIDE - 30))) for _title, text in view.facts)
    rows += sum(len(wrap(point, size, WIDE - 8, SONG)) for point in view.points)
    return rows * size * 1.5 / MM + 1.2 * len(view.points) + 20


def _signing(sheet: Sheet, view: ConsentView, y: float) -> None:
    sheet.line(LEFT, y - 6, LEFT + WIDE, y - 6, ink=LINE)
    sheet.text(LEFT, y + 1, view.consent, 13, face=BOLD, ink=INK)
    sheet.text(LEFT, y + 15, "本人签字：＿＿＿＿＿＿＿＿＿＿", 12.5)
    sheet.text(LEFT + 92, y + 15, "日期：＿＿＿＿年＿＿月＿＿日", 12.5)
    sheet.text(LEFT, y + 28, "监护人签字：＿＿＿＿＿＿＿＿＿", 12.5)
    sheet.text(LEFT + 92, y + 28, "与本人的关系：＿＿＿＿＿＿＿", 12.5)
    sheet.text(LEFT, y + 35, view.guardian, 9.5, ink=QUIET)
    sheet.text(LEFT, y + 47, "念给本人听的人：＿＿＿＿＿＿＿", 12.5)
    sheet.text(LEFT + 92, y + 47, "经办人：＿＿＿＿＿＿＿＿＿＿", 12.5)
    sheet.text(LEFT, 289, f"一式两份，本人一份，办公室一份　{view.number}", 9, ink=QUIET)
    sheet.text(LEFT + WIDE, 289, view.made, 9, ink=QUIET, align="right")
