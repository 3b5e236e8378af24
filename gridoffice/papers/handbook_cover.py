"""Cover, owner's card and colophon of the handbook; three designs: red, blue, and one that spares ink."""

from __future__ import annotations

from collections.abc import Callable

from gridoffice.core.calendar import chinese
from gridoffice.papers.drawing import BLUE, INK, LINE, QUIET, RED, Sheet, grouped
from gridoffice.papers.fonts import BOLD, HEI, KAI, SONG
from gridoffice.papers.handbook_view import BookView

Paint = Callable[[Sheet], None]
DESIGNS = (("red", "红色"), ("blue", "蓝色"), ("plain", "素色（省墨）"))
PALE = "#FBE3E0"


def cover(sheet: Sheet, view: BookView) -> None:
    """The first page in the chosen design."""
    {"red": _red, "blue": _blue, "plain": _plain}[view.design](sheet, view, sheet.wide / 148)


def _fields(view: BookView) -> tuple[tuple[str, str], ...]:
    owner = view.owner
    return (
        ("姓　　名", owner.person.name if owner else ""),
        ("网　　格", owner.unit if owner else view.scope),
        ("工作电话", grouped(owner.person.phone) if owner else ""),
        ("编　　号", view.number),
    )


def _lines(sheet: Sheet, view: BookView, x: float, y: float, wide: float, k: float) -> None:
    for place, (title, value) in enumerate(_fields(view)):
        base = y + place * 13 * k
        sheet.text(x, base, title, 12 * k)
        sheet.line(x + 23 * k, base + 1.6 * k, x + wide, base + 1.6 * k, ink="#9AA5B1")
        sheet.fit(x + 25 * k, base, value, 12 * k, wide - 26 * k, face=BOLD)


def _mesh(sheet: Sheet, x: float, y: float, wide: float, high: float, ink: str, step: float) -> None:
    """Fine lines like the grids on a map."""
    with sheet.state(alpha=0.13):
        place = x + step
        while place < x + wide:
            sheet.line(place, y, place, y + high, ink=ink, line=0.12)
            place += step
        place = y + step
        while place < y + high:
            sheet.line(x, place, x + wide, place, ink=ink, line=0.12)
            place += step


def _red(sheet: Sheet, view: BookView, k: float) -> None:
    b, wide, high = view.bleed, sheet.wide, sheet.high
    sheet.box(-b, -b, wide + 2 * b, 84 * k + b, fill=RED)
    _mesh(sheet, -b, -b, wide + 2 * b, 84 * k + b, "#FFFFFF", 8 * k)
    sheet.fit(16 * k, 36 * k, view.office, 18 * k, wide - 32 * k, ink=PALE)
    sheet.fit(16 * k, 56 * k, _title(view), 34 * k, wide - 32 * k, face=BOLD, ink="#FFFFFF")
    sheet.text(16 * k, 70 * k, f"{view.year} 年", 15 * k, ink=PALE)
    if view.scope:
        sheet.fit(wide - 16 * k, 70 * k, view.scope, 15 * k, 80 * k, ink=PALE, align="right")
    _lines(sheet, view, 26 * k, 116 * k, 96 * k, k)
    _foot(sheet, view, wide / 2, high, k)


def _blue(sheet: Sheet, view: BookView, k: float) -> None:
    b, wide, high = view.bleed, sheet.wide, sheet.high
    spine = 26 * k
    sheet.box(-b, -b, spine + b, high + 2 * b, fill=BLUE)
    _mesh(sheet, -b, -b, spine + b, high + 2 * b, "#FFFFFF", 6.5 * k)
    left, room = spine + 14 * k, wide - spine - 26 * k
    sheet.text(left, 52 * k, str(view.year), 46 * k, face=BOLD, ink=BLUE)
    sheet.fit(left, 70 * k, view.office, 16 * k, room, ink=QUIET)
    sheet.fit(left, 86 * k, _title(view), 30 * k, room, face=BOLD)
    if view.scope:
        sheet.fit(left, 97 * k, view.scope, 14 * k, room, ink=BLUE)
    sheet.box(left, 104 * k, 22 * k, 1.4 * k, fill=RED)
    _lines(sheet, view, left, 124 * k, room, k)
    _foot(sheet, view, left + room / 2, high, k)


def _plain(sheet: Sheet, view: BookView, k: float) -> None:
    wide, high = sheet.wide, sheet.high
    sheet.box(11 * k, 11 * k, wide - 22 * k, high - 22 * k, stroke=INK, line=0.7)
    sheet.box(13 * k, 13 * k, wide - 26 * k, high - 26 * k, stroke=INK, line=0.2)
    sheet.fit(wide / 2, 50 * k, view.office, 18 * k, wide - 44 * k, face=SONG, align="centre")
    sheet.fit(wide / 2, 72 * k, _title(view), 36 * k, wide - 44 * k, face=KAI, align="centre")
    sheet.line(wide / 2 - 22 * k, 81 * k, wide / 2 + 22 * k, 81 * k, ink=INK, line=0.3)
    told = f"{view.scope}　{view.year} 年" if view.scope else f"{view.year} 年"
    sheet.fit(wide / 2, 91 * k, told, 14 * k, wide - 44 * k, face=SONG, align="centre")
    _lines(sheet, view, 28 * k, 122 * k, 92 * k, k)
    _foot(sheet, view, wide / 2, high - 4 * k, k)


