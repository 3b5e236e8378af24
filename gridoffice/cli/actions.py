"""What each command does; each returns its figures and the sentence shown without --json."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from gridoffice import opening
from gridoffice.cli import lists, taking
from gridoffice.cli.reprinting import reprint
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import sample, setup
from gridoffice.domain.listing import Query
from gridoffice.domain.papers import save

Answer = tuple[dict[str, Any], str]

PAPER = "gridoffice.modules.documents.paper"
SIGNING = "gridoffice.modules.documents.signing"
VERIFYING = "gridoffice.modules.documents.verifying"
MEETING = "gridoffice.modules.meeting.service"


def init(args: argparse.Namespace) -> Answer:
    """Make a new office file, its certificate and, when asked, its recovery sheet."""
    where = opening.target(args)
    office = store.open_office(where) if store.is_url(where) else store.create(Path(where))
    with closing(office):
        setup.prepare(office, name=args.name, code=args.code)
        load(f"{PAPER}:identity")(office)
        sheet = _sheet(office, args.sheet)
    words = (
        f"恢复单在 {sheet}，请打印后锁好。" if sheet else "请用 gridoffice recovery --out 恢复单.pdf 打印恢复单并锁好。"
    )
    return {"office": where, "recovery": sheet}, f"已新建“{args.name}”：{where}。钥匙由本机保管。{words}"


def _sheet(office: Office, out: Path | None) -> str | None:
    if out is None or office.path is None:
        return None
    load(f"{PAPER}:recovery_sheet")(office, out)
    return str(out)


def show(office: Office, args: argparse.Namespace) -> Answer:
    """List records."""
    found = lists.figures(office, args)
    return found, lists.table(args, found)


def cards(office: Office, args: argparse.Namespace) -> Answer:
    """Contact cards."""
    return _made(load(f"{PAPER}:cards")(office, args.out, village=args.village or None))


def handbook(office: Office, args: argparse.Namespace) -> Answer:
    """The signed handbook."""
    return _made(load(f"{PAPER}:handbook")(office, args.out, village=args.village or None))


def board(office: Office, args: argparse.Namespace) -> Answer:
    """A village's signed notice board."""
    return _made(load(f"{PAPER}:board")(office, args.village, args.out))


def any_paper(office: Office, args: argparse.Namespace) -> Answer:
    """Any paper with its choices in words; or which there are."""
    asking = "gridoffice.modules.documents.asking"
    if not args.kind or args.out is None:
        found = [one for one in load(f"{asking}:kinds")() if args.kind in ("", one["paper"])]
        if args.kind and not found:
            raise OfficeError(f"没有叫“{args.kind}”的文书", do="不写名称，就列出有哪些")
        return {"papers": found}, "\n".join(_kind_lines(found))
    words = dict(word.partition("=")[::2] for word in args.set)
    told = load(f"{asking}:issue")(office, args.kind, args.out, unit=args.unit, words=words, each=args.each)
    notes = "".join(f"\n{note}" for note in told["notes"])
    if args.each:
        return told, f"已生成 {len(told['files'])} 个文件，在 {args.out}{notes}"
    return told, f"已生成 {told['file']}（{told['pages']} 页，编号 {told['number']}）。{notes}"


def _kind_lines(found: list[dict[str, Any]]) -> list[str]:
    lines = []
    for one in found:
        lines.append(f"{one['paper']}　{one['about']}")
        lines += [
            f"    {option['name']}{'：' if option['choices'] else ''}{' | '.join(option['choices'])}"
            for option in one["options"]
        ]
    return lines


def letter(office: Office, args: argparse.Namespace) -> Answer:
    """A letter or an official paper from a template, to one or to many; or which templates there are."""
    writing = "gridoffice.modules.documents.writing"
    if args.list or not args.template:
        found = load(f"{writing}:known")(office)
        return {"templates": found}, "\n".join(f"{one['kind']}\t{one['name']}\t{one['to']}" for one in found)
    if args.out is None:
        raise OfficeError("没有写存到哪里", do="请加 --out 信.pdf，或 --out 文件夹（每份一个文件）")
    asked = dict(word.partition("=")[::2] for word in args.set)
    told = load(f"{writing}:issue")(office, args.template, args.out, unit=args.unit, text=args.address, asked=asked)
    notes = "".join(f"\n{note}" for note in told["notes"])
    return told, f"已签发 {told['number']}，{told['files']} 个文件，在 {told['path']}{notes}"


