"""The start card: one A4 page to pin beside the screen, what to do first and every key by group."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.papers.drawing import INK, LINE, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD

WIDE, HIGH, MARGIN, GAP = 210.0, 297.0, 14.0, 8.0
COLUMN = (WIDE - 2 * MARGIN - GAP) / 2
KEYS = 33.0  # mm for the keys of a line
PITCH, HEAD = 5.6, 8.4

FIRST = (
    "接到电话先按 Ctrl+K，输姓名、拼音首字母或电话尾号，回车就到。",
    "每天先看“今日”：每个数字都能点开，红的先办。",
    "做错了按 Ctrl+Z，关了程序再开也能撤销。",
    "不知道怎么做，按 F1；找不到按钮，Ctrl+K 输 > 再输要做的事。",
    "下班前备份到 U 盘（文件 → 备份…）；恢复单锁在柜子里。",
)


def draw(office: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> bytes:
    """The card as a PDF; `groups` are titles with pairs of keys and what they do."""
    sheet = Sheet(WIDE, HIGH, title="网格办上手卡")
    sheet.text(MARGIN, 22, "网格办上手卡", 22, face=BOLD)
    sheet.text(WIDE - MARGIN, 22, office, 10, ink=QUIET, align="right")
    y = 30.0
    for place, text in enumerate(FIRST, 1):
        sheet.text(MARGIN, y + 4, f"{place}", 12, face=BOLD)
        for part in wrap(text, 11, WIDE - 2 * MARGIN - 8):
            sheet.text(MARGIN + 7, y + 4, part, 11)
            y += 5.4
        y += 1.2
    tops = [y + 4.0, y + 4.0]
    for title, lines in groups:
        side = tops.index(min(tops))
        tops[side] = _group(sheet, MARGIN + side * (COLUMN + GAP), tops[side], title, lines)
    sheet.next_page()
    return sheet.finish()


def _group(sheet: Sheet, x: float, y: float, title: str, lines: Sequence[tuple[str, str]]) -> float:
    sheet.box(x, y, COLUMN, 6.6, fill=TINT)
    sheet.text(x + 2, y + 4.7, title, 10, face=BOLD, ink=INK)
    y += HEAD
    for keys, text in lines:
        sheet.fit(x + 2, y + 2.6, keys, 9, KEYS - 3, face=BOLD)
        sheet.fit(x + KEYS, y + 2.6, text, 9, COLUMN - KEYS - 1)
        sheet.line(x, y + 4.1, x + COLUMN, y + 4.1, ink=LINE, line=0.1)
        y += PITCH
    return y + 3.0
