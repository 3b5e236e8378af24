"""Dialogs of certificates: a new one, renewing, revoking, passphrases, imports and exports, the seal picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.domain.certificates import PERSON, ROLES
from gridoffice.modules.documents import certificate_files as files
from gridoffice.modules.documents import certificates
from gridoffice.modules.documents.certificates import SAFE, SHORTEST, YEARS, Line
from gridoffice.papers.sign_files import REASONS
from gridoffice.ui import dialogs, editor
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

PASSPHRASE_HELP = f"至少 {SHORTEST} 个字，本人记住；忘了只能另发"
HONEST = (
    "本机做的密钥能证明签名后没有被改动（电子签名法第十三条三、四项）。"
    "密钥由本人设口令、只有本人知道，才谈得上“专有”“仅由本人控制”（一、二项）；不设口令，谁开着这台电脑谁就能签。"
)
SEAL_WARNING = (
    "印章图片只是样子，不是电子签名，也不等于盖章：谁拿到文件都能抠下来。"
    "请先问清公章管理规定；要盖章的文书，仍请打印后盖章。图片只出现在单位证书的签名栏里。"
)


def _typed_twice(values: Mapping[str, Any], key: str = "passphrase") -> str:
    first, second = values.get(key) or "", values.get(f"{key}_again") or ""
    if first != second:
        raise OfficeError("两次输入的口令不一样", safe=SAFE, do="请再输一次")
    return str(first)


def _twice(section: str, title: str = "本人口令") -> tuple[Field, Field]:
    return (
        Field("passphrase", title, "password", help=PASSPHRASE_HELP, section=section),
        Field("passphrase_again", "再输一次", "password", section=section),
    )


def _root(main: MainWindow) -> tuple[Field, ...]:
    """A field for the root's passphrase, where it has one."""
    root = files.newest_root(main.office)
    return (Field("root", "根证书口令", "password", required=True, help="根证书设了口令"),) if root.is_locked else ()


def _own(line: Line, title: str = "本人口令") -> tuple[Field, ...]:
    return (Field("own", title, "password", required=True, help="由持有人本人输入"),) if line.is_locked else ()


def make(parent: QWidget, main: MainWindow) -> bool:
    """Issue a certificate to a person, a worker or somebody else."""
    people = {one.id: one for one in certificates.people(main.office)}
    words = [(one.id, f"{one.name}　{one.post}" if one.post else one.name) for one in people.values()]
    fields = (
        Field("holder", "持有人", "pick", required=True, choices=words, is_open=True, help="选人员，或直接写姓名"),
        Field("role", "签名身份", "pick", choices=_roles(), is_open=True, help="编制、审核、批准……"),
        Field("years", "有效期", "choice", required=True, choices=[(one, f"{one} 年") for one in YEARS]),
        *_twice("由本人设口令（建议）"),
        *_root(main),
    )

    def save(values: dict[str, Any]) -> None:
        worker = people.get(values["holder"])
        certificates.make(
            main.office,
            worker.name if worker is not None else str(values["holder"]),
            values.get("role") or "",
            years=values["years"],
            passphrase=_typed_twice(values),
            staff_id=worker.id if worker is not None else None,
            root_passphrase=values.get("root") or "",
        )

    return editor.edit(parent, "给个人发签名证书", fields, {"years": 3}, save, columns=1, note=HONEST)


def _roles() -> list[tuple[str, str]]:
    return [(one, one) for one in ROLES]


def renew(parent: QWidget, main: MainWindow, line: Line) -> bool:
    """Issue the next certificate of a holder."""
    fields = (
        Field("years", "有效期", "choice", required=True, choices=[(one, f"{one} 年") for one in YEARS]),
        *(_twice("新证书的口令（原来的口令不带过来）") if line.kind == PERSON else ()),
        *_root(main),
    )

    def save(values: dict[str, Any]) -> None:
        root = values.get("root") or ""
        secret = _typed_twice(values)
        certificates.renew(main.office, line.id, years=values["years"], passphrase=secret, root_passphrase=root)

    note = f"“{line.title}”的证书 {line.ends} 到期。续期后旧证书不再签名，它签过的文书仍然有效。"
    return editor.edit(parent, "续期", fields, {"years": 3}, save, columns=1, note=note)


def revoke(parent: QWidget, main: MainWindow, line: Line) -> bool:
    """Revoke a certificate for a reason."""
    fields = (Field("why", "原因", "choice", required=True, choices=list(REASONS.items())),)
    note = (
        f"吊销“{line.title}”的证书后不能再用它签名，核验时会提示。以前签的文书怎么看，取决于原因。"
        "吊销后请“导出吊销列表”，交给核验本办文书的其他电脑。"
    )
    if line.kind == "root":
        note = "吊销根证书以后，它签发的所有证书都不再可信；本办会另建一个根证书，要重新给每个人发证书。"
    return editor.edit(
        parent,
        "吊销证书",
        fields,
        {"why": "left"},
        lambda values: certificates.revoke(main.office, line.id, values["why"]),
        columns=1,
        note=note,
    )


def protect(parent: QWidget, main: MainWindow, line: Line) -> bool:
    """Set, change or take off the holder's own passphrase."""
    fields = (*_own(line, "原来的口令"), *_twice("新的口令（留空就是不用口令）"))

    def save(values: dict[str, Any]) -> None:
        certificates.protect(main.office, line.id, values.get("own") or "", _typed_twice(values))

    return editor.edit(parent, f"签名口令：{line.title}", fields, {}, save, columns=1, note=HONEST)


