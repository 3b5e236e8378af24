"""The list of what was handed out."""

from __future__ import annotations

from sqlalchemy import case

from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.staff import HandedOut, Staff

KEPT = Listing(
    key="handed_out",
    title="领用物品",
    base=chosen(HandedOut)
    .join(Staff, Staff.id == HandedOut.staff_id)
    .outerjoin(GridUnit, GridUnit.id == Staff.unit_id),
    id=HandedOut.id,
    columns=(
        Column("title", "物品", HandedOut.title, 180),
        Column("kind", "类别", HandedOut.kind, 90),
        Column("name", "领用人", Staff.name, 80),
        Column("unit", "所属", GridUnit.name, 140),
        Column("since", "领用日期", HandedOut.since, 104, "date"),
        Column("back", "交回日期", HandedOut.back_on, 104, "date"),
        Column(
            "state",
            "状态",
            case((HandedOut.back_on.is_(None), Staff.is_active), else_=None),
            110,
            "state",
            show=lambda value, _on: "quiet|已交回" if value is None else "plain|在手里" if value else "late|离岗未交回",
        ),
        Column("note", "备注", HandedOut.note, 150),
    ),
    views=(
        View("out", "未交回", lambda _on: HandedOut.back_on.is_(None)),
        View("missing", "离岗未交回", lambda _on: HandedOut.back_on.is_(None) & Staff.is_active.is_(False)),
        View("", "全部"),
    ),
    filters={"staff": lambda value: HandedOut.staff_id == value},
    names=(HandedOut.title, HandedOut.kind, Staff.name, GridUnit.name),
    pinyin=(Staff.pinyin, Staff.initials),
    order=(HandedOut.back_on.is_not(None), HandedOut.since.desc().nulls_last(), HandedOut.id.desc()),
    tables=frozenset({"handed_out", "staff"}),
    module="personnel",
)
