"""A unit's history in words with the day: what it was called, where it stood, what it was split from or merged into."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.domain.grids import GridPast, GridUnit, Relocation
from gridoffice.domain.tree import UNIT, Tree

OTHER_CHANGES = 4
"""How many of the latest other changes (figures, borders) are told."""
TOLD = ("name", "code", "parent_id", "end")
WORTH_TELLING = (
    "groups",
    "boundary",
    "households",
    "persons",
    "party_members",
    "organisations",
    "phone",
    "kind",
    "note",
)


def history(session: Session, unit_id: int, tree: Tree, until: date | None = None) -> tuple[tuple[str, str], ...]:
    """The changes of a unit (up to a day), the latest first: day and words."""
    told = [*_redrawn(session, unit_id, tree), *_renamed(session, unit_id, tree)]
    told += _edited(session, unit_id)
    unit = session.get_one(GridUnit, unit_id)
    if unit.start is not None and not any(when == unit.start for when, _ in told):
        told.append((unit.start, "设立"))
    told = [one for one in told if until is None or one[0] <= until]
    told.sort(key=lambda one: one[0], reverse=True)
    return tuple((f"{when:%Y-%m-%d}", words) for when, words in told)


def _renamed(session: Session, unit_id: int, tree: Tree) -> list[tuple[date, str]]:
    """Each past beside what followed it."""
    found = select(GridPast).where(GridPast.unit_id == unit_id).order_by(GridPast.until, GridPast.id)
    told: list[tuple[date, str]] = []
    for past in session.scalars(found):
        when = past.until + timedelta(days=1)
        after = tree.all(when)[unit_id]
        if not after.stands:  # the last past of an ended unit is told as its end
            continue
        changes = []
        if after.name != past.name:
            changes.append(f"更名，原名“{past.name}”")
        if after.code != past.code:
            changes.append(f"编码由 {past.code or '（无）'} 改为 {after.code or '（无）'}")
        if after.parent_id != past.parent_id:
            changes.append(f"由 {_name(tree, past.parent_id, past.until)} 划归 {_name(tree, after.parent_id, when)}")
        if changes:
            told.append((when, "；".join(changes)))
    return told


def _name(tree: Tree, unit_id: int | None, day: date) -> str:
    return tree.all(day)[unit_id].name if unit_id is not None else "（无上级）"


def _redrawn(session: Session, unit_id: int, tree: Tree) -> list[tuple[date, str]]:
    """What it became and what it was made of."""
    wanted = select(Relocation.owner_id, Relocation.old_unit_id, Relocation.new_unit_id, Relocation.until).where(
        Relocation.owner == UNIT, Relocation.owner_id == Relocation.old_unit_id
    )
    mine = wanted.where((Relocation.old_unit_id == unit_id) | (Relocation.new_unit_id == unit_id))
    steps: dict[date, list[tuple[int, int]]] = {}
    for _owner, old, new, until in session.execute(mine.order_by(Relocation.until, Relocation.id)):
        steps.setdefault(until, []).append((old, new))
    told = []
    for until, pairs in steps.items():
        words = _words(unit_id, pairs, tree, until)
        told += [(until + timedelta(days=1), text) for text in words]
    return told


def _words(unit_id: int, pairs: list[tuple[int, int]], tree: Tree, until: date) -> list[str]:
    after = until + timedelta(days=1)
    into = [new for old, new in pairs if old == unit_id]
    out_of = [old for old, new in pairs if new == unit_id]
    names_after = "、".join(tree.all(after)[one].name for one in into)
    names_before = "、".join(tree.all(until)[one].name for one in out_of)
    told = []
    if into and tree.all(after)[unit_id].stands:
        told.append(f"分出 {names_after}")
    elif into:
        told.append(f"{'分为' if len(into) > 1 else '并入'} {names_after}，本网格撤销")
    if not out_of:
        return told
    is_new = not tree.all(until)[unit_id].stands
    if not is_new:
        told.append(f"{names_before} 并入")
    elif len(out_of) > 1:
        told.append(f"由 {names_before} 合并设立")
    else:
        told.append(f"由 {names_before} 分出")
    return told


def _edited(session: Session, unit_id: int) -> list[tuple[date, str]]:
    """The latest other changes in the words of the log; those told with words of their own are left out."""
    found = (
        select(AuditUnit.at, AuditUnit.name, AuditUnit.who, AuditChange.before, AuditChange.after)
        .join(AuditChange, AuditChange.unit_id == AuditUnit.id)
        .where(AuditChange.table_name == UNIT, AuditChange.row_id == unit_id, AuditChange.op == "update")
        .where(AuditUnit.kind != "undo", AuditUnit.state == "done", AuditUnit.tables.not_like("%relocation%"))
        .order_by(AuditUnit.id.desc())
        .limit(OTHER_CHANGES * 3)
    )
    told = [
        (at.date(), f"{name}（{who}）")
        for at, name, who, before, after in session.execute(found)
        if any(before.get(key) != after.get(key) for key in WORTH_TELLING)
        and not any(before.get(key) != after.get(key) for key in TOLD)
    ]
    return told[:OTHER_CHANGES]
