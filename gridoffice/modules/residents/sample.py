"""The ledger's part of the sample township: organisations of every kind, and the cases of 人户分离, 迁出 and 去世."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.identity import credit_check
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import APART, DEAD, MOVED, Resident
from gridoffice.domain.sample import SURNAMES, Township, named
from gridoffice.modules.residents import sample_help

KINDS = (
    ("村民委员会", "机关", "党支部"), ("卫生室", "医疗卫生机构", "无"), ("完全小学", "学校", "党支部"),
    ("供销合作社", "合作社", "联合党支部"), ("农机服务有限公司", "企业", "无"), ("老年协会", "社会组织", "党小组"),
    ("粮油加工厂", "村办企业", "无"), ("电力营业所", "事业单位", "党支部"),
)  # fmt: skip
STATES = ((APART, "县城东关小区", "在外务工"), (MOVED, "外省", "购房搬迁"), (DEAD, "", ""))


def sample(session: Session, town: Township) -> None:
    """Put organisations in, mark a few residents as living apart, moved out and dead; then the help list."""
    rows = [_organisation(town, number) for number in range(3 * len(KINDS))]
    town.put(Organisation, rows)
    marked = []
    # Of those with no plan: neither old enough for a follow-up nor on the help list.
    spare = [one for one in town.residents if not one["tags"] and 18 * 365 < (town.on - one["born"]).days < 44 * 365]
    for (state, where, reason), person in zip(STATES, spare[::7], strict=False):
        day = town.day(120, 20)
        word = {APART: "人户分离", MOVED: "迁出", DEAD: "去世"}[state]
        note = "，".join(part for part in (f"{day.isoformat()} {word}", reason) if part)
        marked.append({"id": person["id"], "state": state, "ended_on": day, "lives_at": where, "note": note})
    town.unit.bulk_update(Resident.__table__, marked)  # type: ignore[arg-type]
    sample_help.sample(session, town)


def _organisation(town: Township, number: int) -> dict[str, Any]:
    word, kind, branch = KINDS[number % len(KINDS)]
    grid = town.grids[number % len(town.grids)]
    surname = town.chance.choice(SURNAMES)
    members = 0 if branch == "无" else town.chance.randint(3, 24)
    row: dict[str, Any] = {
        "number": f"DW{number + 1:04d}",
        "name": f"{grid['village_name']}{word}" if number < len(KINDS) else f"{grid['village_name']}{surname}家{word}",
        "kind": kind,
        "unit_id": grid["id"],
        "address": f"{grid['village_name']}{town.chance.randint(1, 10)}组",
        "contact": surname + "建华",
        "phone": f"1360000{number:04d}" if number % 7 else "",
        "people": town.chance.randint(3, 120),
        "party_branch": branch,
        "party_members": members,
    }
    body = f"9199010{number % 10}MA00{number:04d}Q"
    row["credit_code"] = body + credit_check(body) if number % 5 else None
    return named(row)
