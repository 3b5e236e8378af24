"""What can be typed: commands, options and their Chinese help."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from gridoffice import __version__


class Parser(argparse.ArgumentParser):
    """argparse with Chinese headings and messages."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(add_help=False, **kwargs)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：")

    def error(self, message: str) -> NoReturn:
        words = {
            "the following arguments are required": "还缺",
            "invalid choice": "没有这个选项",
            "choose from": "可选",
            "expected one argument": "后面要跟一个值",
            "expected at least one argument": "后面至少要有一个值",
            "unrecognized arguments": "不认识",
            "argument ": "参数 ",
            "invalid": "不对",
            "value": "值",
            "ambiguous option": "说不清是哪个选项",
        }
        for english, chinese in words.items():
            message = message.replace(english, chinese)
        self.exit(2, f"命令没有写对：{message}。用 gridoffice --help 查看说明。\n")


def day(text: str) -> date:
    """A date typed as 2026-11-20."""
    return date.fromisoformat(text)


def build() -> Parser:
    """The parser of everything."""
    parser = Parser(prog="gridoffice", description="乡镇网格办程序。不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"gridoffice {__version__}", help="显示版本")
    parser.add_argument("--office", metavar="文件", help="办公文件（.office），或 postgresql://… 地址")
    parser.add_argument("--on", type=day, metavar="日期", help="把这一天当作今天，例如 2026-11-20")
    parser.add_argument("--user", default="", metavar="姓名", help="记在修改记录里的人，默认 内勤")
    parser.add_argument("--passphrase-file", type=Path, metavar="文件", help="口令写在这个文件的第一行")
    parser.add_argument("--words-file", type=Path, metavar="文件", help="恢复单上的 24 个字写在这个文件里")
    commands = parser.add_subparsers(dest="command", title="命令", metavar="命令", parser_class=Parser)
    _records(commands)
    _papers(commands)
    _keeping(commands)
    return parser


def _add(commands: Any, name: str, help_text: str) -> Parser:
    made: Parser = commands.add_parser(name, help=help_text, description=help_text)
    # The same options may stand behind the command; when left out there they keep what stood before it.
    made.add_argument("--office", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    made.add_argument("--on", type=day, default=argparse.SUPPRESS, metavar="日期", help="把这一天当作今天")
    made.add_argument("--json", action="store_true", help="用 JSON 输出数字")
    return made


def _records(commands: Any) -> None:
    init = _add(commands, "init", "新建一个办公文件")
    init.add_argument("--name", required=True, help="乡镇（街道）名称，例如 清水镇")
    init.add_argument("--code", default="", help="乡镇代码（9 位），可不填")
    init.add_argument("--sheet", type=Path, metavar="PDF", help="同时把恢复单存成 PDF")
    taken = _add(commands, "import", "导入表格和照片（可以一次给多个文件和文件夹）")
    taken.add_argument("paths", nargs="*", type=Path, metavar="文件", help="xlsx、xls、csv 文件，照片或文件夹")
    taken.add_argument("--dry-run", action="store_true", help="只看会导入什么，不写入")
    taken.add_argument("--report", type=Path, metavar="JSON", help="把结果写成 JSON 文件")
    taken.add_argument("--undo", type=int, metavar="批次", help="撤销这一批导入")
    listed = _add(commands, "list", "列出记录")
    listed.add_argument("what", choices=LISTS, metavar="|".join(LISTS), help="要列出的记录")
    listed.add_argument("--due", action="store_true", help="只列到期、逾期或未办结的")
    listed.add_argument("--all", action="store_true", help="连同平时不列的（例如村级网格长）")
    listed.add_argument("--search", default="", metavar="文字", help="按姓名、拼音首字母、电话尾号查找")
    listed.add_argument("--as-of", type=day, metavar="日期", help="过去某一天的网格和责任人（grids、staff）")
    listed.add_argument("--full", action="store_true", help="显示完整的证件号和电话，要用 --reason 说明用途")
    listed.add_argument("--reason", default="", metavar="用途", help="为什么要看完整号码，会记入查看记录")


LISTS = (
    "grids",
    "staff",
    "residents",
    "households",
    "patrols",
    "cases",
    "followup",
    "premises",
    "inspections",
    "hazards",
    "help",
    "looks",
    "destructions",
)


def _papers(commands: Any) -> None:
    for name, text in (("cards", "印联系卡（A4 每页十张）"), ("handbook", "编印并签名工作手册")):
        made = _add(commands, name, text)
        made.add_argument("--out", type=Path, required=True, metavar="PDF", help="存到哪里")
        made.add_argument("--village", default="", metavar="村", help="只印这个村（社区）")
    board = _add(commands, "board", "制作并签名村级公示牌（600×900 毫米）")
    board.add_argument("--village", required=True, metavar="村", help="哪个村（社区）")
    board.add_argument("--out", type=Path, required=True, metavar="PDF", help="存到哪里")
    any_paper = _add(commands, "paper", "任何一种文书：工作证、公示牌（各种尺寸）、门贴、有事找谁、标签、信封……")
    any_paper.add_argument("kind", nargs="?", default="", metavar="文书", help="文书的名称；不写就列出有哪些、能选什么")
    any_paper.add_argument("--unit", default="", metavar="名称", help="哪个村（社区）或网格；不写就是全部")
    any_paper.add_argument("--set", action="append", default=[], metavar="选项=值", help="例如 尺寸=A3，可写多次")
    any_paper.add_argument("--each", action="store_true", help="一批：每村（每人）一个文件，存进 --out 文件夹")
    any_paper.add_argument("--out", type=Path, metavar="PDF|文件夹", help="存到哪里")
    letter = _add(commands, "letter", "函、通知、告知书、一封信等：按模板制作，可以群发")
    letter.add_argument("template", nargs="?", default="", metavar="模板", help="模板的名称；不写就列出有哪些")
    letter.add_argument("--list", action="store_true", help="列出有哪些模板")
    letter.add_argument("--out", type=Path, metavar="PDF|文件夹", help="存到哪里；是文件夹时每份一个文件")
    letter.add_argument("--unit", default="", metavar="名称", help="只发给这个村（社区）或网格")
    letter.add_argument("--address", default="", metavar="字", help="只发给住址里有这些字的")
    letter.add_argument("--set", action="append", default=[], metavar="名称=内容", help="填一个空，可写多次")
    reprint = _add(commands, "reprint", "哪些已发的文书要重印：人员、电话、照片、网格变了的")
    reprint.add_argument("--out", type=Path, metavar="文件夹", help="把要重印的都印好存到这里")
    chart = _add(commands, "map", "网格图（A4 或 A3 横放）")
    chart.add_argument("--unit", required=True, metavar="名称", help="哪个乡镇、村（社区）或网格")
    chart.add_argument("--out", type=Path, required=True, metavar="PDF", help="存到哪里")
    chart.add_argument("--size", choices=("A4", "A3"), default="A4", metavar="A4|A3", help="纸张，默认 A4")
    chart.add_argument("--water", action="store_true", help="只印消防水源（消防水源图）")
    sign = _add(commands, "sign", "用本办证书（或某人的证书）给 PDF 签名，可以一次签多个")
    sign.add_argument("files", nargs="+", type=Path, metavar="PDF")
    sign.add_argument("--out", type=Path, metavar="PDF", help="另存为（多个文件时是文件夹）；不写则签在原文件上")
    sign.add_argument(
        "--role",
        action="append",
        default=[],
        metavar="身份",
        help="签名身份或持有人，可写多次，按先后签：编制 审核 批准",
    )
    sign.add_argument("--signing-passphrase-file", type=Path, metavar="文件", help="签名口令写在这个文件的第一行")
    sign.add_argument(
        "--copy-password-file", type=Path, metavar="文件", help="做加密副本，打开密码写在这个文件的第一行"
    )
    _add(commands, "certificates", "列出可以签名的证书")
    verify = _add(commands, "verify", "核验 PDF：是否完整、谁签的、什么时候")
    verify.add_argument("file", type=Path, metavar="PDF")
    verify.add_argument("--password-file", type=Path, metavar="文件", help="PDF 的打开密码写在这个文件的第一行")
    slides = _add(commands, "slides", "导出例会图表（PDF 和 PNG）")
    slides.add_argument("--out", type=Path, required=True, metavar="文件夹")
    sheet = _add(commands, "recovery", "重印恢复单（24 个字和二维码）")
    sheet.add_argument("--out", type=Path, required=True, metavar="PDF")


def _keeping(commands: Any) -> None:
    backup = _add(commands, "backup", "备份办公文件")
    backup.add_argument("--out", type=Path, required=True, metavar="文件", help="备份文件或文件夹")
    restore = _add(commands, "restore", "用备份恢复（现有文件另外保存，不会丢）")
    restore.add_argument("file", type=Path, metavar="备份")
    log = _add(commands, "log", "修改记录：谁、什么时候、做了什么")
    log.add_argument("--last", type=int, default=30, metavar="N", help="最近多少条，默认 30")
    _add(commands, "undo", "撤销上一步")
    _add(commands, "redo", "重做刚撤销的一步")
    phrase = _add(commands, "passphrase", "改用口令打开（或用 --remove 改回由本机保管钥匙）")
    phrase.add_argument("--set", type=Path, metavar="文件", help="新口令写在这个文件的第一行；不写则当面输入")
    phrase.add_argument("--remove", action="store_true", help="不再用口令")
    phrase.add_argument("--sheet", type=Path, metavar="PDF", help="同时存一份新的恢复单（旧的作废）")
    tour = _add(commands, "tour", "把每个页面、每份文书、每页图表存成图片和 PDF")
    tour.add_argument("--out", type=Path, required=True, metavar="文件夹")
    tour.add_argument("--from", dest="source", type=Path, metavar="文件夹", help="用这个文件夹里的表格代替示例")
    sample = _add(commands, "sample", "放入示例乡镇（虚构），或用 --remove 清除")
    sample.add_argument("--remove", action="store_true", help="清除示例")
