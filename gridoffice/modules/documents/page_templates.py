"""文书模板: the templates of letters, the chosen one being written, its real pages beside it, its mistakes under it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db import drafts
from gridoffice.db.office import Office
from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import template_check, template_store
from gridoffice.modules.documents.page_template_findings import Findings
from gridoffice.modules.documents.page_template_form import TemplateForm
from gridoffice.modules.documents.page_template_list import PlaceholderList, TemplateList
from gridoffice.modules.documents.page_template_sample import Sample
from gridoffice.modules.documents.templates import KINDS_OF_LETTERS, USUAL_HEADS, Template, read, write
from gridoffice.ui import dialogs, editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

DRAFT = 2500  # milliseconds from the last change to the draft
DRAFTS = "letter_template:"


class Templates(QWidget):
    """The template editor; what is typed is kept as a draft until it is saved or given up. `used` asks to make one."""

    used = Signal(str, str)  # the kind and key of a template

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self.is_new = False
        self._draft: Template | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(10))
        self.left = self._left()
        self.left.setFixedWidth(max(theme.px(225), self.left.minimumSizeHint().width()))
        line.addWidget(self.left)
        self.sample = Sample(office, window)
        self.sample_chip = button("看样张", self._fold, kind="chip")
        self.sample_chip.setCheckable(True)
        self.sample_chip.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        self.middle = self._middle()
        split.addWidget(self.middle)
        split.addWidget(self.sample)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 4)
        line.addWidget(split, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT)
        self._timer.timeout.connect(self.keep_draft)

    def _left(self) -> QWidget:
        panel = Panel()
        panel.body.setContentsMargins(*[theme.px(10)] * 4)
        self.templates = TemplateList()
        self.templates.chosen.connect(self.open)
        self.placeholders = PlaceholderList()
        self.placeholders.wanted.connect(self._insert)
        self.new_button = button("新建")
        self.menu = QMenu(self.new_button)
        for kind in KINDS_OF_LETTERS:
            self.menu.addAction(KINDS[kind].title).triggered.connect(partial(self.new, kind))
        self.new_button.setMenu(self.menu)
        self.import_button = button("导入…", self.ask_import)
        panel.body.addWidget(self.templates, 4)
        panel.body.addLayout(row(self.new_button, self.import_button, 1, spacing=6))
        panel.body.addWidget(label("可填入的内容", "heading"))
        panel.body.addWidget(self.placeholders, 3)
        return panel

    def _middle(self) -> QWidget:
        panel = Panel()
        panel.body.setContentsMargins(*[theme.px(10)] * 4)
        self.form = TemplateForm()
        self.form.changed.connect(self._changed)
        self.offer = QWidget()
        self.offer_text = label("", wrap=True)
        offered = row(self.offer_text, 1, button("接着改", self.take_draft), button("不要了", self.drop_draft))
        offered.setContentsMargins(theme.px(10), theme.px(4), theme.px(6), theme.px(4))
        self.offer.setLayout(offered)
        self.offer.setObjectName("notice")
        self.offer.hide()
        self.findings = Findings()
        self.findings.led.connect(self.form.go_to)
        self.findings.fixed.connect(self.form.change)
        self.findings.asked.connect(self.form.ask_for)
        self.save_button = button("保存", self.save, kind="primary", shortcut="Ctrl+S")
        self.copy_button = button("另存为…", self.ask_copy)
        self.export_button = button("导出…", self.ask_export)
        self.remove_button = button("删除", self.remove, kind="danger")
        self.use_button = button("用它制作", self.use)
        panel.body.addWidget(self.offer)
        panel.body.addWidget(self.form, 1)
        panel.body.addWidget(self.findings)
        buttons = (self.save_button, self.copy_button, self.export_button, self.remove_button)
        panel.body.addLayout(row(*buttons, 1, self.use_button, spacing=6))
        return panel

    # -- room

    def minimumSizeHint(self) -> QSize:
        """What is needed when the pages are folded away."""
        hint = super().minimumSizeHint()
        hint.setWidth(self.left.width() + theme.px(10) + self.middle.minimumSizeHint().width())
        return hint

    def resizeEvent(self, event: Any) -> None:
        """Fold the pages away where there is no room for both."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        is_wide = self.width() >= self.minimumSizeHint().width() + self.sample.minimumSizeHint().width() + theme.px(10)
        self.sample_chip.setVisible(not is_wide and self.isVisible())
        self.sample.setVisible(is_wide or self.sample_chip.isChecked())
        self.middle.setVisible(is_wide or not self.sample_chip.isChecked())
        self.left.setVisible(is_wide or not self.sample_chip.isChecked())

    # -- which template

    def reload(self) -> None:
        """The list anew; the open template too, when it was not touched here."""
        entries, broken = template_store.entries(self.office)
        key, is_touched = self.form.base.key, self.is_changed()
        self.templates.show_entries(entries, key)
        known = {one.template.key: one.template for one in entries}
        if broken:
            self.main.say(broken[0])
        if key in known and not is_touched:
            self.show_template(known[key])
        elif (key not in known and not self.is_new) and entries:
            self.show_template(entries[0].template)
        self._tell_state()

    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.form.base.key) and (self.is_new or self.form.template() != self.form.base)

    def leave(self) -> bool:
        """Ask what becomes of what is not saved; False when one stays."""
        if not self.form.base.key or self.form.template() == self.form.base:
            return True
        told = f"“{self.form.template().name}”里新写的内容要保存吗？"
        choice = dialogs.ask(self, "模板改过，还没有保存", told, ["保存", "不保存", "接着改"])
        if choice == 0:
            return self.save()
        if choice == 1:
            drafts.drop(self.office, self._draft_key())
            return True
        return False

    def open(self, key: str) -> None:
        """Open a template, after what is typed in another one is seen to."""
        if key == self.form.base.key and not self.is_new:
            return
        if not self.leave():
            self.templates.choose(self.form.base.key)
            return
        found = next((one.template for one in self.templates.entries if one.template.key == key), None)
        if found is not None:
            self.show_template(found)

    def show_template(self, template: Template, *, is_new: bool = False) -> None:
        """Show a template to be written."""
        self.is_new = is_new
        self.form.show_template(template)
        self.form.base = self.form.template()  # as the form gives it back, so that looking is no change
        self.templates.choose(template.key)
        self._offer_draft()
        self._changed()

    def new(self, kind: str, _checked: bool = False) -> None:
        """Begin a template of a kind."""
        if not self.leave():
            return
        made = template_store.blank(kind)
        if kind in USUAL_HEADS:
            made = replace(made, head=USUAL_HEADS[kind], number="{机关代字}", audience="bodies")
        self.show_template(made, is_new=True)
        self.form.show_part("text")
        self.form.inputs["text"].texts["name"].setFocus()

    # -- what is typed

    def _insert(self, words: str) -> None:
        self.form.insert(words)

    def _changed(self) -> None:
        template = self.form.template()
        self.placeholders.show_for(template)
        self.findings.show_findings(template_check.check(template))
        self._tell_state()
        self.sample.draw_soon(template)
        if template != self.form.base:
            self._timer.start()

    def _tell_state(self) -> None:
        entry = next((one for one in self.templates.entries if one.template.key == self.form.base.key), None)
        is_own = entry is not None and entry.template.origin == "own"
        self.remove_button.setVisible(is_own)
        self.remove_button.setText("恢复自带的" if entry is not None and entry.is_changed else "删除")
        changed = self.is_changed()
        self.save_button.setEnabled(changed)
        self.use_button.setEnabled(not self.is_new)
        word = "本办的模板" if is_own else "自带的模板" if entry is not None else "新模板"
        bad = sum(one.is_bad for one in self.findings.findings)
        tail = f"，{bad} 处改好才能印" if bad else ""
        self.findings.state.setText(f"{word}{'，改过还没有保存' if changed else ''}{tail}")

    # -- drafts

    def _draft_key(self) -> str:
        return f"{DRAFTS}{self.form.base.key}"

    def keep_draft(self) -> None:
        """Keep what is typed beside the records."""
        template = self.form.template()
        if template != self.form.base:
            drafts.keep(self.office, self._draft_key(), template.name, {"content": write(template)})

    def _offer_draft(self) -> None:
        kept = drafts.of(self.office, self._draft_key())
        self._draft = None
        if kept:
            try:
                found = read(str(kept[0].values.get("content", "")), "草稿")
                self._draft = replace(found, origin=self.form.base.origin, version=self.form.base.version)
            except OfficeError:
                drafts.drop(self.office, self._draft_key())
        is_offered = self._draft is not None and self._draft != self.form.base
        if is_offered:
            self.offer_text.setText(f"{kept[0].at:%m月%d日 %H:%M} 改到一半、没有保存的内容还在。")
        self.offer.setVisible(is_offered)

    def take_draft(self) -> None:
        """Go on with what was typed then."""
        if self._draft is not None:
            base = self.form.base
            self.form.show_template(self._draft)
            self.form.base = base
            self.offer.hide()
            self._changed()

    def drop_draft(self) -> None:
        """Give up what was typed then."""
        drafts.drop(self.office, self._draft_key())
        self.offer.hide()

    # -- what is done with it

    def save(self) -> bool:
        """Keep the template as the office's own; True when it was kept."""
        template = self.form.template()
        kept: list[Template] = []
        if not dialogs.guarded(self, lambda: kept.append(template_store.put(self.office, template))):
            return False
        self._timer.stop()
        drafts.drop(self.office, self._draft_key())
        self.form.base, self.is_new = template, False
        self.reload()
        self.show_template(kept[0])
        self.main.say(f"已保存模板“{kept[0].name}”", undo=True)
        return True

    def ask_copy(self) -> None:
        """Ask for a name, and keep what is written under it as another template."""
        template = self.form.template()

        def keep(values: dict[str, str]) -> None:
            copy = template_store.copy(self.office, template, values["name"])
            drafts.drop(self.office, self._draft_key())
            self.form.base, self.is_new = copy, False
            self.form.show_template(copy)

        fields = (Field("name", "名称", required=True),)
        if editor.edit(self, "另存为模板", fields, {"name": f"{template.name}（副本）"}, keep, columns=1):
            self.reload()
            self.main.say(f"已另存为“{self.form.base.name}”", undo=True)

    def ask_export(self) -> None:
        """Ask where to, and write the template into a file."""
        template = self.form.template()
        path = dialogs.save_file(self, "导出模板", f"{template.name}.toml", "信件模板 (*.toml)")
        if path is not None and dialogs.guarded(self, lambda: template_store.save_file(template, path)):
            self.main.say(f"已导出“{path.name}”，可以给别的办公室导入")

    def ask_import(self) -> None:
        """Ask for files, and take their templates."""
        if not self.leave():
            return
        taken: list[Template] = []
        for path in dialogs.open_files(self, "导入模板", "信件模板 (*.toml)"):
            dialogs.guarded(self, lambda path=path: taken.append(template_store.load_file(self.office, path)))  # type: ignore[misc]
        if taken:
            self.form.base, self.is_new = taken[-1], False
            self.form.show_template(taken[-1])
            self.reload()
            self.main.say(f"已导入 {len(taken)} 个模板", undo=True)

    def remove(self) -> None:
        """Give up the office's own template."""
        key, name = self.form.base.key, self.form.base.name
        if dialogs.guarded(self, lambda: template_store.remove(self.office, key)):
            drafts.drop(self.office, self._draft_key())
            self.form.base = replace(self.form.template(), key=key)
            self.is_new = False
            self.form.base = self.form.template()
            self.reload()
            self.main.say(f"已{'恢复自带的' if template_store.shipped(key) else '删除'}模板“{name}”", undo=True)

    def use(self) -> None:
        """Make a letter from it."""
        if self.leave():
            self.used.emit(self.form.base.kind, self.form.base.key)

    def is_ready(self) -> bool:
        """Whether the pages show what is written."""
        return self.sample.is_ready()
