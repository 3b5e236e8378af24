"""The code at the foot of a paper: what it says is read back, however it comes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from gridoffice.domain import paper_code, paper_facts
from gridoffice.domain.papers import KINDS


@dataclass(frozen=True)
class Shown:
    """A paper with a name, a phone, its own number and day."""

    name: str
    phone: str
    number: str = ""
    made_on: date = date(2026, 3, 1)


VIEW = Shown("张䶮", "13800002210")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_number_is_read_back_from_letters_a_scanner_can_type(kind: str) -> None:
    start, end = KINDS[kind].around(2026)
    for rest in ("1" if end else "001", "12"):
        number = f"{start}{rest}{end}"
        text = paper_code.code(number, VIEW)
        assert text.isascii() and text.upper() == text and len(text) <= 38  # the smallest code but one
        assert paper_code.read(text) == paper_code.Code(number, paper_code.digest(VIEW))


def test_the_number_of_one_card_and_an_unknown_number_are_read_back() -> None:
    for number in ("卡2026-001-003", "清镇函〔2026〕5号", "样张"):
        found = paper_code.read(paper_code.code(number, VIEW))
        assert found is not None and found.number == number


@pytest.mark.parametrize(
    "typed",
    ["go1:board-2026-001:{}", " GO1：BOARD-2026-001：{} ", "ＧＯ１:BOARD-2026-001:{}", "GO1:BOARD-2026-001:{}\n"],
)
def test_small_and_wide_letters_are_understood(typed: str) -> None:
    digest = paper_code.digest(VIEW)
    assert paper_code.read(typed.format(digest.lower())) == paper_code.Code("牌2026-001", digest)


@pytest.mark.parametrize(
    "other",
    ["", "牌2026-001", "GO1:BOARD-2026-001", "GO1:BOARD-2026-001:12", "GO1:NOTHING-2026-001:0123456789",
     "GO1:X.ZZ:0123456789", "GO1:X.FF:0123456789", "LX2026-001", "13800002210"],
)  # fmt: skip
def test_other_texts_are_no_codes(other: str) -> None:
    assert paper_code.read(other) is None


def test_the_digest_is_of_what_stands_there_not_of_number_and_day() -> None:
    again = replace(VIEW, number="牌2026-009", made_on=date(2027, 1, 1))
    assert paper_code.digest(again) == paper_code.digest(VIEW)
    assert paper_code.digest(paper_facts.kept(paper_facts.keep(paper_facts.facts(VIEW)))) == paper_code.digest(VIEW)
    assert paper_code.digest(replace(VIEW, phone="13800002211")) != paper_code.digest(VIEW)


def test_one_code_over_several_parts_knows_their_order() -> None:
    other = replace(VIEW, name="李秀兰")
    assert paper_code.digest([VIEW]) == paper_code.digest(VIEW)
    assert paper_code.digest([VIEW, other]) not in {paper_code.digest([other, VIEW]), paper_code.digest(VIEW)}
