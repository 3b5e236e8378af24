"""Tests of the rules for ID numbers, telephones, credit codes and masks."""

from datetime import date

import pytest

from gridoffice.domain import identity

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), "女"),
        ("11010519491231002x", date(1949, 12, 31), "女"),
        ("440524188001010014", date(1880, 1, 1), "男"),
        ("110105199001010010", date(1990, 1, 1), "男"),
        ("110105199001010029", date(1990, 1, 1), "女"),
        ("83000019810715006X", date(1981, 7, 15), "女"),
    ],
)
def test_valid_numbers_give_birth_and_sex(number: str, birth: date, sex: str) -> None:
    facts = identity.read_id(number, TODAY)
    assert (facts.state, facts.birth, facts.sex) == ("ok", birth, sex)
    assert facts.is_usable


@pytest.mark.parametrize(
    ("number", "state"),
    [
        ("110105199003072217", "checksum"),
        ("110105199013010010", "birth"),
        ("110105202702300010", "birth"),
        ("110105203001010010", "birth"),
        ("11010519900101001", "shape"),
        ("1101051990010100100", "shape"),
        ("01010519900101001X", "shape"),
        ("１10105199001010010", "shape"),
        ("", "shape"),
        ("9.90101E+17", "shape"),
    ],
)
def test_wrong_numbers_say_why(number: str, state: str) -> None:
    facts = identity.read_id(number, TODAY)
    assert facts.state == state
    assert not facts.is_usable


def test_every_single_changed_digit_is_found() -> None:
    good = "110105199001010010"
    for place in range(17):
        for digit in "0123456789":
            wrong = good[:place] + digit + good[place + 1 :]
            assert wrong == good or identity.read_id(wrong, TODAY).state != "ok"


def test_old_number_is_usable_but_marked() -> None:
    facts = identity.read_id("110105491231002", TODAY)
    assert (facts.state, facts.birth, facts.sex) == ("old", date(1949, 12, 31), "女")


@pytest.mark.parametrize(
    ("text", "clean", "kind"),
    [
        ("142 3230 1241", "14232301241", "mobile"),
        ("+86 138-0013-8000", "13800138000", "mobile"),
        ("8613800138000", "13800138000", "mobile"),
        ("１３８００１３８０００", "13800138000", "mobile"),
        ("0771-5881234", "0771-5881234", "landline"),
        ("（0771）5881234", "07715881234", "landline"),
        ("010-65881234-802", "010-65881234-802", "landline"),
        ("5881234", "5881234", "local"),
        ("65881234", "65881234", "local"),
        ("119", "119", "service"),
        ("12345", "12345", "service"),
        ("400-800-1234", "4008001234", "service"),
        ("1427042146", "1427042146", ""),
        ("138001380001", "138001380001", ""),
        ("12800138000", "12800138000", ""),
        ("无", "无", ""),
    ],
)
def test_telephones(text: str, clean: str, kind: str) -> None:
    assert identity.clean_phone(text) == clean
    assert identity.phone_kind(clean) == kind


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216", "11100000000013127D"])
def test_credit_codes(code: str) -> None:
    assert identity.is_credit_code(code)
    assert not identity.is_credit_code(code[:4] + ("1" if code[4] != "1" else "2") + code[5:])
    assert not identity.is_credit_code(code[:-1])
    assert not identity.is_credit_code("I" + code[1:])


def test_masked_name_keeps_the_family_name() -> None:
    assert identity.mask_name("诸葛平贵") == "诸葛**"
    assert identity.mask_name("张可") == "张*"


def test_age_changes_on_the_birthday() -> None:
    assert identity.age_on(date(1961, 11, 21), TODAY) == 64
    assert identity.age_on(date(1961, 11, 20), TODAY) == 65
