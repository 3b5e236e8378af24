"""The recovery sheet: the key of an office file as 24 characters and as a QR code, to print and lock away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gridoffice.core.calendar import chinese
from gridoffice.papers.drawing import INK, LINE, QUIET, RED, Sheet
from gridoffice.papers.fonts import BOLD, SONG

STEPS = (
    "打印两份，一份与公章一起锁好，一份交上级或另一处保管。",
    "不要拍照，不要发微信，不要存在电脑里；打印后请删除这个 PDF。",
    "电脑坏了、换了：在新电脑上装好程序，打开备份的 .office 文件，按顺序输入这 24 个字，就能打开。",
    "改用口令或换钥匙以后，这张恢复单作废，请重新打印。",
)


def draw(office: str, made_on: date, words: Sequence[str], key_hex: str, file_name: str) -> bytes:
    """One A4 page."""
    sheet = Sheet(210, 297, title=f"{office} 恢复单", author=office)
    sheet.box(0, 0, 210, 34, fill=RED)
    sheet.text(20, 21, "办公文件恢复单", 26, face=BOLD, ink="#FFFFFF")
    sheet.text(190, 21, "机密 · 锁好", 14, face=BOLD, ink="#FFFFFF", align="right")
    sheet.fit(20, 47, f"{office}　{file_name}　{chinese(made_on)}", 12, 170)
    sheet.text(20, 54, "谁有这张纸和办公文件，谁就能看到全部内容。", 11, ink=RED, face=BOLD)
    for place, word in enumerate(words):
        left, top = 20 + place % 6 * 28.6, 62 + place // 6 * 26
        sheet.box(left, top, 26.6, 23, stroke=LINE, fill="#FFFFFF", round=2, line=0.3)
        sheet.text(left + 2, top + 5, str(place + 1), 8.5, ink=QUIET)
        sheet.text(left + 13.3, top + 17.5, word, 32, face=SONG, align="centre", ink=INK)
    sheet.qr(key_hex, 20, 174, 44)
    sheet.text(42, 222.5, "与 24 个字内容相同", 8.5, ink=QUIET, align="centre")
    y = 180.0
    for number, step in enumerate(STEPS, 1):
        sheet.text(72, y, f"{number}.", 12, face=BOLD)
        y = sheet.block(79, y, step, 12, 111, pitch=1.55) + 2.5
    sheet.line(20, 250, 190, 250)
    sheet.text(20, 262, "保管人：＿＿＿＿＿＿＿＿", 12)
    sheet.text(105, 262, "存放地点：＿＿＿＿＿＿＿＿＿＿＿＿", 12)
    sheet.text(20, 274, "打印日期：＿＿＿＿＿＿＿", 12)
    sheet.text(105, 274, "见证人：＿＿＿＿＿＿＿＿＿＿＿＿＿", 12)
    sheet.next_page()
    return sheet.finish()
