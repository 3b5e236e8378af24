"""One visit closes what waits behind the door, by the rules of whoever owns it; the sheet is one step to undo (X12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain.casework import CaseContact, CaseHousehold
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Household
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import HANDLED, TAKEN, VERIFIED, Case
from gridoffice.modules.followup.model import AssistVisit, Enrolment
from gridoffice.modules.inspections.model import CLEARED, OPEN, Hazard, Inspection
from gridoffice.modules.office.service import LOG
from gridoffice.modules.patrols import rounds, typein, typein_save
from gridoffice.modules.patrols.model import HouseVisit
from gridoffice.modules.patrols.page_typein import TypeInDialog
from gridoffice.modules.patrols.rounds import Round
from gridoffice.modules.patrols.typein import TypedRow
from gridoffice.modules.residents import help
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.residents.ground import enrolment, helped, rows
from tests.press import meanwhile, press

DAY = date(2026, 11, 25)
FINDER = "李检查"


class Door:
    """A household with everything behind its door, and the sheet that leads there."""

    def __init__(self, office: Office, make: Make) -> None:
        office.on = DAY
        self.office = office
        grid = make.grid()
        self.worker: Staff = make.staff("张建国")
        make.assign(self.worker, grid)
        self.home: Household = make.household(grid, address="石桥村3组6号")
        person = make.resident("王小河", self.home, relation="户主")
        self.entry = helped(make, person)
        self.enrolled = enrolment(make, person)
        shop = make.premises("石桥小卖部", grid, address=self.home.address)
        check = make.add(Inspection(premises_id=shop.id, day=DAY))
        self.hazard = make.add(
            Hazard(inspection_id=check.id, premises_id=shop.id, text="通道堆物", found_on=DAY, found_by=FINDER)
        )
        self.waiting = self.case(make, "三组路灯不亮", TAKEN)
        self.handled = self.case(make, "门口井盖破损", HANDLED)
        [self.sheet] = rounds.make(office, [Round(self.worker.id, DAY, (self.home.id,))])

    def case(self, make: Make, title: str, state: str) -> Case:
        """A case about the household."""
        made: Case = make.case(title, state=state, found_on=DAY, handler="陈师傅")
        make.add(CaseHousehold(case_id=made.id, household_id=self.home.id))
        return made

    def row(self) -> TypedRow:
        """The door as it is typed so far."""
        [found] = typein.view(self.office, self.sheet).rows
        return found

    def put(self, row: TypedRow, **results: tuple[str, str]) -> TypedRow:
        """The row with outcomes and lines by kind."""
        things = []
        for thing in row.things:
            result, note = results.get(thing.key.partition(":")[0], (thing.result, thing.note))
            things.append(replace(thing, result=result, note=note))
        return replace(row, things=tuple(things))

    def get(self, kind: type[Any], number: int) -> Any:
        """A record as it stands."""
        with self.office.read() as session:
            return session.get(kind, number)


@pytest.fixture
def door(office: Office, make: Make) -> Door:
    return Door(office, make)


def test_all_behind_one_door_is_closed_each_with_its_own_line(door: Door) -> None:
    row = replace(door.row(), result="fine")
    assert {thing.key.partition(":")[0] for thing in row.things} == {"help", "health", "hazard", "case", "case_check"}
    typed = door.put(row, hazard=("right", "货物已搬走"), case_check=("solved", "换了新井盖"), case=("told", "下周装"))
    typein.draft(door.office, typed)
    done = typein_save.finish(door.office, door.sheet, DAY)
    assert (done.visits, done.helped, done.closed, done.missed) == (1, 1, 4, 0)
    hazard = door.get(Hazard, door.hazard.id)
    assert (hazard.state, hazard.rechecked_by) == (CLEARED, "张建国")
    assert "货物已搬走" in hazard.note
    assert door.get(Case, door.handled.id).state == VERIFIED
    assert door.get(Case, door.waiting.id).told_on == DAY
    with door.office.read() as session:
        contact = session.scalars(select(CaseContact)).one()
        call = session.scalars(select(AssistVisit)).one()
    assert (contact.kind, contact.way, contact.text, contact.who) == ("told", "上门", "下周装", "张建国")
    assert (call.enrolment_id, call.result, call.by) == (door.enrolled.id, "见到家属", "张建国")
    assert door.get(HelpEntry, door.entry.id).last_on == DAY
    assert door.get(Enrolment, door.enrolled.id).next_on == door.enrolled.next_on, "due until the doctor's visit"
    [again] = rounds.make(door.office, [Round(door.worker.id, DAY, (door.home.id,))])
    [row] = typein.view(door.office, again).rows
    kinds = [thing.key.partition(":")[0] for thing in row.things]
    assert kinds == ["case", "case"], "one is not settled, one is to be told its end; nothing else waits"


def test_a_sheet_is_one_step_and_comes_back_as_it_was_typed(door: Door) -> None:
    before = rows(door.office)
    typed = door.put(replace(door.row(), result="fine", note="都好"), hazard=("right", ""))
    typein.draft(door.office, typed)
    typein.draft(door.office, replace(typed, note="都很好"))
    assert door.office.undo_text() == "制作路线单：1 户", "what is half typed is no step of its own"
    typein_save.finish(door.office, door.sheet, DAY)
    assert door.office.undo_text() == "录入回单 LX2026-001：1 户"
    door.office.undo()
    after = rows(door.office)
    assert {key[0] for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {"route_row"}
    assert door.row().note == "都很好"
    assert typein.view(door.office, door.sheet).typed == ""
    assert door.office.redo() == "录入回单 LX2026-001：1 户"
    assert door.get(Hazard, door.hazard.id).state == CLEARED
    names = [LOG.rows(door.office, [one], DAY)[one][2] for one in LOG.ids(door.office, Query(DAY))]
    assert not [name for name in names if "行" in name], "the log tells of sheets, not of rows"
    with door.office.read() as session:
        assert session.scalars(select(AuditUnit).where(AuditUnit.kind == "draft")).first() is not None


def test_nobody_at_home_closes_nothing_and_open_stays_open(door: Door) -> None:
    typein.draft(door.office, door.put(replace(door.row(), result="away"), hazard=("right", "")))
    done = typein_save.finish(door.office, door.sheet, DAY)
    assert (done.visits, done.helped, done.closed, done.missed) == (0, 0, 0, 1)
    assert door.get(Hazard, door.hazard.id).state == OPEN
    door.office.undo()
    typein.draft(door.office, door.put(replace(door.row(), result="fine"), hazard=("", ""), help=("-", "")))
    done = typein_save.finish(door.office, door.sheet, DAY)
    assert (done.visits, done.helped) == (1, 0)
    assert door.get(HelpEntry, door.entry.id).last_on is None
    assert door.get(Case, door.waiting.id).told_on is None, "what was told is said by hand, never by itself"


def test_the_owners_rules_hold_and_name_the_row(door: Door) -> None:
    with door.office.unit("改") as session:
        session.get_one(Hazard, door.hazard.id).found_by = "张建国"
    typed = door.put(replace(door.row(), result="fine"), hazard=("right", ""))
    before = rows(door.office)
    with pytest.raises(OfficeError, match="第 1 行“隐患复查 石桥小卖部：通道堆物”：张建国是发现这处隐患的人"):
        typein_save.rehearse(door.office, door.sheet, typed, DAY)
    assert rows(door.office) == before
    typein_save.rehearse(door.office, door.sheet, door.put(typed, hazard=("", "")), DAY)
    assert rows(door.office) == before, "a rehearsal keeps nothing"


def test_what_was_closed_meanwhile_is_left_alone(door: Door) -> None:
    with door.office.unit("改") as session:
        session.get_one(Hazard, door.hazard.id).state = CLEARED
        session.get_one(Case, door.handled.id).state = VERIFIED
    typed = door.put(replace(door.row(), result="fine"), hazard=("right", "x"), case_check=("unsolved", "还是坏的"))
    typein.draft(door.office, typed)
    done = typein_save.finish(door.office, door.sheet, DAY)
    assert (done.helped, done.closed) == (1, 1), "the help visit and the call"
    assert door.get(Case, door.handled.id).state == VERIFIED


def test_not_met_is_no_help_visit(office: Office, make: Make) -> None:
    office.on = DAY
    entry = helped(make, make.resident("王小河", make.household(make.grid())))
    help.record_visit(office, entry.id, DAY, "未见到")
    with office.read() as session:
        kept = session.get_one(HelpEntry, entry.id)
    assert (kept.last_on, kept.next_on) == (None, entry.next_on)
    help.record_visit(office, entry.id, DAY, "见到家属")
    with office.read() as session:
        kept = session.get_one(HelpEntry, entry.id)
    assert (kept.last_on, kept.next_on) == (DAY, DAY + timedelta(days=30))


@pytest.fixture
def window(door: Door, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(door.office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def test_closing_by_keys_from_the_sheet(window: MainWindow, door: Door) -> None:
    said: list[str] = []

    def things(editor: Any) -> None:
        inputs = editor.form.inputs
        hazard, check = f"hazard:{door.hazard.id}", f"case_check:{door.handled.id}"
        assert inputs[f"result help:{door.entry.id}"].value() == "见到本人", "what follows by itself stands there"
        inputs[f"result {hazard}"].put("right")
        inputs[f"result {check}"].put("unsolved")
        press(editor, "保存")
        said.append(editor.problem.text())
        inputs[f"note {check}"].put("盖子还是松的")
        press(editor, "保存")

    def type_all(dialog: TypeInDialog) -> None:
        QTest.keyClicks(dialog.number, "LX2026-001")
        QTest.keyClick(dialog.number, Qt.Key.Key_Return)
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
        failed = meanwhile(things)
        QTest.keyClick(dialog.table, Qt.Key.Key_F4)
        assert failed == []
        told = dialog.table.item(0, 2)
        assert told is not None
        assert "通道堆物：已整改，销案" in told.text()
        assert "没有解决，退回重办，盖子还是松的" in told.text()
        dialog.save()
        said.append(dialog.title.text())
        dialog.reject()

    failed = meanwhile(type_all)
    window.actions_by_key["type_in"].trigger()
    assert failed == []
    assert "还没有写一句话" in said[0]
    assert "走访 1 户，其中帮扶走访 1 人，同时办了 3 件，新事项 0 件" in said[1]
    assert door.get(Hazard, door.hazard.id).state == CLEARED
    assert door.get(Case, door.handled.id).state == TAKEN
    with door.office.read() as session:
        assert len(session.scalars(select(HouseVisit)).all()) == 1
