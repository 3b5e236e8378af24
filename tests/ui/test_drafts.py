"""What was being typed when the program was killed is offered again, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db import drafts, store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.destroy import destroy
from gridoffice.db.office import Office
from gridoffice.ui.drafts import left_over
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from tests.make import Make
from tests.press import press

FIELDS = (Field("name", "姓名", required=True), Field("born", "出生日期", "date"), Field("note", "备注", "multiline"))

TYPIST = """
import sys
from datetime import date
from PySide6.QtWidgets import QWidget
from gridoffice.db import store
from gridoffice.ui import drafts
from gridoffice.ui.editor import Editor
from gridoffice.ui.screen import application
from tests.ui.test_drafts import FIELDS, Place
drafts.EVERY = 50
app = application()
office = store.open_office(sys.argv[1])
place = Place(office)
dialog = Editor(place, "人员 张䶮", FIELDS, {"note": "旧"}, print)
dialog.show()
dialog.form.inputs["name"].put("张䶮")
dialog.form.inputs["born"].put(date(1980, 3, 1))
def tell():
    if drafts.drafts.of(office, ""):
        print("kept", flush=True)
from PySide6.QtCore import QTimer
timer = QTimer(); timer.timeout.connect(tell); timer.start(50)
app.exec()
"""


class Place(QWidget):
    """Where an editor opens: a widget that knows its office."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office


def opened(
    qtbot: QtBot, office: Office, values: dict[str, Any], kept: list[dict[str, Any]], title: str = "人员 张䶮"
) -> Editor:
    place = Place(office)
    qtbot.addWidget(place)
    made = Editor(place, title, FIELDS, values, kept.append)
    made.place = place  # type: ignore[attr-defined]  # else Python lets the parent go, and with it the dialog
    made.show()
    QApplication.processEvents()
    return made


def shown(dialog: Editor) -> bool:
    assert dialog.drafts is not None
    return dialog.drafts.bar.isVisible()


def test_after_a_kill_the_typed_text_is_offered_restored_and_gone_once_saved(
    office: Office, office_file: Path, qtbot: QtBot
) -> None:
    office.close()
    child = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(office_file)], stdout=subprocess.PIPE, env={**os.environ}, text=True
    )
    assert child.stdout is not None
    with child.stdout:
        told = child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert told == "kept\n"
    again = store.open_office(office_file)
    try:
        assert left_over(again) == "上次“人员 张䶮”填到一半没有保存，内容还在：打开同一处，点“恢复”。"
        kept: list[dict[str, Any]] = []
        dialog = opened(qtbot, again, {"note": "旧"}, kept)
        assert shown(dialog) and not dialog.form.is_changed(), "offered, not forced"
        press(dialog, "恢复")
        assert dialog.form.values() == {"name": "张䶮", "born": date(1980, 3, 1), "note": "旧"}
        press(dialog, "保存")
        assert kept[0]["name"] == "张䶮"
        assert drafts.of(again, "") == []
        assert left_over(again) == ""
        with again.read() as session:
            assert not [name for name in session.scalars(select(AuditUnit.name)) if "张" in name], "not logged"
    finally:
        again.close()


def test_leaving_without_saving_leaves_no_draft(office: Office, qtbot: QtBot) -> None:
    dialog = opened(qtbot, office, {}, [])
    dialog.form.inputs["name"].put("李四")
    assert dialog.drafts is not None
    dialog.drafts.keep()
    assert len(drafts.of(office, "")) == 1
    dialog.form.inputs["name"].put("")
    dialog.drafts.keep()
    assert drafts.of(office, "") == [], "all was taken back"
    dialog.form.inputs["name"].put("李四")
    dialog.drafts.keep()
    dialog.done(0)
    assert drafts.of(office, "") == []


def test_a_draft_is_not_offered_for_a_record_that_was_changed_since_nor_for_another(
    office: Office, qtbot: QtBot
) -> None:
    first = opened(qtbot, office, {"name": "王芳"}, [])
    first.form.inputs["note"].put("半句")
    assert first.drafts is not None
    first.drafts.keep()
    assert not shown(opened(qtbot, office, {"name": "王芳", "note": "别人改了"}, []))
    assert not shown(opened(qtbot, office, {"name": "王芳"}, [], "人员 王芳"))
    assert shown(opened(qtbot, office, {"name": "王芳", "born": date(1990, 1, 1)}, [])), "a day of today does not count"


def test_typing_on_does_not_write_over_an_offer_nobody_answered(office: Office, qtbot: QtBot) -> None:
    first = opened(qtbot, office, {}, [])
    first.form.inputs["name"].put("甲")
    assert first.drafts is not None
    first.drafts.keep()
    second = opened(qtbot, office, {}, [])
    assert shown(second)
    second.form.inputs["name"].put("乙")
    assert second.drafts is not None
    second.drafts.keep()
    assert {one.values["name"] for one in drafts.of(office, "")} == {"甲", "乙"}
    second.done(0)
    third = opened(qtbot, office, {}, [])
    press(third, "不要了")
    assert drafts.of(office, "") == []


def test_destroying_a_record_and_two_weeks_clear_the_drafts(office: Office, make: Make) -> None:
    person = make.staff("周某")
    assert drafts.keep(office, "a", "某处", {"name": "周某", "photo": b"x", "days": [date(2026, 1, 1)]})
    (kept,) = drafts.of(office, "")
    assert kept.values == {"name": "周某", "days": [date(2026, 1, 1)]}, "bytes are no draft"
    with office.unit("销毁", kind="do") as session:
        destroy(session.info["unit"], "staff", [person.id])
    assert drafts.of(office, "") == []
    drafts.keep(office, "b", "某处", {})
    drafts.clear_old(office, datetime.now() + timedelta(days=drafts.DAYS - 1))
    assert drafts.of(office, "")
    drafts.clear_old(office, datetime.now() + timedelta(days=drafts.DAYS + 1))
    assert drafts.of(office, "") == []


def test_a_draft_waits_for_no_long_write(office: Office) -> None:
    with office.unit("导入"):
        # From another thread, as typing goes on while the worker imports.
        import threading

        told: list[bool] = []
        thread = threading.Thread(target=lambda: told.append(drafts.keep(office, "a", "某处", {"name": "甲"})))
        thread.start()
        thread.join(5)
        assert told == [False]
    assert drafts.keep(office, "a", "某处", {"name": "甲"})