def take_in(parent: QWidget, main: MainWindow, file: Path | None = None) -> bool:
    """Import a certificate of a licensed authority."""
    kinds = "证书文件 (*.p12 *.pfx);;所有文件 (*)"
    file = file or next(iter(dialogs.open_files(parent, "选择发证机构给的证书", kinds)), None)
    if file is None:
        return False
    chosen = file
    fields = (
        Field("password", "文件的密码", "password", help="发证机构给的密码"),
        Field("role", "签名身份", "pick", choices=_roles(), is_open=True, help="可不填"),
        *_twice("以后签名用的口令（建议）"),
    )

    def save(values: dict[str, Any]) -> None:
        files.take_in(
            main.office,
            chosen.read_bytes(),
            values.get("password") or "",
            role=values.get("role") or "",
            passphrase=_typed_twice(values),
        )

    note = (
        "依法取得许可的电子认证机构（电子签名法第十六条）发的证书，对外更有说服力。"
        "要带私钥的 .p12 或 .pfx 文件；在 U 盾里拿不出来的、国密（SM2）的，本程序用不了。"
    )
    return editor.edit(parent, "导入发证机构的证书", fields, {}, save, columns=1, note=note)


def trust(parent: QWidget, main: MainWindow) -> bool:
    """Import another office's root certificate, after its print was compared."""
    from gridoffice.papers.sign_keys import facts, from_file

    chosen = dialogs.open_files(parent, "选择对方的根证书", "证书 (*.cer *.crt *.pem);;所有文件 (*)")
    if not chosen:
        return False
    data = chosen[0].read_bytes()
    told = facts(from_file(data))
    mark = " ".join(told.fingerprint[place : place + 4] for place in range(0, 32, 4)).upper()
    text = (
        f"{told.holder}，{told.starts:%Y-%m-%d} 至 {told.ends:%Y-%m-%d}。\n指纹前 32 位：{mark}\n"
        "请打电话和对方核对指纹，一样才导入：信任以后，它签发的证书都认。"
    )
    if dialogs.ask(parent, "信任这个单位的签名？", text, ["核对过，信任", "不信任"]) != 0:
        return False
    files.trust(main.office, data)
    return True


def take_crl(parent: QWidget, main: MainWindow) -> int | None:
    """Take in another office's revocation list; how many stand on it, None when it was left."""
    chosen = dialogs.open_files(parent, "选择对方的吊销列表", "吊销列表 (*.crl *.pem);;所有文件 (*)")
    return files.take_crl(main.office, chosen[0].read_bytes()) if chosen else None


def export_root(parent: QWidget, main: MainWindow) -> Path | None:
    """Save the root certificate for other computers."""
    out = dialogs.save_file(parent, "导出根证书", f"{_office(main)}根证书.cer", "证书 (*.cer)")
    if out is not None:
        files.export_root(main.office, out)
    return out


def _office(main: MainWindow) -> str:
    return files.newest_root(main.office).holder.removesuffix("根证书")


def export_crl(parent: QWidget, main: MainWindow) -> str:
    """Save the revocation list; what to say of it, "" when it was left."""
    out = dialogs.save_file(parent, "导出吊销列表", f"{_office(main)}吊销列表.crl", "吊销列表 (*.crl)")
    if out is None:
        return ""
    told: list[int] = []

    def save(values: Mapping[str, Any]) -> None:
        told.append(files.export_crl(main.office, out, values.get("root") or ""))

    fields = _root(main)
    if not fields:
        save({})
    elif not editor.edit(parent, "导出吊销列表", fields, {}, save, columns=1):
        return ""
    return f"已存为“{out.name}”，上面有 {told[0]} 张证书"


def export_key(parent: QWidget, main: MainWindow, line: Line) -> bool:
    """Save a certificate with its key for the archive."""
    out = dialogs.save_file(parent, "导出密钥存档", f"{line.title.replace(' ', '_')}.p12", "证书和密钥 (*.p12)")
    if out is None:
        return False
    fields = (*_own(line), *_twice("存档文件的密码", "密码"))

    def save(values: dict[str, Any]) -> None:
        files.export_key(main.office, line.id, out, _typed_twice(values), values.get("own") or "")

    note = "谁拿到这个文件和密码，谁就能以这个名义签名。请和密码分开，锁在档案柜里。导出会记入查看记录。"
    return editor.edit(parent, f"导出密钥存档：{line.title}", fields, {}, save, columns=1, note=note)


def seal(parent: QWidget, main: MainWindow) -> bool:
    """Take in a seal picture after the warning, or take it away."""
    has = bool(files.seal(main.office))
    buttons = ["不用图片", "换一张…", "取消"] if has else ["不用图片", "仍然选图片…"]
    choice = dialogs.ask(parent, "印章图片", SEAL_WARNING, buttons)
    if choice == 0 and has:
        files.set_seal(main.office, b"")
        return True
    if choice != 1:
        return False
    chosen = dialogs.open_files(parent, "选择印章图片", "PNG 图片 (*.png)")
    if not chosen:
        return False
    files.set_seal(main.office, chosen[0].read_bytes())
    return True
