"""Sample of what is kept of staff: leave now and soon, a training with its roll, badges that end, keys handed out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain.sample import Township
from gridoffice.domain.staff import Attendance, HandedOut, Leave, Staff, Training
from gridoffice.modules.personnel.lists_training import ABSENT, EXCUSED, PRESENT

BADGE_YEARS = 3


def sample(_session: Session, town: Township) -> None:
    """One worker away now, one from the day after tomorrow, one back; two trainings; keys at the villages' heads."""
    workers = [person for person in town.staff if person["post"] == "专职网格员"]
    _badges(town)
    day = timedelta(days=1)
    rows: list[dict[str, Any]] = [
        {"staff_id": workers[1]["id"], "start": town.on - day, "end": town.on + 3 * day, "kind": "年休假"},
        {"staff_id": workers[9]["id"], "start": town.on + 2 * day, "end": town.on + 2 * day, "kind": "事假"},
        {"staff_id": workers[14]["id"], "start": town.on - 20 * day, "end": town.on - 18 * day, "kind": "外出培训"},
    ]
    town.put(Leave, rows)
    _trainings(town)
    keys = [
        {"staff_id": person["id"], "kind": "钥匙", "title": f"{village}活动室钥匙 1 把", "since": town.day(700, 300)}
        for person, village in zip(
            workers[::4], ("竹林村", "白鹤村", "上坪村", "石桥村", "柳河村", "云溪社区"), strict=False
        )
    ]
    keys += [
        {"staff_id": person["id"], "kind": "台账资料", "title": "居民台账纸质册 1 本", "since": town.day(400, 200)}
        for person in workers[1:8:3]
    ]
    town.put(HandedOut, keys)


def _badges(town: Township) -> None:
    """Everybody has a badge; a few end within the month, one is over."""
    rows = []
    for number, person in enumerate(town.staff, 1):
        left = {11: 12, 12: -6, 20: 25}.get(number, 120 + number * 17 % 800)
        rows.append(
            {"id": person["id"], "badge_number": f"{number:03d}", "badge_until": town.on + timedelta(days=left)}
        )
    town.unit.bulk_update(Staff.__table__, rows)  # type: ignore[arg-type]


def _trainings(town: Township) -> None:
    titles = (
        ("消防安全巡查要点", "现场观摩", 2.0, "镇消防站", 24),
        ("入户走访与个人信息保护", "集中授课", 3.0, "镇政府三楼会议室", 66),
    )
    kept = town.put(
        Training,
        [
            {"day": town.on - timedelta(days=back), "title": title, "method": way, "hours": hours, "place": place}
            for title, way, hours, place, back in titles
        ],
    )
    rows = []
    for turn, one in enumerate(kept):
        for number, person in enumerate(town.staff, 9 * turn + 1):
            state = ABSENT if number % 23 == 7 else EXCUSED if number % 11 == 5 else PRESENT
            rows.append({"training_id": one["id"], "staff_id": person["id"], "state": state})
    town.put(Attendance, rows)