def _title(view: BookView) -> str:
    """The title without the names that stand on the cover anyway."""
    title = view.title.removesuffix(f"（{view.owner.person.name}）") if view.owner else view.title
    for name in (view.scope, view.office):
        title = title.removeprefix(name) if name else title
    return title


def _foot(sheet: Sheet, view: BookView, middle: float, high: float, k: float) -> None:
    sheet.fit(middle, high - 22 * k, f"{view.office}网格办编印", 12 * k, 90 * k, align="centre")
    sheet.text(middle, high - 15 * k, view.notice, 9 * k, ink=QUIET, align="centre")


def owner(sheet: Sheet, view: BookView, left: float) -> None:
    """The owner's card, filled in where the book is made for one worker, and what is ticked before the first day."""
    k = sheet.wide / 148
    room = sheet.wide - 31 * k
    sheet.text(left, 32 * k, "个人信息卡", 16 * k, face=BOLD)
    one = view.owner
    if one is not None:
        sheet.photo(one.person.photo, left, 40 * k, 31 * k, 43.4 * k)
    else:
        sheet.box(left, 40 * k, 31 * k, 43.4 * k, stroke=LINE, line=0.3)
        sheet.text(left + 15.5 * k, 63 * k, "照片", 10 * k, ink=QUIET, align="centre")
    partner, head = (one.partner, one.head) if one is not None else (None, None)
    facts = (
        ("姓名", one.person.name if one else ""),
        ("岗位", one.person.post if one else ""),
        ("所属网格", one.unit if one else ""),
        ("工作电话", grouped(one.person.phone) if one else ""),
        ("AB岗搭档", f"{partner.name}　{grouped(partner.phone)}" if partner else ""),
        ("村级网格长", f"{head.name}　{grouped(head.phone)}" if head else ""),
        ("工作证号", one.badge if one else ""),
    )
    for place, (title, value) in enumerate(facts):
        y = 44.5 * k + place * 6.4 * k
        sheet.text(left + 36 * k, y, title, 9 * k, ink=QUIET)
        sheet.line(left + 55 * k, y + 1.4 * k, left + room, y + 1.4 * k)
        sheet.fit(left + 56 * k, y, value, 10.5 * k, room - 57 * k, face=BOLD if place < 4 else HEI)
    sheet.text(left, 104 * k, "上岗前确认", 12 * k, face=BOLD)
    for place, text in enumerate(
        ("已读完这本手册", "已熟悉网格范围、住户和重点场所", "已知道保密要求", "已存好应急电话")
    ):
        sheet.box(left, 110.6 * k + place * 8.6 * k, 4 * k, 4 * k, stroke=INK, line=0.25)
        sheet.text(left + 7 * k, 114 * k + place * 8.6 * k, text, 10.5 * k, face=SONG)
    sheet.text(left, 152 * k, "本人签名：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿", 10.5 * k, face=SONG)
    for place, (name, number) in enumerate(view.hotlines[:8]):
        x, y = left + place % 2 * room / 2, 168 * k + place // 2 * 7.6 * k
        used = sheet.text(x, y, name, 9.5 * k, ink=QUIET)
        sheet.fit(x + used + 3 * k, y, grouped(number), 11 * k, room / 2 - used - 5 * k, face=BOLD, ink=BLUE)


def colophon(sheet: Sheet, view: BookView, left: float) -> None:
    """Who made the book, when, in which version, and for what it may be used."""
    k = sheet.wide / 148
    sheet.fit(
        left, 96 * k, f"{view.office}{view.title}".replace(view.office * 2, view.office), 13 * k, 112 * k, face=BOLD
    )
    sheet.box(left, 100 * k, 22 * k, 1 * k, fill=RED)
    rows = (
        ("编印单位", f"{view.office}网格办"),
        ("年　　份", f"{view.year} 年"),
        ("版　　本", view.edition),
        ("编　　号", view.number),
        ("印制日期", chinese(view.made_on)),
        ("使用范围", view.notice),
    )
    for place, (title, value) in enumerate(rows):
        y = (110 + place * 6.8) * k
        sheet.text(left, y, title, 9.5 * k, face=SONG, ink=QUIET)
        sheet.fit(left + 20 * k, y, value, 9.5 * k, 90 * k, face=SONG)
    text = "本手册记有工作电话和网格情况，不外借、不拍照外传，离岗时交回。拾到请交还当地村（社区）或网格办。"
    sheet.block(left, 158 * k, text, 8.5 * k, sheet.wide - 31 * k, face=SONG, ink=QUIET, pitch=1.6)
    sheet.text(left, 174 * k, "电子版带数字签名，可用程序“核验”页检查是否完整。", 8.5 * k, face=SONG, ink=QUIET)
