"""The register of issued papers: kinds and their numbers, and keeping a finished paper whole, for every module."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Record
from gridoffice.db.office import Office


class IssuedPaper(Record):
    """A paper that was made: kind, number, for what, when, whether signed, and the digest of the file."""

    __tablename__ = "issued_paper"

    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    made_on: Mapped[date] = mapped_column(Date, index=True)
    made_by: Mapped[str] = mapped_column(String(40), default="")
    pages: Mapped[int] = mapped_column(Integer, default=1)
    is_signed: Mapped[bool] = mapped_column(Boolean, default=False)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(160), default="")
    # Of the unit it was made for, None: the whole office. No reference: a paper outlives its unit.
    unit_id: Mapped[int | None] = mapped_column(Integer, index=True)
    # The maker's key and what was asked of it, as JSON: from these the paper is made anew.
    maker: Mapped[str] = mapped_column(String(40), default="")
    options: Mapped[str] = mapped_column(Text, default="")
    edition: Mapped[int] = mapped_column(Integer, default=1)  # how many times these parts were issued
    is_replaced: Mapped[bool] = mapped_column(Boolean, default=False)  # every part of it was issued anew
    recalled_on: Mapped[date | None] = mapped_column(Date)
    recall_reason: Mapped[str] = mapped_column(String(120), default="")


class PaperItem(Record):
    """A part of an issued paper that is replaced by itself (one card, one board), with what stood on it."""

    __tablename__ = "paper_item"

    paper_id: Mapped[int] = mapped_column(ForeignKey("issued_paper.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(60), index=True)
    title: Mapped[str] = mapped_column(String(120))
    facts: Mapped[str] = mapped_column(Text, default="")
    # The short digest in the part's code (`paper_code`), and what tells it from other sizes of the same: A3.
    digest: Mapped[str] = mapped_column(String(10), default="")
    variant: Mapped[str] = mapped_column(String(60), default="")
    replaced_by: Mapped[int | None] = mapped_column(Integer, index=True)  # the paper that took its place
    collected_on: Mapped[date | None] = mapped_column(Date)  # the old one was taken back


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: the sign before its numbers, whether it is signed, numbered as a letter, and public."""

    key: str
    title: str
    sign: str
    is_signed: bool = False
    is_letter: bool = False
    is_public: bool = False  # residents and others outside the office hold it: no private word may stand on it

    def around(self, year: int, sign: str = "") -> tuple[str, str]:
        """What stands before and after a number of a year: 册2026-001, or 移送〔2026〕1号 (GB/T 9704, reference 9).

        `sign` takes the place of the kind's own: 清网办函〔2026〕1号.
        """
        sign = sign or self.sign
        return (f"{sign}〔{year}〕", "号") if self.is_letter else (f"{sign}{year}-", "")


KINDS = {
    kind.key: kind
    for kind in (
        PaperKind("cards", "联系卡", "卡", is_public=True),
        PaperKind("handbook", "工作手册", "册", is_signed=True),
        PaperKind("board", "公示牌", "牌", is_signed=True, is_public=True),
        PaperKind("map", "网格图", "图", is_public=True),
        PaperKind("badge", "工作证", "证", is_public=True),
        PaperKind("door", "门贴", "贴", is_public=True),
        PaperKind("premises_sign", "场所责任牌", "责", is_public=True),
        PaperKind("help_sheet", "有事找谁", "找", is_public=True),
        PaperKind("covenant", "公约", "约", is_public=True),
        PaperKind("label", "标签", "签"),
        PaperKind("envelope", "信封", "封"),
        PaperKind("list", "名册", "表"),
        PaperKind("recovery", "恢复单", "恢"),
        PaperKind("handover", "移交清单", "交"),
        PaperKind("household", "一户一档", "户"),
        PaperKind("case_accept", "受理单", "受理", is_letter=True),
        PaperKind("case_dispatch", "交办单", "交办", is_letter=True),
        PaperKind("case_notice", "提示函", "提示", is_letter=True),
        PaperKind("case_transfer", "移送函", "移送", is_letter=True),
        PaperKind("case_report", "情况报告", "报告", is_letter=True),
        PaperKind("case_tell", "办结告知书", "告知", is_letter=True),
        PaperKind("letter_han", "函", "函", is_letter=True),
        PaperKind("letter_notice", "通知", "通知", is_letter=True),
        PaperKind("letter_report", "报告", "报告", is_letter=True),
        PaperKind("letter_request", "请示", "请示", is_letter=True),
        PaperKind("letter_circular", "通报", "通报", is_letter=True),
        PaperKind("letter_minutes", "纪要", "纪要", is_letter=True),
        PaperKind("letter_tell", "告知书", "告知", is_letter=True),
        PaperKind("letter_remind", "提示函", "提示", is_letter=True),
        PaperKind("letter_open", "一封信", "信", is_letter=True),
        PaperKind("letter_leaflet", "明白纸", "明白", is_letter=True),
        PaperKind("letter_invite", "邀请信", "邀请", is_letter=True),
        PaperKind("letter_pledge", "责任书", "责任", is_letter=True),
        PaperKind("diary", "民情日记", "记"),
        PaperKind("round", "走访路线单", "LX"),  # a scanner types it like a keyboard: Latin
    )
}
"""Every kind of paper the office issues."""

PUBLIC = ("cards", "board", "handbook")
"""Kinds on which the responsible persons stand."""


