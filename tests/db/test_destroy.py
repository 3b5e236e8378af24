"""Records that go for good: no table, no page, no journal of the file holds a word of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditChange, AuditUnit, Blob, Look
from gridoffice.db.destroy import GONE, OP, destroy, sweep
from gridoffice.db.office import Office
from gridoffice.domain import attachments
from gridoffice.domain.help import Destruction, HelpEntry
from gridoffice.domain.people import Resident
from gridoffice.modules.office import history
from gridoffice.modules.residents import destroying, help, service
from gridoffice.modules.residents.help_consent import Entry
from gridoffice.modules.residents.model import HelpVisit
from tests.make import Make
from tests.pages import dump, pages, spellings

DAY = date(2026, 11, 20)
NEED, NOTE, GUARDIAN, PURPOSE = "每周送药上门到西厢房", "钥匙放在邻居赵家", "司徒望北", "帮忙交电费"
PLANTED = (NEED, NOTE, GUARDIAN, PURPOSE, "走访时说想修屋顶")
SCAN = b"%PDF-1.4 signed consent of " + b"0123456789abcdef" * 400


@pytest.fixture
def entry(office: Office, make: Make) -> int:
    """An entry with a changed need, two visits, a scan and a scan taken away, its person renamed in no log."""
    office.on = DAY - timedelta(days=60)
    person = make.resident("欧阳春花", make.household(make.grid()))
    told = Entry(
        person.id, "独居、空巢老人", "先填的需要", None, GUARDIAN, "女儿", office.on, PURPOSE, "姓名、住址",
        DAY + timedelta(days=30), 30, None, NOTE,
    )  # fmt: skip
    number = help.enter(office, told, ("同意书.pdf", SCAN))
    shown = help_file(office, number)
    help.change(office, number, Entry(**{**vars(shown), "need": NEED}))
    help.record_visit(office, number, office.on, "见到本人", by="张建国", note="走访时说想修屋顶")
    help.add_scan(office, number, "旧同意书.pdf", SCAN + b"older")
    with office.unit("删掉旧扫描件") as session:
        session.delete(attachments.of_record(session, "help_entry", number)[1])
    office.note_look("reveal", "帮扶名单 欧阳春花", "上门走访")
    office.on = DAY
    return number


def help_file(office: Office, number: int) -> Entry:
    from gridoffice.modules.residents.help_file import view

    return view(office, number).entry


def count(office: Office, table: type) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_nothing_of_what_was_destroyed_is_left_in_the_file(office: Office, entry: int) -> None:
    whole = dump(office)
    assert all(word in whole for word in PLANTED) and "signed consent" in whole  # they were there before
    help.withdraw(office, entry)
    done = destroying.destroy_ended(office, [entry])
    assert (done.rows, done.others, done.blobs) == (1, 3, 2)
    left = dump(office)
    assert not [word for word in PLANTED if word in left]
    assert "signed consent" not in left and count(office, Blob) == 0
    assert count(office, HelpEntry) == count(office, HelpVisit) == 0
    office.engine.dispose()
    on_disk = pages(office)
    assert "欧阳春花".encode() in on_disk  # the resident's own record stays: the pages are read rightly
    assert not [word for word in PLANTED for spelled in spellings(word) if spelled in on_disk]
    assert b"signed consent" not in on_disk


def test_the_names_of_steps_and_looks_forget_whom_it_was_about(office: Office, entry: int) -> None:
    help.withdraw(office, entry)
    destroying.destroy_ended(office, [entry])
    with office.read() as session:
        names = list(session.scalars(select(AuditUnit.name)))
        looks = list(session.scalars(select(Look.subject)))
        marks = list(session.scalars(select(AuditChange).where(AuditChange.op == OP)))
        kept = session.scalars(select(Destruction)).one()
    assert f"登记帮扶：{GONE}" in names and f"撤回帮扶同意：{GONE}" in names
    assert not [name for name in names if "帮扶" in name and "欧阳春花" in name]
    assert looks == [f"帮扶名单 {GONE}"]
    assert marks and all(one.before is None and one.after is None for one in marks)
    assert (kept.day, kept.what, kept.number, kept.ground) == (DAY, "自愿帮扶名单", 1, "本人撤回同意")


def test_undo_and_redo_go_on_beside_and_revive_nothing(office: Office, make: Make, entry: int) -> None:
    make.resident("后来的人")
    help.withdraw(office, entry)
    office.undo()
    office.redo()
    destroying.destroy_ended(office, [entry])
    assert office.redo() is None
    assert office.undo_text() == "新建 Resident"  # what was done beside it; the steps on the entry are gone
    assert office.undo() == "新建 Resident" and office.redo() == "新建 Resident"
    while office.undo():
        pass
    assert count(office, HelpEntry) == 0 and count(office, Destruction) == 1
    while office.redo():
        pass
    assert count(office, HelpEntry) == 0 and count(office, Resident) == 2
    with office.read() as session:
        step = session.scalars(select(AuditUnit).where(AuditUnit.name == f"登记帮扶：{GONE}")).one()
    with pytest.raises(OfficeError, match="已经销毁的记录，不能撤销"):
        office.undo(step.id)
    told = history.story(office, step.id)
    assert not told.can_undo and {row.op for row in told.changes} == {"已销毁"}


def test_what_still_holds_is_not_destroyed(office: Office, entry: int) -> None:
    assert destroying.over(office) == []
    with pytest.raises(OfficeError, match="还在帮扶期内"):
        destroying.destroy_ended(office, [entry])
    assert count(office, HelpEntry) == 1 and count(office, Destruction) == 0
    office.on = DAY + timedelta(days=31)
    assert destroying.over(office) == [entry]
    destroying.destroy_ended(office, [entry])
    with office.read() as session:
        assert session.scalars(select(Destruction)).one().ground == "同意到期"


def test_a_deleted_resident_with_an_entry_is_destroyed_by_the_general_door(office: Office, make: Make) -> None:
    person = make.resident("上官长夜", phone="13912121212", note="住在桥头第三家")
    service.update(office, person.id, {"name": "上官长夜", "note": "搬到桥尾第九家"})
    service.delete(office, person.id)
    with office.unit("按本人要求销毁 1 人") as session:
        destroy(session.info["unit"], "resident", [person.id], ["上官长夜"])
    sweep(office)
    left = dump(office)
    assert not [word for word in ("上官长夜", "桥头第三家", "桥尾第九家", "13912121212") if word in left]


def test_bytes_that_another_file_shares_stay(office: Office, entry: int) -> None:
    with office.unit("另一份") as session:
        attachments.attach(session, "case_file", 1, "同一份.pdf", SCAN, "file")
    help.withdraw(office, entry)
    done = destroying.destroy_ended(office, [entry])
    assert done.blobs == 1 and count(office, Blob) == 1


def test_the_sample_can_still_be_taken_out_after_a_destruction(office: Office) -> None:
    from gridoffice.domain import sample

    sample.fill(office)
    with office.read() as session:
        number = session.scalars(select(HelpEntry.id)).first()
    if number is not None:
        help.withdraw(office, number)
        destroying.destroy_ended(office, [number])
    sample.remove(office)
    assert count(office, HelpEntry) == 0
