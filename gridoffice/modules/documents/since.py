"""When and by whom something that stands on an issued paper was changed, from the log of changes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain.reprints import Outdated

SEEN = 4000  # changes looked through, the newest first
MOST = 3
TABLES = (
    "staff", "assignment", "grid_unit", "office_setting", "attachment", "map_shape", "map_base", "map_point",
    "network_role",
)  # fmt: skip


def told(office: Office, part: Outdated) -> list[str]:
    """The steps since the paper was made that have to do with what changed, the newest first: 11月20日 王芳：改电话."""
    words = {word for change in part.changes for word in _new(change)}
    wanted = (
        select(AuditUnit.at, AuditUnit.who, AuditUnit.name, AuditChange.table_name, AuditChange.before,
               AuditChange.after)
        .join(AuditUnit, AuditUnit.id == AuditChange.unit_id)
        .where(AuditUnit.at >= datetime.combine(part.made_on, time()), AuditChange.table_name.in_(TABLES))
        .where(AuditUnit.state == "done", AuditUnit.kind != "undo")
        .order_by(AuditChange.id.desc())
        .limit(SEEN)
    )  # fmt: skip
    found: dict[str, None] = {}
    with office.read() as session:
        for at, who, name, _table, before, after in session.execute(wanted):
            if words & _changed(before, after):
                found[f"{at:%m月%d日 %H:%M} {who}：{name}"] = None
            if len(found) >= MOST:
                break
    return list(found)


def _new(change: str) -> set[str]:
    """What a change says in words, old and new."""
    was, _, now = change.partition(" → ")
    return {word for word in (was.rpartition("：")[2].strip(), now.strip()) if len(word) > 1 and word != "（空）"}


def _changed(before: Any, after: Any) -> set[str]:
    """The values a step changed in a row."""
    before, after = before or {}, after or {}
    keys = {*before, *after}
    differ = [key for key in keys if before.get(key) != after.get(key)]
    return {str(row[key]) for row in (before, after) for key in differ if row.get(key) not in (None, "")}
