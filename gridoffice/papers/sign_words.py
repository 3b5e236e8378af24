"""What was found of a signed PDF, in plain Chinese: one headline, what to do, and lines for each signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.papers import sign_check as check
from gridoffice.papers.sign_check import Checked, Signature
from gridoffice.papers.sign_files import REASONS


@dataclass(frozen=True)
class Told:
    """One signature or the whole file in words; tone: done, soon, late or quiet."""

    tone: str
    title: str
    lines: tuple[str, ...] = ()


AGAIN = "请向发文单位另要一份"

_WHOLE_FILES = {
    check.NO_PDF: Told("soon", "这不是 PDF 文件，不能核验", ("请选 PDF 文件；Word、照片和 OFD 文件不能在这里核验。",)),
    check.EMPTY: Told("soon", "这个文件是空的，里面什么也没有", ("多半是没有下载完，请重新下载或另要一份。",)),
    check.BROKEN: Told("late", "文件已被改动或损坏，签名读不出来", (f"{AGAIN}；不要再转发这一份。",)),
    check.LOCKED: Told("soon", "这个 PDF 有打开密码", ("请输入打开密码再核验；密码由发文单位告诉您。",)),
    check.TOO_BIG: Told(
        "soon",
        "文件太大，不能核验",
        (f"超过 {check.MOST // 1_000_000} MB 的文件不在这里核验，请向发文单位要小一些的。",),
    ),
    check.UNSIGNED: Told("soon", "没有签名，不能证明是谁发的、改没改过", ("可以按编号到文书登记里核对。",)),
}

_PROBLEMS = {
    "sm2": "用国密算法（SM2）签的，本程序不能核验。请用签名单位指定的软件核验。",
    "old": "用旧格式签的（不是 PAdES），本程序不能核验。请用签名单位的软件核验。",
    "stamp": "这是时间戳，不是签名；本程序不联网，不核验时间戳。",
    "form": "签名的内容读不出来。",
}


def file(checked: Checked) -> Told:
    """The whole file in a headline and what to do."""
    if checked.state in _WHOLE_FILES:
        return _WHOLE_FILES[checked.state]
    if checked.state == check.CHANGED:
        return _changed(checked.signatures)
    if checked.state == check.UNKNOWN:
        return Told("soon", "有本程序不能核验的签名", ("下面逐个说明。能核验的签名没有发现改动。",))
    if any(one.covering for one in checked.signatures):
        told = "后面的签名栏很大，可能遮住了原来的内容。请对照正文，并向发文单位核实。"
        return Told("soon", "正文没有改动，但后加的签名栏遮住了页面", (told,))
    if checked.state == check.FILLED:
        return Told("soon", "正文没有改动，但签名后又填写了表格", ("请确认填写的内容是谁填的。",))
    return _whole(checked.signatures)


def _changed(signatures: Sequence[Signature]) -> Told:
    if all(one.is_right for one in signatures if not one.problem):
        return Told("late", "签名之后又加了内容，不能采信", (f"只有签名时的内容是真的，后加的不是。{AGAIN}。",))
    return Told("late", "签名后被改动过，不能采信", (f"{AGAIN}；不要再转发这一份。",))


def _whole(signatures: Sequence[Signature]) -> Told:
    worst = [_doubt(one) for one in signatures]
    doubts = tuple(dict.fromkeys(filter(None, worst)))
    if doubts:
        return Told("soon", "完整，签名后没有改动，但有一点要注意", doubts)
    if any(one.trust == check.STRANGER for one in signatures):
        told = "签名人不在本办名单中，请另行确认身份；确认后可以在“签名证书”里导入对方的根证书，以后就认得。"
        return Told("soon", "完整，签名后没有改动，但不认识签名人", (told,))
    if all(one.trust == check.OWN for one in signatures):
        return Told("done", "完整：签名后没有改动，是本办签发的", ())
    return Told("done", "完整：签名后没有改动，签名人是本办信任的单位", ())


def _doubt(one: Signature) -> str:
    """What is to be minded of a signature whose bytes are right; "" when nothing is."""
    if one.then == check.REVOKED:
        return f"“{one.name}”签名时证书已经吊销，请不要采信，向发文单位核实。"
    if one.now == check.REVOKED and one.revoked is not None:
        why = REASONS.get(one.revoked.why, REASONS["other"])
        told = f"“{one.name}”的证书后来（{one.revoked.at:%Y-%m-%d}）吊销了，原因：{why}。"
        return told + ("签名时间可以造假，请向发文单位核实。" if one.revoked.why == "key" else "吊销以前签的仍然有效。")
    if one.then == check.EXPIRED:
        return f"“{one.name}”签名时证书已经过期，或签名电脑的日期不对，请核实。"
    if one.then == check.EARLY:
        return f"“{one.name}”签名的时间早于证书的起始日期，签名电脑的日期可能不对，请核实。"
    if one.is_weak:
        return f"“{one.name}”的签名用的是已不安全的摘要算法（SHA-1 或 MD5），有可能被伪造，请核实。"
    return ""


STATES = {check.VALID: "有效", check.EXPIRED: "已过期", check.EARLY: "还没有生效", check.REVOKED: "已吊销"}


def one(found: Signature) -> Told:
    """One signature in words."""
    who = f"{found.role}　{found.name}" if found.role else found.name
    if found.problem:
        told = (_PROBLEMS.get(found.problem, _PROBLEMS["form"]), *_when(found))
        return Told("late" if found.problem == "form" else "soon", who, told)
    lines = [*_when(found), _bytes_told(found), *_certificate(found)]
    doubt = _doubt(found)
    if not found.is_right or found.added == "other":
        tone = "late"
    else:
        is_fine = found.trust != check.STRANGER and not doubt and found.added != "filled" and not found.covering
        tone = "done" if is_fine else "soon"
    return Told(tone, who, (*lines, doubt) if doubt else tuple(lines))


def _when(found: Signature) -> list[str]:
    if found.at is None:
        return ["签名时间：没有写"]
    return [f"签名时间：{found.at:%Y-%m-%d %H:%M}（签名那台电脑的时钟，没有经过时间戳机构）"]


def _bytes_told(found: Signature) -> str:
    if not found.is_right:
        return "内容：签名时的内容已被改动"
    return {
        "": "内容：签名后没有任何改动",
        "signed": "内容：签名后只加了后面的签名，正文没有改动",
        "filled": "内容：签名后填写了表格，正文没有改动",
        "archived": "内容：签名后只加了验证用的信息，正文没有改动",
    }.get(found.added, "内容：签名时的内容没有动，但之后又加了别的内容")


def _certificate(found: Signature) -> list[str]:
    told = found.certificate
    if told is None:
        return []
    whose = {
        check.OWN: "本办签发",
        check.TRUSTED: f"本办信任的单位签发（{told.issuer}）",
        check.STRANGER: f"不认识的单位签发（{told.issuer}）",
    }[found.trust]
    lines = [f"单位：{told.organisation}"] if told.organisation and told.organisation != found.name else []
    until = f"{told.starts:%Y-%m-%d} 至 {told.ends:%Y-%m-%d}"
    lines.append(f"证书：{whose}，{until}；签名时{STATES[found.then]}，现在{STATES[found.now]}")
    return lines


def sentence(name: str, checked: Checked) -> str:
    """A file's finding in one run of sentences, for the command line."""
    told = file(checked)
    parts = [f"“{name}”{told.title}"]
    who = "、".join(_signer(found) for found in checked.signatures)
    if who:
        parts.append(f"签名人：{who}")
    parts += told.lines
    return "。".join(part.rstrip("。") for part in parts) + "。"


def _signer(found: Signature) -> str:
    named = f"{found.role} {found.name}" if found.role else found.name
    return f"{named}（{found.at:%Y年%m月%d日 %H:%M}，签名电脑的本机时间）" if found.at else named
