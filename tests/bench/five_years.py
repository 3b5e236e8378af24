"""The office of the long benches: five years of logs and cases, 155 people, 124 grids, 2,000 households with visits.

Made once through the program's own bulk door and kept in the bench's folder.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 20)
VILLAGES, GRIDS, PEOPLE, HOUSES = 12, 124, 155, 2_000
LOGS, CASES, YEARS = 100_000, 10_000, 5
WORDS = "沿线巡查未发现异常，提醒群众注意用火用电安全；走访住户，发放宣传资料，讲解防诈骗和用电安全知识。"
CHUNK = 25_000


def office_in(folder: Path, logs: int = LOGS, cases: int = CASES, years: int = YEARS) -> Path:
    """The path of the made office, made when it is not there yet."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    path = folder / f"years-{logs}-{cases}-{years}.office"
    if not path.exists():
        begun = time.perf_counter()
        make(path, logs, cases, years)
        print(
            f"做好 {logs * years:,} 条日志、{cases * years:,} 件事项：{time.perf_counter() - begun:.0f} 秒", flush=True
        )
    return path


def make(path: Path, logs: int, cases: int, years: int) -> None:
    """Fill a new office file."""
    from gridoffice.db import store
    from gridoffice.domain import setup

    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    office = store.create(draft)
    try:
        setup.prepare(office, name="云溪镇")
        with office.unit("导入 五年", kind="import") as session:
            _Maker(session, random.Random(logs), years).fill(logs, cases)
    finally:
        office.close()
    draft.replace(path)


