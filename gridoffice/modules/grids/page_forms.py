"""The editors of the grid tab: a unit, its place in the tree, who is appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import service
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

FIELDS = (
    Field("name", "名称", required=True),
    Field("code", "编码", help="村代码加两位序号，可以以后再填"),
    Field("groups", "村民小组", help="例如 1-2组"),
    Field(
        "kind",
        "类型",
        "choice",
        required=True,
        choices=(("base", "基础网格"), ("special", "专属网格（市场、校园、厂区）")),
    ),
    Field("households", "户数", "number"),
    Field("persons", "人口", "number"),
    Field("party_members", "党员", "number"),
    Field("organisations", "驻区单位", "number"),
    Field("phone", "联系电话", help="村委会或网格服务点电话"),
    Field("sort", "排序", "number", help="数字小的排在前面"),
    Field("boundary", "范围（四至）", "multiline"),
    Field("note", "备注", "multiline"),
)


def edit(page: GridsPage, unit_id: int) -> None:
    """Edit a unit."""
    unit = service.get(page.office, unit_id)
    values = {key: getattr(unit, key) for key in service.FIELDS}
    if open_editor(
        page, f"编辑 {unit.name}", FIELDS, values, lambda new: service.update(page.office, unit_id, new, unit.version)
    ):
        page.main.say("已保存", undo=True)


def create(page: GridsPage, above: service.UnitCard | None) -> None:
    """Make a unit below another."""
    titles = dict(service.levels(page.office))
    level = (above.level if above else 0) + 1
    values: dict[str, Any] = {"kind": "base", "sort": (above.children if above else 0) + 1}
    if above is not None:
        values["code"] = service.next_code(page.office, above.id)
        if level == 3:
            values["name"] = f"{above.name}第{above.children + 1}网格"
    title = f"在 {above.name} 下新建{titles.get(level, '下级')}" if above else "新建乡镇"
    made: list[int] = []

    def save(new: dict[str, Any]) -> None:
        made.append(service.create(page.office, above.id if above else None, new))

    if open_editor(page, title, FIELDS, values, save):
        page.tree.choose(made[-1])
        page.main.say("已新建", undo=True)


def move(page: GridsPage, unit: service.UnitCard) -> None:
    """Choose where a unit goes."""
    nodes = service.tree(page.office)
    level = {node.id: service.get(page.office, node.id).level for node in nodes if node.id != unit.id}
    options = [(node.id, node.name) for node in nodes if level.get(node.id) == unit.level - 1]
    if not options:
        dialogs.error(OfficeError("没有可以移动到的地方", safe="没有移动"), page)
        return
    field = Field("parent", "移动到", "pick", required=True, choices=options)
    if open_editor(
        page,
        f"移动 {unit.name}",
        (field,),
        {},
        lambda new: service.move(page.office, unit.id, new["parent"]),
        columns=1,
    ):
        page.main.say(f"已移动 {unit.name}", undo=True)
