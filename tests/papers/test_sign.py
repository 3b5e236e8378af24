"""Signatures: whole papers are told whole, every change is found, whatever is no signature is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.papers import board, sign
from tests.papers import sheets


@pytest.fixture(scope="module")
def identity() -> bytes:
    return sign.make_identity("云溪镇")


@pytest.fixture(scope="module")
def signed(identity: bytes) -> bytes:
    return sign.sign(board.draw(sheets.board(4)), identity, who="王䶮")


def checked(data: bytes, folder: Path, roots: tuple[bytes, ...] = ()) -> sign.VerifyResult:
    path = folder / "paper.pdf"
    path.write_bytes(data)
    return sign.verify(path, roots)


def test_a_signed_paper_is_whole_and_names_its_signer(signed: bytes, identity: bytes, tmp_path: Path) -> None:
    result = checked(signed, tmp_path, (sign.root_of(identity),))
    assert (result.valid, result.intact) == (True, True)
    assert [(signer.name, signer.is_own) for signer in result.signers] == [("云溪镇网格办", True)]
    assert "完整" in result.message
    told = sheets.run("pdfsig", tmp_path / "paper.pdf") if _pdfsig_checks(tmp_path) else ""
    assert not told or "Signature is Valid" in told
    assert "王䶮" in sheets.text_of(tmp_path / "paper.pdf")
    assert "本机时间" in sheets.text_of(tmp_path / "paper.pdf")


def _pdfsig_checks(folder: Path) -> bool:
    """pdfsig leaves with an error when it does not know the root, so it is asked without its exit code."""
    import subprocess

    done = subprocess.run(["pdfsig", folder / "paper.pdf"], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in done.stdout
    return done.returncode == 0


def test_a_stranger_s_signature_is_whole_but_told(signed: bytes, tmp_path: Path) -> None:
    other = sign.root_of(sign.make_identity("别的镇"))
    result = checked(signed, tmp_path, (other,))
    assert result.valid
    assert not result.signers[0].is_own
    assert "不在本办名单" in result.message


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.9])
def test_one_changed_byte_is_found(signed: bytes, tmp_path: Path, part: float) -> None:
    torn = bytearray(signed)
    torn[int(len(torn) * part)] ^= 1
    result = checked(bytes(torn), tmp_path)
    assert not result.valid
    assert "改动" in result.message


def test_what_is_added_later_is_found(signed: bytes, tmp_path: Path) -> None:
    assert not checked(signed + b"\n% more", tmp_path).valid
    assert not checked(signed[: len(signed) // 2], tmp_path).valid


def test_two_may_sign(signed: bytes, tmp_path: Path) -> None:
    second = sign.make_identity("石桥村")
    both = sign.sign(signed, second, place=(40, 40, 240, 100))
    result = checked(both, tmp_path)
    assert result.valid
    assert [signer.name for signer in result.signers] == ["云溪镇网格办", "石桥村网格办"]


def test_no_signature_and_no_pdf_are_sentences(tmp_path: Path) -> None:
    result = checked(board.draw(sheets.board(1)), tmp_path)
    assert (result.valid, result.signers) == (False, ())
    assert "没有签名" in result.message
    assert "不是 PDF" in checked(b"hello", tmp_path).message
    assert not checked(b"%PDF-1.7\nnonsense", tmp_path).valid
    with pytest.raises(OfficeError, match="读不到"):
        sign.verify(tmp_path / "没有.pdf")


def test_what_is_no_pdf_cannot_be_signed(identity: bytes) -> None:
    with pytest.raises(OfficeError, match="不能签名"):
        sign.sign(b"hello", identity)
