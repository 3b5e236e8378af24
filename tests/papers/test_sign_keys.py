"""Keys and certificates: made here and read by openssl, under a passphrase, in PKCS#12 files, on revocation lists."""

from __future__ import annotations

import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from gridoffice.core.errors import OfficeError
from gridoffice.papers import sign_check, sign_files, sign_keys
from gridoffice.papers.sign_files import Revoked
from gridoffice.papers.sign_keys import Pair
from tests.papers.signing import checked, person, plain, root, signed

NOW = datetime.now()


def _openssl(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False, errors="replace")


def _files(folder: Path, pair: Pair, above: Pair) -> tuple[Path, Path]:
    own, top = folder / "own.cer", folder / "root.cer"
    own.write_bytes(pair.certificate)
    top.write_bytes(above.certificate)
    for one in (own, top):
        done = _openssl("x509", "-inform", "DER", "-in", one, "-out", one.with_suffix(".pem"))
        assert done.returncode == 0, done.stderr
    return own.with_suffix(".pem"), top.with_suffix(".pem")


@pytest.mark.filterwarnings("ignore:Attribute's length must be")
def test_openssl_agrees_with_the_chain_and_the_revocation_list(tmp_path: Path) -> None:
    own, top = _files(tmp_path, person("张建国", "编制"), root())
    assert "OK" in _openssl("verify", "-x509_strict", "-CAfile", top, own).stdout
    other = _files(tmp_path, person("张建国", "编制"), root("别的镇"))[1]
    assert _openssl("verify", "-CAfile", other, own).returncode != 0
    name = "某某自治县某某镇人民政府网格化服务管理中心" * 3  # more bytes than characters may be
    wide = sign_keys.make_root(name)
    own, top = _files(tmp_path, sign_keys.issue(wide, name, "审核", name), wide)
    assert "OK" in _openssl("verify", "-x509_strict", "-CAfile", top, own).stdout
    assert sign_keys.facts(wide.certificate).holder == f"{name[:54]}网格办根证书"
    own, top = _files(tmp_path, person("张建国", "编制"), root())
    serial = sign_keys.facts(person("张建国", "编制").certificate).serial
    lines = [Revoked(serial, NOW - timedelta(days=1), "key"), Revoked("abc123", NOW, "other")]
    listed = sign_files.make_crl(root(), lines, 7, NOW)
    (tmp_path / "list.crl").write_bytes(listed)
    pem = tmp_path / "list.pem"
    _openssl("crl", "-inform", "DER", "-in", tmp_path / "list.crl", "-out", pem)
    top = _files(tmp_path, person("张建国", "编制"), root())[1]
    told = _openssl("verify", "-crl_check", "-CRLfile", pem, "-CAfile", top, own)
    assert "certificate revoked" in told.stderr + told.stdout
    assert "Key Compromise" in _openssl("crl", "-in", pem, "-noout", "-text").stdout
    found = sign_files.read_crl(listed, root().certificate)
    assert [(one.serial, one.why) for one in found] == [(serial, "key"), ("abc123", "other")]
    with pytest.raises(OfficeError, match=r"不是“别的镇.*签发"):
        sign_files.read_crl(listed, root("别的镇").certificate)
    with pytest.raises(OfficeError, match="不是吊销列表"):
        sign_files.read_crl(b"x", root().certificate)


def test_a_certificate_says_who_and_ends_with_its_root() -> None:
    told = sign_keys.facts(person("王䶮", "批准").certificate)
    assert (told.holder, told.role, told.organisation) == ("王䶮", "批准", "云溪镇")
    assert told.may_sign and not told.is_root and sign_keys.facts(root().certificate).is_root
    long = sign_keys.issue(root(), "久", "", "云溪镇", years=60)
    assert sign_keys.facts(long.certificate).ends == sign_keys.facts(root().certificate).ends


def test_a_key_under_a_passphrase_opens_with_it_only() -> None:
    key = person("王䶮", "批准").key
    kept = sign_keys.lock(key, "只有我知道 8")
    assert sign_keys.is_locked(kept) and key not in kept
    assert sign_keys.unlock(kept, "只有我知道 8") == key
    assert sign_keys.lock(key, "只有我知道 8") != kept  # another salt each time
    with pytest.raises(OfficeError, match="“王䶮”的签名口令不对"):
        sign_keys.unlock(kept, "只有我知道 9", "王䶮")
    with pytest.raises(OfficeError, match="还没有输入"):
        sign_keys.unlock(kept)
    assert sign_keys.unlock(sign_keys.lock(key)) == key