def chart(office: Office, args: argparse.Namespace) -> Answer:
    """The map of a unit."""
    points = "water" if args.water else "all"
    return _made(load(f"{PAPER}:map_of")(office, args.unit, args.out, size=args.size, points=points))


def _made(made: Any) -> Answer:
    figures = {"file": str(made.path), "pages": made.pages, "number": made.number, "notes": list(made.notes)}
    return figures, "\n".join([f"已生成 {made.path}（{made.pages} 页，编号 {made.number}）。", *made.notes])


def sign(office: Office, args: argparse.Namespace) -> Answer:
    """Sign PDFs with the office's certificate, or for roles or by holders in their order."""
    ids = tuple(load(f"{SIGNING}:for_roles")(office, tuple(args.role)))
    secret = opening.first_line(args.signing_passphrase_file) or ""
    passphrases = dict.fromkeys(ids, secret)
    if len(args.files) == 1 and not args.copy_password_file:
        file, out = args.files[0], args.out or args.files[0]
        data = load(f"{SIGNING}:sign_paper")(office, load(f"{SIGNING}:read")(file), ids=ids, passphrases=passphrases)
        save(out, data)
        load(f"{SIGNING}:note")(office, [file.name], ids)
        return {"file": str(out)}, f"已签名：{out}。"
    wish = load(f"{SIGNING}:Wish")(ids, opening.first_line(args.copy_password_file) or "")
    done = load(f"{SIGNING}:sign_files")(office, args.files, args.out, wish, passphrases=passphrases)
    figures = {"files": [{"file": str(one.file), "out": str(one.out or ""), "problem": one.problem} for one in done]}
    words = [f"已签名：{one.out}" if one.out else f"没有签：{one.file}：{one.problem}" for one in done]
    if any(one.problem for one in done):
        raise OfficeError("\n".join(words), do="请按上面的说明改正后再签")
    return figures, "\n".join(words)


def list_certificates(office: Office, _args: argparse.Namespace) -> Answer:
    """The certificates that can sign."""
    load("gridoffice.modules.documents.certificates:prepare")(office)
    found = load("gridoffice.modules.documents.certificates:signers")(office)
    figures = [
        {"holder": one.holder, "role": one.role, "ends": one.ends.isoformat(), "locked": one.is_locked} for one in found
    ]
    words = "\n".join(f"{one.title}　到 {one.ends}{'　要签名口令' if one.is_locked else ''}" for one in found)
    return {"certificates": figures}, words


def verify(args: argparse.Namespace) -> Answer:
    """Say whether a PDF is whole, by whom and when it was signed; with --office also whether the office did."""
    password = opening.first_line(args.password_file) or ""
    result = load("gridoffice.papers.sign:result")
    if not args.office or not (store.is_url(args.office) or Path(args.office).exists()):
        found = load("gridoffice.papers.sign:verify")(args.file, (), password=password)
        return _checked(found, found.message)
    with closing(opening.open_named(args)) as office:
        verdict = load(f"{VERIFYING}:verify")(office, args.file, password=password)
    found = result(args.file.name, verdict.checked)
    lines = [found.message, *(line for line in verdict.lines if line not in found.message)]
    figures, words = _checked(found, "\n".join(lines))
    if verdict.found is not None:
        number, recalled = verdict.found.number, verdict.found.recalled_on
        figures |= {"number": number, "recalled": str(recalled or ""), "newer": bool(verdict.found.newer_id)}
        words += f"\n本办登记：{number}，{verdict.found.title}。"
    return figures, words


def _checked(found: Any, words: str) -> Answer:
    signers = [{"name": one.name, "role": one.role, "at": str(one.at), "own": one.is_own} for one in found.signers]
    figures = {"valid": found.valid, "intact": found.intact, "state": found.state, "signers": signers}
    return {**figures, "message": found.message}, words


def slides(office: Office, args: argparse.Namespace) -> Answer:
    """The week's slides as PNG and PDF."""
    files = load(f"{MEETING}:export")(office, office.today(), args.out)
    return {"files": [str(file) for file in files]}, f"已导出 {len(files)} 个文件到 {args.out}。"


