"""Signing many files: each whole or not at all, with progress, cancel, passwords, encrypted copies and the log."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.modules.documents import certificates, looking_up, paper, signing, verifying
from gridoffice.modules.documents.signing import Wish
from gridoffice.papers import sign_check, sign_keys, sign_write
from tests.make import Make
from tests.papers.signing import plain, root


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three papers, a locked one, and what is none."""
    made = []
    for name, data in (
        ("甲.pdf", plain()),
        ("乙.pdf", plain(2)),
        ("坏.pdf", b"%PDF-1.7 nonsense"),
        ("密.pdf", sign_write.encrypted(plain(), "abc12345")),
        ("丙.pdf", plain(3)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        made.append(path)
    return made


def test_many_files_are_signed_and_what_cannot_be_is_told(office: Office, files: list[Path], tmp_path: Path) -> None:
    person = certificates.make(office, "李秀兰", "审核")
    before = {path: path.read_bytes() for path in files}
    seen: list[tuple[int, int, str]] = []
    done = signing.sign_files(office, files, None, Wish((person,)), progress=lambda *step: seen.append(step))
    assert [one.out.name if one.out else one.problem[:10] for one in done] == [
        "甲_已签名.pdf",
        "乙_已签名.pdf",
        "这个 PDF 已经损",
        "这个 PDF 有打开",
        "丙_已签名.pdf",
    ]
    assert {path: path.read_bytes() for path in files} == before
    assert seen[0] == (0, 5, "正在签名：甲.pdf") and seen[-1][:2] == (5, 5)
    for one in done:
        if one.out:
            assert verifying.verify(office, one.out).tone == "done"
    with office.read() as session:
        last = session.scalars(select(AuditUnit).order_by(AuditUnit.id.desc()).limit(1)).one()
    assert last.name == "签名：甲.pdf等 3 个文件（审核 李秀兰）"
    assert office.undo_text() == "签发签名证书：审核 李秀兰"  # a signature is not taken back
    again = signing.sign_files(office, [files[3], files[0]], None, Wish((person,)), passwords={files[3]: "abc12345"})
    assert [one.out.name for one in again if one.out] == ["密_已签名.pdf", "甲_已签名2.pdf"]


def test_cancelling_leaves_what_is_signed(office: Office, files: list[Path]) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done == 1:
            raise Cancelled

    own = signing.for_roles(office, ())[0]
    done = signing.sign_files(office, files, None, Wish((own,)), progress=stop)
    assert [bool(one.out) for one in done] == [True, False, False, False, False]
    assert "已取消" in done[1].problem
    assert verifying.verify(office, files[0].with_name("甲_已签名.pdf")).tone == "done"


def test_copies_for_delivery_open_with_their_password_only(office: Office, files: list[Path], tmp_path: Path) -> None:
    own = signing.for_roles(office, ())[0]
    signed = tmp_path / "册.pdf"
    signed.write_bytes(signing.sign_paper(office, plain(2)))
    folder = tmp_path / "外发"
    folder.mkdir()
    done = signing.sign_files(office, [signed, files[0]], folder, Wish((own,), "waifa-2026"))
    assert [one.out.name for one in done if one.out] == ["册_加密.pdf", "甲_加密.pdf"]
    for one in done:
        assert one.out is not None
        assert verifying.verify(office, one.out).state == sign_check.LOCKED
        verdict = verifying.verify(office, one.out, password="waifa-2026")
        assert verdict.tone == "done" and len(verdict.signatures) == 1
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(one.out)
    foreign = tmp_path / "来函.pdf"
    other = sign_keys.issue(root("别的镇"), "外单位", "签发", "别的镇")
    foreign.write_bytes(sign_write.sign(plain(), [sign_write.Hand(other)]))
    refused = signing.sign_files(office, [foreign], folder, Wish((own,), "waifa-2026"))
    assert "有“外单位”的签名，加密以后就失效" in refused[0].problem  # nobody's signature is lost unsaid
    short = signing.sign_files(office, [files[0]], folder, Wish((own,), "1"))
    assert "密码太短" in short[0].problem


def test_a_wrong_passphrase_stops_before_anything_is_written(office: Office, files: list[Path]) -> None:
    person = certificates.make(office, "王䶮", "批准", passphrase="只有我自己知道")
    with pytest.raises(OfficeError, match="签名口令"):
        signing.sign_files(office, files, None, Wish((person,)), passphrases={person: "wrong-one"})
    assert not list(files[0].parent.glob("*已签名*"))


def test_files_that_are_not_there_or_too_large_are_told(office: Office, tmp_path: Path) -> None:
    own = signing.for_roles(office, ())[0]
    large = tmp_path / "大.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(sign_check.MOST + 1)
    done = signing.sign_files(office, [tmp_path / "没有.pdf", large], None, Wish((own,)))
    assert "读不到" in done[0].problem and "太大" in done[1].problem


def test_what_others_signed_is_countersigned(office: Office, tmp_path: Path) -> None:
    made = pikepdf.open(io.BytesIO(plain()))
    out = io.BytesIO()
    made.save(out, linearize=True)
    first = signing.sign_paper(office, out.getvalue(), roles=(), place=(60, 60, 260, 110))
    person = certificates.make(office, "李秀兰", "审核")
    path = tmp_path / "联签.pdf"
    path.write_bytes(signing.sign_paper(office, first, ids=[person]))
    assert [one.title for one in verifying.verify(office, path).signatures] == ["云溪镇网格办", "审核　李秀兰"]


def test_lines_of_the_register_are_signed_again(office: Office, make: Make, tmp_path: Path) -> None:
    village = make.village("石桥村")
    make.assign(make.staff("张䶮"), make.grid(village, "石桥村第1网格"), networks.WORKER)
    board = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    made = paper.recovery_sheet(office, tmp_path / "恢.pdf")
    ids = [looking_up.look_up(office, one.number).id for one in (board, made)]
    folder = tmp_path / "会签"
    folder.mkdir()
    written, missing = signing.from_register(office, ids, folder)
    assert [one.name for one in written] == [f"{board.number} {board.title}.pdf"] and missing == [made.number]
    assert written[0].read_bytes() == board.path.read_bytes()
    person = certificates.make(office, "李秀兰", "审核")
    done = signing.sign_files(office, written, None, Wish((person,)))
    assert done[0].out is not None
    verdict = verifying.verify(office, done[0].out)
    assert verdict.found is not None and verdict.found.number == board.number and len(verdict.signatures) == 2
