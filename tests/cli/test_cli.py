"""The command line as a clerk types it: whole processes' worth of work through `main`, sentences and exit codes."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gridoffice.__main__ import main
from gridoffice.db import store
from gridoffice.domain import sample
from gridoffice.modules.documents import certificates
from tests.papers.signing import plain

RESIDENTS = (
    "云溪镇居民台账\n"
    "户编号,姓名,与户主关系,性别,出生日期,公民身份号码,联系电话,所属网格,家庭住址\n"
    "00001,张建国,户主,男,1960-01-01,{good},13800000001,石桥村第1网格,1组1号\n"
    ",李　秀,配偶,女,1961.2.3,{wife},１３８００００００02,石桥村第1网格,\n"
    "00002,王方,户主,男,1970-05-05,{bad},13800000003,石桥村第1网格,1组2号\n"
)
GRIDS = (
    "村（社区）,网格名称,网格编码,户数,人口数\n"
    "石桥村,石桥村第1网格,99010210120001,100,280\n"
    ",石桥村第2网格,99010210120002,90,260\n"
)


class Typed:
    """What a command said and gave back."""

    def __init__(self, capsys: pytest.CaptureFixture[str], office: Path) -> None:
        self.capsys, self.office = capsys, office

    def __call__(self, *words: Any, code: int = 0) -> str:
        self.capsys.readouterr()
        assert main(["--office", str(self.office), *map(str, words)]) == code
        said = self.capsys.readouterr()
        text = said.out if code == 0 else said.out + said.err
        assert "Traceback" not in said.err
        return text

    def figures(self, *words: Any, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code))


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Typed:
    return Typed(capsys, tmp_path / "云溪.office")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    from datetime import date

    good = sample.id_number(date(1960, 1, 1), 1)
    wife = sample.id_number(date(1961, 2, 3), 2)
    bad = good[:-1] + ("1" if good[-1] != "1" else "2")
    (tmp_path / "居民.csv").write_text(RESIDENTS.format(good=good, wife=wife, bad=bad), "gb18030")
    (tmp_path / "网格.csv").write_text(GRIDS, "utf-8-sig")
    (tmp_path / "说明.txt").write_text("请大家尽快填写", "utf-8")
    return [tmp_path / name for name in ("居民.csv", "网格.csv", "说明.txt")]


def test_init_import_list_undo(typed: Typed, files: list[Path], tmp_path: Path) -> None:
    assert "已新建" in typed("init", "--name", "云溪镇", "--code", "990102101", "--sheet", tmp_path / "恢复单.pdf")
    assert (tmp_path / "恢复单.pdf").read_bytes().startswith(b"%PDF")
    typed("import", *files, "--dry-run", "--report", tmp_path / "dry.json")
    assert typed.figures("list", "residents")["count"] == 0
    typed("import", *files, "--report", tmp_path / "out.json")
    report = json.loads((tmp_path / "out.json").read_text("utf-8"))
    by_kind = {sheet["kind"]: sheet for sheet in report["sheets"]}
    assert (by_kind["grids"]["new"], by_kind["residents"]["new"]) == (2, 2)
    assert by_kind["residents"]["problems"] == {"id_checksum": [5]}
    assert [skipped["file"] for skipped in report["skipped"]] == ["说明.txt"]
    found = typed.figures("list", "residents")
    assert found["count"] == 2
    assert "****" in found["rows"][0]["id_number"]
    assert typed.figures("list", "grids", "--search", "sqcd2")["count"] == 1
    again = typed.figures("import", *files)
    assert [sheet["new"] + sheet["changed"] for sheet in again["sheets"]] == [0, 0]
    assert "导入" in typed("log")
    assert "已撤销" in typed("import", "--undo", report["batch"])
    assert typed.figures("list", "residents")["count"] == 0
    assert "已重做" in typed("redo")
    assert typed.figures("list", "residents")["count"] == 2


def test_an_import_into_no_office_makes_one(typed: Typed, files: list[Path]) -> None:
    typed("import", *files, "--dry-run")
    assert not typed.office.exists()
    assert "已新建办公文件" in typed("import", *files)
    assert typed.figures("list", "grids")["count"] == 2


def test_letters_by_the_name_of_their_template(typed: Typed, tmp_path: Path) -> None:
    typed("init", "--name", sample.TOWN_NAME)
    typed("sample")
    assert "一封信\t冬春防火一封信\t住户（户主）" in typed("letter", "--list")
    grid = typed.figures("list", "grids")["rows"][-1]
    name = next(value for value in grid.values() if "网格" in str(value))
    told = typed.figures("letter", "冬春防火一封信", "--unit", name, "--out", tmp_path / "信.pdf")
    assert told["number"].startswith("信〔") and told["pages"] > 1 and (tmp_path / "信.pdf").is_file()
    folder = tmp_path / "每份"
    folder.mkdir()
    told = typed.figures("letter", "open_winter", "--unit", name, "--out", folder)
    assert told["files"] == len(list(folder.glob("*_一封信.pdf"))) > 1
    made = typed("letter", "例会通知（带参会回执）", "--set", "时间=2026年1月9日", "--out", tmp_path / "通知.pdf")
    assert "网办〔" in made and "“地点”" in made
    assert "是不是“冬春防火一封信”" in typed("letter", "冬春防火信", "--out", tmp_path / "x.pdf", code=1)
    assert "没有“时间”这个空" in typed("letter", "open_all", "--set", "时间=1", "--out", tmp_path / "x.pdf", code=1)
    assert "没有写存到哪里" in typed("letter", "open_all", code=1)


def test_papers_and_their_check(typed: Typed, tmp_path: Path) -> None:
    typed("init", "--name", sample.TOWN_NAME)
    typed("sample")
    typed("cards", "--out", tmp_path / "卡.pdf")
    board, book = tmp_path / "牌.pdf", tmp_path / "册.pdf"
    typed("board", "--village", "石桥村", "--out", board)
    typed("handbook", "--out", book)
    for paper in (board, book):
        checked = typed.figures("verify", paper)
        assert (checked["valid"], checked["intact"], len(checked["signers"])) == (True, True, 1)
        assert checked["signers"][0]["own"]
    torn = bytearray(board.read_bytes())
    torn[len(torn) // 2] ^= 1
    board.write_bytes(torn)
    assert "改动" in typed("verify", board, code=1)
    assert "有事找谁" in typed("paper") and "600×900 毫米" in typed("paper", "公示牌")
    said = typed("paper", "有事找谁", "--unit", "石桥村", "--set", "纸张=A3", "--out", tmp_path / "找.pdf")
    assert "编号 找" in said and (tmp_path / "找.pdf").is_file()
    assert "没有“A9”" in typed("paper", "有事找谁", "--set", "纸张=A9", "--out", tmp_path / "x.pdf", code=1)
    assert "石桥村" in typed("board", "--village", "石乔村", "--out", tmp_path / "x.pdf", code=1)
    typed("sign", tmp_path / "卡.pdf", "--out", tmp_path / "卡签.pdf")
    assert typed.figures("verify", tmp_path / "卡签.pdf")["valid"]


def test_who_signs_is_chosen_and_copies_are_encrypted(typed: Typed, tmp_path: Path) -> None:
    typed("init", "--name", "云溪镇")
    with closing(store.open_office(typed.office)) as office:
        certificates.make(office, "李秀兰", "审核")
        certificates.make(office, "王䶮", "批准", passphrase="secret-2026")
    assert [one["role"] for one in typed.figures("certificates")["certificates"]] == ["", "审核", "批准"]
    paper, secret = tmp_path / "a.pdf", tmp_path / "口令.txt"
    paper.write_bytes(plain())
    assert "签名口令" in typed("sign", paper, "--role", "批准", code=1)
    secret.write_text("secret-2026\n", "utf-8")
    out = tmp_path / "b.pdf"
    typed("sign", paper, "--role", "审核", "--role", "王䶮", "--signing-passphrase-file", secret, "--out", out)
    signers = typed.figures("verify", out)["signers"]
    assert [(one["role"], one["name"], one["own"]) for one in signers] == [
        ("审核", "李秀兰", True),
        ("批准", "王䶮", True),
    ]
    assert "没有“签发”" in typed("sign", paper, "--role", "签发", code=1)
    typed("sign", paper, "--copy-password-file", secret)
    copy = tmp_path / "a_加密.pdf"
    assert typed.figures("verify", copy, code=1)["state"] == "locked"
    assert typed.figures("verify", copy, "--password-file", secret)["valid"]
    broken = tmp_path / "c.pdf"
    broken.write_bytes(b"%PDF-1.7 x")
    said = typed("sign", paper, broken, code=1)
    assert "a_已签名.pdf" in said and "没有签" in said


def test_backup_restore_passphrase(typed: Typed, tmp_path: Path) -> None:
    typed("init", "--name", "云溪镇")
    typed("sample")
    copy = tmp_path / "备份.office"
    typed("backup", "--out", copy)
    typed("undo")
    assert typed.figures("list", "staff")["count"] == 0
    assert "已恢复" in typed("restore", copy)
    assert typed.figures("list", "staff")["count"] > 40
    phrase = tmp_path / "口令.txt"
    phrase.write_text("云溪镇 2026\n", "utf-8")
    typed("passphrase", "--set", phrase, "--sheet", tmp_path / "新恢复单.pdf")
    assert "钥匙" in typed("list", "staff", code=1)
    assert typed.figures("--passphrase-file", phrase, "list", "staff")["count"] > 40
    phrase.write_text("不对的口令\n", "utf-8")
    assert "不对" in typed("--passphrase-file", phrase, "list", "staff", code=1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("list", "staff"), "没有找到"),
        (("import", "没有这个.xlsx"), "没有"),
        (("verify", "没有.pdf"), "读不到"),
        (("restore", "没有.office"), "没有找到"),
        (("cards", "--out", "x.pdf"), "没有找到"),
    ],
)
def test_what_goes_wrong_is_one_sentence(typed: Typed, words: tuple[str, ...], sentence: str) -> None:
    said = typed(*words, code=1)
    assert sentence in said
    assert not typed.office.exists()


def test_a_wrongly_typed_command_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["list", "foo"], ["board", "--out", "x.pdf"], ["nonsense"], ["--on", "明天", "undo"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
        assert "命令没有写对" in capsys.readouterr().err


def test_a_second_process_is_told(typed: Typed) -> None:
    typed("init", "--name", "云溪镇")
    office = store.open_office(typed.office)
    try:
        assert "已经在另一个窗口或程序里打开" in typed("list", "staff", code=1)
    finally:
        office.close()


@pytest.mark.timeout(900)  # more than a hundred screens and papers, each laid out and painted
def test_the_tour_has_every_tab_slide_and_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from gridoffice.core.module import modules

    assert main(["tour", "--out", str(tmp_path / "导览")]) == 0
    made = {file.name for file in (tmp_path / "导览").rglob("*.*")}
    for module in modules():
        assert [name for name in made if module.title in name and name.endswith(".png")], module.title
    assert {"联系卡.pdf", "工作手册.pdf", "恢复单.pdf", "21-导入-试导入.png", "22-随访表.png"} <= made
    assert sum(name.startswith("0") for name in made) >= 20


def test_the_responsible_of_a_past_day_are_listed(typed: Typed, files: list[Path]) -> None:
    typed("init", "--name", "云溪镇")
    typed("import", *files)
    past = typed.figures("list", "grids", "--as-of", "2025-05-03")
    assert (past["on"], past["list"]) == ("2025-05-03", "grids")
    assert "还没有到" in typed("list", "staff", "--as-of", "2999-01-01", code=1)
    assert "不能按过去某一天列" in typed("list", "residents", "--as-of", "2025-05-03", code=1)


def test_what_must_be_printed_anew_is_listed_and_printed(typed: Typed, tmp_path: Path) -> None:
    from gridoffice.domain.staff import Staff

    typed("init", "--name", "云溪镇")
    typed("sample")
    typed("board", "--village", "石桥村", "--out", tmp_path / "牌.pdf")
    assert "0 份要重印" in typed("reprint")
    with closing(store.open_office(typed.office)) as office:
        from gridoffice.modules.documents import roll

        found = roll.read(office, photos=False)
        village = next(one for one in found.villages() if one.name == "石桥村")
        seat, _units = found.workers(village.id)[0]
        with office.unit("改电话") as session:
            session.get_one(Staff, seat.staff_id).phone = "13911112222"
    (paper,) = typed.figures("reprint")["papers"]
    assert paper["name"] == "石桥村公示牌" and paper["state"] == "changed"
    assert f"{seat.phone} → 13911112222" in paper["changes"][0]
    assert "_石桥村_公示牌.pdf" in typed("reprint", "--out", tmp_path / "新")
    assert len(list((tmp_path / "新").glob("*.pdf"))) == 1 and "0 份要重印" in typed("reprint")
