"""The ledger at 4,500, 45,000 and 450,000 residents, each step against bare SQL of the same question in the same run.

python tests/bench/bench_ledger.py [folder for the made offices] [rounds] [sizes …]

Wanted: a search shows its first 50 hits within 1.5 times the bare query plus one paint; first paint and memory at
450,000 are below 1.5 times those at 4,500. "Paint" is the same change of the screen with the answers at hand.
The offices are made once and kept in the folder; times are of the processor, in milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZES = (4_500, 45_000, 450_000)
GRID = 375  # residents; 450,000 of them live in 1,200 grids
VILLAGE = 16  # grids
CHUNK = 15_000
ROUNDS = 12  # of each search; the quickest counts

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "单解查仇区盖"
)
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂志建国华红玉梅春海燕文斌飞鹏辉玲波宁福生龙元全胜学祥"
    "才发武新利清彬富顺信子杰峰贵先云庆富山仁翔旭泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘贤思小"
    "雪晓欣怡佳慧"
)
COLUMNS = (
    "r.id, h.number, r.name, r.relation, r.sex, r.born, r.id_number, r.phone, g.name, h.address, r.tags, r.state"
    " FROM resident r LEFT JOIN household h ON h.id = r.household_id LEFT JOIN grid_unit g ON g.id = r.unit_id"
)
FIRST = f"SELECT {COLUMNS} ORDER BY r.household_id, r.id LIMIT 50"
LAST = f"SELECT {COLUMNS} ORDER BY r.household_id DESC, r.id DESC LIMIT 50"
LETTERS = f"SELECT {COLUMNS} WHERE r.initials >= 'lsx' AND r.initials < 'lsy' ORDER BY r.household_id, r.id LIMIT 50"
TAIL = f"SELECT {COLUMNS} WHERE r.id_tail = '{{tail}}' ORDER BY r.household_id, r.id LIMIT 50"


def make(path: Path, count: int) -> None:
    """An office with so many invented residents, put in through the program's own bulk door."""
    from gridoffice.db import store
    from gridoffice.domain import setup

    office = store.create(path)
    setup.prepare(office, name="云溪县")
    with office.unit("导入 居民台账", kind="import") as session:
        _fill(session, session.info["unit"], count)
    office.close()


