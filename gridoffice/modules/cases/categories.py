"""Categories with their subcategories, and the standard phrases of the forms: data, strictly loaded (ref. 6.5)."""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import forbidden, loop, settings

OWN = "case_categories"
"""The office setting with its own: {"市政设施": ["公交站"], "景区秩序": []}."""

LONGEST = 20
PHRASE_KEYS = frozenset({*loop.VERBS, "ask", "contact"})

Tree = dict[str, tuple[str, ...]]


def read_categories(text: str, name: str = "categories.toml") -> Tree:
    """Categories with their subcategories from TOML; raises OfficeError naming what is wrong."""
    data = _whole(text, name, "category")
    found: Tree = {}
    for one in data["category"]:
        _keys(one, {"title", "sub"}, name)
        title = one["title"]
        if title in found or not 0 < len(title) <= LONGEST:
            raise OfficeError(f"{name}：类别“{title}”重复或长度不对", safe="没有读入")
        if len(set(one["sub"])) != len(one["sub"]):
            raise OfficeError(f"{name}：“{title}”下面有重复的小类", safe="没有读入")
        found[title] = tuple(one["sub"])
    return found


def read_phrases(text: str, categories: Tree, name: str = "phrases.toml") -> dict[tuple[str, str], tuple[str, ...]]:
    """Phrases by verb and category ("" for every one) from TOML; raises OfficeError naming what is wrong."""
    data = _whole(text, name, "phrases")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in data["phrases"]:
        _keys(one, {"verb", "category", "texts"}, name)
        key = (one["verb"], one["category"])
        if key[0] not in PHRASE_KEYS:
            raise OfficeError(f"{name}：不认识步骤“{key[0]}”", safe="没有读入")
        if key[1] and key[1] not in categories:
            raise OfficeError(f"{name}：没有类别“{key[1]}”", safe="没有读入")
        found[key] = (*found.get(key, ()), *one["texts"])
    return found


def _whole(text: str, name: str, list_key: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OfficeError(f"{name} 不是有效的 TOML：{error}", safe="没有读入") from error
    _keys(data, {"version", list_key}, name)
    return data


def _keys(told: dict[str, Any], known: set[str], name: str) -> None:
    wrong = sorted(set(told) ^ known)
    if wrong:
        where = f"（{told['title']}）" if "title" in told else ""
        raise OfficeError(f"{name}{where}：多了或少了“{'、'.join(wrong)}”", safe="没有读入", do="请改正文件")


@lru_cache(maxsize=1)
def shipped() -> Tree:
    """The categories of reference 6.5."""
    return read_categories((paths.resources() / "cases" / "categories.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _phrases() -> dict[tuple[str, str], tuple[str, ...]]:
    return read_phrases((paths.resources() / "cases" / "phrases.toml").read_text("utf-8"), shipped())


def phrases(verb: str, category: str) -> tuple[str, ...]:
    """At most nine phrases for a step, those of the category first."""
    own, general = _phrases().get((verb, category), ()), _phrases().get((verb, ""), ())
    return tuple(dict.fromkeys((*own, *general)))[:9]


def tree(session: Session) -> Tree:
    """The shipped categories, and those the office added."""
    text = settings.get(session, OWN)
    own: dict[str, list[str]] = json.loads(text) if text else {}
    found = dict(shipped())
    for title, subs in own.items():
        found[title] = tuple(dict.fromkeys((*found.get(title, ()), *subs)))
    return found


def of_office(office: Office) -> Tree:
    """As `tree`, in a reading of its own."""
    with office.read() as session:
        return tree(session)


def add(office: Office, title: str, sub: str = "") -> None:
    """Add a category, or a subcategory of one; raises OfficeError, also for a register of reference 12.2."""
    title, sub = title.strip(), sub.strip()
    for word, what in ((title, "类别"), (sub, "小类")):
        forbidden.refuse(word, what)
        if len(word) > LONGEST:
            raise OfficeError(f"{what}最多 {LONGEST} 个字", safe="没有保存")
    if not title:
        raise OfficeError("没有写类别", safe="没有保存", do="例如“市政设施”")
    with office.unit(f"增加事项类别：{title}{'／' + sub if sub else ''}") as session:
        known = tree(session)
        if title in known and (not sub or sub in known[title]):
            raise OfficeError(f"已经有“{sub or title}”了", safe="没有保存")
        text = settings.get(session, OWN)
        own: dict[str, list[str]] = json.loads(text) if text else {}
        own.setdefault(title, []).extend([sub] if sub else [])
        settings.put(session, OWN, json.dumps(own, ensure_ascii=False))
