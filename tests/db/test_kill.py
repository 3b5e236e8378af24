"""A kill at any moment leaves the file whole, and each unit either before or after."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain.staff import Staff

WRITER = """
import sys
from gridoffice.db import store
from gridoffice.domain.staff import Staff
from sqlalchemy import select
office = store.open_office(sys.argv[1])
number = 0
print("ready", flush=True)
while True:
    number += 1
    with office.unit(f"改 {number}") as session:
        people = session.scalars(select(Staff)).all()
        if not people:
            session.add_all(Staff(name=f"甲{n}", note="0") for n in range(200))
        for person in people:
            person.note = str(number)
        session.flush()
"""


@pytest.mark.parametrize("delay", [0.02, 0.15, 0.4])
def test_kill_during_an_edit_leaves_before_or_after(office: Office, office_file: Path, delay: float) -> None:
    office.close()
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(office_file)], stdout=subprocess.PIPE, env={**os.environ}, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "ready\n"
        time.sleep(delay + random.random() / 20)
        child.send_signal(signal.SIGKILL)
        child.wait()
    again = store.open_office(office_file)
    try:
        assert store.is_whole(again)
        with again.read() as session:
            notes = set(session.scalars(select(Staff.note)))
            count = len(session.scalars(select(Staff.id)).all())
        assert count in (0, 200)
        assert len(notes) <= 1, "a unit was torn"
    finally:
        again.close()
