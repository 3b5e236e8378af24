"""A kill during an import leaves the office file whole, with all of the import or nothing of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gridoffice.db import store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain.people import Household, Resident
from gridoffice.exchange import plan as importing
from tests.exchange.townships import Rows, book, id_number

PEOPLE = 3000
IMPORTER = """
import sys
from pathlib import Path
from gridoffice.db import store
from gridoffice.exchange import plan
office = store.open_office(sys.argv[1])
made = plan.plan(office, [Path(sys.argv[2])])
print("ready", flush=True)
plan.apply(office, made)
print("done", flush=True)
"""


@pytest.mark.parametrize("delay", [0.005, 0.04, 0.12])
def test_kill_during_an_import_leaves_all_or_nothing(
    office: Office, office_file: Path, tmp_path: Path, delay: float
) -> None:
    grids: Rows = [["村", "网格名称", "户数"], ["红岩村", "上片网格", 9]]
    importing.run(office, [book(tmp_path / "网格.xlsx", {"网格": grids})])
    people: Rows = [["户编号", "姓名", "与户主关系", "身份证号", "所属网格"]]
    for n in range(PEOPLE):
        number = id_number(f"{1950 + n // 100}0101", n % 100 + 100)
        people.append([f"{n:05d}", "陈一", "户主", number, "红岩村上片网格"])
    ledger = book(tmp_path / "居民.xlsx", {"居民": people})
    office.close()
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(office_file), str(ledger)], stdout=subprocess.PIPE, env={**os.environ}
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"ready\n"
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.wait()
    again = store.open_office(office_file)
    try:
        assert store.is_whole(again)
        with again.read() as session:
            found = {
                session.scalar(select(func.count()).select_from(Resident)),
                session.scalar(select(func.count()).select_from(Household)),
            }
            batches = len(session.scalars(select(AuditUnit.id).where(AuditUnit.kind == "import")).all())
        assert (found, batches) in (({0}, 1), ({PEOPLE}, 2)), "an import was torn"
        if found == {0}:
            assert importing.run(again, [ledger]).total("new") == PEOPLE
    finally:
        again.close()