class _Maker:
    def __init__(self, session: Any, luck: random.Random, years: int) -> None:
        self.session, self.unit, self.luck = session, session.info["unit"], luck
        self.first = ON - timedelta(days=365 * years - 1)
        self.span = 365 * years

    def fill(self, logs: int, cases: int) -> None:
        self._tree()
        self._people()
        self._homes()
        years = self.span // 365
        self._logs(logs * years)
        self._visits()
        for back in range(years - 1, -1, -1):
            _cases(self.unit, self.luck, ON - timedelta(days=365 * (back + 1) - 1), cases, self.grids)

    def _tree(self) -> None:
        from gridoffice.domain.grids import GridUnit

        town = self.session.query(GridUnit.id).filter(GridUnit.level == 1).scalar()
        blank = {"kind": "base", "pinyin": "", "initials": "", "groups": "", "boundary": "", "phone": "", "note": ""}
        self.villages = self.unit.bulk_insert(
            GridUnit.__table__,
            [{**blank, "level": 2, "parent_id": town, "name": f"第{n}村", "code": f"2{n:05d}", "sort": n}
             for n in range(VILLAGES)],
        )  # fmt: skip
        self.grids = self.unit.bulk_insert(
            GridUnit.__table__,
            [{**blank, "level": 3, "parent_id": self.villages[n % VILLAGES], "name": f"第{n}网格", "sort": n,
              "code": f"3{n:05d}"} for n in range(GRIDS)],
        )  # fmt: skip

    def _people(self) -> None:
        """A worker in each grid, a head in each village, a B in the first nineteen grids; some leaves."""
        from gridoffice.domain import networks
        from gridoffice.domain.networks import Assignment
        from gridoffice.domain.staff import Leave, Staff

        blank = {"sex": "", "phone": "", "phone_tail": "", "post": "", "education": "", "sort": 0, "is_active": True,
                 "id_tail": "", "badge_number": "", "note": ""}  # fmt: skip
        self.staff = self.unit.bulk_insert(
            Staff.__table__,
            [{**blank, "name": f"员工{n}", "pinyin": f"yuangong{n}", "initials": f"yg{n}"} for n in range(PEOPLE)],
        )
        roles = {
            key: networks.role(self.session, key).id for key in (networks.WORKER, networks.HEAD, networks.STAND_IN)
        }
        rows = [(self.staff[n], networks.WORKER, grid) for n, grid in enumerate(self.grids)]
        self.heads = self.staff[GRIDS : GRIDS + VILLAGES]
        rows += [(who, networks.HEAD, unit) for who, unit in zip(self.heads, self.villages, strict=True)]
        self.others = self.staff[GRIDS + VILLAGES :]
        rows += [(who, networks.STAND_IN, self.grids[n]) for n, who in enumerate(self.others)]
        self.unit.bulk_insert(
            Assignment.__table__,
            [{"staff_id": who, "role_id": roles[role], "unit_id": unit} for who, role, unit in rows],
        )
        leaves = []
        for _ in range(self.span // 3):
            start = self.first + timedelta(days=self.luck.randrange(self.span))
            leaves.append({"staff_id": self.luck.choice(self.staff[:GRIDS]), "start": start, "kind": "请假", "note": "",
                           "end": start + timedelta(days=self.luck.randrange(5))})  # fmt: skip
        self.unit.bulk_insert(Leave.__table__, leaves)

    def _homes(self) -> None:
        from gridoffice.domain.help import HelpEntry
        from gridoffice.domain.people import Household, Resident

        self.houses = self.unit.bulk_insert(
            Household.__table__,
            [{"number": f"{n:05d}", "unit_id": self.grids[n % GRIDS], "address": f"{n % 9 + 1}组{n}号", "note": ""}
             for n in range(HOUSES)],
        )  # fmt: skip
        blank = {
            "sex": "女",
            "phone": "",
            "phone_tail": "",
            "id_tail": "",
            "lives_at": "",
            "note": "",
            "id_number": None,
        }
        people = [
            {**blank, "household_id": home, "unit_id": self.grids[n % GRIDS], "name": f"居民{n}{place}",
             "pinyin": f"jumin{n}{place}", "initials": f"jm{n}{place}", "relation": "户主" if not place else "子",
             "born": date(1950 + (n + place * 20) % 70, 1, 1), "tags": "独居老人" if n % 20 == 0 and not place else "",
             "state": "living" if self.luck.random() > 0.02 else "moved"}
            for n, home in enumerate(self.houses) for place in range(3)
        ]  # fmt: skip
        residents = self.unit.bulk_insert(Resident.__table__, people)
        helped = [
            {"resident_id": residents[3 * n], "kind": "elderly", "need": "", "contact_id": self.staff[n % GRIDS],
             "consent_by": "本人", "consent_on": date(2026, 3, 1), "purpose": "", "scope": "", "interval_days": 30,
             "until": date(2027, 2, 28), "last_on": ON - timedelta(days=n % 45), "state": "active", "end_reason": "",
             "next_on": ON - timedelta(days=n % 45) + timedelta(days=30), "note": ""}
            for n in range(0, HOUSES, 10)
        ]  # fmt: skip
        self.unit.bulk_insert(HelpEntry.__table__, helped)

    def _logs(self, count: int) -> None:
        from gridoffice.forms import logs
        from gridoffice.modules.patrols.model import Patrol

        kinds = [kind.title for kind in logs.kinds()]
        luck = self.luck
        for start in range(0, count, CHUNK):
            rows = []
            for n in range(start, min(count, start + CHUNK)):
                place = luck.randrange(GRIDS)
                chance = luck.random()
                who = self.staff[place]
                if chance < 0.05:
                    who = self.heads[place % VILLAGES]
                elif chance < 0.1 and place < len(self.others):
                    who = self.others[place]
                begin = datetime(2000, 1, 1, 7 + n % 10, n % 60)
                problems = luck.random() < 0.1
                rows.append(
                    {"day": self.first + timedelta(days=n * self.span // count), "start": begin.time(),
                     "end": (begin + timedelta(minutes=70)).time(), "start2": None, "end2": None,
                     "unit_id": self.grids[place], "staff_id": who,
                     "kind": kinds[0] if luck.random() < 0.8 else luck.choice(kinds), "companions": "", "weather": "晴",
                     "route": "", "households": luck.randrange(5), "problems": int(problems),
                     "text": f"{n} {WORDS[: 20 + n % 28]}", "form": "", "form_version": 0, "answers": {}}
                )  # fmt: skip
            self.unit.bulk_insert(Patrol.__table__, rows)

    def _visits(self) -> None:
        """Each household about every quarter; one in twenty was never visited."""
        from gridoffice.modules.patrols.model import HouseVisit

        rows = []
        for n, home in enumerate(self.houses):
            if n % 20 == 7:
                continue
            days = sorted(self.luck.sample(range(self.span), self.span // 90))
            for day in days:
                rows.append(
                    {"household_id": home, "day": self.first + timedelta(days=day), "staff_id": self.staff[n % GRIDS],
                     "patrol_id": None, "result": "away" if self.luck.random() < 0.1 else "fine", "note": ""}
                )  # fmt: skip
        self.unit.bulk_insert(HouseVisit.__table__, rows)


LOOP = (
    ("collect", "", "collected"), ("accept", "collected", "accepted"), ("dispatch", "accepted", "dispatched"),
    ("take", "dispatched", "taken"), ("handle", "taken", "handled"), ("verify", "handled", "verified"),
    ("close", "verified", "closed"),
)  # fmt: skip


def _cases(unit: Any, luck: random.Random, first: date, count: int, grids: Any) -> None:
    from gridoffice.domain.work import CATEGORIES, SOURCES, Case, CaseStep

    cases, steps = [], []
    for n in range(count):
        found = datetime.combine(first + timedelta(days=n * 365 // count), datetime.min.time()).replace(hour=9)
        gone = min(7, 1 + luck.randrange(7)) if (ON - found.date()).days < 30 and luck.random() < 0.3 else 7
        moments, at = [], found
        for _ in range(gone):
            moments.append(at)
            at += timedelta(hours=luck.randrange(1, 30))
        is_closed = gone == len(LOOP)
        due = found + timedelta(days=7)
        cases.append(
            {
                "number": f"{first.year}-{first.month:02d}{n:05d}", "title": f"路灯不亮 {n}", "kind": "K2",
                "category": luck.choice(CATEGORIES), "source": luck.choice(list(SOURCES)),
                "unit_id": luck.choice(grids), "found_on": found.date(), "found_at": found,
                "due_on": due.date(), "state": LOOP[gone - 1][2],
                "closed_on": moments[-1].date() if is_closed else None, "red_at": None if is_closed else due,
                "satisfaction": luck.choice(("good", "fair", "bad")) if is_closed else "",
            }
        )  # fmt: skip
        steps.append((moments, due))
    from sqlalchemy import Table

    assert isinstance(Case.__table__, Table)
    ids = unit.bulk_insert(Case.__table__, cases)
    rows = [
        {"case_id": case, "at": at, "who": "王主任", "verb": verb, "old": old, "new": new, "due_at": due}
        for case, (moments, due) in zip(ids, steps, strict=True)
        for at, (verb, old, new) in zip(moments, LOOP, strict=False)
    ]
    unit.bulk_insert(CaseStep.__table__, rows)
