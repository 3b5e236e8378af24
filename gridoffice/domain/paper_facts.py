"""What stood on an issued paper: views flattened to facts in words, kept, and compared with what stands there now."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SKIPPED = frozenset({"number", "made_on", "edition", "year", "away"})
"""Fields of a paper itself: they change with each issue, or speak of one week only."""

WORDS = {
    "office": "办公室",
    "person": "本人",
    "head": "村级网格长",
    "chief": "总网格长",
    "worker": "网格员",
    "stand_in": "B岗",
    "name": "姓名",
    "post": "岗位",
    "phone": "电话",
    "photo": "照片",
    "unit": "网格",
    "village": "村",
    "grids": "网格",
    "villages": "村",
    "groups": "范围",
    "households": "户数",
    "persons": "人口",
    "party_members": "党员",
    "services": "服务事项",
    "supervise_phone": "监督电话",
    "hotlines": "便民电话",
    "emergency": "应急电话",
    "issuer": "落款",
    "chart": "网格图",
    "title": "名称",
    "chapters": "章节",
    "paragraphs": "内容",
    "log_pages": "日志页",
    "notice": "说明",
    "cells": "",  # of a row that has a name of its own
}
"""Words of the views' fields for the reader; a view may name its own by `field(metadata={"word": "…"})`."""

Facts = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One fact that is no longer as it was printed: where it stands, what was printed, what it is now."""

    where: str
    was: str
    now: str

    @property
    def words(self) -> str:
        """第2网格 网格员 电话：13800001234 → 13900001234."""
        where = _COUNTED.sub("", self.where).strip()
        is_picture = self.was.startswith("#") or self.now.startswith("#")
        if is_picture:
            told = "新增" if not self.was else ("没有了" if not self.now else "换了")
            return f"{where}：{told}"
        was, now = _apart(self.was, self.now)
        return f"{where}：{was or '（空）'} → {now or '（空）'}"


_COUNTED = re.compile(r"\(\d+\) ?")  # of a second part of the same name: it keeps facts apart, nobody reads it


def _apart(was: str, now: str) -> tuple[str, str]:
    """Of two rows of as many cells only those that differ."""
    before, after = was.split("、"), now.split("、")
    if len(before) != len(after) or len(before) == 1 or was == now:
        return was, now
    pairs = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    return "、".join(one for one, _other in pairs), "、".join(other for _one, other in pairs)


def facts(view: Any) -> Facts:
    """Everything on a view as words and texts, pictures as digests; the same view gives the same facts."""
    found: Facts = {}
    for where, text in _walk(view, ()):
        place, turn = where, 1
        while place in found:  # two parts that nothing tells apart: neither may hide the other
            turn += 1
            place = f"{where}({turn})"
        found[place] = text
    return found


def _walk(value: Any, line: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for one in dataclasses.fields(value):
            if one.name not in SKIPPED:
                word = str(one.metadata.get("word", WORDS.get(one.name, one.name)))
                yield from _walk(getattr(value, one.name), (*line, word))
    elif isinstance(value, tuple | list):
        yield from _series(value, line)
    elif value is not None and value != "":
        yield " ".join(filter(None, line)), _text(value)


def _series(values: tuple[Any, ...] | list[Any], line: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Parts under their own names where they have some, plain texts and numbers as one fact."""
    if not any(dataclasses.is_dataclass(one) for one in values):
        if values:
            yield " ".join(filter(None, line)), _text(values)
        return
    used: dict[str, int] = {}
    for one in values:
        name = str(getattr(one, "name", "") or getattr(one, "title", "") or "")
        used[name] = used.get(name, 0) + 1
        mark = name if used[name] == 1 else f"{name}({used[name]})"
        yield from _walk(one, (*line[:-1], mark) if mark else line)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return f"#{hashlib.sha256(value).hexdigest()[:16]}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        flat = [_text(one) for one in value]
        if len(flat) > 60 or any(isinstance(one, tuple | list) and len(one) > 8 for one in value):
            return f"#{hashlib.sha256(json.dumps(flat).encode()).hexdigest()[:16]}"  # an outline is not read as text
        return "、".join(flat)
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def keep(found: Facts) -> str:
    """Facts as kept in the register."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def kept(text: str) -> Facts:
    """Facts from the register; none for a text that is no such thing."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def changes(was: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    """What is no longer as printed, in the order of the paper."""
    where = list(dict.fromkeys([*now, *was]))
    return [Change(one, was.get(one, ""), now.get(one, "")) for one in where if was.get(one, "") != now.get(one, "")]
