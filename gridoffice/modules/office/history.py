"""The log in words: what a unit of work changed, and the imports that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import mask_id, mask_numbers, mask_phone
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.destroy import OP
from gridoffice.db.office import Office
from gridoffice.db.undo import NOT_TAKEN_BACK
from gridoffice.domain import network_update
from gridoffice.domain.settings import SETTINGS

SHOWN = 200
"""So many rows of a unit are told one by one; the rest is counted."""

TABLES = {
    "assignment": "任职", "attachment": "照片和文件", "case_file": "事项", "case_step": "事项办理",
    "enrolment": "随访登记", "followup_visit": "随访", "grid_level": "层级", "grid_unit": "网格",
    "hazard": "隐患", "household": "户", "inspection": "检查", "issued_paper": "文书", "network": "责任网",
    "help_entry": "帮扶名单", "help_visit": "帮扶走访", "destruction": "销毁记录",
    "network_level": "责任网层级", "network_role": "岗位",
    "office_setting": "设置", "organisation": "驻区单位",
    "assist_visit": "健康预约提醒", "form_text": "表单文字", "house_visit": "入户走访", "log_entry": "日志条目",
    "patrol_supplement": "补记", "route_row": "路线单一行", "route_sheet": "走访路线单",
    "patrol": "巡查", "premises": "场所", "resident": "居民",
    "staff": "人员",
}  # fmt: skip
"""Names of the kept tables in the office's words."""

FIELDS = {
    "address": "地址", "area": "面积", "boundary": "四至", "born": "出生日期", "category": "类别",
    "closed_on": "结案日期", "code": "编码", "day": "日期", "due_on": "期限", "education": "学历",
    "end": "结束", "end_on": "结束", "found_on": "发现日期", "groups": "所辖小组", "handler": "承办人",
    "households": "户数", "id_number": "身份证号", "is_active": "在岗", "kind": "类型", "level": "层级",
    "measures": "处理措施", "name": "姓名（名称）", "next_on": "下次日期", "note": "备注", "number": "编号",
    "outcome": "分类", "owner": "负责人", "parent_id": "上级", "persons": "人数", "phone": "电话",
    "photo_id": "照片", "post": "职务", "relation": "与户主关系", "result": "结果", "sex": "性别",
    "since": "起始日期", "start": "开始", "state": "状态", "tags": "类别", "text": "内容", "title": "标题",
    "unit_id": "所属网格", "value": "内容", "household_id": "所属户", "staff_id": "人员", "role_id": "岗位",
    "organisations": "单位数", "party_members": "党员数", "extinguishers": "灭火器", "floors": "层数",
    "problems": "问题数", "answers": "填写内容", "last_on": "上次日期", "place": "地点",
    "rechecked_on": "复查日期", "left_on": "退出日期", "left_reason": "退出原因", "grade": "等级",
    "is_used": "使用", "is_needed": "必须有人", "is_single": "只能一人", "is_public": "可以公开", "is_stand_in": "B岗",
    "duties": "职责", "rank": "排序", "need": "需要", "contact_id": "联系人", "consent_by": "谁同意",
    "consent_on": "同意日期", "purpose": "目的", "scope": "内容范围", "until": "到期", "interval_days": "走访间隔",
    "closings": "办结", "typed_on": "录入日期", "by": "谁", "end_reason": "结束原因", "ended_on": "结束日期",
    "people": "规模", "party_branch": "党组织", "contact": "联系人", "credit_code": "信用代码",
    "lives_at": "去向或现住地",
}  # fmt: skip
"""Names of fields worth telling; what is not here (pinyin, versions, digests) is the program's own affair."""

OPS = {"insert": "新增", "update": "修改", "delete": "删除", "bulk": "新增", OP: "已销毁"}
MASKS = {"id_number": mask_id, "phone": mask_phone}


@dataclass(frozen=True)
class ChangeRow:
    """One line of a unit's story: what was done to what; fields as 名称：旧 → 新."""

    op: str
    what: str
    label: str
    fields: str


@dataclass(frozen=True)
class UnitStory:
    """A unit of work with its changes, the first ones told, the rest counted."""

    id: int
    name: str
    who: str
    at: datetime
    kind: str
    state: str
    changes: tuple[ChangeRow, ...]
    more: int

    @property
    def can_undo(self) -> bool:
        """Whether it still stands and is itself no undo."""
        return self.state == "done" and self.kind not in NOT_TAKEN_BACK


