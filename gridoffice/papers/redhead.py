"""What stands above the title of an official paper and at its very end: 版头 and 版记 (GB/T 9704-2012, reference 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridoffice.papers import fonts, grid_lines
from gridoffice.papers.drawing import INK, MM, Sheet
from gridoffice.papers.fonts import FANG, HEI, KAI, SONG
from gridoffice.papers.grid_lines import ROW, SANHAO, Piece
from gridoffice.papers.official_view import LETTER, PLAIN, UP

if TYPE_CHECKING:
    from gridoffice.papers.official import Layout

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 26.0, 37.0, 262.0
"""mm: 订口, 右, 天头, and where the 版心 of 225 mm ends."""
ROOM = WIDE - LEFT - RIGHT
RED = "#D40000"
MARK_TOP = 35.0  # mm from the top of the 版心 to that of the 发文机关标志
MARK, LEAST_MARK = 62.0, 30.0  # points it has at most, and from which it goes on two lines
LETTER_TOP = 30.0  # mm from the edge of the paper to the mark of a 信函
LETTER_RULE = 170.0  # mm of its red double lines
LETTER_FOOT = 20.0  # mm from the lower edge of the paper to the second
RULE_BELOW = 4.0  # mm from 发文字号 to the red line, and from the mark to the double line
THICK, THIN = 0.35, 0.25  # mm of the first and last, and of the other lines of the 版记
SIHAO = 14.0
CAP, FOOT = 0.86, 0.09  # of a character's size above and below its baseline


def head(made: Layout) -> None:
    """Everything above the title; the pen then stands where the title begins."""
    view = made.view
    if view.head == PLAIN:
        _plain(made)
    elif view.head == LETTER:
        _letter(made)
    else:
        _red(made)


def _plain(made: Layout) -> None:
    """A paper of the office's own kind: no red head; its number stands right under nothing, above the title."""
    if made.view.number:
        made.words(WIDE - RIGHT, made.view.number, SIHAO, align="right")
        made.y += made.row * 0.9


def _mark(made: Layout, top: float, most: float = MARK) -> float:
    """发文机关标志, centred, as large as it can be; the mm where its characters end."""
    text = made.view.mark
    lines = [text]
    size = _fitting(text, most)
    if size < LEAST_MARK and len(text) > 8:
        tail = "文件" if text.endswith("文件") else ""
        name = text.removesuffix(tail)
        half = (len(name) + 1) // 2
        lines = [name[:half], name[half:] + tail]
        size = min(_fitting(line, most * 0.7) for line in lines)
    high = size / MM
    for line in lines:
        x = LEFT + (ROOM - fonts.width(SONG, line, size) / MM) / 2
        y = top + high * CAP
        made.add(
            lambda sheet, x=x, y=y, line=line: grid_lines.heavy(sheet, x, y, line, size, face=SONG, ink=RED)  # type: ignore[misc]
        )
        top += high * 1.15
    return top - high * 1.15 + high * (CAP + FOOT)


def _fitting(text: str, most: float) -> float:
    across = fonts.width(SONG, text, 1.0)
    return min(most, ROOM * MM / across) if across else most


def _red(made: Layout) -> None:
    view = made.view
    if view.urgency:
        high = made.base(TOP, SANHAO)
        made.add(lambda sheet: sheet.text(LEFT, high, "　".join(view.urgency), SANHAO, face=HEI))
    end = _mark(made, TOP + MARK_TOP)
    top = end + 2 * ROW  # 发文机关标志下空二行
    y = top + ROW / 2 + SANHAO * 0.38 / MM
    if view.head == UP:
        _up(made, y)
    else:
        made.add(lambda sheet: sheet.text(LEFT + ROOM / 2, y, view.number, SANHAO, face=FANG, align="centre"))
    rule = y + SANHAO * FOOT / MM + RULE_BELOW
    made.add(lambda sheet: sheet.line(LEFT, rule, WIDE - RIGHT, rule, ink=RED, line=0.5))
    made.y = rule + 2 * ROW  # 红色分隔线下空二行


