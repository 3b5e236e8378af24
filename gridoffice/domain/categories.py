"""Categories of cases with their subcategories: shipped ones (reference 6.5) as the office changed them; data."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import forbidden, settings

OWN = "case_categories"
"""The office setting: {"seen": [shipped names known when it was kept], "tree": [{"title", "off", "subs"}]}."""

LONGEST = 20
Tree = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Sub:
    """A subcategory; `is_off`: no longer offered, cases keep its word."""

    title: str
    is_off: bool = False


@dataclass(frozen=True)
class Category:
    """A category with its subcategories, in the office's order."""

    title: str
    subs: tuple[Sub, ...] = ()
    is_off: bool = False


def read(text: str, name: str = "categories.toml") -> Tree:
    """Categories with their subcategories from TOML; raises OfficeError naming what is wrong."""
    data = whole_file(text, name, "category")
    found: Tree = {}
    for one in data["category"]:
        known_keys(one, {"title", "sub"}, name)
        title = one["title"]
        if title in found or not 0 < len(title) <= LONGEST:
            raise OfficeError(f"{name}：类别“{title}”重复或长度不对", safe="没有读入")
        if len(set(one["sub"])) != len(one["sub"]):
            raise OfficeError(f"{name}：“{title}”下面有重复的小类", safe="没有读入")
        found[title] = tuple(one["sub"])
    return found


def whole_file(text: str, name: str, list_key: str) -> dict[str, Any]:
    """A TOML file with a version and one list; raises OfficeError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OfficeError(f"{name} 不是有效的 TOML：{error}", safe="没有读入") from error
    known_keys(data, {"version", list_key}, name)
    return data


def known_keys(told: dict[str, Any], known: set[str], name: str) -> None:
    """Raise OfficeError when a table has other keys than the known ones."""
    wrong = sorted(set(told) ^ known)
    if wrong:
        where = f"（{told['title']}）" if "title" in told else ""
        raise OfficeError(f"{name}{where}：多了或少了“{'、'.join(wrong)}”", safe="没有读入", do="请改正文件")


@lru_cache(maxsize=1)
def shipped() -> Tree:
    """The categories of reference 6.5."""
    return read((paths.resources() / "cases" / "categories.toml").read_text("utf-8"))


def _names() -> list[str]:
    return [name for title, subs in shipped().items() for name in (title, *(f"{title}／{sub}" for sub in subs))]


def whole(session: Session) -> tuple[Category, ...]:
    """Every category in the office's order, those no longer offered too; shipped ones of a newer program follow."""
    text = settings.get(session, OWN)
    if not text:
        return tuple(Category(title, tuple(map(Sub, subs))) for title, subs in shipped().items())
    return _kept(text)


@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[Category, ...]:
    data = json.loads(text)
    if "tree" not in data:  # as kept before the tree could be changed: what was added
        found = [Category(title, tuple(map(Sub, subs))) for title, subs in shipped().items()]
        new = [(title, sub) for title, subs in data.items() for sub in ("", *subs)]
    else:
        found = [
            Category(one["title"], tuple(Sub(sub["title"], sub["off"]) for sub in one["subs"]), one["off"])
            for one in data["tree"]
        ]
        new = [(title, sub) for title, _, sub in (n.partition("／") for n in _names() if n not in data["seen"])]
    for title, sub in new:
        found = list(added(found, title, sub))
    return tuple(found)


def added(found: Iterable[Category], title: str, sub: str = "") -> tuple[Category, ...]:
    """The tree with a category, or a subcategory of one, that may be there already."""
    made = {one.title: one for one in found}
    one = made.setdefault(title, Category(title))
    if sub and sub not in {known.title for known in one.subs}:
        made[title] = replace(one, subs=(*one.subs, Sub(sub)))
    return tuple(made.values())


def keep(session: Session, found: Iterable[Category]) -> None:
    """Set the office's tree."""
    tree = [
        {"title": one.title, "off": one.is_off, "subs": [{"title": s.title, "off": s.is_off} for s in one.subs]}
        for one in found
    ]
    settings.put(session, OWN, json.dumps({"seen": _names(), "tree": tree}, ensure_ascii=False))


def tree(session: Session) -> Tree:
    """What is offered for a new case: titles with their subcategories."""
    return {one.title: tuple(s.title for s in one.subs if not s.is_off) for one in whole(session) if not one.is_off}


def of_office(office: Office) -> Tree:
    """As `tree`, in a reading of its own."""
    with office.read() as session:
        return tree(session)


def check(title: str, sub: str = "") -> None:
    """Raise OfficeError for words that are no category: too long, or a register of reference 12.2."""
    for word, what in ((title, "类别"), (sub, "小类")):
        forbidden.refuse(word, what)
        if len(word) > LONGEST:
            raise OfficeError(f"{what}最多 {LONGEST} 个字", safe="没有保存", do="请缩短")
        if "／" in word:
            raise OfficeError(f"{what}里不能有“／”", safe="没有保存", do="大类和小类分开填")