def _fill(session: Any, work: Any, count: int) -> None:
    from gridoffice.core.text import pinyin
    from gridoffice.domain.grids import GridUnit
    from gridoffice.domain.people import Household

    luck = random.Random(count)
    grids = -(-count // GRID)
    town = session.query(GridUnit.id).filter(GridUnit.level == 1).scalar()

    def units(number: int, level: int, parent: Callable[[int], int], name: Callable[[int], str]) -> Any:
        rows = []
        for n in range(number):
            full, initials = pinyin(name(n))
            row = {"level": level, "parent_id": parent(n), "name": name(n), "kind": "base", "sort": n}
            rows.append({**row, "code": f"{level}{n:06d}", "pinyin": full, "initials": initials})
        return work.bulk_insert(GridUnit.__table__, rows)

    names = [f"{SURNAMES[n % 90]}{'家沟湾桥坪'[n // 90 % 5]}村" for n in range(-(-grids // VILLAGE))]
    villages = units(len(names), 2, lambda _n: town, names.__getitem__)
    homes = units(grids, 3, lambda n: villages[n // VILLAGE], lambda n: f"{names[n // VILLAGE]}第{n % VILLAGE + 1}网格")
    first = 0
    while first < count:
        size = min(CHUNK, count - first)
        houses = [
            {
                "number": f"{n:07d}",
                "unit_id": homes[n * 3 // GRID],
                "address": f"{n % 20 + 1}组{n % 97 + 1}号",
                "note": "",
            }
            for n in range(first // 3, (first + size) // 3)
        ]
        ids = work.bulk_insert(Household.__table__, houses)
        _residents(work, luck, first, size, ids, homes)
        first += size


def _residents(work: Any, luck: random.Random, first: int, size: int, houses: Any, homes: Any) -> None:
    from gridoffice.core.text import pinyin
    from gridoffice.domain.identity import id_check_character
    from gridoffice.domain.people import Resident

    rows = []
    for n in range(first, first + size):
        name = luck.choice(SURNAMES[: luck.choice((10, 40, 120))]) + "".join(
            luck.choices(GIVEN, k=luck.choice((1, 2, 2, 2)))
        )
        full, initials = pinyin(name)
        born = date(1935, 1, 1) + timedelta(days=luck.randrange(32_000))
        body = f"99{n // 1000:04d}{born:%Y%m%d}{n % 1000:03d}"
        number = body + id_check_character(body)
        phone = f"14{luck.randrange(10**9):09d}"
        rows.append(
            {
                "household_id": houses[(n - first) // 3], "unit_id": homes[n // GRID], "name": name, "pinyin": full,
                "initials": initials, "relation": ("户主", "配偶", "子")[n % 3], "sex": "男女"[n % 2], "born": born,
                "id_number": number, "id_tail": number[-4:], "phone": phone, "phone_tail": phone[-4:],
                "tags": luck.choice(("党员", "独居老人", "残疾人", "低保")) if n % 12 == 0 else "",
                "state": "living" if n % 40 else "moved", "note": "", "lives_at": "",
            }
        )  # fmt: skip
    work.bulk_insert(Resident.__table__, rows)


# -- one office in a process of its own


def rss() -> float:
    """Megabytes this process holds."""
    text = Path("/proc/self/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def timed(run: Callable[[], object]) -> float:
    """Milliseconds of the processor for one call: what else the machine does is not counted."""
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1000


def one(path: Path) -> dict[str, Any]:
    """Everything measured on one office."""
    from gridoffice.db import keys, store
    from gridoffice.db.engine import _connect
    from gridoffice.ui import theme as looks
    from gridoffice.ui.screen import application
    from gridoffice.ui.window import MainWindow

    app = application()
    looks.apply(app, "light", 100)
    office = store.open_office(path)
    bare = _connect(path, office.key, keys.salt_of(path))
    window = MainWindow(office)
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    found: dict[str, Any] = {"bare first": timed(lambda: bare.execute(FIRST).fetchall())}
    before = rss()

    def paint() -> None:
        window.repaint()
        window.grab()

    page: Any = None

    def first() -> None:
        nonlocal page
        page = window.open("residents")
        paint()

    found["first"] = timed(first)
    found["memory"] = rss() - before
    found["whole memory"] = rss()
    found["paint"] = statistics.median(timed(paint) for _ in range(5))
    table = page.list
    found["count"] = timed(table.model.settle)
    paint()
    found["bare last"] = timed(lambda: bare.execute(LAST).fetchall())

    def last() -> None:
        table.table.scrollToBottom()
        paint()

    found["last"] = timed(last)
    found["last row"] = table.model.texts(table.model.rowCount() - 1)[0]
    found["memory after"] = rss() - before
    # A tail with X, which only an ID number can have: the same question on both sides.
    tail = bare.execute("SELECT id_tail FROM resident WHERE id_tail LIKE '%X' LIMIT 1").fetchone()[0]
    for name, text, sql in (("letters", "lsx", LETTERS), ("tail", tail, TAIL.format(tail=tail))):
        found |= _search(table, bare, paint, name, text, sql)
    window.close()
    office.close()
    return found


def _search(table: Any, bare: Any, paint: Callable[[], None], name: str, text: str, sql: str) -> dict[str, Any]:
    """A search typed into the box, its bare query, and the same change of the screen with the answers at hand."""
    ours, theirs, paints = [], [], []

    def clear() -> None:
        table.search.setText("")
        table.reload()
        paint()
        table.search.setText(text)

    def search() -> None:
        table.reload()
        paint()

    clear()
    cold = timed(search)
    listing = table.listing
    hits = len(bare.execute(sql.replace("LIMIT 50", "")).fetchall())
    assert hits == len(table.model.ids), (hits, len(table.model.ids))
    ids = list(table.model.ids.block(0))
    rows = listing.rows(table.office, ids, table.model.day)
    canned = {"slice_in": lambda *_: ids, "count_in": lambda *_: hits, "rows": lambda *_a, **_k: rows}
    for _ in range(ROUNDS):  # turn about: what else the machine does weighs on all alike
        clear()
        theirs.append(timed(lambda: bare.execute(sql).fetchall()))
        ours.append(timed(search))
        clear()
        vars(listing).update(canned)
        paints.append(timed(search))
        for key in canned:
            del vars(listing)[key]
    return {name: min(ours), f"bare {name}": min(theirs), f"paint {name}": min(paints), f"cold {name}": cold,
            f"hits {name}": hits}  # fmt: skip


# -- all


def run(path: Path, home: Path) -> dict[str, Any]:
    """One office measured in a process of its own."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GRIDOFFICE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(path)], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main(folder: Path, rounds: int = 3, sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table and whether the aims are reached."""
    home = folder / "home"
    os.environ["GRIDOFFICE_HOME"] = str(home)
    files = {size: folder / f"ledger-{size}.office" for size in sizes}
    for size, path in files.items():
        if not path.exists():
            print(f"正在生成 {size:,} 人……", f"{timed(lambda p=path, n=size: make(p, n)) / 1000:.1f} 秒")  # type: ignore[misc]
    rows: dict[int, list[dict[str, Any]]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size, path in files.items():
            rows[size].append(run(path, home))
    numbers = {
        size: {key: statistics.median(one[key] for one in found) for key in found[0] if key != "last row"}
        for size, found in rows.items()
    }
    print(f"{'':26}" + "".join(f"{size:>14,}" for size in sizes))
    for key in numbers[sizes[0]]:
        print(f"{key:26}" + "".join(f"{numbers[size][key]:>14.1f}" for size in sizes))
    small, large = numbers[sizes[0]], numbers[sizes[-1]]
    for key in ("first", "memory", "whole memory", "last"):
        print(f"{key}: {sizes[-1]:,} 人是 {sizes[0]:,} 人的 {large[key] / small[key]:.2f} 倍（要求低于 1.5）")
    for name in ("letters", "tail"):
        for size in sizes:
            one_of = numbers[size]
            allowed = 1.5 * one_of[f"bare {name}"] + one_of[f"paint {name}"]
            shown = (
                f"{one_of[name]:.1f} 毫秒，裸查询 {one_of[f'bare {name}']:.1f}，画一次 {one_of[f'paint {name}']:.1f}"
            )
            print(f"搜索 {name} {size:,}: {shown}，允许 {allowed:.1f}，占 {one_of[name] / allowed:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(Path(sys.argv[2]))))
    elif len(sys.argv) > 1:
        kept = Path(sys.argv[1])
        kept.mkdir(parents=True, exist_ok=True)
        main(kept, int((*sys.argv, "3")[2]), tuple(map(int, sys.argv[3:])) or SIZES)
    else:
        with tempfile.TemporaryDirectory() as name:
            main(Path(name))
