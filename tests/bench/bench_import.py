"""How fast 5,000 residents go in: the whole import against calamine and plain executemany. Run as a script.

Both read the same sheet and write into the same sort of encrypted file; the import also recognises, checks every
cell, matches with what is there, logs the batch and makes it undoable. Wanted: at least a quarter of the plain speed.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from gridoffice.domain.identity import id_check_character
from tests.exchange.townships import Rows, book

RESIDENTS = 5000
ROUNDS = 7
VILLAGES = tuple(f"{name}村" for name in "东西南北红白青金银上下中")
HEADINGS = [
    "户编号", "姓名", "与户主关系", "性别", "出生日期", "公民身份号码", "联系电话", "所属网格", "家庭住址",
    "人员类别", "备注",
]  # fmt: skip
NAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "建国秀兰志明德福玉珍文海桂芳永胜春梅国强丽华")


def _resident(n: int, turn: int) -> list[Any]:
    born = date(1940, 1, 1) + timedelta(days=n * 5 + turn)
    first = f"990104{born:%Y%m%d}{n % 1000:03d}"
    is_head = n % 3 == 0
    village = VILLAGES[n // 3 % len(VILLAGES)]
    name = NAMES[0][n % 20] + NAMES[1][n % 21] + NAMES[1][(n // 21 + turn) % 21]
    styles = (born, f"{born:%Y-%m-%d}", f"{born:%Y/%m/%d}", f"{born:%Y%m%d}", f"{born.year}.{born.month}.{born.day}")
    return [
        f"{n // 3 + 1:05d}" if is_head else "",
        name,
        "户主" if is_head else "配偶" if n % 3 == 1 else "子",
        "男" if n % 2 else "女",
        styles[n % 5],
        first + id_check_character(first),
        f"141{turn}{n:07d}",
        f"{village}第{n % 10 + 1}网格",
        f"{village}{n % 20 + 1}组{n}号" if is_head else "",
        "党员" if n % 12 == 0 else "",
        "",
    ]


def _sheets(folder: Path) -> tuple[Path, list[Path]]:
    grids: Rows = [["村（社区）", "网格名称", "网格编码", "户数", "人口数"]]
    grids += [
        [village, f"{village}第{g}网格", f"9901041002{v:02d}{g:02d}", 100, 300]
        for v, village in enumerate(VILLAGES)
        for g in range(1, 11)
    ]
    ledgers = []
    for turn in range(ROUNDS):  # other people each time: nothing is remembered from the round before
        rows: Rows = [["居民信息台账", *[""] * 10], HEADINGS, *(_resident(n, turn) for n in range(RESIDENTS))]
        ledgers.append(book(folder / f"居民{turn}.xlsx", {"居民": rows}))
    return book(folder / "网格.xlsx", {"网格": grids}), ledgers


def _plain(ledger: Path, folder: Path) -> float:
    import python_calamine
    from sqlcipher3 import dbapi2

    start = time.perf_counter()
    rows = python_calamine.CalamineWorkbook.from_path(str(ledger)).get_sheet_by_index(0).to_python()
    connection = dbapi2.connect(str(folder / f"plain{start}.db"))
    connection.execute(f"PRAGMA key = \"x'{'0' * 96}'\"")
    connection.execute(f"CREATE TABLE resident ({', '.join(f'c{n}' for n in range(11))})")
    values = [[str(cell) if isinstance(cell, date) else cell for cell in row] for row in rows[2:]]
    connection.executemany(f"INSERT INTO resident VALUES ({','.join('?' * 11)})", values)
    connection.commit()
    connection.close()
    return time.perf_counter() - start


def _ours(grids: Path, ledger: Path, folder: Path) -> float:
    from gridoffice.db import store
    from gridoffice.domain import setup
    from gridoffice.exchange import plan

    office = store.create(folder / f"{time.perf_counter()}.office")
    setup.prepare(office, name="金银镇")
    plan.run(office, [grids])
    start = time.perf_counter()
    made = plan.run(office, [ledger])
    spent = time.perf_counter() - start
    if made.total("new") != RESIDENTS:
        raise SystemExit(f"only {made.total('new')} of {RESIDENTS} residents went in")
    office.close()
    return spent


def main() -> None:
    """Print both times (the quickest of several rounds) and how they compare."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["GRIDOFFICE_HOME"] = str(folder / "home")
        grids, ledgers = _sheets(folder)
        # Turn about, and the quickest of each: what else the machine does then weighs on both alike.
        pairs = [(_ours(grids, ledger, folder), _plain(ledger, folder)) for ledger in ledgers]
        ours, plain = (min(times) for times in zip(*pairs, strict=True))
    print(f"导入 {RESIDENTS} 名居民：{ours:.3f} 秒（{RESIDENTS / ours:,.0f} 人/秒）")
    print(f"calamine 读取 + executemany：{plain:.3f} 秒（{RESIDENTS / plain:,.0f} 人/秒）")
    print(f"速度比：{plain / ours:.2f}（要求不低于 0.25）")


if __name__ == "__main__":
    main()
