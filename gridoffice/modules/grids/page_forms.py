"""The editors of the grid tab: a unit, its place in the tree, who is appointed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import service
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage
    from gridoffice.modules.grids.page_assistant import Assistant

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

START = Field("start", "设立日期", "date", help="空着表示一直就有；新设的填从哪天起")


def edit(page: GridsPage, unit_id: int) -> None:
    """Edit a unit."""
    unit = service.get(page.office, unit_id)
    values = {key: getattr(unit, key) for key in service.FIELDS}
    if open_editor(
        page, f"编辑 {unit.name}", FIELDS, values, lambda new: service.update(page.office, unit_id, new, unit.version)
    ):
        page.main.say("已保存", undo=True)


def create(page: GridsPage, above: service.UnitCard | None) -> None:
    """Make a unit below another; its start is asked, because an office in use sees its tree of past days."""
    titles = dict(service.levels(page.office))
    level = (above.level if above else 0) + 1
    values: dict[str, Any] = {"kind": "base", "sort": (above.children if above else 0) + 1}
    if above is not None:
        values["code"] = service.next_code(page.office, above.id)
        values["start"] = service.usual_start(page.office, above.id)
        if level == 3:
            values["name"] = f"{above.name}第{above.children + 1}网格"
    title = f"在 {above.name} 下新建{titles.get(level, '下级')}" if above else "新建乡镇"
    made: list[int] = []

    def save(new: dict[str, Any]) -> None:
        made.append(service.create(page.office, above.id if above else None, new))

    if open_editor(page, title, (*FIELDS, START), values, save):
        page.tree.choose(made[-1])
        page.main.say("已新建", undo=True)


def redraw(page: GridsPage, open_assistant: Callable[[], Assistant]) -> None:
    """Open an assistant that redraws the tree; afterwards show what stands there, with undo."""
    try:
        dialog = open_assistant()
    except OfficeError as error:
        dialogs.error(error, page)
        return
    if dialog.exec() and dialog.made:
        page.tree.choose(dialog.made[0])
        page.main.say(f"已{page.office.undo_text() or '完成'}", undo=True)
