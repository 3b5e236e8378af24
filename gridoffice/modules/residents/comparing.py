"""Two records of one person side by side: what stands where, which value is better, what hangs on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import mask_id, mask_phone
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import endings, identity
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import LIVING, STATES, Household, Resident

LEFT, RIGHT = "left", "right"
PLACE = ("household_id", "unit_id", "relation")
"""Where somebody lives: said by the record that still lives here, however late the other was written."""

FIELDS = (
    ("name", "姓名"), ("id_number", "证件号"), ("sex", "性别"), ("born", "出生日期"), ("phone", "电话"),
    ("household_id", "户"), ("relation", "与户主"), ("unit_id", "网格"), ("tags", "人员类别"), ("state", "状态"),
    ("lives_at", "去向或现住地"), ("note", "备注"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A field of both records as it is shown: words left and right, which is proposed, and why."""

    key: str
    title: str
    left: str
    right: str
    better: str  # LEFT | RIGHT
    why: str = ""

    @property
    def is_same(self) -> bool:
        """Nothing is to be chosen here."""
        return self.left == self.right


@dataclass(frozen=True)
class Comparison:
    """Two records side by side, and what hangs on each: 健康服务预约 1、帮扶 2."""

    left_id: int
    right_id: int
    left_title: str
    right_title: str
    lines: tuple[Line, ...]
    left_hangs: str
    right_hangs: str
    warnings: tuple[str, ...] = ()


def compare(office: Office, left_id: int, right_id: int) -> Comparison:
    """Two residents side by side with the better value of each field proposed. Raises OfficeError."""
    if left_id == right_id:
        raise OfficeError("选的是同一条记录", safe="没有改动任何内容", do="请选两条不同的记录")
    with office.read() as session:
        left, right = session.get(Resident, left_id), session.get(Resident, right_id)
        if left is None or right is None:
            raise OfficeError("要合并的记录已经不在了", safe="没有改动任何内容", do="请刷新后再试")
        newer = _newer(session, left_id, right_id)
        here = _here(left, right)
        lines = tuple(
            _line(
                session, key, title, left, right, here if here and key in PLACE else newer, bool(here) and key in PLACE
            )
            for key, title in FIELDS
        )
        warnings = _warnings(session, left, right, lines)
        titles = [f"{one.name}（{_house(session, one.household_id) or '未编户'}）" for one in (left, right)]
        hangs = [_hangs(session, number) for number in (left_id, right_id)]
    return Comparison(left_id, right_id, titles[0], titles[1], lines, hangs[0], hangs[1], warnings)


def _here(left: Resident, right: Resident) -> str:
    """The side that lives here where only one does; "" otherwise."""
    sides = [one.state == LIVING for one in (left, right)]
    return "" if sides[0] == sides[1] else LEFT if sides[0] else RIGHT


def _warnings(session: Session, left: Resident, right: Resident, lines: tuple[Line, ...]) -> tuple[str, ...]:
    """What speaks against the two being one person, or needs a look afterwards."""
    found = []
    numbers = [one.id_number for one in (left, right)]
    if numbers[0] != numbers[1] and all(number and identity.read_id(number).state == "ok" for number in numbers):
        found.append("两边的证件号都正确，却不相同，几乎可以肯定是两个人。请先对照证件，再决定要不要合并")
    elif left.born and right.born and left.born != right.born:
        found.append("两边的出生日期不同，请先核对是不是同一个人")
    house = next(line for line in lines if line.key == "household_id")
    lost = left if house.better == RIGHT else right
    if lost.relation == "户主" and lost.household_id is not None and left.household_id != right.household_id:
        others = select(Resident.id).where(Resident.household_id == lost.household_id, Resident.id != lost.id)
        if session.scalars(others.limit(1)).first() is not None:
            found.append(f"合并后“{_house(session, lost.household_id)}”没有户主了，请接着在那一户里“换户主”")
    return tuple(found)


def _newer(session: Session, left_id: int, right_id: int) -> str:
    """Which of two residents was written last."""
    last: dict[int, int] = {}
    changes = select(AuditChange.row_id, AuditChange.last_id, AuditUnit.id).join(
        AuditUnit, AuditUnit.id == AuditChange.unit_id
    )
    for number in (left_id, right_id):
        own = (AuditChange.row_id == number) | ((AuditChange.row_id <= number) & (AuditChange.last_id >= number))
        found = session.execute(
            changes.where(AuditChange.table_name == "resident", own).order_by(AuditUnit.id.desc()).limit(1)
        ).first()
        last[number] = found[2] if found else 0
    return LEFT if (last[left_id], left_id) > (last[right_id], right_id) else RIGHT


def _line(
    session: Session, key: str, title: str, left: Resident, right: Resident, newer: str, is_here: bool = False
) -> Line:
    values = getattr(left, key), getattr(right, key)
    words = [_words(session, key, value) for value in values]
    better, why = (newer, "这一边还在住") if is_here else _better(key, values[0], values[1], newer)
    return Line(key, title, words[0], words[1], better, "" if words[0] == words[1] else why)


def _better(key: str, left: Any, right: Any, newer: str) -> tuple[str, str]:
    if bool(left) != bool(right):
        return (LEFT if left else RIGHT), "另一边是空的"
    ranks = _rank(key, left), _rank(key, right)
    if ranks[0] != ranks[1]:
        return (LEFT if ranks[0] > ranks[1] else RIGHT), "另一边不正确或不完整"
    if key in ("tags", "note") and left and right and len(left) != len(right):
        return (LEFT if len(left) > len(right) else RIGHT), "内容更全"
    return newer, "登记得更晚"


def _rank(key: str, value: Any) -> int:
    """How trustworthy a value is: a right 18-figure number before an old one, a mobile before a landline."""
    if key == "id_number" and value:
        return {"ok": 2, "old": 1}.get(identity.read_id(value).state, 0)
    if key == "phone" and value:
        kinds = [identity.phone_kind(part) for part in value.split("、")]
        return 0 if not all(kinds) else 2 if "mobile" in kinds else 1
    if key == "state":
        return int(value == LIVING)
    return 0


def _words(session: Session, key: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if key == "household_id":
        return _house(session, value)
    if key == "unit_id":
        unit = session.get(GridUnit, value)
        return unit.name if unit else ""
    if key == "id_number":
        return mask_id(value)
    if key == "phone":
        return mask_phone(value)
    return STATES[value] if key == "state" else str(value)


def _house(session: Session, household_id: int | None) -> str:
    house = session.get(Household, household_id) if household_id is not None else None
    return f"户 {house.number} {house.address}".strip() if house else ""


def _hangs(session: Session, resident_id: int) -> str:
    counted: dict[str, int] = {}
    for plan in endings.open_plans(session, [resident_id]):
        word = plan.words.partition("，")[0].partition("：")[0]
        counted[word] = counted.get(word, 0) + 1
    files = len(session.scalars(select(Attachment.id).where(owns(Attachment, "resident", resident_id))).all())
    if files:
        counted["附件"] = files
    return "、".join(f"{word} {number}" for word, number in counted.items())


def owns(record: Any, table: str, owner_id: int) -> Any:
    """The condition that a record (with `owner` and `owner_id`) belongs to a row of a table."""
    return (record.owner == table) & (record.owner_id == owner_id)
