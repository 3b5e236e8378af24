"""Signing papers and files: whose certificate for which role, many files at once, copies that open with a password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.office import Office
from gridoffice.domain import attachments, paper_parts
from gridoffice.domain.certificates import OFFICE
from gridoffice.domain.papers import IssuedPaper, save
from gridoffice.modules.documents import certificate_files, certificates
from gridoffice.modules.documents.certificates import Line
from gridoffice.papers import sign_check, sign_write
from gridoffice.papers.sign_check import MOST
from gridoffice.papers.sign_keys import fingerprint
from gridoffice.papers.sign_place import Box
from gridoffice.papers.sign_write import Hand, Spot

MM = 72 / 25.4
SEALS = {"board": (275 * MM, 7 * MM, 450 * MM, 31 * MM)}
"""Where a kind's first visible signature stands (points: left, bottom, right, top); else on the last page, where it is
blank, at the foot at the right."""

Passphrases = Mapping[int, str]
"""Of certificates that need one, by their ids."""


def for_roles(office: Office, roles: Sequence[str]) -> list[int]:
    """The certificates of some roles (or holders), in their order; the office's own for none.

    Raises OfficeError when nobody signs as one of them. Of several the newest is taken.
    """
    certificates.prepare(office)
    found = certificates.signers(office)
    if not roles:
        own = [one for one in found if one.kind == OFFICE]
        if not own:
            raise OfficeError(
                "本办没有可用的单位签名证书",
                safe="文件没有改动",
                do="请在“签名证书”里续期或另发一张",
                offer="certificates",
            )
        return [max(one.id for one in own)]
    return [_for(role, found) for role in roles]


def _for(role: str, found: Sequence[Line]) -> int:
    fits = [one.id for one in found if role in (one.role, one.holder, one.title)]
    if not fits:
        known = "、".join(dict.fromkeys(one.title for one in found)) or "还没有"
        raise OfficeError(
            f"没有“{role}”可用的签名证书",
            safe="文件没有改动",
            do=f"现有：{known}。请在“签名证书”里给他发一张",
            offer="certificates",
        )
    return max(fits)


def hands(office: Office, ids: Sequence[int], passphrases: Passphrases | None = None) -> list[Hand]:
    """Those who sign, unlocked; raises OfficeError when a passphrase is wrong or missing."""
    seal = certificate_files.seal(office)
    made = []
    for record_id in ids:
        line = certificates.certificate(office, record_id)
        pair = certificates.pair(office, record_id, (passphrases or {}).get(record_id, ""))
        told = f"经办 {office.user}" if line.kind == OFFICE else line.organisation
        made.append(Hand(pair, line.role, told, seal if line.kind == OFFICE else b""))
    return made


def sign_paper(
    office: Office,
    data: bytes,
    kind: str = "",
    roles: Sequence[str] = (),
    *,
    ids: Sequence[int] | None = None,
    passphrases: Passphrases | None = None,
    password: str = "",
    place: Box | None = None,
) -> bytes:
    """A paper of a kind signed for some roles in their order (编制, 审核, 批准), or by the office itself for none.

    `ids`: certificates instead of roles. `place`: of the first field, instead of its kind's. `password` opens an
    encrypted PDF. Raises OfficeError when it cannot be signed.
    """
    chosen = for_roles(office, roles) if ids is None else list(ids)
    spot = Spot(box=place or SEALS.get(kind))
    return sign_write.sign(data, hands(office, chosen, passphrases), spot=spot, password=password)


def read(file: Path) -> bytes:
    """A file to sign; raises OfficeError when it cannot be read or is too large."""
    try:
        if file.stat().st_size > MOST:
            raise OfficeError(
                f"“{file.name}”太大（超过 {MOST // 1_000_000} MB）", safe="文件没有改动", do="请先拆分或压缩"
            )
        return file.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到“{file.name}”", safe="文件没有改动", do="请检查文件是否还在") from error


def note(office: Office, names: Sequence[str], ids: Sequence[int]) -> None:
    """Write into the log which files were signed and as whom; a signature cannot be taken back."""
    if not names:
        return
    who = "、".join(certificates.certificate(office, one).title for one in ids)
    many = f"等 {len(names)} 个文件" if len(names) > 1 else ""
    with office.unit(f"签名：{names[0]}{many}（{who}）") as session:
        record = session.info["unit"].record
        record.state, record.info = "dropped", {"signed": list(names)[:200]}


@dataclass(frozen=True)
class Signed:
    """What became of one file: where the signed one is, or why it was not signed."""

    file: Path
    out: Path | None
    problem: str = ""


@dataclass(frozen=True)
class Wish:
    """How files are signed: by whom, and the password their copies open with (none: they are not encrypted)."""

    ids: tuple[int, ...]
    copy_password: str = ""


def sign_files(
    office: Office,
    files: Sequence[Path],
    folder: Path | None,
    wish: Wish,
    *,
    passphrases: Passphrases | None = None,
    passwords: Mapping[Path, str] | None = None,
    progress: Progress = silent,
) -> list[Signed]:
    """Sign many files, each whole or not at all; what cannot be signed is told and the others go on.

    `folder`: where the signed ones go, under their old names with “_已签名”; None: beside the old ones. No file is
    written over. Cancelling leaves what is already signed.
    """
    signing = hands(office, wish.ids, passphrases)
    done: list[Signed] = []
    for number, file in enumerate(files):
        try:
            progress(number, len(files), f"正在签名：{file.name}")
        except Cancelled:
            done += [Signed(rest, None, "没有签：已取消") for rest in files[number:]]
            break
        try:
            data = _made(read(file), signing, wish.copy_password, (passwords or {}).get(file, ""))
            out = _free(folder or file.parent, file.stem, "加密" if wish.copy_password else "已签名")
            save(out, data)
        except OfficeError as problem:
            done.append(Signed(file, None, problem.sentence))
        else:
            done.append(Signed(file, out))
    with suppress(Cancelled):  # too late: everything is signed
        progress(len(files), len(files), "")
    note(office, [one.file.name for one in done if one.out], wish.ids)
    return done


def _made(data: bytes, signing: list[Hand], copy_password: str, password: str) -> bytes:
    if not copy_password:
        return sign_write.sign(data, signing, password=password)
    # A signature covers the bytes as they lie in the file: encrypted first, then signed, or it would not fit.
    others = [name for name, mark in sign_check.signed_by(data) if mark not in {_mark(hand) for hand in signing}]
    if others:
        raise OfficeError(
            f"文件里有“{'”“'.join(others[:3])}”的签名，加密以后就失效了",
            safe="文件没有改动",
            do="请让他们一起签加密副本，或者不加密，用压缩软件加密码发送",
        )
    plain = sign_write.before_signatures(data)
    return sign_write.sign(sign_write.encrypted(plain, copy_password), signing, password=copy_password)


def _mark(hand: Hand) -> str:
    return fingerprint(hand.pair.certificate)


def from_register(office: Office, paper_ids: Sequence[int], folder: Path) -> tuple[list[Path], list[str]]:
    """The kept files of some lines of the register, written into a folder; and the numbers whose file is not kept."""
    written, missing = [], []
    with office.read() as session:
        for paper_id in paper_ids:
            record = session.get(IssuedPaper, paper_id)
            if record is None:
                continue
            files = attachments.of_record(session, IssuedPaper.__tablename__, paper_id)
            data = next((attachments.data_of(session, one.id) for one in files if one.kind == paper_parts.FILE), None)
            if data is None:
                missing.append(record.number)
                continue
            out = _free(folder, f"{record.number} {record.title}".replace("/", "-"), "")
            save(out, data)
            written.append(out)
    return written, missing


def _free(folder: Path, stem: str, mark: str) -> Path:
    """A name that no file has: 手册_已签名.pdf, 手册_已签名2.pdf."""
    tail = f"_{mark}" if mark else ""
    stem = stem.removesuffix(tail)
    names = (f"{stem}{tail}{number if number > 1 else ''}.pdf" for number in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())
