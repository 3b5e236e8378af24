"""The voluntary help list: who agreed to which help until when, who visits, what is due, what must be destroyed."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from gridoffice.core.calendar import chinese
from gridoffice.modules.residents import destroying, help, help_file, help_paper
from gridoffice.modules.residents.help_file import HelpFile
from gridoffice.modules.residents.lists_help import HELP
from gridoffice.modules.residents.page_help_forms import HelpEditor, change, pick_scan, renew, visit, withdraw
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.ui import dialogs, output
from gridoffice.ui.flow import Flow
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, line, row
from gridoffice.ui.pill import pill
from gridoffice.ui.reveal import eye, reveal
from gridoffice.ui.theme import theme

SHOWN = 6
"""Visits listed beside the list."""


class HelpLedger(Ledger):
    """帮扶名单: one row for each person and kind of help, by codes and forms of address."""

    title = "帮扶名单"
    listing = HELP
    new_word = "登记帮扶"
    prompt = "选一条，这里显示同意、走访计划和走访记录。"
    hint = "本人（监护人）签了同意书才能登记；先打印一张空白同意书带去。"

    def add_tools(self) -> None:
        """A blank consent sheet, destroying what ended, and entries of the list's menu."""
        self.table.add_tool(button("空白同意书", self.print_blank))
        self.destroy_button = button("销毁到期…", self.destroy_all, kind="danger")
        self.table.add_tool(self.destroy_button)
        for word, run in (("登记走访…", self.visit), ("续期…", self.renew), ("本人撤回…", self.withdraw)):
            self.table.on_menu(word, run)
        self.table.show_view("active")

    @property
    def shown(self) -> HelpFile | None:
        """The entry chosen."""
        return help_file.view(self.office, self.record) if self.record is not None else None

    @staticmethod
    def _key(shown: HelpFile) -> tuple[str, int]:
        return ("help_entry", shown.id)

    def _is_open(self, shown: HelpFile) -> bool:
        """Whether who it is may be shown: a minor only after a reason was given (reference 12.1, art. 31)."""
        return not shown.is_minor or mask.is_revealed(self._key(shown))

    def _may_open(self, shown: HelpFile) -> bool:
        return self._is_open(shown) or reveal(self.page, self.office, self._key(shown), self._subject(shown))

    def _subject(self, shown: HelpFile) -> str:
        return f"帮扶名单 {shown.code if shown.is_minor else shown.name}"

    def show(self, body: QVBoxLayout) -> None:
        """The person, the consent, the plan with its why, what can be done, and the last visits."""
        over = destroying.over(self.office)
        self.destroy_button.setVisible(bool(over))
        self.destroy_button.setText(f"销毁到期 {len(over)} 条…")
        shown = self.shown
        if shown is None:
            body.addWidget(label(self.prompt, "quiet", wrap=True))
            return
        self._head(body, shown)
        self._acts(body, shown)
        self._consent(body, shown)
        self._visits(body, shown)

    def _head(self, body: QVBoxLayout, shown: HelpFile) -> None:
        is_open = self._is_open(shown)
        body.addLayout(row(label(shown.name if is_open else shown.call, "title"), label(shown.code, "quiet"), 1))
        body.addLayout(row(pill(f"brand|{shown.entry.kind}"), 1))
        body.addLayout(row(pill(shown.standing), 1))
        body.addWidget(label(shown.why, wrap=True))
        where = "　".join(filter(None, (shown.unit, shown.where if is_open else "")))
        phone = mask.phone(shown.phone, self._key(shown)) if is_open else "先说明原因再看"
        facts = [("网格", where or "未入网格"), ("电话", phone or "没有登记")]
        facts.append(("联系人", f"{shown.contact or '还没有定'}{f'，{shown.does}' if shown.does else ''}"))
        if shown.entry.need:
            facts.append(("需要", mask.note(shown.entry.need, self._key(shown)) if is_open else "先说明原因再看"))
        if shown.entry.note and is_open:
            facts.append(("备注", mask.note(shown.entry.note, self._key(shown))))
        for title, text in facts:
            body.addLayout(_fact(title, text))
        word = eye(self.page, self.office, self._key(shown), self._subject(shown))
        body.addLayout(row(word, 1))

    def _acts(self, body: QVBoxLayout, shown: HelpFile) -> None:
        if shown.is_over:
            body.addWidget(button("销毁这一条…", partial(self.destroy, [shown.id]), kind="danger"))
        else:
            body.addWidget(button("登记走访…", self.visit, kind="primary"))
        acts = Flow()
        if not shown.is_over:
            for word, run in (("编辑", self.edit), ("本人撤回…", self.withdraw)):
                acts.addWidget(button(word, run, shortcut="F2" if word == "编辑" else ""))
        if shown.state == "active":
            acts.addWidget(button("续期…", self.renew))
        acts.addWidget(button("打印同意书", self.print_sheet))
        acts.addWidget(button("加扫描件…", self.add_scan))
        body.addLayout(acts)

    def _consent(self, body: QVBoxLayout, shown: HelpFile) -> None:
        entry = shown.entry
        body.addWidget(line())
        body.addWidget(label("同意", "heading"))
        by = entry.consent_by if self._is_open(shown) else "监护人"
        for title, text in (
            ("谁同意", f"{by}，{chinese(entry.consent_on) if entry.consent_on else ''}"),
            ("到期", chinese(entry.until) if entry.until else ""),
            ("目的", entry.purpose),
            ("内容", entry.scope),
            ("依据", shown.basis),
        ):
            body.addLayout(_fact(title, text))
        for number, name in shown.scans:
            made = button(name, partial(self.open_scan, number), kind="link", icon="documents")
            made.setToolTip("打开扫描件")
            body.addLayout(row(made, 1))
        if not shown.scans:
            body.addWidget(label("还没有同意书扫描件", "soon"))

    def _visits(self, body: QVBoxLayout, shown: HelpFile) -> None:
        body.addWidget(line())
        body.addWidget(label(f"走访记录（{len(shown.visits)} 次）", "heading"))
        for one in shown.visits[:SHOWN]:
            body.addLayout(row(label(one.day.isoformat()), label(one.result, "quiet"), label(one.by, "quiet"), 1))
            if one.note and self._is_open(shown):
                body.addWidget(label(mask.note(one.note, self._key(shown)), "quiet", wrap=True))
        if not shown.visits:
            body.addWidget(label("还没有走访。", "quiet"))

    # -- verbs

    def new(self) -> None:
        """Enter somebody."""
        self.start(None)

    def start(self, resident: int | None) -> None:
        """Enter somebody, perhaps a resident chosen in another ledger."""
        editor = HelpEditor(self.page, self.office, help.proposal(self.office, resident))
        if editor.exec() and editor.made is not None:
            self.main.say("已登记帮扶", undo=True)
            self.table.show_view("active")
            self.open(editor.made, "")

    def edit(self) -> None:
        """Change need, contact and plan; a minor's entry opens only for a reason."""
        shown = self.shown
        if shown is None:
            return
        if shown.is_over:
            dialogs.tell(self.page, "已经结束", "这条帮扶已经到期或撤回，不能再改，应当销毁。")
        elif self._may_open(shown) and change(self.page, self.office, shown):
            self.main.say("已保存", undo=True)

    def visit(self) -> None:
        """Note a visit."""
        shown = self.shown
        if shown is not None and visit(self.page, self.office, shown):
            self.main.say("已登记走访", undo=True)

    def renew(self) -> None:
        """A new consent."""
        shown = self.shown
        if shown is not None and renew(self.page, self.office, shown):
            self.main.say("已续期", undo=True)

    def withdraw(self) -> None:
        """The person takes the consent back."""
        shown = self.shown
        if shown is not None and withdraw(self.page, self.office, shown):
            self.main.say("已登记撤回，走访停止；内容请销毁", undo=True)

    def delete(self) -> None:
        """Nothing is deleted here: what ends is destroyed."""
        self.withdraw()

    def add_scan(self) -> None:
        """Keep a scan of the signed paper."""
        number, chosen = self.record, pick_scan(self.page)
        if number is not None and chosen is not None:
            name, data = chosen
            self.do(lambda: help.add_scan(self.office, number, name, data), "已存扫描件")

    def open_scan(self, attachment_id: int) -> None:
        """Open a scan with this desktop's own program; the copy lies in a folder of this machine's own until then."""

        def show() -> None:
            name, data = help.scan_of(self.office, attachment_id)
            path = Path(tempfile.mkdtemp(prefix="gridoffice-")) / Path(name).name
            path.write_bytes(data)
            output.show(path)

        dialogs.guarded(self.page, show)

    def print_sheet(self) -> None:
        """The consent sheet of the entry chosen."""
        shown = self.shown
        if shown is None:
            return
        if self._may_open(shown):
            draw = partial(help_paper.sheet, self.office, shown, shown.entry, shown.basis)
            output.print_paper(self.page, f"帮扶同意书_{shown.code}.pdf", draw)

    def print_blank(self) -> None:
        """A sheet to take along."""
        basis = help.kind_of(self.office, "").basis
        draw = partial(help_paper.sheet, self.office, None, help.blank(help.proposal(self.office)), basis)
        output.print_paper(self.page, "帮扶同意书_空白.pdf", draw)

    def destroy_all(self) -> None:
        """Destroy everything that ended."""
        self.destroy(destroying.over(self.office))

    def destroy(self, ids: list[int]) -> None:
        """The only question of this kind: what is destroyed cannot come back."""
        if not ids:
            return
        answer = dialogs.ask(
            self.page, f"销毁 {len(ids)} 条帮扶记录？", destroying.warning(self.office), ["不销毁", "销毁，不能撤销"]
        )
        if answer == 1 and dialogs.guarded(self.page, lambda: destroying.destroy_ended(self.office, ids)):
            self.main.say(f"已销毁 {len(ids)} 条，留下了销毁记录")


def _fact(title: str, text: str) -> QHBoxLayout:
    name = label(title, "quiet")
    name.setFixedWidth(theme.px(48))
    told: Any = label(text, wrap=True)
    layout = row(name)
    layout.addWidget(told, 1)
    return layout
