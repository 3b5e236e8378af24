"""What stood on a paper, as facts, and what of it has changed."""

from __future__ import annotations

import dataclasses
from datetime import date

from gridoffice.domain import paper_facts
from gridoffice.papers.board_view import BoardView, PostView
from gridoffice.papers.views import PersonView
from tests.papers import sheets


def board(phone: str = "13800001234", photo: bytes | None = b"one") -> BoardView:
    worker = PersonView("张䶮", "网格员", phone, photo)
    posts = (PostView("第1网格", "1-2组", worker), PostView("第2网格", "3组", None))
    return sheets.board(posts=posts, head=None)


def test_a_changed_phone_is_one_change_that_says_where() -> None:
    was, now = paper_facts.facts(board()), paper_facts.facts(board("13900001234"))
    (change,) = paper_facts.changes(was, now)
    assert change.words == "第1网格 责任人 电话：13800001234 → 13900001234"


def test_number_and_day_of_a_paper_are_no_change() -> None:
    later = dataclasses.replace(board(), number="牌2", made_on=date(2027, 1, 1))
    assert paper_facts.changes(paper_facts.facts(board()), paper_facts.facts(later)) == []


def test_a_picture_is_kept_as_a_digest_and_told_in_words() -> None:
    was, now = paper_facts.facts(board()), paper_facts.facts(board(photo=b"two"))
    assert paper_facts.changes(was, now)[0].words == "第1网格 责任人 照片：换了"
    gone = paper_facts.facts(board(photo=None))
    assert paper_facts.changes(was, gone)[0].words == "第1网格 责任人 照片：没有了"


def test_facts_come_back_from_the_register_and_rubbish_is_none() -> None:
    found = paper_facts.facts(board())
    assert paper_facts.kept(paper_facts.keep(found)) == found
    assert paper_facts.kept("") == paper_facts.kept("nonsense") == paper_facts.kept("[1]") == {}


def test_of_a_row_only_the_cells_that_changed_are_told() -> None:
    change = paper_facts.Change("(2) 第1网格", "第1网格、张䶮、138 0000 2210", "第1网格、张䶮、139 1234 5678")
    assert change.words == "第1网格：138 0000 2210 → 139 1234 5678"
    assert paper_facts.Change("服务事项", "代办", "代办、调解").words == "服务事项：代办 → 代办、调解"


def test_parts_that_nothing_tells_apart_do_not_hide_one_another() -> None:
    @dataclasses.dataclass(frozen=True)
    class Rows:
        first: PersonView
        second: PersonView

    rows = dataclasses.make_dataclass(
        "rows",
        [
            ("left", Rows, dataclasses.field(metadata={"word": ""})),
            ("right", Rows, dataclasses.field(metadata={"word": ""})),
        ],
    )
    one = Rows(PersonView("甲", "", "1"), PersonView("乙", "", "2"))
    other = Rows(PersonView("甲", "", "1"), PersonView("乙", "", "3"))
    (change,) = paper_facts.changes(paper_facts.facts(rows(one, one)), paper_facts.facts(rows(one, other)))
    assert (change.was, change.now) == ("2", "3")