@dataclass(frozen=True)
class ImportRow:
    """One import: when, who, its name, the rows it brought by table, and whether it still stands."""

    id: int
    at: datetime
    who: str
    name: str
    counts: tuple[tuple[str, int], ...]
    stands: bool
    sheets: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """居民 4,863、户 1,612 …"""
        return "、".join(f"{what} {number:,}" for what, number in self.counts) or "没有新记录"


def story(office: Office, unit_id: int) -> UnitStory:
    """What a unit of work did, in words; raises OfficeError when there is no such unit."""
    with office.read() as session:
        unit = session.get(AuditUnit, unit_id)
        if unit is None:
            raise OfficeError(f"没有编号为 {unit_id} 的操作记录", do="请刷新列表后再选")
        of_unit = AuditChange.unit_id == unit_id
        total = session.scalar(select(func.count()).select_from(AuditChange).where(of_unit)) or 0
        told = session.scalars(select(AuditChange).where(of_unit).order_by(AuditChange.id).limit(SHOWN))
        rows = tuple(_told(change) for change in told)
    return UnitStory(unit.id, unit.name, unit.who, unit.at, unit.kind, unit.state, rows, total - len(rows))


def _told(change: AuditChange) -> ChangeRow:
    what = TABLES.get(change.table_name, "其他记录")
    if change.op == "bulk":
        return ChangeRow("新增", what, f"{(change.last_id or change.row_id) - change.row_id + 1:,} 条", "")
    row = change.after or change.before or {}
    return ChangeRow(OPS[change.op], what, _label(row, change.row_id), _fields(change))


def _label(row: dict[str, Any], row_id: int) -> str:
    if row.get("key") == network_update.KEPT:
        return "责任网文件的版本"
    setting = next((one.title for one in SETTINGS if one.key == row.get("key")), "")
    if setting:
        return setting
    label = row.get("name") or row.get("title") or row.get("number") or row.get("text") or row.get("day")
    return mask_numbers(str(label))[:40] if label else f"第 {row_id} 号"


def _fields(change: AuditChange) -> str:
    if (change.after or {}).get("key") == network_update.KEPT:
        return ""  # what the files said, kept for comparison; nothing to read for people
    if change.op != "update":
        value = (change.after or {}).get("value")
        return str(value) if change.table_name == "office_setting" and value else ""
    before, after = change.before or {}, change.after or {}
    changed = [key for key in FIELDS if key in after and before.get(key) != after.get(key)]
    return "；".join(
        f"{FIELDS[key]}：{_shown(key, before.get(key))} → {_shown(key, after.get(key))}" for key in changed
    )


def _shown(key: str, value: Any) -> str:
    if value is None or value == "":
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict | list):
        return f"{len(value)} 项"
    text = MASKS[key](str(value)) if key in MASKS else mask_numbers(str(value))
    return text if len(text) <= 40 else f"{text[:39]}…"


def imports(office: Office) -> list[ImportRow]:
    """All imports, the newest first."""
    wanted = select(AuditUnit).where(AuditUnit.kind == "import").order_by(AuditUnit.id.desc())
    with office.read() as session:
        return [
            ImportRow(
                unit.id,
                unit.at,
                unit.who,
                unit.name,
                _counted(session, unit.id),
                unit.state == "done",
                tuple(_sheet(one) for one in (unit.info or {}).get("sheets", ())),
            )
            for unit in session.scalars(wanted)
        ]


def _sheet(told: dict[str, Any]) -> str:
    """居民台账：新增 4,873，有错 127 — what an import told of one sheet."""
    words = (("new", "新增"), ("changed", "改动"), ("same", "相同"), ("repaired", "修正"), ("wrong", "有错"))
    parts = [f"{word} {told[key]:,}" for key, word in words if told.get(key)]
    return f"{told.get('title') or told.get('sheet')}：{'，'.join(parts) or '没有数据'}"


def _counted(session: Any, unit_id: int) -> tuple[tuple[str, int], ...]:
    rows = func.coalesce(AuditChange.last_id - AuditChange.row_id, 0) + 1
    wanted = (
        select(AuditChange.table_name, func.sum(rows))
        .where(AuditChange.unit_id == unit_id, AuditChange.op.in_(("bulk", "insert")))
        .group_by(AuditChange.table_name)
    )
    found = {table: number for table, number in session.execute(wanted)}
    return tuple((title, int(found[table])) for table, title in TABLES.items() if table in found)
