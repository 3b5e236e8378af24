"""One write path: transaction, log, undo, redo, refresh; and what the file itself promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys, store
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff
from tests.make import Make


def names(office: Office) -> list[str]:
    with office.read() as session:
        return list(session.scalars(select(Staff.name).order_by(Staff.id)))


def test_a_failed_unit_leaves_nothing(office: Office) -> None:
    with pytest.raises(ZeroDivisionError), office.unit("坏的") as session:
        session.add(Staff(name="张三"))
        session.flush()
        _ = 1 / 0
    assert names(office) == []
    assert office.undo_text() != "坏的"


def test_a_unit_logs_who_what_before_and_after(office: Office, make: Make) -> None:
    person = make.staff("王芳", phone="13800000001")
    office.user = "赵主任"
    with office.unit("改了 王芳 的电话") as session:
        session.get_one(Staff, person.id).phone = "13800000002"
    with office.read() as session:
        unit = session.scalars(select(AuditUnit).order_by(AuditUnit.id.desc())).first()
        assert unit is not None
        change = session.scalars(select(AuditChange).where(AuditChange.unit_id == unit.id)).one()
    assert (unit.name, unit.who, change.op) == ("改了 王芳 的电话", "赵主任", "update")
    assert change.before["phone"] == "13800000001"
    assert change.after["phone"] == "13800000002"


def test_undo_and_redo_walk_back_and_forth(office: Office, make: Make) -> None:
    person = make.staff("王芳")
    with office.unit("改名") as session:
        session.get_one(Staff, person.id).name = "王方"
    with office.unit("删除") as session:
        session.delete(session.get_one(Staff, person.id))
    assert names(office) == []
    assert office.undo() == "删除"
    assert names(office) == ["王方"]
    assert office.undo() == "改名"
    assert names(office) == ["王芳"]
    assert office.redo_text() == "改名"
    assert [office.redo(), office.redo(), office.redo()] == ["改名", "删除", None]
    assert names(office) == []
    assert office.undo() == "删除"
    assert names(office) == ["王方"]


def test_new_work_ends_redo(office: Office, make: Make) -> None:
    make.staff("甲")
    office.undo()
    make.staff("乙")
    assert office.redo() is None
    assert names(office) == ["乙"]


def test_undo_looks_first(office: Office, make: Make) -> None:
    person = make.staff("王芳")
    with office.unit("改名") as session:
        session.get_one(Staff, person.id).name = "王方"
    with office.read() as session:
        first = session.scalars(select(AuditUnit.id).where(AuditUnit.name == "新建 Staff")).one()
    with pytest.raises(OfficeError, match="后来又改过"):
        office.undo(first)
    assert names(office) == ["王方"]


def test_a_batch_is_one_undo_and_says_what_stands_on_it(office: Office, make: Make) -> None:
    village = make.village()
    rows = [
        {"level": 3, "name": f"第{n}网格", "parent_id": village.id, "kind": "base", "sort": n, "groups": ""}
        | {"boundary": "", "phone": "", "note": "", "pinyin": "", "initials": ""}
        for n in range(50)
    ]
    with office.unit("导入网格", kind="import") as session:
        work: Unit = session.info["unit"]
        ids = work.bulk_insert(GridUnit.__table__, rows)  # type: ignore[arg-type]
        work.bulk_update(GridUnit.__table__, [{"id": village.id, "note": "已导入"}])  # type: ignore[arg-type]
    make.household(make.add(GridUnit(level=4, name="微网格", parent_id=ids[0])))
    with pytest.raises(OfficeError):
        office.undo(_last_import(office))
    office.undo()
    office.undo()
    assert office.undo() == "导入网格"
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(GridUnit)) == 2
        assert session.get_one(GridUnit, village.id).note == ""
    assert office.redo() == "导入网格"
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(GridUnit)) == 52
        assert session.get_one(GridUnit, ids[7]).name == "第7网格"


def test_a_batch_is_undone_after_later_changes_were_undone(office: Office, make: Make) -> None:
    """A change and its undo leave the row as the batch put it in; a change that stands is in the way."""
    with office.unit("导入人员") as session:
        ids = session.info["unit"].bulk_insert(Staff.__table__, [{"name": f"甲{n}"} for n in range(3)])
    for phone in ("13800000001", "13800000002"):
        with office.unit("改电话") as session:
            session.get_one(Staff, ids[1]).phone = phone
    office.undo()
    with pytest.raises(OfficeError, match="后来又改过（甲1）"):
        _undo_unit(office, "导入人员")
    office.undo()
    assert office.undo() == "导入人员"
    assert names(office) == []
    assert office.redo() == "导入人员"
    assert len(names(office)) == 3


def _undo_unit(office: Office, name: str) -> None:
    with office.read() as session:
        number = session.scalars(select(AuditUnit.id).where(AuditUnit.name == name)).one()
    office.undo(number)


def _last_import(office: Office) -> int:
    with office.read() as session:
        return session.scalars(select(AuditUnit.id).where(AuditUnit.kind == "import")).one()


def test_bulk_sql_cannot_escape_the_log(office: Office) -> None:
    with pytest.raises(RuntimeError, match="audit"), office.unit("溜") as session:
        session.execute(insert(Staff), [{"name": "张三"}])
    with pytest.raises(RuntimeError, match="unit"), office.read() as session:
        session.add(Staff(name="张三"))
        session.flush()


def test_a_second_writer_is_told(office: Office, make: Make) -> None:
    person = make.staff("王芳")
    with office.read() as session:
        mine = session.get_one(Staff, person.id)
    with office.unit("别人改") as session:
        session.get_one(Staff, person.id).phone = "13900000000"
    mine.phone = "13700000000"
    with pytest.raises(OfficeError, match="刚被别处改过"), office.unit("我改") as session:
        session.add(mine)


def test_views_are_told_once_after_the_commit(office: Office, make: Make) -> None:
    told: list[set[str]] = []
    end = office.changed.subscribe(told.append)
    make.staff("王芳")
    assert told == [{"staff"}]
    end()
    make.staff("李四")
    assert len(told) == 1


def test_the_file_is_encrypted(office: Office, office_file: Path, make: Make) -> None:
    make.staff("欧阳修之")
    office.close()
    content = office_file.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "欧阳修之".encode() not in content


def test_a_second_opening_is_told_in_a_sentence(office: Office, office_file: Path) -> None:
    with pytest.raises(OfficeError, match="已经在另一个窗口或程序里打开"):
        store.open_office(office_file)


def test_recovery_words_open_a_file_on_another_machine(
    office: Office, office_file: Path, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.staff("王芳")
    words = keys.to_words(office.key)
    office.close()
    assert len(words) == 24
    monkeypatch.setenv("GRIDOFFICE_HOME", str(tmp_path / "another"))
    with pytest.raises(store.Locked, match="的钥匙"):
        store.open_office(office_file)
    with pytest.raises(OfficeError, match="没有输对"):
        store.open_office(office_file, words="".join(words[:-1]) + "啊")
    there = store.open_office(office_file, words="".join(words))
    assert names(there) == ["王芳"]
    there.close()
    store.open_office(office_file).close()


def test_a_passphrase_replaces_the_kept_key(office: Office, office_file: Path, make: Make) -> None:
    make.staff("王芳")
    old = office.key
    office.close()
    new = store.change_key(office_file, old, passphrase="清水 2026")
    with pytest.raises(store.Locked):
        store.open_office(office_file)
    with pytest.raises(OfficeError, match="口令或恢复字不对"):
        store.open_office(office_file, passphrase="清水2026")
    opened = store.open_office(office_file, passphrase="清水 2026")
    assert names(opened) == ["王芳"]
    opened.close()
    store.change_key(office_file, new, passphrase=None)
    store.open_office(office_file).close()


def test_a_backup_is_whole_and_restores(office: Office, office_file: Path, make: Make, tmp_path: Path) -> None:
    make.staff("王芳")
    copy = store.backup(office, tmp_path)
    make.staff("李四")
    office.close()
    aside = store.restore(copy, office_file)
    again = store.open_office(office_file)
    assert names(again) == ["王芳"]
    assert store.is_whole(again)
    again.close()
    assert aside is not None
    before = store.open_office(aside)
    assert names(before) == ["王芳", "李四"]
    before.close()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04" + b"x" * 5000, "不是网格办公文件"),
        (b"SQLite format 3\x00" + b"x" * 4080, "不是网格办公文件"),
        (b"abc", "有损坏"),
    ],
)
def test_what_is_no_office_is_told(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "坏.office"
    path.write_bytes(content)
    with pytest.raises(OfficeError, match=sentence):
        store.open_office(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("page", [0, 1, 2, 20])
def test_a_torn_page_is_found_and_told(office: Office, office_file: Path, make: Make, page: int) -> None:
    with office.unit("很多人") as session:
        session.add_all(Staff(name=f"王芳{n}", note="长" * 200) for n in range(300))
    office.close()
    content = bytearray(office_file.read_bytes())
    content[page * 4096 + 100 : page * 4096 + 200] = bytes(100)
    office_file.write_bytes(content)
    with pytest.raises(OfficeError, match="损坏"):
        torn = store.open_office(office_file)
        try:
            if not store.is_whole(torn):
                raise OfficeError("办公文件有损坏")
        finally:
            torn.close()
    assert office_file.read_bytes() == bytes(content)


def test_a_full_disk_is_told_and_nothing_lost(office: Office, make: Make) -> None:
    make.staff("王芳")
    with office.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.detach()
    office.engine.dispose()

    from sqlalchemy import event

    @event.listens_for(office.engine, "connect")
    def _small(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    with pytest.raises(OfficeError, match="磁盘已满"), office.unit("很大的") as session:
        session.add_all(Staff(name="甲", note="长" * 4000) for _ in range(300))
    assert names(office) == ["王芳"]
    assert store.is_whole(office)
