"""The lists of the tab 巡查 as they are put together: what an empty one says, what is under them, their menus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.patrols import service
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.page_diary import print_diary
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.modules.patrols.visit_list import VISITS
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import button
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.patrols.page import PatrolsPage

LARGE = 130
"""Letters (per cent) from which the list leaves out what also stands beside it, so that the problems stay in sight."""
LESS = frozenset({"kind", "households"})


def made(page: PatrolsPage) -> dict[str, ListTable]:
    """The lists by key."""
    office = page.office
    empty = Empty(
        "patrols",
        "这里没有巡查记录",
        "换一个筛选条件看看，导入巡查日志表格，或登记第一条。",
        (("登记巡查", page.new),),
    )
    nothing = Empty("patrols", "这里没有网格", "都巡查到了，或者还没有导入网格。")
    visited = Empty("patrols", "这里没有户", "该走访的都走访到了，或者还没有导入居民台账。")
    printed = Empty("patrols", "这里没有路线单", "在“入户走访”里选中要去的户，做成路线单打印出来。")
    found = {
        PATROLS.key: ListTable(office, PATROLS, empty=empty, hide=LESS if theme.px(100) > LARGE else frozenset()),
        COVERAGE.key: ListTable(office, COVERAGE, empty=nothing),
        VISITS.key: ListTable(office, VISITS, empty=visited, view=VISITS.main_view),
        ROUNDS.key: ListTable(office, ROUNDS, empty=printed, view="out"),
    }
    found[PATROLS.key].search.setPlaceholderText("筛选 网格、网格员、情况")
    found[COVERAGE.key].search.setPlaceholderText("筛选 网格、村")
    found[ROUNDS.key].search.setPlaceholderText("筛选 编号、网格员、网格")
    under = {
        PATROLS.key: (("打印民情日记…", "diary"),),
        VISITS.key: (("走访规则…", "rules"), ("一周走访安排…", "plan"), ("做路线单…", "make_round")),
        ROUNDS.key: (("打印…", "print_round"), ("录入回单…", "type_in")),
    }
    for key, words in under.items():
        for word, act in words:
            kind = "primary" if act == "type_in" else ""
            found[key].foot.addWidget(button(word, partial(page.acts.do, act), kind=kind))
    return found


def connect(page: PatrolsPage) -> None:
    """Menus, and what a double click or Enter does."""
    patrols, grids, houses, sheets = page.lists.values()
    do = page.acts.do
    patrols.opened.connect(page.acts.open_log)
    grids.opened.connect(lambda _record: do("new"))
    houses.opened.connect(lambda _record: do("open_house"))
    sheets.opened.connect(lambda _record: do("type_round"))
    menus = (
        (patrols, (("修改", "change"), ("补记", "supplement"), ("删除", "delete"))),
        (grids, (("登记巡查", "new"), ("看这个网格的巡查", "grid_logs"))),
        (houses, (("看这一户的档案", "open_house"), ("做路线单…", "make_round"))),
        (sheets, (("录入", "type_round"), ("打印", "print_round"), ("作废", "drop_round"))),
    )
    for table, entries in menus:
        for word, key in entries:
            table.on_menu(word, partial(do, key))
    patrols.on_menu("打印民情日记…", lambda: print_diary(page, page.office))


def narrowed_to(office: Office, filters: dict[str, Any], behind: str = "") -> str:
    """What a list is limited to, in words (`behind`: those of the number that was opened); "" when it is not."""
    parts = []
    if "units" in filters:
        parts.append(behind)
    if "unit" in filters:
        parts.append(service.unit_name(office, filters["unit"]))
    if "staff" in filters:
        parts.append(service.staff_name(office, filters["staff"]))
    if "kind" in filters:
        parts.append(filters["kind"])
    first, last = filters.get("from"), filters.get("to")
    if first is not None and last is not None:
        parts.append(chinese(first) if first == last else f"{chinese(first)}—{last.month}月{last.day}日")
    return " ".join(filter(None, parts))
