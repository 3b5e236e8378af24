"""签名证书: made by themselves, renewed, revoked, under passphrases, carried over, to and from other offices."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditUnit, Look, Secret
from gridoffice.db.office import Office
from gridoffice.domain import certificates as kept
from gridoffice.domain.certificates import CERTIFICATES, OFFICE, PERSON, ROOT, TRUSTED
from gridoffice.domain.listing import Query
from gridoffice.modules.documents import certificate_files as files
from gridoffice.modules.documents import certificates, signing, verifying
from gridoffice.papers import sign, sign_files, sign_keys
from tests.db.test_schema import server as server  # the fixture
from tests.papers.signing import plain
from tests.papers.signing import root as foreign_root


def kinds(office: Office) -> list[str]:
    with office.read() as session:
        return [one.kind for one in session.scalars(select(kept.Certificate).order_by(kept.Certificate.id))]


def states(office: Office, on: date | None = None) -> dict[str, str]:
    """Holder and role to the state that the list shows."""
    on = on or office.today()
    ids = CERTIFICATES.ids(office, Query(on=on))
    rows = CERTIFICATES.rows(office, ids, on)
    return {f"{row[1]} {row[0]}".strip(): row[5] for row in rows.values()}


def checked(office: Office, data: bytes, tmp_path: Path, now: datetime | None = None) -> verifying.Verdict:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    return verifying.verify(office, path, now=now)


def test_root_and_own_certificate_are_made_once_and_nobody_undoes_them(office: Office) -> None:
    certificates.prepare(office)
    certificates.prepare(office)
    assert kinds(office) == [ROOT, OFFICE]
    assert "证书" not in (office.undo_text() or "")
    own = certificates.signers(office)
    assert [(one.kind, one.holder) for one in own] == [(OFFICE, "云溪镇网格办")]
    assert own[0].ends > office.today() + timedelta(days=3000)
    root = files.newest_root(office)
    assert root.ends > own[0].ends


def test_people_sign_each_with_their_own_in_their_order(office: Office, tmp_path: Path) -> None:
    for name, role in (("张建国", "编制"), ("李秀兰", "审核"), ("王䶮", "批准")):
        certificates.make(office, name, role)
    data = signing.sign_paper(office, plain(), "handbook", ("编制", "审核", "批准"))
    verdict = checked(office, data, tmp_path)
    assert verdict.tone == "done"
    assert [one.title for one in verdict.signatures] == ["编制　张建国", "审核　李秀兰", "批准　王䶮"]
    with pytest.raises(OfficeError, match=r"没有“签发”可用的签名证书.*现有：") as caught:
        signing.sign_paper(office, plain(), "handbook", ("签发",))
    assert caught.value.offer == "certificates"
    assert office.undo() == "签发签名证书：批准 王䶮"
    with pytest.raises(OfficeError, match="批准"):
        signing.for_roles(office, ("批准",))
    office.redo()
    assert signing.for_roles(office, ("批准",))
    for wrong in ("", " "):
        with pytest.raises(OfficeError, match="持有人"):
            certificates.make(office, wrong, "编制")


def test_a_person_s_own_passphrase_guards_the_key(office: Office) -> None:
    one = certificates.make(office, "王䶮", "批准", passphrase="只有我自己知道")
    assert certificates.certificate(office, one).is_locked
    with office.read() as session:
        secret = session.scalar(select(Secret.data).where(Secret.key.startswith("key:")).order_by(Secret.key))
        locked = [data for data in session.scalars(select(Secret.data)) if sign_keys.is_locked(data)]
    assert secret is not None and len(locked) == 1
    with pytest.raises(OfficeError, match="“王䶮”的签名口令还没有输入"):
        signing.sign_paper(office, plain(), ids=[one])
    with pytest.raises(OfficeError, match="签名口令不对"):
        signing.sign_paper(office, plain(), ids=[one], passphrases={one: "猜一个试试看吧"})
    assert signing.sign_paper(office, plain(), ids=[one], passphrases={one: "只有我自己知道"})
    with pytest.raises(OfficeError, match="口令不对"):
        certificates.protect(office, one, "猜一个试试看吧", "另一个新的口令")
    with pytest.raises(OfficeError, match="太短"):
        certificates.protect(office, one, "只有我自己知道", "短")
    certificates.protect(office, one, "只有我自己知道", "另一个新的口令")
    office.undo()  # the passphrase itself is not taken back, only the step before it
    with pytest.raises(OfficeError, match="不在了"):
        certificates.certificate(office, one)
    office.redo()
    assert signing.sign_paper(office, plain(), ids=[one], passphrases={one: "另一个新的口令"})
    with pytest.raises(OfficeError, match="单位证书不设口令"):
        certificates.protect(office, certificates.signers(office)[0].id, "", "单位的口令呀")
    certificates.protect(office, one, "另一个新的口令", "")
    assert not certificates.certificate(office, one).is_locked
    assert signing.sign_paper(office, plain(), ids=[one])


def test_renewing_and_revoking(office: Office, tmp_path: Path) -> None:
    old = certificates.make(office, "李秀兰", "审核", years=1)
    before = signing.sign_paper(office, plain(), roles=("审核",))
    new = certificates.renew(office, old, years=3)
    assert signing.for_roles(office, ("审核",)) == [new]
    assert states(office)["审核 李秀兰"] in ("done|可签名", "quiet|已换新证书")
    assert checked(office, before, tmp_path).tone == "done"
    with pytest.raises(OfficeError, match="不能续期"):
        certificates.renew(office, old)
    with pytest.raises(OfficeError, match="原因"):
        certificates.revoke(office, new, "")
    after = signing.sign_paper(office, plain(), ids=[new])
    certificates.revoke(office, new, "key", datetime.now() + timedelta(minutes=10))
    with pytest.raises(OfficeError, match="审核"):
        signing.for_roles(office, ("审核",))
    verdict = checked(office, after, tmp_path, datetime.now() + timedelta(hours=1))
    assert verdict.tone == "soon" and "吊销了，原因：密钥可能泄露" in verdict.lines[0]
    with pytest.raises(OfficeError, match="已经吊销过"):
        certificates.revoke(office, new, "key")
    with office.read() as session:
        names = list(session.scalars(select(AuditUnit.name)))
    assert "吊销签名证书：审核 李秀兰（密钥可能泄露）" in names and "续期签名证书：审核 李秀兰" in names


def test_the_end_is_told_sixty_days_before(office: Office) -> None:
    certificates.make(office, "李秀兰", "审核", years=1)
    ends = certificates.signers(office)[-1].ends

    def ending(on: date) -> int:
        return CERTIFICATES.count(office, Query(on=on, view="soon"))

    assert ending(ends - timedelta(days=61)) == 0
    assert ending(ends - timedelta(days=60)) == 1
    assert ending(ends + timedelta(days=3)) == 1
    assert states(office, ends - timedelta(days=30))["审核 李秀兰"] == "soon|快到期"
    assert states(office, ends + timedelta(days=1))["审核 李秀兰"] == "late|已到期"
    office.on = ends + timedelta(days=1)
    assert [one.holder for one in certificates.signers(office)] == ["云溪镇网格办"]


def test_an_office_of_an_earlier_program_goes_on_and_its_old_papers_stay_its_own(
    office: Office, tmp_path: Path
) -> None:
    old = sign.make_identity("云溪镇")
    office.keep_secret(certificates.OLD, old)
    paper = sign.sign(plain(), old, who="王䶮")
    assert checked(office, paper, tmp_path).tone == "done"  # before anything new was signed
    assert kinds(office) == []
    new = signing.sign_paper(office, plain())
    assert kinds(office) == [ROOT, OFFICE, ROOT, OFFICE]
    assert checked(office, paper, tmp_path).tone == "done"
    assert checked(office, new, tmp_path).tone == "done"
    assert len(certificates.signers(office)) == 1  # the old one only checks
    assert office.secret(certificates.OLD) == old
    person = certificates.make(office, "张建国", "编制")
    assert checked(office, signing.sign_paper(office, plain(), ids=[person]), tmp_path).tone == "done"


def test_root_and_revocation_list_go_to_another_office(office: Office, tmp_path: Path) -> None:
    """Two offices: one signs and revokes, the other trusts its root and takes in its list."""
    from gridoffice.db import store
    from gridoffice.domain import setup

    other = store.create(tmp_path / "清水.office")
    try:
        setup.prepare(other, name="清水镇")
        signer = certificates.make(other, "钱某", "签发")
        data = signing.sign_paper(other, plain(), ids=[signer])
        assert checked(office, data, tmp_path).headline.endswith("不认识签名人")
        files.export_root(other, tmp_path / "清水.cer")
        trusted = files.trust(office, (tmp_path / "清水.cer").read_bytes())
        verdict = checked(office, data, tmp_path)
        assert verdict.tone == "done" and "信任的单位" in verdict.headline
        with pytest.raises(OfficeError, match="已经信任"):
            files.trust(office, (tmp_path / "清水.cer").read_bytes())
        certificates.revoke(other, signer, "left", datetime.now() - timedelta(days=1))
        assert files.export_crl(other, tmp_path / "清水.crl") == 1
        assert files.take_crl(office, (tmp_path / "清水.crl").read_bytes()) == 1
        verdict = checked(office, data, tmp_path)
        assert verdict.tone == "soon" and "签名时证书已经吊销" in verdict.lines[0]
        files.distrust(office, trusted)
        assert checked(office, data, tmp_path).headline.endswith("不认识签名人")
        with pytest.raises(OfficeError, match="先导入对方的根证书"):
            files.take_crl(office, (tmp_path / "清水.crl").read_bytes())
        office.undo()
        assert "吊销" in checked(office, data, tmp_path).lines[0]
    finally:
        other.close()


def test_what_is_no_root_is_not_trusted(office: Office, tmp_path: Path) -> None:
    certificates.prepare(office)
    files.export_root(office, tmp_path / "own.cer")
    with pytest.raises(OfficeError, match="本办自己的"):
        files.trust(office, (tmp_path / "own.cer").read_bytes())
    leaf = sign_keys.issue(foreign_root("别的镇"), "某人", "", "别的镇").certificate
    with pytest.raises(OfficeError, match="不是根证书"):
        files.trust(office, leaf)
    with pytest.raises(OfficeError, match="没有证书"):
        files.trust(office, b"x")
    assert TRUSTED not in kinds(office)


def test_a_key_leaves_for_the_archive_under_a_passphrase_and_is_noted(office: Office, tmp_path: Path) -> None:
    one = certificates.make(office, "王䶮", "批准", passphrase="只有我自己知道")
    with pytest.raises(OfficeError, match="太短"):
        files.export_key(office, one, tmp_path / "k.p12", "短", "只有我自己知道")
    with pytest.raises(OfficeError, match="口令不对"):
        files.export_key(office, one, tmp_path / "k.p12", "dangan-2026", "不是这一个")
    assert not (tmp_path / "k.p12").exists()
    files.export_key(office, one, tmp_path / "k.p12", "dangan-2026", "只有我自己知道")
    pair = sign_files.from_pkcs12((tmp_path / "k.p12").read_bytes(), "dangan-2026")
    assert sign_keys.facts(pair.certificate).holder == "王䶮"
    with office.read() as session:
        looks = list(session.scalars(select(Look)))
    assert [(one.kind, one.reason) for one in looks] == [("export", "存档")] and "批准 王䶮" in looks[0].subject


def test_an_authority_s_certificate_is_taken_in_and_its_papers_are_own(office: Office, tmp_path: Path) -> None:
    authority = sign_keys.make_root("某电子认证公司")
    bought = sign_keys.issue(authority, "清水镇人民政府", "", "清水镇", years=2)
    data = sign_files.to_pkcs12(bought, "ca-2026")
    with pytest.raises(OfficeError, match="密码不对"):
        files.take_in(office, data, "no")
    one = files.take_in(office, data, "ca-2026", role="签发")
    assert certificates.certificate(office, one).title == "签发 清水镇人民政府"
    with pytest.raises(OfficeError, match="已经导入过"):
        files.take_in(office, data, "ca-2026")
    verdict = checked(office, signing.sign_paper(office, plain(), ids=[one]), tmp_path)
    assert verdict.tone == "done" and "本办签发" in verdict.headline
    with pytest.raises(OfficeError, match="不能续期"):
        certificates.renew(office, one)
    certificates.revoke(office, one, "key", datetime.now() - timedelta(days=1))
    certificates.prepare(office)
    assert certificates.signers(office)[0].kind == OFFICE


def test_a_lost_root_key_gives_way_to_a_new_root(office: Office, tmp_path: Path) -> None:
    person = certificates.make(office, "张建国", "编制")
    data = signing.sign_paper(office, plain(), ids=[person])
    certificates.revoke(office, files.newest_root(office).id, "key", datetime.now() - timedelta(days=1))
    verdict = checked(office, data, tmp_path)
    assert verdict.tone == "soon" and "吊销" in verdict.lines[0]
    certificates.make(office, "张建国", "审核")
    assert kinds(office).count(ROOT) == 2
    assert PERSON in kinds(office)


def test_a_seal_picture_stands_in_the_office_s_field_only(office: Office, tmp_path: Path) -> None:
    import pypdf

    assert files.seal(office) == b""
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), (200, 0, 0, 255)).save(out, "PNG")
    with pytest.raises(OfficeError, match="不是图片"):
        files.set_seal(office, b"x")
    files.set_seal(office, out.getvalue())
    assert files.seal(office) == out.getvalue()

    def words(data: bytes) -> str:
        path = tmp_path / "y.pdf"
        path.write_bytes(data)
        from tests.papers.sheets import text_of

        assert pypdf.PdfReader(path).pages
        return text_of(path)

    assert "盖章处" not in words(signing.sign_paper(office, plain()))
    assert "盖章处" in words(signing.sign_paper(office, plain(), ids=[certificates.make(office, "张建国", "编制")]))
    files.set_seal(office, b"")
    office.undo()
    assert files.seal(office) == out.getvalue()


def test_an_office_without_a_name_is_asked_for_it(office: Office) -> None:
    from gridoffice.domain import settings

    with office.unit("清空名称") as session:
        settings.put(session, "name", "")
    with pytest.raises(OfficeError, match="还没有名称"):
        certificates.prepare(office)


def test_certificates_live_on_postgresql_too(server: str, tmp_path: Path) -> None:
    from gridoffice.db import store
    from gridoffice.domain import setup

    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇")
        one = certificates.make(office, "李秀兰", "审核", years=1)
        certificates.make(office, "王䶮", "批准")
        data = signing.sign_paper(office, plain(), roles=("审核", "批准"))
        assert checked(office, data, tmp_path).tone == "done"
        for view in CERTIFICATES.views:
            assert CERTIFICATES.count(office, Query(on=office.today(), view=view.key)) >= 0
        assert CERTIFICATES.count(office, Query(on=office.today() + timedelta(days=330), view="soon")) == 1
        certificates.revoke(office, one, "left", datetime.now() - timedelta(days=1))
        assert "late|已吊销" in states(office).values()
        office.undo()
        assert "late|已吊销" not in states(office).values()
    finally:
        office.close()
