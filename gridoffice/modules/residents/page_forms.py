"""Opening the editors of the ledger: a resident or several in a row, a household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gridoffice.modules.residents import households, service
from gridoffice.modules.residents.households import HouseholdFile
from gridoffice.modules.residents.page_editor import ResidentEditor
from gridoffice.modules.residents.page_merge import merge
from gridoffice.ui import reveal
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


def new_resident(page: ResidentsPage, house: HouseholdFile | None) -> int | None:
    """Enter residents, one after the other if wanted; the last one's id, or None when left."""
    values = {"household_id": house.id, "unit_id": house.unit_id, "address": house.address} if house else {}
    if house and not any(member.relation == households.HEAD for member in house.members):
        values["relation"] = households.HEAD
    made: list[int] = []

    def save(new: dict[str, Any]) -> int:
        made.append(service.create(page.office, new))
        return made[-1]

    editor = ResidentEditor(page, "新建居民", values, save, again=True)
    editor.exec()
    if editor.wanted is not None:
        page.open_resident(editor.wanted)
        return None
    if not made:
        return None
    page.main.say("已新建" if len(made) == 1 else f"已新建 {len(made)} 人", undo=True)
    return made[-1]


def edit_resident(page: ResidentsPage, resident_id: int) -> None:
    """Edit a resident."""
    person = service.get(page.office, resident_id)
    house = households.household_of(page.office, resident_id)
    values = {key: getattr(person, key) for key in service.FIELDS} | {"address": house.address if house else ""}

    def save(new: dict[str, Any]) -> None:
        service.update(page.office, resident_id, new, person.version)

    guard = reveal.guarding(page.office, ("resident", resident_id), f"居民 {person.name}")
    editor = ResidentEditor(page, f"编辑 {person.name}", values, save, own=resident_id, guard=guard)
    if editor.exec():
        page.main.say("已保存", undo=True)
    elif editor.wanted is not None and editor.merges:
        merge(page, resident_id, editor.wanted)
    elif editor.wanted is not None:
        page.open_resident(editor.wanted)


def edit_household(page: ResidentsPage, house: HouseholdFile) -> None:
    """Edit a household."""
    wanted = (
        Field("number", "户编号", required=True),
        Field("unit_id", "网格", "pick", choices=service.units(page.office), help="全户一起换"),
        Field("address", "住址"),
        Field("note", "备注", "multiline"),
    )
    values = {"number": house.number, "unit_id": house.unit_id, "address": house.address, "note": house.note}

    def save(new: dict[str, Any]) -> None:
        households.update(page.office, house.id, new)

    if open_editor(page, f"户 {house.number}", wanted, values, save, columns=1):
        page.main.say("已保存", undo=True)
