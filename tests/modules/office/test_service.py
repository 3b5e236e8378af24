"""The office's settings, levels, log, backups and passphrase."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys, store
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.office import history, safekeeping, service
from tests.make import Make


def setting(office: Office, key: str) -> str:
    return next(row.value for row in service.info(office) if row.key == key)


@pytest.fixture
def plain_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking into a backup counts only what this test is about."""
    monkeypatch.setattr(safekeeping, "modules", lambda: ())


def test_office_name_is_kept_and_undone(office: Office) -> None:
    service.save_info(office, {"name": " 清溪镇 ", "supervise_phone": "０５９２－１２３４５６７"})
    assert setting(office, "name") == "清溪镇"
    assert setting(office, "supervise_phone") == "0592-1234567"
    assert office.undo() == "修改办公室信息：办公室名称、监督电话"
    assert setting(office, "name") == "云溪镇"


@pytest.mark.parametrize(
    "values", [{"name": " "}, {"supervise_phone": "abc"}, {"code": "九九"}, {"clinic_phone": "12"}]
)
def test_wrong_settings_are_refused_whole(office: Office, values: dict[str, str]) -> None:
    with pytest.raises(OfficeError):
        service.save_info(office, {"police_phone": "110", **values})
    assert setting(office, "police_phone") == ""


def test_unchanged_settings_leave_no_trace(office: Office) -> None:
    before = office.undo_text()
    service.save_info(office, {"name": "云溪镇"})
    assert office.undo_text() == before


def test_levels_are_renamed_added_and_removed(office: Office, make: Make) -> None:
    make.village()
    service.rename_levels(office, {2: "社区"})
    rank = service.add_level(office, "楼栋")
    assert [row.title for row in service.levels(office)] == ["乡镇", "社区", "网格", "微网格", "楼栋"]
    with pytest.raises(OfficeError, match="从最下面一级删起"):
        service.remove_level(office, rank - 1)
    service.remove_level(office, rank)
    with pytest.raises(OfficeError, match="还有 1 个单元"):
        service.remove_level(office, 2)
    with pytest.raises(OfficeError, match="同一个名称"):
        service.rename_levels(office, {3: "社区"})


def test_log_lists_who_did_what_and_whether_it_stands(office: Office, make: Make) -> None:
    make.village("石桥村")
    office.undo()
    on = date.today()
    rows = service.LOG.rows(office, service.LOG.ids(office, Query(on=on)), on)
    told = [row[1:] for row in rows.values()]
    assert ("内勤", "撤销：新建 GridUnit", "撤销", "done|已保存") in told
    assert ("内勤", "新建 GridUnit", "登记", "quiet|已撤销") in told
    assert service.LOG.count(office, Query(on=on, view="undone")) == 1
    assert service.LOG.count(office, Query(on=on, text="建立办公室")) == 1


def test_story_tells_fields_in_words_and_hides_numbers(office: Office, make: Make) -> None:
    person = make.staff("王芳", phone="13800001234")
    with office.unit("改电话：王芳") as session:
        session.merge(person).phone = "13911115678"
    last = service.LOG.ids(office, Query(on=date.today()))[0]
    told = history.story(office, last)
    assert told.can_undo
    assert told.changes == (history.ChangeRow("修改", "人员", "王芳", "电话：138****1234 → 139****5678"),)
    with pytest.raises(OfficeError):
        history.story(office, 9999)


def test_imports_are_counted_by_table(office: Office, make: Make) -> None:
    from gridoffice.domain.people import Household

    table = Household.__table__
    with office.unit("导入 居民台账.xlsx", kind="import") as session:
        session.info["unit"].bulk_insert(table, [{"number": f"{n}", "address": "", "note": ""} for n in range(1200)])
    (row,) = history.imports(office)
    assert row.stands
    assert row.summary == "户 1,200"
    office.undo(row.id)
    assert not history.imports(office)[0].stands


@pytest.mark.usefixtures("plain_counts")
def test_backup_is_looked_into_and_restored(office: Office, make: Make, tmp_path: Path) -> None:
    make.staff("王芳")
    made = safekeeping.backup(office, tmp_path)
    service.save_info(office, {"name": "改名镇"})
    told: list[set[str]] = []
    office.changed.subscribe(told.append)
    seen = safekeeping.look(made)
    assert seen.name == "云溪镇"
    aside = safekeeping.restore(office, seen)
    assert setting(office, "name") == "云溪镇"
    assert aside is not None and aside.exists()
    assert told and "staff" in told[-1]
    service.save_info(office, {"name": "仍可写镇"})
    assert setting(office, "name") == "仍可写镇"


@pytest.mark.usefixtures("plain_counts")
def test_damaged_backup_is_refused_and_nothing_changes(office: Office, tmp_path: Path) -> None:
    made = safekeeping.backup(office, tmp_path)
    torn = bytearray(made.read_bytes())
    torn[8192:8300] = bytes(108)
    made.write_bytes(bytes(torn))
    with pytest.raises(OfficeError):
        safekeeping.look(made)
    with pytest.raises(OfficeError):
        safekeeping.look(tmp_path / "没有.office")
    assert setting(office, "name") == "云溪镇"


def test_listed_counts_come_from_all_modules(office: Office, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    from gridoffice.core.module import Module

    shown = Module("x", "x", 1, "x", listings="gridoffice.modules.office.service:LISTINGS")
    monkeypatch.setattr(safekeeping, "modules", lambda: (shown,))
    assert safekeeping.counts(office) == (("操作记录", 1), ("查看记录", 0), ("销毁记录", 0))


def test_passphrase_replaces_the_kept_key_and_back(office: Office) -> None:
    assert office.path is not None
    path = office.path
    assert not safekeeping.has_passphrase(office)
    with pytest.raises(OfficeError, match="不一样"):
        safekeeping.set_passphrase(office, "云溪镇网格办公室", "云溪镇网格办公")
    with pytest.raises(OfficeError, match="太短"):
        safekeeping.set_passphrase(office, "1234", "1234")
    old = office.key
    safekeeping.set_passphrase(office, "云溪镇网格办公室", "云溪镇网格办公室")
    assert safekeeping.has_passphrase(office)
    assert office.key != old
    assert setting(office, "name") == "云溪镇"
    safekeeping.keep_key_here(office)
    assert not safekeeping.has_passphrase(office)
    key = office.key
    office.close()
    again = store.open_office(path)
    assert again.key == key == keys.kept(keys.salt_of(path))[0]
    again.close()
