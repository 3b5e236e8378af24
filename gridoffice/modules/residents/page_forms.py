"""The editors of the ledger: a resident, a household; similar persons are shown beside what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from gridoffice.modules.residents import service
from gridoffice.ui import reveal
from gridoffice.ui.editor import Editor
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import label

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


def fields(page: ResidentsPage) -> tuple[Field, ...]:
    """The fields of a resident."""
    return (
        Field("name", "姓名", required=True),
        Field("id_number", "证件号", "id", help="填了会自动得出性别和生日"),
        Field("sex", "性别", "choice", choices=(("男", "男"), ("女", "女"))),
        Field("born", "出生日期", "date"),
        Field("phone", "电话", "phone"),
        Field("relation", "与户主关系", "choice", choices=[(word, word) for word in service.RELATIONS], is_open=True),
        Field("household_id", "户", "pick", choices=service.households(page.office), help="不选则新立一户"),
        Field("unit_id", "网格", "pick", choices=service.units(page.office)),
        Field("address", "住址", help="整户一起改"),
        Field("tags", "人员类别", "multi", choices=[(tag, tag) for tag in service.tags()]),
        Field("note", "备注", "multiline"),
    )


def _open(page: ResidentsPage, title: str, values: Mapping[str, Any], save: Any, own: int = 0) -> bool:
    shown = {**values, "tags": [tag for tag in str(values.get("tags") or "").split("、") if tag]}

    def joined(new: dict[str, Any]) -> Any:
        return save({**new, "tags": "、".join(new["tags"])})

    note = "人员类别只收困难帮扶和服务需要的内容，不登记信仰、病情和信访。"
    guard = reveal.guarding(page.office, ("resident", own), f"居民 {values['name']}") if own else None
    editor = Editor(page, title, fields(page), shown, joined, note=note, guard=guard)
    hint = label("", "notice", wrap=True)
    hint.hide()
    editor.body.addWidget(hint)

    def look() -> None:
        name, number = (str(editor.form.inputs[key].value() or "") for key in ("name", "id_number"))
        found = service.similar(page.office, name, number, own)
        hint.setText("可能已经登记过：" + "；".join(found))
        hint.setVisible(bool(found) and editor.form.is_changed())

    for key in ("name", "id_number"):
        editor.form.inputs[key].edited.connect(look)
    return editor.exec() == QDialog.DialogCode.Accepted


def new_resident(page: ResidentsPage, house: service.HouseholdFile | None) -> int | None:
    """Enter a resident; the id, or None when left."""
    values = {"household_id": house.id, "unit_id": house.unit_id} if house else {}
    made: list[int] = []

    def save(new: dict[str, Any]) -> None:
        made.append(service.create(page.office, new))

    if not _open(page, "新建居民", values, save):
        return None
    page.main.say("已新建", undo=True)
    return made[-1]


def edit_resident(page: ResidentsPage, resident_id: int) -> None:
    """Edit a resident."""
    person = service.get(page.office, resident_id)
    house = service.household_of(page.office, resident_id)
    values = {key: getattr(person, key) for key in service.FIELDS} | {"address": house.address if house else ""}

    def save(new: dict[str, Any]) -> None:
        service.update(page.office, resident_id, new, person.version)

    if _open(page, f"编辑 {person.name}", values, save, resident_id):
        page.main.say("已保存", undo=True)


def edit_household(page: ResidentsPage, house: service.HouseholdFile) -> None:
    """Edit a household."""
    wanted = (
        Field("number", "户编号", required=True),
        Field("unit_id", "网格", "pick", choices=service.units(page.office), help="全户一起换"),
        Field("address", "住址"),
        Field("note", "备注", "multiline"),
    )
    values = {"number": house.number, "unit_id": house.unit_id, "address": house.address, "note": house.note}

    def save(new: dict[str, Any]) -> None:
        service.update_household(page.office, house.id, new)

    if open_editor(page, f"户 {house.number}", wanted, values, save, columns=1):
        page.main.say("已保存", undo=True)
