"""What stands on an official paper or a plain letter, ready to print: head, text, signature, 版记, slip."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.slip import ReplyView

RED, UP, LETTER, MINUTES, PLAIN = "red", "up", "letter", "minutes", "plain"
HEADS = {
    RED: "红头文件（下行、平行）",
    UP: "红头文件（上行，带签发人）",
    LETTER: "信函格式",
    MINUTES: "纪要格式",
    PLAIN: "普通版式（不带红头）",
}
"""The heads of GB/T 9704-2012 (reference 9), and none."""


@dataclass(frozen=True)
class Enclosure:
    """An 附件 that is printed with the paper: its title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Party:
    """Who signs a 责任书 by hand: the word before it, the name where it is known, and the lines to fill in."""

    role: str
    name: str
    lines: tuple[str, ...] = ("代表（签名）", "日期")


@dataclass(frozen=True)
class OfficialView:
    """An official paper. `paragraphs` begin with 一、 （一） 1. （1） where they are numbered.

    `number` and `day` are the paper's own. `fits`: letters may be smaller to keep a plain paper on one page.
    """

    head: str
    mark: str  # 发文机关标志: 清水镇网格办文件
    title: str
    number: str
    addressee: str
    paragraphs: tuple[str, ...]
    signer: str
    day: str
    approver: str = ""  # 签发人, on papers that go up
    urgency: str = ""  # 特急, 加急
    attachments: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    note: str = ""  # 附注
    attendance: tuple[tuple[str, str], ...] = ()  # of 纪要: 出席, 请假, 列席
    copies_to: str = ""  # 抄送
    printer: str = ""  # 印发机关
    printed_on: str = ""
    parties: tuple[Party, ...] = ()
    reply: ReplyView | None = None
    fits: bool = False
    has_seal: bool = True  # room is left for it
