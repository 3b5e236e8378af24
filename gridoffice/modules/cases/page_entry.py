"""Taking a case in: the form with the last values, and beside it cases that may be the same one (F30)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain.same import Alike
from gridoffice.modules.cases import dealing, page_forms, page_offers, seeking, service
from gridoffice.modules.cases.service import Entry
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.panel import button, clear, label, row
from gridoffice.ui.theme import theme

WAIT = 350  # milliseconds after the last key
KEPT = ("category", "subcategory", "kind", "unit_id", "source", "finder_id")
"""What the next case starts with."""


class EntryEditor(Editor):
    """The form; `opened` is a case that was opened or added to instead of taking this one in."""

    def __init__(self, parent: QWidget, office: Office, unit_id: int | None, last: dict[str, Any]) -> None:
        self.office = office
        self.opened: int | None = None
        self.last = last
        self.is_other = False  # "都不是" was said
        start = Entry(
            "", office.today(), **{"unit_id": unit_id, **last} if unit_id is None else {**last, "unit_id": unit_id}
        )
        fields = page_forms.entry_fields(office)
        values = {field.key: getattr(start, field.key) for field in fields}
        super().__init__(parent, "登记事项", fields, values, self._store)
        self.alike = QVBoxLayout()
        self.alike.setSpacing(theme.px(4))
        self.under.addLayout(self.alike)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        for key in ("title", "place", "unit_id", "category"):
            self.form.inputs[key].edited.connect(lambda: self.timer.start(WAIT))
        self.photos: list[Path] = []
        self.photo_button = button("加照片…", self._choose)
        self.photo_button.setToolTip("处理前的照片，和事项一起保存")
        self.drop_button = button("不要照片", lambda: self._put_photos([]))
        self.drop_button.hide()
        self.foot.insertWidget(0, self.photo_button)
        self.foot.insertWidget(1, self.drop_button)
        page_forms.follow_category(self, office)
        self.resize(self.width(), min(self.height() + theme.px(110), self.screen().availableGeometry().height() - 80))
        page_offers.stand_in(self, office)
        page_offers.no_early_deadline(self)

    def _store(self, values: dict[str, Any]) -> int:
        texts = {key: values[key] or "" for key in page_forms.TEXTS}
        made = replace(Entry("", self.office.today()), **{**values, **texts})
        self.last = {key: getattr(made, key) for key in KEPT}
        return service.create(self.office, made, dealing.read_photos(self.photos))

    def _choose(self) -> None:
        self._put_photos([*self.photos, *dialogs.open_files(self, "选择照片（处理前）", "照片 (*.jpg *.jpeg *.png)")])

    def _put_photos(self, files: list[Path]) -> None:
        self.photos = files
        self.photo_button.setText(f"照片 {len(files)} 张，再加…" if files else "加照片…")
        self.photo_button.setToolTip("、".join(file.name for file in files) or "处理前的照片，和事项一起保存")
        self.drop_button.setVisible(bool(files))

    def _value(self, key: str) -> Any:
        try:
            return self.form.inputs[key].value()
        except ValueError:
            return None

    def look(self) -> None:
        """Show the cases that may be the one being typed."""
        clear(self.alike)
        if self.is_other:
            return
        title, place = self._value("title") or "", self._value("place") or ""
        found = seeking.alike(self.office, self._value("unit_id"), self._value("category") or "", title, place)
        if not found:
            return
        other = button("都不是", self._other, kind="chip")
        self.alike.addLayout(
            row(label("同一件事？", "notice"), label("同一网格、同一类别里有相近的：", "quiet"), 1, other)
        )
        for one in found[:3]:
            self.alike.addLayout(self._line(one))

    def _line(self, one: Alike) -> QHBoxLayout:
        told = " · ".join(filter(None, (one.number, one.title, one.place, one.state, chinese(one.found_on))))
        opens = button("打开", lambda: self._open(one.id), kind="chip")
        opens.setToolTip("不登记新的，打开这一件")
        joins = button("并入", lambda: self._join(one), kind="chip")
        joins.setToolTip("不登记新的，把写好的内容和照片记到这一件里")
        made = row(label(told, wrap=True), opens, joins)
        made.setStretch(0, 1)
        return made

    def _other(self) -> None:
        self.is_other = True
        clear(self.alike)

    def _open(self, case_id: int) -> None:
        self.opened = case_id
        self.done(1)

    def _join(self, one: Alike) -> None:
        texts = [self._value(key) or "" for key in ("title", "place", "text")]
        whom = self._value("reporter") or ""
        told = "；".join(dict.fromkeys(filter(None, texts)))
        if dialogs.guarded(
            self,
            lambda: dealing.report_again(self.office, one.id, whom, told, dealing.read_photos(self.photos)),
        ):
            self._open(one.id)


def new_case(parent: QWidget, office: Office, unit_id: int | None, last: dict[str, Any]) -> EntryEditor:
    """The editor of a new case; the result is its id."""
    return EntryEditor(parent, office, unit_id, last)
