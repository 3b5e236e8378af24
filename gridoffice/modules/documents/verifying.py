"""签名验证: whether a PDF is whole, who signed it, and what the register knows of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import paper_seeking as seeking
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

    @property
    def words(self) -> str:
        """Its line of the register in words."""
        made = f"{self.made_on:%Y-%m-%d} 由 {self.made_by} 制作，第 {self.edition} 版"
        return f"本办登记：{self.number}，{self.title}，{made}"


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
    elif found is None and checked.state == sign_check.CHANGED:
        lines += _by_its_number(office, path)
    if found is not None:
        lines.append(found.words)
    elif told.tone == "done":
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
        record = seeking.by_digests(session, digests)
        return standing(session, record) if record is not None else None


def standing(session: Session, record: IssuedPaper) -> Found:
    """A paper's line of the register with how it stands: newest, replaced by a newer one, taken back."""
    tone, lines, newer = "", [], seeking.newer(session, record)
    if newer is not None:
        part = "" if newer.parts >= newer.total else f"其中 {newer.parts} 份"
        tone = "soon"
        lines = [f"{part}已有新版本，是 {newer.paper.number}（{newer.paper.made_on:%Y-%m-%d}），请用新的"]
    if record.recalled_on is not None:
        why = f"，原因：{record.recall_reason}" if record.recall_reason else ""
        tone, lines = "late", [f"已经收回作废，{record.recalled_on:%Y-%m-%d} 收回{why}", *lines]
    kind = KINDS[record.kind].title if record.kind in KINDS else record.kind
    return Found(
        record.id, record.number, record.title, kind, record.made_on, record.made_by, record.edition,
        record.recalled_on, tone, tuple(lines), newer.paper.id if newer else None,
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
    from gridoffice.papers import sign_blank

    numbers = seeking.numbers_in(sign_blank.words(path))
    with office.read() as session:
        found = seeking.by_numbers(session, numbers)
        return [
            f"上面印的编号 {one.number} 在登记里（{one.title}，{one.made_on:%Y-%m-%d}），但文件不是登记时的那一个："
            "可能重新保存过，也可能改过内容，请对照原件。"
            for one in found[:3]
        ]