def next_number(session: Session, kind: str, year: int, sign: str = "") -> str:
    """The next free number of a kind (or of a sign of its own) in a year: 册2026-001, 移送〔2026〕1号."""
    start, end = KINDS[kind].around(year, sign)
    numbers = session.scalars(select(IssuedPaper.number).where(IssuedPaper.number.startswith(start)))
    last = max((int(number[len(start) :].removesuffix(end)) for number in numbers), default=0)
    return f"{start}{last + 1}{end}" if end else f"{start}{last + 1:03d}"


def numbers_for(office: Office, kind: str, count: int, sign: str = "") -> list[str]:
    """The next free numbers of a kind, one after the other, for the office's today."""
    year = office.today().year
    start, end = KINDS[kind].around(year, sign)
    with office.read() as session:
        first = next_number(session, kind, year, sign)
    number = int(first.removeprefix(start).removesuffix(end))
    return [f"{start}{one}{end}" if end else f"{start}{one:03d}" for one in range(number, number + count)]


def number_for(office: Office, kind: str, sign: str = "") -> str:
    """As `next_number`, for the office's today."""
    with office.read() as session:
        return next_number(session, kind, office.today().year, sign)


class NumberTaken(OfficeError):
    """Somebody else's paper got this number in the meantime; the next one is free."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"编号 {number} 刚被另一台电脑用了", safe="没有登记，别的文书没有改动", do="请再点一次，会用下一个编号"
        )


Made = TypeVar("Made")
TRIES = 8


def numbered(office: Office, kind: str, write: Callable[[str], Made], sign: str = "") -> Made:
    """Make a paper under its next number, again under the one after where another computer was quicker.

    `write` gets a number, draws, saves and registers, and raises `NumberTaken` as `register` does.
    """
    for _ in range(TRIES - 1):
        try:
            return write(number_for(office, kind, sign))
        except NumberTaken:
            continue
    return write(number_for(office, kind, sign))


@dataclass(frozen=True)
class Part:
    """A part of a paper as the register keeps it: its key over years, what it is called, what stood on it as JSON.

    `variant` tells sizes of the same thing apart, so that a new A4 board does not replace the one of 600×900.
    """

    key: str
    title: str
    facts: str
    digest: str = ""
    variant: str = ""


@dataclass(frozen=True)
class Origin:
    """What a paper was made from: its maker, what was asked of it as JSON, and its parts."""

    maker: str
    options: str
    parts: tuple[Part, ...]


def register(
    office: Office,
    kind: str,
    number: str,
    title: str,
    path: Path,
    pages: int,
    unit_id: int | None = None,
    *,
    origin: Origin | None = None,
    data: bytes = b"",
) -> IssuedPaper:
    """Put a finished paper into the register under the number printed on it; the file's SHA-256 is kept.

    With its `origin` the paper can be made anew, and one can tell later what on it has changed; older papers with the
    same parts are replaced by it. `data` is the file, where it is to be kept for printing it again. Raises NumberTaken
    when another computer has used the number.
    """
    record = entry(office, kind, number, title, path, pages, unit_id)
    put(office, f"制作{KINDS[kind].title}：{title} {number}", [Filed(record, origin, data)])
    return record


@dataclass(frozen=True)
class Filed:
    """A line of the register to be written, where the paper came from, and the file where it is kept."""

    record: IssuedPaper
    origin: Origin | None = None
    data: bytes = b""


def put(office: Office, name: str, wanted: Sequence[Filed]) -> None:
    """Write finished papers into the register as one step; raises NumberTaken when one's number was used meanwhile."""
    from gridoffice.domain import paper_parts

    with taking(office, [one.record.number for one in wanted]), office.unit(name) as session:
        for one in wanted:
            paper_parts.put(session, one)


@contextmanager
def taking(office: Office, numbers: Sequence[str]) -> Iterator[None]:
    """Around a unit that writes papers of these numbers: NumberTaken when another computer has used one meanwhile."""
    try:
        yield
    except OfficeError as error:
        if isinstance(error.__cause__, IntegrityError):
            for number in numbers:
                if _is_taken(office, number):
                    raise NumberTaken(number) from error
        raise


def _is_taken(office: Office, number: str) -> bool:
    with office.read() as session:
        return session.scalar(select(IssuedPaper.id).where(IssuedPaper.number == number)) is not None


def entry(
    office: Office, kind: str, number: str, title: str, path: Path, pages: int, unit_id: int | None = None
) -> IssuedPaper:
    """The register's line of a finished paper, not yet written: for a unit that writes more than this line."""
    return IssuedPaper(
        number=number,
        kind=kind,
        title=title[:120],
        made_on=office.today(),
        made_by=office.user,
        pages=pages,
        is_signed=KINDS[kind].is_signed,
        sha256=digest(path),
        file_name=path.name[:160],
        unit_id=unit_id,
    )


def digest(path: Path) -> str:
    """SHA-256 of a file; raises OfficeError when it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise OfficeError(
            f"读不到“{path.name}”", safe="文件没有改动", do=f"请检查文件是否还在（{error.strerror}）"
        ) from error


def save(out: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises OfficeError when it cannot be written."""
    place = out.with_name(f"{out.name}.new")
    try:
        place.write_bytes(data)
        place.replace(out)
    except OSError as error:
        place.unlink(missing_ok=True) if place.parent.is_dir() else None
        raise OfficeError(
            f"“{out.name}”没有写成",
            safe="办公文件不受影响",
            do=f"请检查磁盘空间和文件夹，或先关掉正在看它的程序（{error.strerror}）",
        ) from error
