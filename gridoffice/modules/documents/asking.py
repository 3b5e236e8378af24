"""Asking for any paper in words, as the command line does: its kind, for which unit, and choices by their titles."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.documents import batch, paper, service
from gridoffice.modules.documents.recipe import Maker, Option, makers

KINDS = frozenset({"unit", "choice", "tick", "number", "text", "staff"})
"""Kinds of options that can be said in words; letters and lists have commands of their own."""
YES, NO = ("是", "要", "印", "1", "true"), ("否", "不", "不要", "0", "false")


def known() -> list[Maker]:
    """The papers that can be asked for so."""
    return [one for one in makers() if not one.is_secret and {option.kind for option in one.options} <= KINDS]


def kinds() -> list[dict[str, Any]]:
    """Each paper with what it can be asked for."""
    return [{"paper": one.title, "about": one.about, "options": [_told(option) for option in one.options]}
            for one in known()]  # fmt: skip


def _told(option: Option) -> dict[str, Any]:
    return {"name": option.title, "choices": [title for _value, title in option.choices]}


def issue(
    office: Office, name: str, out: Path, *, unit: str = "", words: Mapping[str, str] | None = None, each: bool = False
) -> dict[str, Any]:
    """Issue a paper into a file, or with `each` a file for each village or worker into a folder.

    Raises OfficeError naming what there is instead of a kind, a choice or a value that there is not.
    """
    made_by = _maker(name)
    asked = made_by.defaults()
    for key, value in (words or {}).items():
        option = _option(made_by, key)
        asked[option.key] = _value(office, option, value)
    if unit:
        asked[_option(made_by, "", kind="unit").key] = service.unit(office, unit).id
    if not each:
        made = paper.issue(office, made_by.name, asked, out)
        return {"file": str(made.path), "pages": made.pages, "number": made.number, "notes": list(made.notes)}
    if made_by.each is None:
        raise OfficeError(f"“{made_by.title}”不能一批做", do="请去掉 --each，或用 --unit 指定一个")
    out.mkdir(parents=True, exist_ok=True)
    wanted = [batch.Wanted(made_by.name, title, options) for title, options in made_by.each(office, asked)]
    found = batch.issue(office, wanted, out)
    return {
        "files": [str(one.path) for one in found if one.path is not None],
        "notes": [f"{one.title}没有做：{one.problem}" for one in found if one.problem],
    }


def _near(word: str, words: list[str]) -> str:
    near = [one for one in words if word and word in one] or difflib.get_close_matches(word, words, 3, 0.4)
    return f"是不是“{'”“'.join(near[:3])}”？" if near else f"可以写：{'、'.join(words)}"


def _maker(name: str) -> Maker:
    for one in known():
        if name in (one.title, one.name):
            return one
    raise OfficeError(f"没有叫“{name}”的文书", do=_near(name, [one.title for one in known()]))


def _option(made_by: Maker, name: str, kind: str = "") -> Option:
    for one in made_by.options:
        if (kind and one.kind == kind) or (not kind and name in (one.title, one.key)):
            return one
    what = f"“{made_by.title}”没有“{name or '范围'}”可选"
    raise OfficeError(what, do=_near(name, [one.title for one in made_by.options]))


def _value(office: Office, option: Option, word: str) -> Any:
    if option.kind == "unit":
        return service.unit(office, word).id
    if option.kind == "staff":
        return _worker(office, word)
    if option.kind == "tick":
        return _tick(option, word)
    if option.kind == "number":
        if not word.isdigit() or not option.low <= int(word) <= option.high:
            raise OfficeError(f"“{option.title}”应是 {option.low} 到 {option.high} 的整数", do="请改正再试")
        return int(word)
    return _choice(option, word) if option.kind == "choice" else word


def _tick(option: Option, word: str) -> bool:
    if word not in (*YES, *NO):
        raise OfficeError(f"“{option.title}”只能写 是 或 否", do="请改正再试")
    return word in YES


def _choice(option: Option, word: str) -> Any:
    exact = [value for value, title in option.choices if word in (title, str(value))]
    begun = [value for value, title in option.choices if word and title.startswith(word)]
    found = exact or begun
    if len(found) != 1 and not exact:
        titles = [title for _value, title in option.choices]
        raise OfficeError(f"“{option.title}”没有“{word}”", do=_near(word, titles))
    return found[0]


def _worker(office: Office, name: str) -> int:
    found = [number for number, title in service.workers(office) if title == name]
    if len(found) != 1:
        names = [title for _number, title in service.workers(office)]
        many = f"叫“{name}”的不止一个" if found else f"没有叫“{name}”的网格员"
        raise OfficeError(many, do="请在窗口的“文书”页里选" if found else _near(name, names))
    return found[0]
