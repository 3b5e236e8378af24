"""Migrations build what the models say, on SQLite and on a PostgreSQL started for the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, select

from gridoffice.core.errors import OfficeError
from gridoffice.db import schema, store
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.base import Base
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit
from gridoffice.domain import papers, setup
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.staff import Staff
from gridoffice.modules.office.looks import LOOKS
from gridoffice.modules.residents import destroying, help
from gridoffice.modules.residents.lists_help import HELP
from tests.make import Make


def differences(engine: Engine) -> list[object]:
    schema.load_models()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
    # Tests of the list kit may declare tables of their own on other bases; here every difference counts.
    return list(found)


def test_migrations_equal_the_models_on_sqlite(office: Office) -> None:
    assert differences(office.engine) == []


def test_opening_an_office_of_today_needs_no_alembic(office: Office) -> None:
    with office.engine.connect() as connection:
        kept = {row[0] for row in connection.exec_driver_sql("SELECT version_num FROM alembic_version")}
    assert schema.is_current(kept)
    assert not schema.is_current(kept - {"patrols_0005"})
    assert not schema.is_current(kept | {"patrols_0000"})
    assert not schema.upgrade(office.engine)


def test_an_office_of_a_newer_program_is_told(office: Office, office_file: Path) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO alembic_version (version_num) VALUES ('shared_9999')")
    office.close()
    with pytest.raises(OfficeError, match="更新的版本"):
        store.open_office(office_file)


def _server_programs() -> Path:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # where Debian keeps them, off the PATH
    found = shutil.which("initdb")
    places = places or ([Path(found).parent] if found else [])
    assert places, "PostgreSQL is missing: packaging/test installs it"
    return places[-1]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a private PostgreSQL cluster on a socket in a folder of this test."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:  # short: a socket's path has 107 letters at most
        yield from _cluster(Path(name))


def _cluster(folder: Path) -> Iterator[str]:
    programs = _server_programs()
    as_user: list[str] = []
    if os.name == "posix" and os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = folder / "data"
    run = [
        *as_user,
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "office",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
    ]
    subprocess.run(run, check=True, capture_output=True, cwd=folder)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"postgresql://office@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder)


def test_the_same_office_lives_on_postgresql(server: str) -> None:
    office = store.open_office(server)
    try:
        assert differences(office.engine) == []
        setup.prepare(office, name="云溪镇")
        with office.unit("新建 王芳") as session:
            session.add(Staff(name="王芳"))
        rows = [
            {"level": 3, "name": f"第{n}网格", "kind": "base", "sort": n, "groups": "", "boundary": ""} for n in (1, 2)
        ]
        rows = [{**row, "phone": "", "note": "", "pinyin": "", "initials": ""} for row in rows]
        with office.unit("导入", kind="import") as session:
            work: Unit = session.info["unit"]
            ids = work.bulk_insert(GridUnit.__table__, rows)  # type: ignore[arg-type]
        with office.unit("再建") as session:
            session.add(GridUnit(level=3, name="第3网格"))
        assert office.undo() == "再建"
        assert office.undo() == "导入"
        assert office.redo() == "导入"
        with office.read() as session:
            assert session.get_one(GridUnit, ids[1]).name == "第2网格"
            assert session.scalars(select(AuditChange)).first() is not None
        assert [office.undo(), office.undo()] == ["导入", "新建 王芳"]
    finally:
        office.close()


def test_what_ended_is_destroyed_on_postgresql_too(server: str) -> None:
    office = store.open_office(server)
    try:
        if not setup.is_prepared(office):
            setup.prepare(office, name="云溪镇")
        person = Make(office).resident("欧阳春花", tags="独居老人")
        wanted = replace(help.proposal(office, person.id), need="每周送药上门", guardian="司徒望北", relation="女儿")
        number = help.enter(office, wanted, ("同意书.pdf", "只在同意书里".encode()))
        help.record_visit(office, number, office.today(), "见到本人", note="修屋顶")
        assert HELP.ids(office, Query(on=office.today(), view="active", text="欧阳")) == [number]
        help.withdraw(office, number)
        done = destroying.destroy_ended(office, [number])
        assert (done.rows, done.others, done.blobs) == (1, 2, 1)
        with office.read() as session:
            log = session.execute(select(AuditChange.before, AuditChange.after)).all()
            names = session.scalars(select(AuditUnit.name)).all()
        told = str(log) + str(names)
        assert not [word for word in ("送药", "司徒望北", "修屋顶", "只在同意书里") if word in told]
        assert "登记帮扶：（已销毁）" in names and office.undo_text() == "新建 Resident"
        assert len(LOOKS.ids(office, Query(on=office.today(), view="month"))) == 0
    finally:
        office.close()


def test_an_unreachable_server_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="连不上数据库服务器"):
        store.open_office(f"postgresql://office@/none?host={tmp_path}")


def test_two_computers_that_issue_at_once_get_different_numbers_on_postgresql(server: str, tmp_path: Path) -> None:
    file = tmp_path / "牌.pdf"
    file.write_bytes(b"%PDF-1.7 x")
    offices = [store.open_office(server) for _ in range(2)]
    both = threading.Barrier(2)
    firsts: set[int] = set()

    def issue(place: int) -> list[str]:
        office, made = offices[place], []

        def write(number: str) -> str:
            if place not in firsts:
                firsts.add(place)
                both.wait(timeout=20)  # both have asked for their number before either writes
            papers.register(office, "board", number, f"公示牌 {place}", file, 1)
            return number

        for _ in range(3):
            made.append(papers.numbered(office, "board", write))
        return made

    try:
        with ThreadPoolExecutor(2) as pool:
            made = [number for numbers in pool.map(issue, (0, 1)) for number in numbers]
        year = offices[0].today().year
        assert sorted(made) == [f"牌{year}-{number:03d}" for number in range(1, 7)]
    finally:
        for office in offices:
            office.close()
