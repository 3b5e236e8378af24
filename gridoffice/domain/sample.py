"""The invented sample township: every state of every record, days relative to today, removable in one step."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load, modules
from gridoffice.core.text import pinyin
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit, plain, tables_by_name
from gridoffice.domain import attachments, maps, networks, portrait, settings, setup, work
from gridoffice.domain.grids import GRID, TOWN, VILLAGE, GridUnit
from gridoffice.domain.identity import id_check_character
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff

TOWN_NAME = "云溪镇（示例）"
UNIT_NAME = "放入示例乡镇"
AREA = "990102"  # no such county
VILLAGES = ("竹林村", "白鹤村", "上坪村", "石桥村", "柳河村", "云溪社区")
GRIDS = (4, 4, 4, 5, 4, 5)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚"
GIVEN = (
    "建国", "秀兰", "志明", "德福", "玉珍", "文海", "桂芳", "永胜", "春梅", "国强",
    "丽华", "海燕", "伟", "芳", "敏", "静", "磊", "军", "洋", "勇",
    "艳", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英",
    "晓东", "雨欣", "子涵", "浩然", "一诺", "梓轩", "思远", "佳怡", "家豪", "雪梅",
    "新民", "志强", "红梅", "立新", "长青", "大山", "小满", "清泉", "月华", "冬梅",
)  # fmt: skip
KINDS = ("小购物", "小餐饮", "居住出租房", "电动自行车充电点", "小生产加工", "小住宿", "小教学", "养老机构", "仓库")
SHOPS = ("便民超市", "饭店", "出租屋", "充电棚", "木器加工坊", "旅馆", "幼儿园", "敬老院", "仓库")
TAGS = ("", "", "", "", "", "", "", "党员", "残疾", "低保", "退役军人", "独居老人")


@dataclass
class Township:
    """What the modules' own sample makers build upon."""

    on: date
    chance: random.Random
    unit: Unit
    town: int = 0
    villages: list[int] = field(default_factory=list)
    grids: list[dict[str, Any]] = field(default_factory=list)  # id, name, village, worker (staff id)
    staff: list[dict[str, Any]] = field(default_factory=list)
    residents: list[dict[str, Any]] = field(default_factory=list)
    premises: list[dict[str, Any]] = field(default_factory=list)
    case_number: int = 0

    def put(self, record: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Put rows in at once and give them back with their ids."""
        ids = self.unit.bulk_insert(record.__table__, rows)
        return [{**row, "id": number} for row, number in zip(rows, ids, strict=True)]

    def day(self, most: int, least: int = 0) -> date:
        """A day between `most` and `least` days ago."""
        return self.on - timedelta(days=self.chance.randint(least, most))

    def name(self) -> str:
        """An invented name."""
        return self.chance.choice(SURNAMES) + self.chance.choice(GIVEN)

    def case(self, **values: Any) -> dict[str, Any]:
        """A row for a case, numbered on, with what every case has."""
        self.case_number += 1
        full, initials = pinyin(values["title"])
        number = f"{self.on.year}-{self.case_number:04d}"
        return {"number": number, "pinyin": full, "initials": initials, "text": values["title"], **values}


def named(row: dict[str, Any]) -> dict[str, Any]:
    """A row with pinyin and phone tail made from its name and phone."""
    full, initials = pinyin(row["name"])
    row |= {"pinyin": full, "initials": initials}
    if "phone" in row:
        row["phone_tail"] = row["phone"][-4:]
    if row.get("id_number"):
        row["id_tail"] = row["id_number"][-4:]
    return row


def fill(office: Office) -> None:
    """Put the sample township into an office that has none of its own; one unit, undoable."""
    with office.read() as session:
        if session.scalars(select(GridUnit.id).where(GridUnit.level > TOWN).limit(1)).first() is not None:
            raise OfficeError(
                "这个办公文件里已经有网格", safe="没有放入示例", do="示例只能放进空的办公文件，请新建一个再试"
            )
    if not setup.is_prepared(office):
        setup.prepare(office, name=TOWN_NAME)
    on = office.today()
    with office.unit(UNIT_NAME, kind="import") as session:
        township = Township(on, random.Random(20260101), session.info["unit"])
        township.town = setup.township(session, TOWN_NAME).id
        _tree(session, township)
        _staff(session, township)
        _ledger(township)
        _premises(township)
        for module in modules():
            if module.sample:
                load(module.sample)(session, township)
        for key, value in (("supervise_phone", "0000-8888 1234"), ("service_phone", "0000-8888 0001"), ("sample", "1")):
            settings.put(session, key, value)


def _tree(session: Session, town: Township) -> None:
    for number, village in enumerate(VILLAGES):
        row = named({"level": VILLAGE, "name": village, "parent_id": town.town, "sort": number, "phone": ""})
        row["code"] = f"{AREA}101{200 + number:03d}"
        row.pop("phone_tail")
        kept = town.put(GridUnit, [row])[0]
        town.villages.append(kept["id"])
        grids = []
        for n in range(1, GRIDS[number] + 1):
            grid = named({"level": GRID, "name": f"{village}第{n}网格", "parent_id": kept["id"], "sort": n})
            households = town.chance.randint(90, 260)
            grid |= {
                "code": f"{row['code']}{n:02d}",
                "groups": f"{2 * n - 1}-{2 * n}组",
                "boundary": f"东至清溪支渠，南至{n}号机耕路，西至县道，北至{village}村界",
                "households": households,
                "persons": int(households * 2.9),
                "party_members": town.chance.randint(3, 28),
                "organisations": town.chance.randint(0, 8),
            }
            grids.append(grid)
        town.grids += [{**grid, "village": kept["id"], "village_name": village} for grid in town.put(GridUnit, grids)]


def _person(town: Township, post: str, unit: int, number: int) -> dict[str, Any]:
    woman = town.chance.random() < 0.5
    born = town.on - timedelta(days=town.chance.randint(26 * 365, 58 * 365))
    row = {
        "name": town.name(),
        "sex": "女" if woman else "男",
        "born": born,
        "id_number": id_number(born, 2 * number + (0 if woman else 1)),
        "phone": f"1380000{2200 + number * 13 % 7800:04d}",
        "post": post,
        "unit_id": unit,
        "education": town.chance.choice(("高中", "中专", "大专", "本科")),
        "since": town.day(2200, 60),
        "sort": number,
    }
    return named(row)


def _staff(session: Session, town: Township) -> None:
    people = [_person(town, "镇综治中心主任", town.town, 0)]
    people += [_person(town, "村党支部书记", village, 1 + n) for n, village in enumerate(town.villages)]
    people += [_person(town, "专职网格员", grid["id"], 10 + n) for n, grid in enumerate(town.grids)]
    people += [_person(town, "兼职网格员", grid["id"], 50 + n) for n, grid in enumerate(town.grids)]
    town.staff = town.put(Staff, people)
    portraits = []
    for number, person in enumerate(town.staff):
        if number % 17 == 9:  # some have no photo yet
            continue
        data = portrait.draw(number, woman=person["sex"] == "女")
        kept = attachments.attach(session, "staff", person["id"], f"{person['name']}.jpg", data)
        portraits.append({"id": person["id"], "photo_id": kept.id})
    table = Staff.__table__
    town.unit.bulk_update(table, portraits)  # type: ignore[arg-type]
    _assign(session, town)


def _assign(session: Session, town: Township) -> None:
    roles = {key: networks.role(session, key).id for key in (networks.CHIEF, networks.HEAD, networks.WORKER)}
    stand_in = networks.role(session, networks.STAND_IN).id
    heads, grids = len(town.villages), len(town.grids)
    rows: list[dict[str, Any]] = [
        {"staff_id": town.staff[0]["id"], "role_id": roles[networks.CHIEF], "unit_id": town.town}
    ]
    for n, village in enumerate(town.villages):
        rows.append({"staff_id": town.staff[1 + n]["id"], "role_id": roles[networks.HEAD], "unit_id": village})
    for n, grid in enumerate(town.grids):
        worker, second = town.staff[1 + heads + n], town.staff[1 + heads + grids + n]
        grid["worker"], grid["worker_name"] = worker["id"], worker["name"]
        if n == 6:  # one gap, so that the gap mark can be seen
            grid["worker"] = None
        else:
            rows.append({"staff_id": worker["id"], "role_id": roles[networks.WORKER], "unit_id": grid["id"]})
        if n % 9 != 4:
            rows.append({"staff_id": second["id"], "role_id": stand_in, "unit_id": grid["id"]})
    by_id = {person["id"]: person for person in town.staff}
    town.put(networks.Assignment, [{**row, "start": by_id[row["staff_id"]]["since"], "end": None} for row in rows])


def _ledger(town: Township) -> None:
    houses = []
    for number in range(800):
        grid = town.chance.choice(town.grids)
        address = f"{grid['village_name']}{town.chance.randint(1, 10)}组{town.chance.randint(1, 240)}号"
        houses.append({"number": f"{number + 1:05d}", "unit_id": grid["id"], "address": address})
    rows: list[dict[str, Any]] = []
    for house in town.put(Household, houses):
        for place in range(town.chance.randint(1, 5)):
            rows.append(_resident(town, house, place, len(rows)))
    town.residents = town.put(Resident, rows)


def _resident(town: Township, house: dict[str, Any], place: int, number: int) -> dict[str, Any]:
    woman = town.chance.random() < 0.5
    years = (28, 90) if place < 2 else (1, 60)
    born = town.on - timedelta(days=town.chance.randint(years[0] * 365, years[1] * 365))
    age = (town.on - born).days // 365
    relation = "户主" if place == 0 else "配偶" if place == 1 else ("女" if woman else "子")
    tag = town.chance.choice(TAGS) if age >= 18 else ""
    return named(
        {
            "household_id": house["id"],
            "unit_id": house["unit_id"],
            "name": town.name(),
            "relation": relation,
            "sex": "女" if woman else "男",
            "born": born,
            "id_number": id_number(born, (2 * number + (0 if woman else 1)) % 1000, number // 500),
            "phone": f"1390000{number % 10000:04d}" if age >= 14 else "",
            "tags": "" if tag == "独居老人" and age < 60 else tag,
        }
    )


def id_number(born: date, serial: int, area: int = 0) -> str:
    """A formally right, invented ID number of a county that does not exist."""
    body = f"{int(AREA) + area}{born:%Y%m%d}{serial:03d}"
    return body + id_check_character(body)


def _premises(town: Township) -> None:
    rows = []
    for number in range(90):
        grid = town.chance.choice(town.grids)
        which = number % len(KINDS)
        surname = town.chance.choice(SURNAMES)
        rows.append(
            named(
                {
                    "number": f"CS{number + 1:04d}",
                    "name": f"{grid['village_name'][:2]}{surname}记{SHOPS[which]}",
                    "kind": KINDS[which],
                    "unit_id": grid["id"],
                    "address": f"{grid['village_name']}{town.chance.randint(1, 10)}组",
                    "owner": surname + town.chance.choice(GIVEN),
                    "phone": f"1370000{number:04d}",
                    "area": float(town.chance.randint(30, 600)),
                    "floors": town.chance.randint(1, 4),
                    "extinguishers": town.chance.randint(0, 8),
                }
            )
        )
    town.premises = town.put(Premises, rows)


def is_present(office: Office) -> bool:
    """Whether the sample township is in the office."""
    with office.read() as session:
        return bool(settings.get(session, "sample"))


def remove(office: Office) -> int:
    """Take the sample township out again, edited or not; own records are not touched. Returns the number of rows.

    Raises OfficeError when the office's own records hang on sample ones.
    """
    with office.unit("清除示例乡镇") as session:
        made = select(AuditUnit.id).where(AuditUnit.name == UNIT_NAME, AuditUnit.state == "done")
        changes = list(
            session.scalars(
                select(AuditChange).where(AuditChange.unit_id.in_(made), AuditChange.op.in_(("insert", "bulk")))
            )
        )
        if not changes:
            raise OfficeError("这个办公文件里没有示例乡镇", safe="没有改动任何内容")
        if session.connection().dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        removed = _maps(session, changes)
        for table in reversed(list(tables_by_name().values())):
            for change in (change for change in changes if change.table_name == table.name):
                removed += _remove(session.info["unit"], table, change)
        settings.put(session, "sample", "")
        removed += _forget_town(session)
    return removed


def _maps(session: Session, changes: list[AuditChange]) -> int:
    """Take the maps of sample units out with all that was drawn on them since: a map has no life without its units."""
    spans = [(one.row_id, one.last_id or one.row_id) for one in changes if one.table_name == GridUnit.__tablename__]
    ids = [number for first, last in spans for number in range(first, last + 1)]
    maps.forget_units(session, ids)
    places = [(one.row_id, one.last_id or one.row_id) for one in changes if one.table_name == Premises.__tablename__]
    maps.forget_premises(session, [number for first, last in places for number in range(first, last + 1)])
    return len(session.info["unit"].rows)


def _forget_town(session: Session) -> int:
    """Take the invented township's root and name away, so that the first import brings the office's own."""
    root = session.scalars(select(GridUnit).where(GridUnit.level == TOWN, GridUnit.name == TOWN_NAME)).first()
    if root is None or session.scalars(select(GridUnit.id).where(GridUnit.parent_id == root.id)).first() is not None:
        return 0
    if settings.get(session, "name") == TOWN_NAME:
        settings.put(session, "name", "")
    session.delete(root)
    return 1


def _remove(unit: Unit, table: Any, change: AuditChange) -> int:
    connection = unit.session.connection()
    span = table.c.id.between(change.row_id, change.last_id or change.row_id)
    rows = connection.execute(select(table).where(span)).mappings().all()
    for row in rows:
        unit.note(table.name, row["id"], {key: plain(value) for key, value in row.items()}, None)
    connection.execute(delete(table).where(span))
    return len(rows)


SAMPLE_VERBS = {
    work.ACCEPTED: "accept", work.DISPATCHED: "dispatch", work.TAKEN: "take", work.HANDLED: "handle",
    work.VERIFIED: "verify", work.CLOSED: "close",
    work.RETURNED: "return", work.OUTSIDE: "hand_over", work.ARCHIVED: "archive",
}  # fmt: skip


def steps(town: Township, cases: list[dict[str, Any]]) -> None:
    """The first step of each sample case, so that timelines are not empty."""
    rows = []
    for case in cases:
        at = datetime.combine(case["found_on"], datetime.min.time()).replace(hour=9)
        rows.append(
            {
                "case_id": case["id"],
                "at": at,
                "who": "示例",
                "verb": "collect",
                "old": "",
                "new": work.COLLECTED,
                "note": "巡查发现",
            }
        )
        if case["state"] != work.COLLECTED:
            rows.append(
                {"case_id": case["id"], "at": at.replace(hour=15), "who": "示例", "old": work.COLLECTED}
                | {"verb": SAMPLE_VERBS[case["state"]], "new": case["state"]}
                | {"note": case.get("measures") or "已按分工办理"}
            )
    town.put(work.CaseStep, rows)
