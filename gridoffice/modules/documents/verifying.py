"""签名验证: whether a PDF is whole, who signed it, what the register knows of it; and finding a paper by its number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import papers
from gridoffice.domain.papers import KINDS, IssuedPaper
from gridoffice.modules.documents import certificate_files
from gridoffice.papers import sign_check, sign_words
from gridoffice.papers.sign_check import Checked
from gridoffice.papers.sign_words import Told

CHUNK = 1 << 20


@dataclass(frozen=True)
class Found:
    """The register's line of a paper, and what is to be known of it (tone soon or late, "" where all is well)."""

    id: int
    number: str
    title: str
    kind: str
    made_on: date
    made_by: str
    edition: int
    recalled_on: date | None
    tone: str = ""
    lines: tuple[str, ...] = ()
    newer_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What is said of a PDF: tone (done, soon, late), one big sentence, what to do, its signatures, the register."""

    tone: str
    headline: str
    lines: tuple[str, ...]
    name: str = ""
    state: str = ""
    signatures: tuple[Told, ...] = ()
    found: Found | None = None
    checked: Checked | None = None


def verify(office: Office, path: Path, *, password: str = "", now: datetime | None = None) -> Verdict:
    """Say of a file whether it is whole, by whom and when it was signed, and what the register knows of it.

    Never raises for what is in the file; raises OfficeError when it cannot be read from the disk.
    """
    checked = sign_check.check(path, certificate_files.known(office), password=password, now=now)
    told = sign_words.file(checked)
    found = _registered(office, path, checked)
    signatures = tuple(sign_words.one(one) for one in checked.signatures)
    tone, headline, lines = told.tone, told.title, list(told.lines)
    if found is not None and checked.state == sign_check.UNSIGNED:
        tone, headline, lines = "done", "与本办登记的原件一致（这种文书不签名）", []
    if found is not None and found.lines:
        lines += found.lines
        if tone == "done":
            tone, headline = found.tone, f"{headline.split('：')[0]}，但{found.lines[0].split('，')[0]}"
    if found is None and checked.state == sign_check.UNSIGNED:
        lines = _by_its_number(office, path) or lines
    if found is None and told.tone == "done":
        lines.append("文书登记里没有这个文件：可能是单独签名的，也可能登记后来删除了。")
    return Verdict(tone, headline, tuple(lines), path.name, checked.state, signatures, found, checked)


def verify_many(
    office: Office, paths: Sequence[Path], *, password: str = "", progress: Progress = silent
) -> list[Verdict]:
    """As `verify`, of several files; a file that cannot be read is told like the others."""
    done: list[Verdict] = []
    for number, path in enumerate(paths):
        try:
            progress(number, len(paths), f"正在核验：{path.name}")
        except Cancelled:
            return done
        try:
            done.append(verify(office, path, password=password))
        except OfficeError as problem:
            done.append(Verdict("soon", problem.what, (problem.do,), path.name))
    progress(len(paths), len(paths), "")
    return done


# --- the register


def _registered(office: Office, path: Path, checked: Checked) -> Found | None:
    """The register's line of this file, or of what it was before later signatures were put on it."""
    digests = _digests(path, [one.covers for one in checked.signatures if one.is_right])
    with office.read() as session:
        record = papers.by_digests(session, digests)
        if record is None:
            return None
        tone, lines, newer = "", [], papers.newer(session, record)
        if newer is not None:
            part = "" if newer.parts >= newer.total else f"其中 {newer.parts} 份"
            tone = "soon"
            lines = [f"{part}已有新版本，是 {newer.paper.number}（{newer.paper.made_on:%Y-%m-%d}），请用新的"]
        if record.recalled_on is not None:
            why = f"，原因：{record.recall_reason}" if record.recall_reason else ""
            tone, lines = "late", [f"已经收回作废，{record.recalled_on:%Y-%m-%d} 收回{why}", *lines]
        return _found(record, tone, tuple(lines), newer.paper.id if newer else None)


def _found(record: IssuedPaper, tone: str = "", lines: tuple[str, ...] = (), newer_id: int | None = None) -> Found:
    return Found(
        record.id, record.number, record.title, KINDS[record.kind].title if record.kind in KINDS else record.kind,
        record.made_on, record.made_by, record.edition, record.recalled_on, tone, lines, newer_id,
    )  # fmt: skip


def _digests(path: Path, ends: Sequence[int]) -> list[str]:
    """SHA-256 of the whole file and of its beginnings up to some places; read in pieces, however large it is."""
    wanted = sorted(set(ends))
    running, place, found = hashlib.sha256(), 0, []
    with path.open("rb") as file:
        while True:
            stop = wanted[0] - place if wanted else CHUNK
            piece = file.read(min(CHUNK, stop) if stop > 0 else CHUNK)
            if not piece:
                break
            running.update(piece)
            place += len(piece)
            if wanted and place == wanted[0]:
                found.append(running.hexdigest())
                wanted.pop(0)
    return [running.hexdigest(), *found]


def _by_its_number(office: Office, path: Path) -> list[str]:
    """What the register says of the number that is printed on an unsigned paper; nothing where there is none."""
    from gridoffice.papers import preview

    try:
        numbers = papers.number_in(preview.words(path))
    except OfficeError:
        return []
    with office.read() as session:
        found = papers.by_numbers(session, numbers)
        return [
            f"上面印的编号 {one.number} 在登记里（{one.title}，{one.made_on:%Y-%m-%d}），但文件不是登记时的那一个："
            "可能重新保存过，也可能改过内容，请对照原件。"
            for one in found[:3]
        ]


def look_up(office: Office, typed: str) -> Found:
    """The register's line of a number that was typed or scanned from a paper's QR code, with a short digest or without.

    The digest (6 to 64 hex digits behind the number) must be the file's. Raises OfficeError when there is no such line.
    """
    plain = narrow(typed).strip()
    numbers = papers.number_in(plain)
    with office.read() as session:
        found = papers.by_numbers(session, numbers or [plain])
        if not found:
            raise OfficeError(
                f"登记里没有编号“{plain[:40]}”", safe="没有改动任何内容", do="请对照纸上的编号再输一次，例如 册2026-001"
            )
        record = found[0]
        short = re.search(r"(?<![0-9a-f])([0-9a-f]{6,64})$", plain.lower())
        if short and numbers and not plain.endswith(numbers[0]) and not record.sha256.startswith(short[1]):
            raise OfficeError(
                f"编号 {record.number} 在登记里，但校验码不对",
                safe="没有改动任何内容",
                do="这张纸可能不是本办印的，或者印的是另一版；请收回核对",
            )
        tone, newer = "", papers.newer(session, record)
        lines: list[str] = []
        if newer is not None:
            tone, lines = "soon", [f"已有新版本，是 {newer.paper.number}（{newer.paper.made_on:%Y-%m-%d}）"]
        if record.recalled_on is not None:
            tone, lines = "late", [f"已经收回作废，{record.recalled_on:%Y-%m-%d} 收回", *lines]
        return _found(record, tone, tuple(lines), newer.paper.id if newer else None)
