"""What the planners of all sheets share during one import: the tables as they will be, the grid tree, the day."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from gridoffice.db.base import Record
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.tree import Tree
from gridoffice.exchange.places import Places
from gridoffice.exchange.recognise import Table
from gridoffice.exchange.report import Difference, SheetResult
from gridoffice.exchange.store import Store
from gridoffice.exchange.values import text_of

T = TypeVar("T")

FIELD_TITLES = {
    "name": "姓名",
    "sex": "性别",
    "born": "出生日期",
    "id_number": "身份证号码",
    "phone": "电话",
    "relation": "与户主关系",
    "unit_id": "网格",
    "household_id": "户编号",
    "address": "住址",
    "tags": "人员类别",
    "note": "备注",
    "post": "岗位",
    "education": "学历",
    "since": "任职时间",
    "start": "任职开始",
    "end": "结束",
    "code": "编码",
    "groups": "村民小组",
    "households": "户数",
    "persons": "人口数",
    "party_members": "党员数",
    "organisations": "驻区单位数",
    "boundary": "四至",
    "number": "编号",
    "kind": "类别",
    "owner": "负责人",
    "area": "面积",
    "floors": "层数",
    "extinguishers": "灭火器",
    "last_on": "最近随访",
    "last_class": "本次分类",
    "next_on": "下次随访",
    "closed_on": "办结日期",
    "due_on": "期限",
    "state": "状态",
    "rechecked_on": "复查合格日期",
    "action": "处理",
    "result": "结果",
    "problems": "发现问题",
    "parent_id": "上级",
    "people": "规模",
    "party_branch": "党组织设置",
    "contact": "联系人",
    "credit_code": "统一社会信用代码",
}
SILENT = frozenset(["pinyin", "initials", "phone_tail", "id_tail", "sort", "resident_id"])
"""Columns that follow from others and are not worth a line in the list of differences."""


class Work:
    """The plan in the making; one for a whole import, so that a later sheet sees what an earlier one brings."""

    def __init__(self, session: Session, today: date) -> None:
        self.session = session
        self.today = today
        self.stores: dict[str, Store] = {}
        self.tables: list[Table] = []  # all recognised sheets of the import
        self.titles: list[str] = []  # lines above the headings of all sheets, names of files and folders
        self._shared: dict[str, Any] = {}
        self._last: list[Callable[[], None]] = []

    def store(self, model: type[Record]) -> Store:
        """The table of a model as it will be after the sheets planned so far."""
        name = model.__tablename__
        if name not in self.stores:
            self.stores[name] = Store(self.session, model)
        return self.stores[name]

    def shared(self, key: str, make: Callable[[], T]) -> T:
        """A thing made once for the whole import, for instance an index."""
        if key not in self._shared:
            self._shared[key] = make()
        found: T = self._shared[key]
        return found

    @property
    def places(self) -> Places:
        """The grid tree by name and code."""
        return self.shared("places", lambda: Places(self.store(GridUnit), Tree(self.session)))

    def at_end(self, action: Callable[[], None]) -> None:
        """Do something when all sheets are planned."""
        self._last.append(action)

    def finish(self) -> None:
        """Do what was put off to the end."""
        for action in self._last:
            action()
        self._last.clear()

    def differences(self, result: SheetResult, row: int, who: str, found: list[tuple[str, Any, Any]]) -> None:
        """Note what an import would change in a record, in words."""
        for column, old, new in found:
            if column not in SILENT:
                title = FIELD_TITLES.get(column, column)
                result.differences.append(Difference(row, who, title, self.words(column, old), self.words(column, new)))

    def words(self, column: str, value: Any) -> str:
        """A column's value as people read it."""
        if value is None:
            return ""
        if column in ("unit_id", "parent_id"):
            return str(self.store(GridUnit).rows[value]["name"])
        if column == "household_id":
            return str(self.stores["household"].rows[value]["number"])
        return text_of(value)
