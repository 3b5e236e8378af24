"""The list of local organisations, in the order of the third ledger (reference 1.2 §2)."""

from __future__ import annotations

from sqlalchemy import select

from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.organisations import Organisation

NO_BRANCH = ("", "无", "未建", "没有")

ORGANISATIONS = Listing(
    key="organisations",
    title="驻区单位",
    paper="驻区单位台账",
    base=chosen(Organisation).outerjoin(GridUnit, GridUnit.id == Organisation.unit_id),
    id=Organisation.id,
    columns=(
        Column("name", "名称", Organisation.name, 190, by=Organisation.pinyin),
        Column("people", "规模（人）", Organisation.people, 94, "number"),
        Column("party_branch", "党组织设置", Organisation.party_branch, 110),
        Column("party_members", "党员数", Organisation.party_members, 68, "number"),
        Column("kind", "类别", Organisation.kind, 84),
        Column("unit", "网格", GridUnit.name, 126),
        Column("address", "地址", Organisation.address, 130),
        Column("contact", "联系人", Organisation.contact, 74),
        Column("phone", "联系电话", Organisation.phone, 112, "phone", is_masked=True),
        Column("credit_code", "信用代码", Organisation.credit_code, 170, is_extra=True),
        Column("number", "编号", Organisation.number, 80, is_extra=True),
        Column("note", "备注", Organisation.note, 140, is_extra=True),
    ),
    views=(
        View("", "全部"),
        View("no_branch", "没有党组织", lambda _on: Organisation.party_branch.in_(NO_BRANCH)),
        View("no_phone", "没有电话", lambda _on: Organisation.phone == ""),
        View(
            "no_code",
            "没有信用代码",
            lambda _on: Organisation.credit_code.is_(None),
        ),
        View("no_unit", "未入网格", lambda _on: Organisation.unit_id.is_(None)),
    ),
    filters={"unit": lambda value: Organisation.unit_id.in_(select(subtree(value).c.id))},
    names=(Organisation.name, Organisation.address, Organisation.contact, GridUnit.name),
    pinyin=(Organisation.pinyin, Organisation.initials),
    codes=(Organisation.number, Organisation.credit_code, Organisation.phone),
    tails=(Organisation.phone_tail,),
    order=(GridUnit.code.asc().nulls_last(), Organisation.number),
    tables=frozenset({"organisation", "grid_unit"}),
    module="residents",
)
