"""What came of each thing behind a door: an outcome and a short line for every one, on one small form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.patrols.typein import LEFT_OPEN, Thing, TypedRow
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field

OPEN = "这次没有办"


def editor(parent: QWidget, row: TypedRow, keep: Callable[[tuple[Thing, ...]], None]) -> Editor:
    """The form of a row's things; `keep` gets them as typed and raises OfficeError where one is refused."""
    fields: list[Field] = []
    values: dict[str, Any] = {}
    for thing in row.things:
        if thing.kind is None or not thing.kind.outcomes:
            continue
        words = [(LEFT_OPEN, OPEN), *((one.key, one.title) for one in thing.kind.outcomes)]
        fields.append(Field(f"result {thing.key}", "结果", "choice", choices=words, section=thing.words))
        fields.append(Field(f"note {thing.key}", "一句话", section=thing.words, help="怎么样了，可不填"))
        values[f"result {thing.key}"] = thing.result or thing.outcome(row.result) or LEFT_OPEN
        values[f"note {thing.key}"] = thing.note

    def save(asked: dict[str, Any]) -> None:
        keep(tuple(_typed(thing, asked) for thing in row.things))

    note = "选了结果的，保存整张单时一起办结；“这次没有办”的下次还在单子上。"
    return Editor(parent, f"第 {row.place} 行 {row.title}", fields, values, save, note=note)


def _typed(thing: Thing, asked: dict[str, Any]) -> Thing:
    result = asked.get(f"result {thing.key}") or ""
    note = (asked.get(f"note {thing.key}") or "").strip()
    outcome = thing.kind.outcome(result) if thing.kind is not None else None
    if outcome is not None and outcome.needs_note and not note:
        what = f"“{thing.words}”选了“{outcome.title}”，还没有写一句话"
        raise OfficeError(what, safe="填好的内容都还在", do="请写明是什么情况")
    return replace(thing, result=result, note=note)
