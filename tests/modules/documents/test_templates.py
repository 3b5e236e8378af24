"""Templates of letters: the shipped ones, the office's own, and what is found wrong before anything is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import powers
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import placeholders, template_check, template_store, templates
from gridoffice.modules.documents.template_parts import (
    asks_from,
    asks_told,
    attendance_from,
    enclosures_from,
    enclosures_told,
)
from gridoffice.modules.documents.templates import KINDS_OF_LETTERS, Template

SHIPPED = sorted((paths.forms() / "papers" / "letters").glob("*.toml"))


def one(key: str = "tell_premises") -> Template:
    found = template_store.shipped(key)
    assert found is not None
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_template_is_right_and_comes_back_from_a_file(path: Path) -> None:
    made = templates.read(path.read_text("utf-8"), path.name)
    assert made.key == path.stem
    assert not [found.words for found in template_check.check(made) if found.is_bad]
    assert not [text for _key, _line, text in template_check.texts(made) if powers.beyond(text)]
    assert templates.read(templates.write(made), "x") == made
    assert "reference" in path.read_text("utf-8").split("\n", 1)[0] + path.read_text("utf-8").split("\n", 2)[1]
    used = {name for _key, _line, text in template_check.texts(made) for name in placeholders.names_in(text)}
    assert set(made.asks) <= used, "a blank that nobody sees"


def test_every_kind_has_a_shipped_template() -> None:
    assert {templates.read(path.read_text("utf-8"), path.name).kind for path in SHIPPED} == set(KINDS_OF_LETTERS)
    assert len(KINDS_OF_LETTERS) == 12 and all(KINDS[kind].is_letter for kind in KINDS_OF_LETTERS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ('kind = "letter_x"', "种类“letter_x”不认识"),
        ('head = "blue"', "版式“blue”不认识"),
        ('audience = "helped"', "收件人“helped”不认识"),
        ("copies = 9", "“copies”应是 1 到 5"),
        ("title = 3", "“title”应是文字"),
        ('tilte = "x"', "不认识“tilte”"),
        ("attachments = [1]", "“attachments”应是一列文字"),
        ('attendance = [["出席"]]', "成对"),
        ('[reply]\nwho = "x"', "[reply] 里有不认识"),
        ("[[party]]\nname = 'x'", "[party] 里缺少"),
        ("[asks]\n'时间' = 3", "[asks]"),
        ("x = [", "格式不对"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(change: str, told: str) -> None:
    plain = {"key": '"a"', "version": "1", "kind": '"letter_tell"', "name": '"甲"', "title": '"乙"', "text": '"丙"'}
    plain.pop(change.partition(" ")[0], None)
    content = "\n".join(f"{key} = {value}" for key, value in plain.items())
    with pytest.raises(OfficeError) as caught:
        templates.read(f"{content}\n{change}\n", "甲.toml")
    assert "甲.toml" in caught.value.what and told in caught.value.what


def test_a_missing_part_is_named() -> None:
    with pytest.raises(OfficeError, match="缺少“text”"):
        templates.read('key = "a"\nversion = 1\nkind = "letter_tell"\nname = "甲"\ntitle = "乙"\n', "甲.toml")


def test_an_unknown_placeholder_is_named_with_its_line_and_the_nearest_one() -> None:
    made = replace(one(), text="第一段。\n电话{网络员电话}。\n第三段。")
    found = template_check.check(made)
    assert [each.words for each in found] == ["正文第 2 行：“{网络员电话}”不认识，是不是“{网格员电话}”？"]
    assert (found[0].field, found[0].line, found[0].offer) == ("text", 1, "网格员电话")


def test_what_is_wrong_is_told_in_words() -> None:
    made = replace(
        one(), title="", text="请{称呼\n{}\n{户主}\n责 令改正\n{完全不对的东西}", signer="{落宽}", name="",
    )  # fmt: skip
    told = [each.words for each in template_check.check(made)]
    for wanted in (
        "标题：还没有写", "模板名称：还没有写", "正文第 1 行：花括号“{”没有成对", "正文第 2 行：花括号里是空的",
        "正文第 3 行：“{户主}”在这种收件人的信里没有", "正文第 4 行：有“责令”，网格办没有这项职权",
        "正文第 5 行：“{完全不对的东西}”不认识",
        "落款：“{落宽}”不认识，是不是“{落款}”？",
    ):  # fmt: skip
        assert any(line.startswith(wanted) for line in told), (wanted, told)
    assert any(each.what == "是空的" for each in template_check.check(replace(one(), text=" \n　")))


def test_customs_of_papers_are_reminded_of_but_bar_nothing() -> None:
    request = replace(one("request_funds"), text="请给钱。\n谢谢。")
    told = [each for each in template_check.check(request) if not each.is_bad]
    assert any("妥否，请批示" in each.what for each in told) and any("签发人" in each.where for each in told)
    assert any(each.is_bad for each in template_check.check(replace(one("pledge_worker"), parties=())))
    petition = template_check.check(replace(one("open_all"), text="上访人员请注意。"))
    assert petition and not petition[0].is_bad and "不要写明谁" in petition[0].what


def test_own_files_win_by_version_and_records_of_the_office_win_over_them(office: Office, tmp_path: Path) -> None:
    shipped = one()
    assert template_store.get(office, shipped.key).title == shipped.title
    folder = paths.data() / "forms" / "papers" / "letters"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(templates.write(replace(shipped, title="文件里的")), "utf-8")
    assert template_store.get(office, shipped.key).title == "文件里的"
    (folder / "own.toml").write_text(templates.write(replace(shipped, title="旧的", version=0 + 1)), "utf-8")
    kept = template_store.put(office, replace(shipped, title="本办改过的"))
    assert kept.version == shipped.version + 1
    assert template_store.get(office, shipped.key).title == "本办改过的"
    entry = next(each for each in template_store.entries(office)[0] if each.template.key == shipped.key)
    assert entry.is_own and entry.is_changed and not entry.is_newer
    (folder / "own.toml").write_text(templates.write(replace(shipped, version=shipped.version + 5)), "utf-8")
    entry = next(each for each in template_store.entries(office)[0] if each.template.key == shipped.key)
    assert entry.is_newer and entry.template.title == "本办改过的"


def test_a_broken_own_file_is_told_and_hides_nothing(office: Office) -> None:
    folder = paths.data() / "forms" / "papers" / "letters"
    folder.mkdir(parents=True)
    (folder / "坏.toml").write_text("key = ", "utf-8")
    entries, broken = template_store.entries(office)
    assert len(entries) == len(SHIPPED) and len(broken) == 1 and "坏.toml" in broken[0]


def test_saving_is_one_named_step_and_can_be_undone(office: Office) -> None:
    template_store.put(office, replace(one(), title="新标题"))
    assert office.undo_text() == "保存信件模板：场所消防安全告知书"
    template_store.put(office, replace(one(), title="更新的标题"))
    office.undo()
    assert template_store.get(office, "tell_premises").title == "新标题"
    template_store.remove(office, "tell_premises")
    assert office.undo_text() == "恢复自带的信件模板：场所消防安全告知书"
    assert template_store.get(office, "tell_premises").title == "消防安全告知书"
    office.undo()
    assert template_store.get(office, "tell_premises").title == "新标题"
    with pytest.raises(OfficeError, match="自带的模板不能删除"):
        template_store.remove(office, "open_all")


def test_words_of_powers_a_township_lacks_are_not_even_kept(office: Office) -> None:
    for word in powers.BEYOND:
        with pytest.raises(OfficeError, match="没有这项职权"):
            template_store.put(office, replace(one(), text=f"现{word}。"))
    assert not office.undo_text() or "模板" not in (office.undo_text() or "")
    template_store.put(office, replace(one(), text="电话{不认识}"))  # any other mistake is kept, and bars printing


def test_copies_have_names_of_their_own(office: Office) -> None:
    copy = template_store.copy(office, one(), "夏季告知书")
    assert copy.key != "tell_premises" and template_store.get(office, copy.key).name == "夏季告知书"
    with pytest.raises(OfficeError, match="已经有叫“夏季告知书”"):
        template_store.copy(office, one(), "夏季告知书")
    with pytest.raises(OfficeError, match="还没有名称"):
        template_store.copy(office, one(), "  ")
    names = [each.name for each in template_store.of_kind(office, "letter_tell")]
    assert names[-1] == "夏季告知书" and len(names) == 3
    template_store.remove(office, copy.key)
    with pytest.raises(OfficeError, match="已经不在了"):
        template_store.get(office, copy.key)


def test_a_template_goes_to_another_office_as_a_file(office: Office, tmp_path: Path) -> None:
    made = template_store.copy(office, replace(one(), text="第一段“引号”。\n\\反斜杠\n{称呼}"), "带走的")
    template_store.save_file(made, tmp_path / "带走.toml")
    taken = template_store.load_file(office, tmp_path / "带走.toml")
    assert taken.text == made.text and taken.key != made.key and taken.name == "带走的（2）"
    (tmp_path / "不是.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OfficeError, match="读不出来"):
        template_store.load_file(office, tmp_path / "不是.toml")
    (tmp_path / "坏.toml").write_text("x = 1", "utf-8")
    with pytest.raises(OfficeError, match=r"坏\.toml"):
        template_store.load_file(office, tmp_path / "坏.toml")
    bad = templates.write(replace(one(), text="责令改正。"))
    (tmp_path / "越权.toml").write_text(bad, "utf-8")
    with pytest.raises(OfficeError, match="没有这项职权"):
        template_store.load_file(office, tmp_path / "越权.toml")


def test_parts_are_typed_one_a_line() -> None:
    asks = asks_from("时间＝2026年1月9日\n 地点=会议室\n{人}：王芳\n空")
    assert asks == {"时间": "2026年1月9日", "地点": "会议室", "人": "王芳", "空": ""}
    assert asks_from(asks_told(asks)) == asks
    assert attendance_from("出席：甲、乙\n请假:丙") == (("出席", "甲、乙"), ("请假", "丙"))
    made = enclosures_from("附件：甲表\n一\n二\n\n附件：乙表\n三")
    assert [(each.title, each.text) for each in made] == [("甲表", "一\n二"), ("乙表", "三")]
    assert enclosures_from(enclosures_told(made)) == made


def test_placeholders_fill_in_or_leave_a_line() -> None:
    assert placeholders.filled("{甲}和{ 乙 }", {"甲": "1", "乙": ""}) == f"1和{placeholders.LINE}"
    assert placeholders.filled("没有{", {}) == "没有{"
    assert placeholders.nearest("网络员", ["网格员", "落款"]) == "网格员"
    assert placeholders.nearest("wanggeyuan", ["网格员", "落款"]) == "网格员"
    assert placeholders.nearest("", ["网格员"]) == ""
    private = ("证件", "手机", "身份", "标签", "备注", "本人电话")
    assert not [each.name for each in placeholders.ALL if any(word in each.name for word in private)]
