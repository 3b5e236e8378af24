"""Official papers, measured against GB/T 9704-2012 (reference 9) on the finished PDF."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from gridoffice.papers import grid_lines, official
from gridoffice.papers.drawing import NOT_FIRST, NOT_LAST
from gridoffice.papers.fonts import FANG
from gridoffice.papers.official_view import LETTER, MINUTES, PLAIN, RED, UP, Enclosure, OfficialView, Party
from gridoffice.papers.slip import ReplyView
from tests.papers import ink

NEAR = 0.6  # mm
BODY = (
    "为进一步做好冬春火灾防控和便民服务工作，现将有关事项通知如下。",
    "一、抓好日常巡查",
    "（一）按频次巡查。网格员每周对小场所、出租房和电动自行车停放充电点至少巡查1次，做到“发现、劝导、记录、反馈”；",
    "（二）及时报送。发现问题当天录入，联系人𬱖䶮，电话0592-1234567。",
    "1.当场能解决的，当场解决。",
    "（1）照片不少于2张。",
)


def view(head: str = RED, **values: Any) -> OfficialView:
    basic: dict[str, Any] = {
        "head": head, "mark": "清水镇网格办文件", "title": "关于做好网格巡查工作的通知", "number": "清网办〔2026〕5号",
        "addressee": "各村（社区）", "paragraphs": BODY, "signer": "清水镇网格办", "day": "2026年1月5日",
        "printer": "清水镇网格办", "printed_on": "2026年1月5日", "copies_to": "镇党政办公室，清水派出所",
    }  # fmt: skip
    return OfficialView(**{**basic, **values})


def drawn(one: OfficialView) -> bytes:
    return official.draw([one])


def text_of(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def row_of(data: bytes, page: int, word: str) -> list[ink.Sign]:
    return next(row for row in ink.rows(ink.signs(data, page)) if word in ink.words(row))


def test_a_full_page_has_22_lines_of_28_characters_in_the_core_of_the_page() -> None:
    data = drawn(view(PLAIN, number="", paragraphs=("国" * 28 * 60,), copies_to=""))
    lines = [row for row in ink.rows(ink.signs(data, 1)) if ink.words(row).startswith("国国")]
    assert len(lines) == 22
    assert {len(row) for row in lines} == {28}
    half = 156 / 28 / 2
    for row in lines:  # the middle of the first and of the last cell
        assert abs((row[0].left + row[0].right) / 2 - 28 - half) < 0.3
        assert abs(184 - half - (row[-1].left + row[-1].right) / 2) < 0.3
    steps = [b[0].bottom - a[0].bottom for a, b in pairwise(lines)]
    assert all(abs(step - 225 / 22) < 0.05 for step in steps)
    assert lines[0][0].top > 37 and lines[-1][0].bottom < 262
    across = [b.left - a.left for a, b in pairwise(lines[0])]
    assert all(abs(step - 156 / 28) < 0.05 for step in across)


def test_letters_are_of_size_three_and_the_title_of_size_two() -> None:
    data = drawn(view())
    reader = pypdf.PdfReader(io.BytesIO(data))
    sizes: dict[str, set[float]] = {}

    def note(text: str, _cm: Any, _tm: Any, font: Any, size: float) -> None:
        for char in text.strip():
            sizes.setdefault(char, set()).add(round(size, 1))

    reader.pages[0].extract_text(visitor_text=note)
    assert 16.0 in sizes["为"] and 22.0 in sizes["关"]


def test_the_red_head_stands_where_the_norm_wants_it() -> None:
    data = drawn(view())
    mark = row_of(data, 0, "文件")
    assert abs(min(sign.top for sign in mark) - (37 + 35)) < 1.5
    assert abs((mark[0].left + mark[-1].right) / 2 - (28 + 156 / 2)) < NEAR
    number = row_of(data, 0, "〔2026〕")
    assert ink.words(number) == "清网办〔2026〕5号"
    end = max(sign.bottom for sign in mark)
    assert 2 * 225 / 22 - 1 < number[0].top - end < 3 * 225 / 22  # two lines between
    assert abs((number[0].left + number[-1].right) / 2 - 106) < 1.5
    red = ink.rules(data, 0)[0]
    assert (round(red.left), round(red.right)) == (28, 184)
    assert 3.4 < red.y - max(sign.bottom for sign in number) < 4.8
    title = row_of(data, 0, "关于做好")
    assert 2 * 225 / 22 <= title[0].top - red.y < 3 * 225 / 22


def test_what_goes_up_has_its_number_left_and_who_signs_right() -> None:
    row = row_of(drawn(view(UP, approver="张建国")), 0, "签发人")
    assert ink.words(row) == "清网办〔2026〕5号签发人：张建国"
    cell = 16 / ink.MM
    assert abs(row[0].left - 28 - cell) < NEAR and abs(184 - cell - row[-1].right) < 1


def test_a_letter_has_double_lines_and_no_number_on_its_first_page() -> None:
    data = drawn(view(LETTER, mark="清水镇网格化服务管理办公室", paragraphs=BODY * 6))
    mark = row_of(data, 0, "服务管理")
    assert abs(min(sign.top for sign in mark) - 30) < 1.5
    rules = [rule for rule in ink.rules(data, 0) if rule.right - rule.left > 160]
    assert len(rules) == 4 and all(abs(rule.right - rule.left - 170) < 1.2 for rule in rules)
    assert 3.4 < rules[0].y - rules[0].thick / 2 - max(sign.bottom for sign in mark) < 5
    assert rules[0].thick > rules[1].thick and rules[2].thick < rules[3].thick
    assert abs(297 - rules[3].y - 20) < NEAR
    number = row_of(data, 0, "〔2026〕")
    assert abs(184 - number[-1].right) < 1.2
    assert "—1—" not in "".join(map(ink.words, ink.rows(ink.signs(data, 0))))
    assert "—2—" in "".join(map(ink.words, ink.rows(ink.signs(data, 1))))


def test_page_numbers_stand_seven_mm_below_odd_right_even_left() -> None:
    data = drawn(view(paragraphs=BODY * 8))
    assert ink.pages(data) >= 3
    for page in range(3):
        row = row_of(data, page, f"—{page + 1}—")
        dash = next(sign for sign in row if sign.text == "—")
        assert abs(dash.middle - (262 + 7)) < NEAR
        cell = 14 / ink.MM
        if page % 2:
            assert abs(row[0].left - 28 - cell) < NEAR
        else:
            assert abs(184 - cell - row[-1].right) < NEAR


def test_the_date_keeps_four_characters_and_the_signer_stands_over_its_middle() -> None:
    data = drawn(view(title="通知", paragraphs=("特此通知。",)))
    day = row_of(data, 0, "2026年1月5日")
    rows = ink.rows(ink.signs(data, 0))
    place = next(place for place, row in enumerate(rows) if ink.words(row) == "2026年1月5日")
    signer = rows[place - 1]
    assert ink.words(signer) == "清水镇网格办"
    assert abs(184 - 4 * 156 / 28 - day[-1].right) < 1.8  # 日 is narrower than its cell
    middle = (rows[place][0].left + rows[place][-1].right) / 2
    assert abs((signer[0].left + signer[-1].right) / 2 - middle) < 1.2
    text = rows[place - 2]
    assert ink.words(text) == "特此通知。"
    assert signer[0].top - text[0].bottom > 2 * 225 / 22  # room for the seal


def test_the_record_ends_on_the_lower_edge_of_the_core_with_lines_of_its_own() -> None:
    data = drawn(view())
    last = ink.pages(data) - 1
    lines = [rule for rule in ink.rules(data, last) if rule.thick < 0.4][-3:]
    assert [round(line.thick, 2) for line in lines] == [0.35, 0.25, 0.35]
    assert abs(lines[-1].y - 262) < 0.2
    assert all((round(line.left), round(line.right)) == (28, 184) for line in lines)
    copies = row_of(data, last, "抄送")
    assert ink.words(copies) == "抄送：镇党政办公室，清水派出所。"
    assert ink.words(row_of(data, last, "印发")) == "清水镇网格办2026年1月5日印发"


def test_attachments_are_named_and_printed_on_pages_of_their_own() -> None:
    one = view(
        attachments=(
            "责任分工表",
            "反馈表（各村于每月25日前报送镇网格办，一式两份，逾期不报的予以提醒，不再另行通知）。",
        ),
        enclosures=(Enclosure("责任分工表", BODY), Enclosure("反馈表", BODY[:2])),
    )
    data = drawn(one)
    rows = [ink.words(row) for page in range(ink.pages(data)) for row in ink.rows(ink.signs(data, page))]
    assert "附件：1.责任分工表" in rows
    assert any(row.startswith("2.反馈表") for row in rows) and not any("通知）。" in row for row in rows)
    firsts = [ink.words(ink.rows(ink.signs(data, page))[0]) for page in range(ink.pages(data))]
    assert "附件1" in firsts and "附件2" in firsts
    top = row_of(data, firsts.index("附件1"), "附件1")
    assert abs(top[0].left - 28) < NEAR and 37 < top[0].top < 42


def test_minutes_name_who_was_there_and_bear_no_signature() -> None:
    data = drawn(view(MINUTES, mark="清水镇网格工作例会纪要", attendance=(("出席", "张建国、王芳"), ("请假", "赵敏"))))
    text = text_of(data)
    assert "出席：张建国、王芳。" in text and "请假：赵敏。" in text
    assert "清水镇网格办2026年1月5日印发" in text and text.count("清水镇网格办") == 1


def test_no_page_holds_a_signature_alone() -> None:
    for length in range(300, 700, 7):
        data = drawn(view(title="通知", copies_to="", printer="", paragraphs=("国" * length, "特此通知。")))
        last = [ink.words(row) for row in ink.rows(ink.signs(data, ink.pages(data) - 1))]
        assert any("国" in row or "特此" in row for row in last), length


def test_what_is_noted_stays_with_the_signature_and_no_slip_on_red_lines() -> None:
    slip = ReplyView("移送回执", "函〔2026〕1号", "清水镇网格办", "收到。", ("办理情况",), "县水务局（盖章）")
    for length in range(100, 500, 9):
        one = view(
            LETTER, mark="清水镇网格办", copies_to="", paragraphs=("国" * length,), note="联系人：王芳", reply=slip
        )
        data = drawn(one)
        pages = [[ink.words(row) for row in ink.rows(ink.signs(data, page))] for page in range(ink.pages(data))]
        assert not any("移送回执" in row for row in pages[0]) and any("移送回执" in row for row in pages[-1]), length
        noted = next(rows for rows in pages if "（联系人：王芳）" in rows)
        assert any("2026年1月5日" in row for row in noted) and any("国" in row for row in noted)


def test_long_papers_lose_nothing_and_keep_marks_in_their_places() -> None:
    one = view(paragraphs=BODY * 12)
    data = drawn(one)
    whole = text_of(data)
    for text in BODY:
        assert whole.count(text) >= 1
    assert whole.count("𬱖䶮") == 12
    for page in range(ink.pages(data)):
        for row in ink.rows(ink.signs(data, page)):
            assert row[0].text not in NOT_FIRST - {"—"}, ink.words(row)
            assert row[-1].right < 184 + 1


@pytest.mark.parametrize("size", [16.0, 14.0])
def test_lines_are_broken_by_the_rules_and_nothing_is_lost(size: float) -> None:
    text = "“国〔2026〕（一）《办法》：，。” 138 0000 2213，ABC-def（见附件1），" * 9
    for shift in range(28):
        pieces = [grid_lines.Piece("国" * shift + text, FANG)]
        lines = grid_lines.broken(pieces, size, 156 * ink.MM)
        assert "".join(line.text for line in lines).replace(" ", "") == ("国" * shift + text).replace(" ", "")
        for line in lines:
            assert line.text[0] not in NOT_FIRST and grid_lines.width(line) <= 156 * ink.MM + 0.1
        for line in lines[:-1]:
            assert line.text[-1] not in NOT_LAST


def test_a_phone_number_with_tied_blanks_is_never_parted() -> None:
    phone = f"138{grid_lines.TIED}0000{grid_lines.TIED}2213"
    for shift in range(40):
        lines = grid_lines.broken([grid_lines.Piece("国" * shift + phone + "国" * 30, FANG)], 16, 156 * ink.MM)
        assert any("138 0000 2213" in line.text for line in lines)


def test_an_endless_word_is_cut_and_an_empty_text_is_one_line() -> None:
    lines = grid_lines.broken([grid_lines.Piece("x" * 500, FANG)], 16, 156 * ink.MM)
    assert sum(len(line.text) for line in lines) == 500 and len(lines) > 5
    assert len(grid_lines.broken([], 16, 100)) == 1


def test_a_plain_paper_shrinks_to_fit_a_page_but_never_below_size_four() -> None:
    slip = ReplyView("回执", "告知〔2026〕1号", "清水镇网格办", "收到。", ("签名", "日期"), "签名：")
    one = view(PLAIN, paragraphs=(*BODY, *BODY[:4]), copies_to="", fits=True, reply=slip)
    assert ink.pages(drawn(replace(one, fits=False))) > 1
    data = drawn(one)
    assert ink.pages(data) == 1 and "—1—" not in text_of(data)
    letters = [sign for sign in ink.signs(data, 0) if sign.text == "国" or sign.text == "网"]
    assert min(sign.bottom - sign.top for sign in letters) > 3.0
    assert ink.pages(drawn(replace(one, paragraphs=BODY * 9))) > 1


def test_a_pledge_has_a_line_for_each_who_signs_side_by_side() -> None:
    parties = (Party("甲方", "清水镇石桥村村民委员会"), Party("乙方", "", ("负责人（签名）", "日期")))
    data = drawn(view(PLAIN, signer="", copies_to="", parties=parties))
    row = row_of(data, 0, "甲方：")
    assert "乙方：" in ink.words(row)
    assert "负责人（签名）：" in text_of(data) and "2026年1月5日" not in text_of(data)


def test_several_letters_begin_on_front_pages_when_both_sides_are_printed() -> None:
    one, long = view(PLAIN, title="短"), view(PLAIN, title="长", paragraphs=BODY * 5)
    plain, both = official.draw([one, long, one]), official.draw([one, long, one], is_duplex=True)
    assert (ink.pages(drawn(one)), ink.pages(drawn(long))) == (1, 3)
    assert (ink.pages(plain), ink.pages(both)) == (5, 8)
    out = io.BytesIO()
    assert official.draw([one], out=out) == b"" and ink.pages(out.getvalue()) == 1


def test_a_very_long_name_of_the_office_goes_on_two_lines_inside_the_page() -> None:
    data = drawn(view(mark="清水县清水镇社会治理和网格化服务管理综合指挥中心办公室文件"))
    for row in ink.rows(ink.signs(data, 0)):
        assert row[0].left > 27.5 and row[-1].right < 184.5
