"""The dialogs of the tab 消防: a place, and the steps of a hazard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.modules.inspections import hazards, places, service
from gridoffice.modules.inspections.hazards import Recheck
from gridoffice.modules.inspections.lists import GRADES
from gridoffice.modules.inspections.places import Entry
from gridoffice.ui import reveal
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field


def names(office: Office) -> list[tuple[str, str]]:
    """The names of all in service, for fields in which also another name may be typed."""
    return [(choice.text, choice.text) for choice in service.staff_names(office)]


def _place_fields(office: Office) -> list[Field]:
    units = [(choice.id, choice.text) for choice in service.unit_choices(office)]
    kinds = [(kind, kind) for kind in places.kinds(office)]
    return [
        Field("name", "名称", required=True),
        Field("kind", "类别", "choice", required=True, choices=kinds, is_open=True, help="决定用哪张检查表"),
        Field("number", "编号", help="空着由程序编号"),
        Field("unit_id", "网格", "pick", choices=units),
        Field("owner", "负责人"),
        Field("phone", "电话", "phone"),
        Field("address", "地址"),
        Field("area", "面积", "decimal", unit="㎡"),
        Field("floors", "层数", "number", unit="层"),
        Field("extinguishers", "灭火器", "number", unit="具"),
        Field("note", "备注", "multiline"),
    ]


def place_editor(parent: QWidget, office: Office, place_id: int | None) -> Editor:
    """The editor of a place, new without an id."""
    shown = places.view(office, place_id) if place_id else None
    entry = shown.entry if shown else Entry("", "")

    def save(values: dict[str, Any]) -> int:
        texts = ("name", "kind", "number", "owner", "phone", "address", "note")
        kept = replace(entry, **{**values, **{key: values[key] or "" for key in texts}})
        if shown is None:
            return places.record(office, kept)
        places.change(office, shown.id, kept, shown.version)
        return shown.id

    fields = _place_fields(office)
    title = f"修改场所：{entry.name}" if shown else "新增场所"
    guard = reveal.guarding(office, ("premises", shown.id), f"场所 {entry.name}") if shown else None
    return Editor(parent, title, fields, {field.key: getattr(entry, field.key) for field in fields}, save, guard=guard)


def recheck(parent: QWidget, office: Office, hazard_id: int) -> Editor:
    """Asks for the outcome of a re-check."""
    shown = hazards.view(office, hazard_id)
    fields = [
        Field("result", "结果", "choice", required=True, choices=[("yes", "已整改，销案"), ("no", "没有整改好")]),
        Field("day", "复查日期", "date", required=True),
        Field("by", "复查人", "choice", required=True, choices=names(office), is_open=True),
        Field("second", "第二人", "choice", choices=names(office), is_open=True, help="发现人自己复查时必填"),
        Field("note", "情况", "multiline", help="例如：已换新灭火器 2 具"),
    ]

    def save(values: dict[str, Any]) -> None:
        entry = Recheck(values["day"], values["by"], values["result"] == "yes", values["second"] or "", values["note"])
        hazards.recheck(office, hazard_id, entry)

    return Editor(
        parent,
        f"复查：{shown.place}",
        fields,
        {"day": office.today(), "result": "yes"},
        save,
        columns=1,
        note=f"{shown.text}。发现人：{shown.found_by or '没有登记'}；复查要由另一个人做，或两人一起签名。",
    )


def extend(parent: QWidget, office: Office, hazard_id: int) -> Editor:
    """Asks for a later day, once."""
    shown = hazards.view(office, hazard_id)
    fields = [
        Field("until", "延期至", "date", required=True, help="例如 +7"),
        Field("reason", "原因", required=True),
        Field("approver", "批准人", "choice", required=True, choices=names(office), is_open=True),
    ]
    return Editor(
        parent,
        f"延期：{shown.place}",
        fields,
        {"until": office.today() + timedelta(days=7)},
        lambda values: hazards.extend(office, hazard_id, values["until"], values["reason"], values["approver"]),
        columns=1,
        note="只能延期一次；到期仍没有整改的，移送有权处理的部门。",
    )


def transfer(parent: QWidget, office: Office, hazard_id: int) -> Editor:
    """Asks to whom a hazard is handed over."""
    shown = hazards.view(office, hazard_id)
    fields = [
        Field("to", "移送给", "choice", required=True, choices=[(body, body) for body in hazards.BODIES], is_open=True),
        Field("day", "日期", "date", required=True),
        Field("note", "说明", "multiline", help="检查和告知的经过、没有整改的原因"),
    ]
    return Editor(
        parent,
        f"移送：{shown.place}",
        fields,
        {"day": office.today(), "to": hazards.BODIES[0]},
        lambda values: hazards.transfer(office, hazard_id, values["day"], values["to"], values["note"]),
        columns=1,
        note="移送时附上检查表、照片、告知书和送达凭证；移送后仍算未销案，收到回复并复查合格再销案。",
    )


def hazard_editor(parent: QWidget, office: Office, hazard_id: int) -> Editor:
    """Corrects what a hazard says, its grade and its last day."""
    shown = hazards.view(office, hazard_id)
    grades = [(grade, words.partition("|")[2]) for grade, words in GRADES.items()]
    fields = [
        Field("text", "隐患", required=True),
        Field("grade", "等级", "choice", required=True, choices=grades),
        Field("due_on", "整改期限", "date", required=True),
    ]
    values = {"text": shown.text, "grade": shown.grade, "due_on": shown.due_on}
    return Editor(
        parent,
        f"修改隐患：{shown.place}",
        fields,
        values,
        lambda kept: hazards.change(office, hazard_id, kept["text"], kept["grade"], kept["due_on"], shown.version),
        columns=1,
    )