def _up(made: Layout, y: float) -> None:
    """Of a paper that goes up: the number left, 签发人 right, each one character from the edge."""
    view, cell = made.view, SANHAO / MM
    made.add(lambda sheet: sheet.text(LEFT + cell, y, view.number, SANHAO, face=FANG))
    name = view.approver or "　　　"
    word = "签发人："
    start = WIDE - RIGHT - cell - (fonts.width(KAI, name, SANHAO) + fonts.width(FANG, word, SANHAO)) / MM
    made.add(lambda sheet: sheet.text(start, y, word, SANHAO, face=FANG))
    after = start + fonts.width(FANG, word, SANHAO) / MM
    made.add(lambda sheet: sheet.text(after, y, name, SANHAO, face=KAI))


def _letter(made: Layout) -> None:
    """信函格式: the name 30 mm from the top, a double line 4 mm below it, another 20 mm from the foot."""
    view = made.view
    end = _mark(made, LETTER_TOP, 40.0)
    rule = end + RULE_BELOW
    left = (WIDE - LETTER_RULE) / 2
    foot = HIGH - LETTER_FOOT

    def rules(sheet: Sheet) -> None:
        for y, wide in ((rule, 1.0), (rule + 1.5, 0.35), (foot - 1.5, 0.35), (foot, 1.0)):
            sheet.line(left, y, left + LETTER_RULE, y, ink=RED, line=wide)

    made.add(rules)
    y = rule + 1.5 + SANHAO * 0.875 / MM + SANHAO * CAP / MM  # 与红色双线的距离为三号汉字高度的 7/8
    made.add(lambda sheet: sheet.text(WIDE - RIGHT, y, view.number, SANHAO, face=FANG, align="right"))
    if view.urgency:
        made.add(lambda sheet: sheet.text(LEFT, y, "　".join(view.urgency), SANHAO, face=HEI))
    made.y = y + SANHAO * FOOT / MM + 2 * ROW


def record(made: Layout) -> None:
    """版记: 抄送, 印发机关 and day of printing, its last line on the lower edge of the last page's 版心."""
    view = made.view
    copies = _copies(view.copies_to)
    is_bare = view.head == LETTER  # a 信函 has no lines and no 印发机关
    if view.head == PLAIN or not (copies or (view.printer and not is_bare)):
        return
    step = SIHAO * 1.65 / MM
    printed = 0 if is_bare or not view.printer else 1
    high = step * (len(copies) + printed)
    made.need(high + made.row * 0.5)
    top = BOTTOM - high
    made.add(lambda sheet: _draw_record(sheet, made, copies, top, step))
    made.y = BOTTOM


def _copies(text: str) -> tuple[grid_lines.Set, ...]:
    if not text:
        return ()
    cell = SIHAO / MM
    room = (ROOM - 2 * cell) * MM
    pieces = [Piece(f"抄送：{text.rstrip('。')}。", FANG)]
    return grid_lines.broken(pieces, SIHAO, room, room - 3 * SIHAO)


def _draw_record(sheet: Sheet, made: Layout, copies: tuple[grid_lines.Set, ...], top: float, step: float) -> None:
    view, cell = made.view, SIHAO / MM
    is_bare = view.head == LETTER
    for place, line in enumerate(copies):
        y = top + step * place + step / 2 + SIHAO * 0.38 / MM
        grid_lines.put(sheet, LEFT + cell + (3 * cell if place else 0), y, line, SIHAO)
    if is_bare:
        return
    sheet.line(LEFT, top, WIDE - RIGHT, top, ink=INK, line=THICK)
    if view.printer:
        at = BOTTOM - step
        if copies:
            sheet.line(LEFT, at, WIDE - RIGHT, at, ink=INK, line=THIN)
        y = at + step / 2 + SIHAO * 0.38 / MM
        sheet.text(LEFT + cell, y, view.printer, SIHAO, face=FANG)
        told = f"{view.printed_on}印发"
        sheet.text(WIDE - RIGHT - cell, y, told, SIHAO, face=FANG, align="right")
    sheet.line(LEFT, BOTTOM, WIDE - RIGHT, BOTTOM, ink=INK, line=THICK)