def _authority(folder: Path, **usage: bool) -> tuple[Any, Any]:
    """An RSA certificate as an authority gives it, with the wanted key usage; ended when `ended`."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "清水镇人民政府")])
    start = NOW.astimezone() - timedelta(days=400)
    end = NOW.astimezone() + timedelta(days=-3 if usage.pop("ended", False) else 300)
    flags = {
        "digital_signature": False, "content_commitment": False, "key_encipherment": False, "key_agreement": False,
        "data_encipherment": False, "key_cert_sign": False, "crl_sign": False, "encipher_only": False,
        "decipher_only": False,
    } | usage  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "某电子认证公司")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.KeyUsage(**flags), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, made


def _p12(key: Any, made: Any, password: bytes = b"ca-2026") -> bytes:
    return pkcs12.serialize_key_and_certificates(b"x", key, made, None, BestAvailableEncryption(password))


def test_a_file_of_an_authority_is_taken_or_told_what_is_wrong_with_it(tmp_path: Path) -> None:
    key, made = _authority(tmp_path, digital_signature=True, content_commitment=True)
    pair = sign_files.from_pkcs12(_p12(key, made), "ca-2026")
    sign_files.must_sign(pair, NOW)
    assert checked(signed(plain(), pair)).state == sign_check.WHOLE
    mine = sign_check.Known(own=(root().certificate,), mine=(pair.certificate,))
    assert checked(signed(plain(), pair), mine).signatures[0].trust == "own"
    with pytest.raises(OfficeError, match="密码不对"):
        sign_files.from_pkcs12(_p12(key, made), "wrong")
    bare = pkcs12.serialize_key_and_certificates(b"x", None, made, None, BestAvailableEncryption(b"a"))
    with pytest.raises(OfficeError, match="没有签名用的密钥"):
        sign_files.from_pkcs12(bare, "a")
    with pytest.raises(OfficeError, match=r"不是 PKCS#12"):
        sign_files.from_pkcs12(b"hello", "")
    with pytest.raises(OfficeError, match=r"读不出来|密码不对"):
        sign_files.from_pkcs12(_p12(key, made)[:200], "ca-2026")
    for wish, words in (
        ({"key_encipherment": True}, "不是用来签名"),
        ({"digital_signature": True, "ended": True}, "到期"),
    ):
        wrong = sign_files.from_pkcs12(_p12(*_authority(tmp_path, **wish)), "ca-2026")
        with pytest.raises(OfficeError, match=words):
            sign_files.must_sign(wrong, NOW)
    early = sign_files.from_pkcs12(_p12(key, made), "ca-2026")
    with pytest.raises(OfficeError, match="电脑的日期"):
        sign_files.must_sign(early, NOW - timedelta(days=500))
    open_file = pkcs12.serialize_key_and_certificates(b"x", key, made, None, NoEncryption())
    assert sign_files.from_pkcs12(open_file, "").key == pair.key


def test_an_sm2_certificate_is_told_as_one(tmp_path: Path) -> None:
    made = _openssl("ecparam", "-name", "SM2", "-genkey", "-noout", "-out", tmp_path / "sm2.key")
    assert made.returncode == 0, made.stderr
    _openssl(
        "req", "-x509", "-new", "-key", tmp_path / "sm2.key", "-sm3", "-subj", "/CN=guomi", "-out", tmp_path / "sm2.pem"
    )
    done = _openssl(
        "pkcs12",
        "-export",
        "-inkey",
        tmp_path / "sm2.key",
        "-in",
        tmp_path / "sm2.pem",
        "-passout",
        "pass:a",
        "-out",
        tmp_path / "sm2.p12",
    )
    assert done.returncode == 0, done.stderr
    with pytest.raises(OfficeError, match="国密"):
        sign_files.must_sign(sign_files.from_pkcs12((tmp_path / "sm2.p12").read_bytes(), "a"), NOW)


def test_a_key_for_the_archive_is_read_by_openssl(tmp_path: Path) -> None:
    file = tmp_path / "存档.p12"
    file.write_bytes(sign_files.to_pkcs12(person("王䶮", "批准"), "dangan2026", "批准 王䶮"))
    told = _openssl("pkcs12", "-in", file, "-passin", "pass:dangan2026", "-nodes")
    assert told.stdout.count("BEGIN CERTIFICATE") == 2 and "BEGIN PRIVATE KEY" in told.stdout
    assert _openssl("pkcs12", "-in", file, "-passin", "pass:x", "-nodes").returncode != 0


def test_a_root_is_read_from_any_form(tmp_path: Path) -> None:
    own = _files(tmp_path, person("王䶮", "批准"), root())[1]
    for data in (root().certificate, own.read_bytes()):
        assert sign_keys.from_file(data) == root().certificate
    with pytest.raises(OfficeError, match="没有证书"):
        sign_keys.from_file(b"%PDF-1.7")
