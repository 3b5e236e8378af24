"""The quick entry of a patrol: last values, standard phrases by number, what was found and done under tabs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import categories
from gridoffice.forms import logs
from gridoffice.modules.patrols import details, page_entry_draft, page_entry_fields, service
from gridoffice.modules.patrols.entry import Doubt, Entry, WayOut, read_time
from gridoffice.modules.patrols.page_entry_parts import HouseLines, LogLines, PhotoLines, offer
from gridoffice.modules.patrols.page_entry_problems import ProblemLines
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import ChoiceInput
from gridoffice.ui.form_view import FormView
from gridoffice.ui.panel import button, label
from gridoffice.ui.theme import theme


class PatrolEditor(Editor):
    """The entry of a patrol; `result_value` is its id, `kept` the ids of all that were entered one after the other."""

    def __init__(self, parent: QWidget, office: Office, title: str, entry: Entry, patrol: Any = None) -> None:
        self.place, self.office, self.entry, self.patrol = parent, office, entry, patrol
        self.kept: list[int] = []
        self.way_out: WayOut | Doubt | None = None
        self.is_sure = False
        self.draft_key = f"patrol {office.user}" if patrol is None else ""
        super().__init__(
            parent, title, page_entry_fields.fields(office, entry), page_entry_fields.values(entry), self._keep
        )
        self.lines = ProblemLines(self._alike, lambda: tuple(categories.of_office(self.office)))
        self.houses = HouseLines(self._find, lambda house: details.house_name(office, house))
        self.log, self.photos = LogLines(), PhotoLines()
        self.log.fill(entry.lines)
        self.houses.put(entry.houses)
        self.tabs = QTabWidget()
        for widget, word in ((self.lines, "发现的问题"), (self.houses, "走访的户"), (self.log, "日志条目")):
            self.tabs.addTab(widget, word)
        self.tabs.addTab(self.photos, "照片")
        self.tabs.setFixedHeight(theme.px(172 if theme.zoom < 130 else 140))
        self.under.addWidget(self.tabs)
        self.way_button = button("", self._take_way_out)
        self.way_button.hide()
        self.same_button = button("同上一条", self._same)
        self.same_button.setToolTip("照上一条填：类型、时间、陪同、天气、路线、情况（只填当前一格按 Ctrl+D）")
        self.spent = label("", "quiet")
        self.foot.insertWidget(0, self.spent)
        self.foot.insertWidget(0, self.way_button)
        self.foot.insertWidget(1, self.same_button)
        self.same_button.setVisible(patrol is None)
        if patrol is None:
            self.next_button = button("保存，记下一条", self.save_next)
            self.next_button.setToolTip("Ctrl+Enter")
            self.foot.insertWidget(self.foot.count() - 1, self.next_button)
        self.sheet: FormView | None = None
        self._connect()
        self._put_kind()
        self._fill_sheet(entry)
        self.resize(theme.px(900), theme.px(690))
        screen = self.screen().availableGeometry()
        self.resize(min(self.width(), screen.width() - 40), min(self.height(), screen.height() - 60))

    def _connect(self) -> None:
        inputs = self.form.inputs
        inputs["unit_id"].edited.connect(self._put_worker)
        inputs["kind"].edited.connect(self._put_kind)
        inputs["phrase"].edited.connect(self._put_phrase)
        for key in page_entry_fields.CLOCKS:
            inputs[key].edited.connect(self._tell_minutes)
        QShortcut(QKeySequence("Ctrl+D"), self, self._same_here)
        for place in range(5):
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.activated.connect(lambda place=place: self._show_tab(place))

    def _show_tab(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        shown = self.tabs.currentWidget()
        first = {self.houses: self.houses.seek, self.log: self.log.table}.get(shown, shown)
        if shown is not None and first is not None:
            first.setFocus()

    def _value(self, key: str) -> Any:
        try:
            return self.form.inputs[key].value()
        except ValueError:
            return None

    def _find(self, text: str) -> list[tuple[int, str]]:
        return details.find_households(self.office, text, self._value("unit_id"))

    def _alike(self, category: str, text: str) -> str:
        entry = replace(self.entry, unit_id=self._value("unit_id"), day=self._value("day") or self.entry.day)
        return details.alike(self.office, entry, category, text) if text.strip() else ""

    def _put_worker(self) -> None:
        unit = self._value("unit_id")
        worker = service.worker_of(self.office, unit, self._value("day")) if unit else None
        if worker is not None:
            self.form.inputs["staff_id"].put(worker)

    def _put_kind(self) -> None:
        title = self._value("kind") or ""
        chosen = self.form.inputs["phrase"]
        assert isinstance(chosen, ChoiceInput)
        offer(chosen, [(phrase, f"{n} {phrase}") for n, phrase in enumerate(page_entry_fields.phrases(title), 1)])
        kind = logs.kind_of(title)
        form = kind.form if kind is not None else None
        if self.sheet is not None and (form is None or self.sheet.form.key != form.key):
            self.tabs.removeTab(self.tabs.indexOf(self.sheet))
            self.sheet.deleteLater()
            self.sheet = None
        if form is not None and self.sheet is None:
            self.sheet = FormView(form)
            self.tabs.addTab(self.sheet, form.title)

    def _fill_sheet(self, entry: Entry) -> None:
        if self.sheet is not None:
            self.sheet.fill(entry.answers)

    def _put_phrase(self) -> None:
        chosen, text = self.form.inputs["phrase"], self.form.inputs["text"]
        assert isinstance(chosen, ChoiceInput)
        typed = chosen.inner.currentText().strip()
        phrases = page_entry_fields.phrases(self._value("kind") or "")
        if typed.isdigit() and 1 <= int(typed) <= len(phrases):
            phrase = phrases[int(typed) - 1]
        else:
            phrase = self._value("phrase")
        if phrase:
            text.put(f"{text.value()}{phrase}")
            chosen.put(None)

    def _tell_minutes(self) -> None:
        try:
            times: dict[str, Any] = {key: read_time(self._value(key) or "") for key in page_entry_fields.CLOCKS}
        except OfficeError:
            return
        spent = Entry(self.entry.day, **times).minutes
        self.spent.setText(f"合计 {spent // 60} 小时 {spent % 60} 分钟" if spent else "")

    def _same(self) -> None:
        """Copy the log before into the fields."""
        last = service.last_entry(self.office)
        if last is None:
            return
        values = page_entry_fields.values(last)
        for key in page_entry_fields.COPIED:
            self.form.inputs[key].put(values[key])
        self._put_kind()
        self._tell_minutes()

    def _same_here(self) -> None:
        """Ctrl+D: the value of the log before in the field at hand."""
        last, here = service.last_entry(self.office), QApplication.focusWidget()
        if last is None or here is None:
            return
        values = page_entry_fields.values(last)
        for key, made in self.form.inputs.items():
            if key in values and (made is here or made.isAncestorOf(here)):
                made.put(values[key])

    def _keep(self, values: dict[str, Any]) -> int:
        self.way_out = None
        times: dict[str, Any] = {key: read_time(values[key] or "") for key in page_entry_fields.CLOCKS}
        keys = ("day", "unit_id", "staff_id", "kind", "companions", "weather", "route", "text")
        made = replace(
            self.entry,
            **{key: values[key] for key in keys},
            **times,
            households=values["households"] or 0,
            problems=self.lines.problems(),
            houses=self.houses.houses(),
            lines=self.log.lines(self.office.today()),
            answers=self.sheet.answers() if self.sheet is not None else {},
            photos=details.read_photos(self.photos.files, self.photos.place.text()),
            is_sure=self.is_sure,
        )
        try:
            return self._write(made)
        except (WayOut, Doubt) as error:
            self.way_out = error
            raise

    def _write(self, made: Entry) -> int:
        if self.patrol is None:
            return service.record(self.office, made)
        service.change(self.office, self.patrol.id, made, self.patrol.version)
        return int(self.patrol.id)

    def store(self) -> bool:
        """Save; where there is a way out of what is wrong, its button stands beside the others."""
        is_kept = super().store()
        self.way_button.setVisible(self.way_out is not None)
        if self.way_out is not None:
            self.way_button.setText(self.way_out.word if isinstance(self.way_out, WayOut) else "就这样保存")
        if is_kept:
            self.kept.append(self.result_value)
            self.is_sure = False
        return is_kept

    def _take_way_out(self) -> None:
        if isinstance(self.way_out, Doubt):
            self.is_sure = True
            self.save()
        if not isinstance(self.way_out, WayOut):
            return
        self.form.inputs[self.way_out.key].put(self.way_out.value)
        if self.way_out.key == "unit_id":
            self._put_worker()
        self.way_out = None
        self.way_button.hide()
        self.problem.hide()

    def save_next(self) -> None:
        """Ctrl+Enter: save, and be ready for the next log at once, with grid, worker, day and kind as they were."""
        if self.patrol is not None:
            self.save()
            return
        day = self._value("day")
        if not self.store():
            return
        self.entry = replace(service.proposal(self.office), day=day)
        self.form.fill(page_entry_fields.values(self.entry))
        self.lines.empty()
        self.houses.list.clear()
        self.log.fill(())
        self.photos.put([])
        self.photos.place.clear()
        self._fill_sheet(self.entry)
        self._tell_minutes()
        if self.drafts is not None:
            self.drafts.anew()
        self.form.inputs["unit_id"].setFocus()
        line = getattr(self.form.inputs["unit_id"].inner, "lineEdit", lambda: None)()
        if line is not None:
            line.selectAll()
        dialogs.toast(self, f"已登记第 {len(self.kept)} 条，接着记下一条")

    def draft_values(self) -> dict[str, Any]:
        """The form and everything under the tabs."""
        return {**super().draft_values(), **page_entry_draft.typed(self)}

    def put_draft(self, values: dict[str, Any]) -> None:
        """Fill in what was typed: the form first, because the kind decides which sheet there is."""
        super().put_draft(values)
        self._put_kind()
        self._tell_minutes()
        page_entry_draft.put(self, values)

    def is_typed(self) -> bool:
        """Whether anything differs from how the dialog opened."""
        if self.drafts is None:
            return self.form.is_changed()
        return self.draft_values() != self.drafts.begun

    def reject(self) -> None:
        """Leave; of a new log what was typed is kept as a draft and offered next time, a changed one asks."""
        if not self.is_typed():
            QDialog.reject(self)
        elif self.patrol is None and self.drafts is not None and self.drafts.hold():
            QDialog.reject(self)
            dialogs.toast(self.place, "没有保存的内容已留作草稿，下次登记巡查时可以恢复")
        else:
            self._ask_and_leave()

    def _ask_and_leave(self) -> None:
        choice = dialogs.ask(self, "还没有保存", "刚才填写的内容要保存吗？", ["保存", "不保存", "继续填写"])
        if choice == 0:
            self.save()
        elif choice == 1:
            QDialog.reject(self)


def new_patrol(parent: QWidget, office: Office, unit_id: int | None = None, begin: Entry | None = None) -> PatrolEditor:
    """The entry of a new patrol, begun from the last one, for a grid, or from an entry."""
    entry = begin or service.proposal(office)
    if unit_id is not None:
        entry = replace(entry, unit_id=unit_id, staff_id=service.worker_of(office, unit_id) or entry.staff_id)
    return PatrolEditor(parent, office, "登记巡查", entry)


def change_patrol(parent: QWidget, office: Office, patrol_id: int) -> PatrolEditor:
    """The entry of a patrol that is there."""
    patrol = service.view(office, patrol_id)
    return PatrolEditor(parent, office, "修改巡查", patrol.entry, patrol)
