"""Registers of reference 12.2 are shipped nowhere, and the office is refused one, with what is lawful instead."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain import forbidden, help_kinds
from gridoffice.domain.listing import Listing
from gridoffice.domain.networks import Network
from gridoffice.domain.saved import SavedView
from gridoffice.domain.settings import SETTINGS
from gridoffice.exchange.synonyms import forbidden_word, synonyms
from gridoffice.modules.residents import service as residents

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "resources" / "lists" / "forbidden.toml"
DATA = [file for folder in ("forms", "resources") for file in sorted((ROOT / folder).rglob("*.toml")) if file != SOURCE]

KINDS = (
    "计划外生育", "节育", "四术", "漏档", "社会抚养费", "育龄妇女", "孕情", "信访", "上访", "维稳", "稳控",
    "防邪", "涉邪", "信教", "宗教", "艾滋", "吸毒", "戒毒", "刑满", "社区矫正", "重点青少年", "问题学生",
    "重点人口", "高危人群", "列管", "精神障碍", "肇事肇祸", "行动轨迹", "反宣品", "涉恐", "心理异常",
    "思想动态",
)  # fmt: skip
"""Every kind of register in the table of reference 12.2, written down here a second time on purpose: the data file that
the program refuses by may grow, and must never shrink below this."""

SAYS_NO = ("不登记", "不得", "不收")
"""Sentences of the handbook and of hints that say that such things are not kept."""

VENUES = {"宗教"}
"""Words of places that may be checked for fire like any other crowded place (12.2, row 4); of persons never."""


def texts_of(value: Any) -> list[str]:
    """Every text in what a TOML file holds, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in (str(key), *texts_of(one))]
    return [text for one in value for text in texts_of(one)] if isinstance(value, list) else []


def told(text: str) -> str:
    """The forbidden word in a text, or ""."""
    found = forbidden.find(text)
    return found[1] if found else ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_named_with_its_reason_and_its_lawful_counterpart(kind: str) -> None:
    found = forbidden.find(f"本村{kind}登记表")
    assert found is not None and len(found[0].reason) > 6 and len(found[0].instead) > 4


def test_there_is_one_source() -> None:
    assert set(synonyms().forbidden) == {word.upper() for word in forbidden.words()}
    assert forbidden_word("社区矫正人员") and not forbidden_word("独居老人")
    for file in DATA:
        held = tomllib.loads(file.read_text("utf-8"))
        assert "forbidden" not in held, file.name


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.name)
def test_no_shipped_file_holds_one(file: Path) -> None:
    held = texts_of(tomllib.loads(file.read_text("utf-8")))
    found = {(told(text), text) for text in held if told(text) and not any(word in text for word in SAYS_NO)}
    about_places = {(word, text) for word, text in found if word in VENUES and file.parent.name == "subjects"}
    assert not found - about_places


def test_no_list_view_column_tag_kind_or_setting_is_one() -> None:
    words: list[str] = [setting.title for setting in SETTINGS]
    words += [kind.title for kind in help_kinds.shipped()] + list(residents.tags())
    for module in modules():
        words.append(module.title)
        for listing in load(module.listings) if module.listings else ():
            assert isinstance(listing, Listing)
            words += [listing.title, *(view.title for view in listing.views), *(one.title for one in listing.columns)]
        for command in load(module.commands) if module.commands else ():
            words.append(command.text)
        for sheet in load(module.sheets) if module.sheets else ():
            words.append(sheet.title)
    assert not [word for word in words if told(word)]


def _constants(file: Path) -> list[str]:
    """Texts in upper-case constants of a module: lists, tuples and tables of words."""
    tree = ast.parse(file.read_text("utf-8"))
    found = []
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(one, ast.Name) and one.id.isupper() for one in targets):
            found += [
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
    return found


def test_no_constant_in_the_code_is_one() -> None:
    found = {
        (file.name, text)
        for file in (ROOT / "gridoffice").rglob("*.py")
        for text in _constants(file)
        if told(text) and not any(word in text for word in SAYS_NO)
    }
    assert not found


@pytest.mark.parametrize("title", ["重点人员", "信访户", "戒毒帮扶", "ＨＩＶ", "刑满 释放人员"])
def test_the_office_is_refused_with_the_reason_and_what_is_lawful(office: Office, title: str) -> None:
    with pytest.raises(OfficeError) as caught, office.unit("加类别") as session:
        help_kinds.add(session, title)
    assert "不得登记" in caught.value.what and "可以这样做" in caught.value.do
    for record in (SavedView(listing="residents", title=title), Network(key="own", title=title)):
        with pytest.raises(OfficeError, match="不得登记"), office.unit("新建") as session:
            session.add(record)
    with office.unit("加类别") as session:
        help_kinds.add(session, "高龄老人")
        session.add(SavedView(listing="premises", title="宗教活动场所"))  # a list of places