def recovery(office: Office, args: argparse.Namespace) -> Answer:
    """Print the recovery sheet again."""
    if office.path is None:
        raise OfficeError("PostgreSQL 数据库没有恢复单", do="请按服务器的办法备份")
    return {"file": _sheet(office, args.out)}, f"恢复单在 {args.out}，请打印后锁好，并删掉这个 PDF。"


def backup(office: Office, args: argparse.Namespace) -> Answer:
    """A whole copy of the office."""
    out = store.backup(office, args.out)
    return {"file": str(out), "bytes": out.stat().st_size}, f"已备份到 {out}。"


def restore(args: argparse.Namespace) -> Answer:
    """Put a backup in the office's place."""
    where = Path(opening.target(args))
    passphrase = opening.first_line(args.passphrase_file)
    words = opening.first_line(args.words_file)
    aside = store.restore(args.file, where, passphrase=passphrase, words=words)
    kept = f"原来的文件留在 {aside}。" if aside else ""
    return {"office": str(where), "before": str(aside) if aside else None}, f"已恢复到 {where}。{kept}"


def log(office: Office, args: argparse.Namespace) -> Answer:
    """The audit log, newest first."""
    args.what = "log"
    wanted = lists.listing("log")
    ids = wanted.ids(office, Query(on=office.today()))[: args.last]
    found = lists.rows(office, wanted, ids, masked=False)
    return found, lists.table(args, found)


def undo(office: Office, _args: argparse.Namespace) -> Answer:
    """Undo the last step."""
    name = office.undo()
    return {"undone": name}, f"已撤销：{name}。" if name else "没有可以撤销的。"


def redo(office: Office, _args: argparse.Namespace) -> Answer:
    """Do the undone step again."""
    name = office.redo()
    return {"redone": name}, f"已重做：{name}。" if name else "没有可以重做的。"


def passphrase(args: argparse.Namespace) -> Answer:
    """Change to a passphrase, or back to a key kept on this machine; a new recovery sheet is offered."""
    where = Path(opening.target(args))
    with closing(opening.open_named(args)) as office:
        old = office.key
    phrase = None if args.remove else _typed(args)
    new = store.change_key(where, old, passphrase=phrase)
    if args.sheet:
        with closing(store.open_office(where, words=new.hex(), remember=False)) as office:
            _sheet(office, args.sheet)
    done = "已改回由本机保管钥匙" if args.remove else "已改用口令打开"
    return {"passphrase": not args.remove}, f"{done}。旧的恢复单作废，请打印新的恢复单并锁好。"


def _typed(args: argparse.Namespace) -> str:
    if args.set:
        phrase = opening.first_line(args.set) or ""
    elif sys.stdin.isatty():
        phrase = getpass.getpass("新口令：")
        if phrase != getpass.getpass("再输一次："):
            raise OfficeError("两次输入的口令不一样", safe="口令没有改动", do="请再来一次")
    else:
        phrase = ""
    if len(phrase) < 6:
        raise OfficeError("口令太短", safe="口令没有改动", do="请至少用 6 个字符，写在文件里用 --set 给出")
    return phrase


def invented(office: Office, args: argparse.Namespace) -> Answer:
    """Put the sample township in, or take it out."""
    if args.remove:
        number = sample.remove(office)
        return {"removed": number}, f"已清除示例，共 {number} 条。"
    sample.fill(office)
    return {"sample": True}, "已放入示例乡镇（全部为虚构）。"


WITH_OFFICE: dict[str, Callable[[Office, argparse.Namespace], Answer]] = {
    "list": show,
    "cards": cards,
    "handbook": handbook,
    "board": board,
    "paper": any_paper,
    "letter": letter,
    "reprint": reprint,
    "map": chart,
    "sign": sign,
    "certificates": list_certificates,
    "slides": slides,
    "recovery": recovery,
    "backup": backup,
    "log": log,
    "undo": undo,
    "redo": redo,
    "sample": invented,
}
ALONE: dict[str, Callable[[argparse.Namespace], Answer]] = {
    "init": init,
    "import": taking.take_in,
    "verify": verify,
    "restore": restore,
    "passphrase": passphrase,
}
