"""The ledger of local organisations: one row each, its facts beside the list, its editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.domain import identity, person
from gridoffice.modules.residents import organisations, service
from gridoffice.modules.residents.lists_organisations import ORGANISATIONS
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.modules.residents.page_similar import Similar
from gridoffice.ui import reveal
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, line, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage

TABLE = "organisation"


def fields(page: ResidentsPage) -> tuple[Field, ...]:
    """The fields of an organisation: those of the third ledger first (reference 1.2 §2)."""
    words = {key: [(word, word) for word in found] for key, found in organisations.lists().items()}
    return (
        Field("name", "名称", required=True),
        Field("people", "规模", "number", unit="人"),
        Field("party_branch", "党组织设置", "choice", choices=words["branches"], is_open=True),
        Field("party_members", "党员数", "number", unit="人"),
        Field("kind", "类别", "choice", choices=words["kinds"], is_open=True),
        Field("credit_code", "信用代码"),
        Field("unit_id", "网格", "pick", choices=service.units(page.office)),
        Field("address", "地址"),
        Field("contact", "联系人"),
        Field("phone", "联系电话", "phone"),
        Field("number", "编号", required=True),
        Field("note", "备注", "multiline"),
    )


class OrganisationEditor(Editor):
    """Enters or edits an organisation; `wanted` is the id of one that was to be opened instead."""

    def __init__(self, page: ResidentsPage, title: str, values: Mapping[str, Any], save: Any, own: int = 0,
                 **more: Any) -> None:  # fmt: skip
        self.page, self.own = page, own
        self.wanted: int | None = None
        super().__init__(page, title, fields(page), values, save, **more)
        self.similar = Similar(can_merge=False)
        self.similar.opened.connect(self._open_other)
        self.under.addWidget(self.similar)
        for key in ("name", "credit_code", "phone"):
            self.form.inputs[key].edited.connect(self._look)
        self.form.inputs["credit_code"].edited.connect(self._tell)
        self.form.inputs["phone"].edited.connect(self._tell)
        self._tell()
        self.resize(self.width(), min(theme.px(640), self.screen().availableGeometry().height() - 80))

    def _value(self, key: str) -> Any:
        try:
            return self.form.inputs[key].value()
        except ValueError:
            return None

    def _tell(self) -> None:
        code = organisations.clean_code(self._value("credit_code"))
        problem = identity.credit_problem(code) if code else ""
        words = problem or ("代码正确" if code else "营业执照或法人证书上的 18 位代码，可以先空着")
        tone = "done" if code and not problem else "late" if len(code) >= 18 else "quiet"
        self.form.inputs["credit_code"].tell(words, tone)
        told = person.told_phone(self._value("phone"))
        self.form.inputs["phone"].tell("" if told.tone == "done" else told.words, told.tone)

    def _look(self) -> None:
        values = {key: self._value(key) for key in ("name", "credit_code", "phone")}
        found = organisations.alike(self.page.office, values, self.own) if self.form.is_changed() else []
        self.similar.tell((one.id, f"{one.why}：{one.words}") for one in found)

    def _open_other(self, organisation: int) -> None:
        self.wanted = organisation
        self.reject()
        if self.isVisible():
            self.wanted = None


class Organisations(Ledger):
    """驻区单位."""

    title = "驻区单位"
    listing = ORGANISATIONS
    new_word = "新建单位"
    prompt = "选一个单位，这里显示它的情况。"
    hint = "用“文件 → 导入…”放入驻区单位表，或点“新建单位”。"

    def add_tools(self) -> None:
        """Entries of the list's menu."""
        self.table.on_menu("编辑", self.edit)
        self.table.on_menu("删除", self.delete)

    def show(self, body: QVBoxLayout) -> None:
        """The organisation's facts, whom to call, and what can be done."""
        if self.record is None:
            super().show(body)
            return
        one = organisations.get(self.office, self.record)
        body.addWidget(label(one.name, "title", wrap=True))
        unit = organisations.unit_name(self.office, one)
        body.addWidget(label(" · ".join(part for part in (one.kind, f"编号 {one.number}") if part), "quiet", wrap=True))
        body.addWidget(label(unit or "未入网格", "" if unit else "late"))
        if one.address:
            body.addWidget(label(one.address, "quiet", wrap=True))
        body.addWidget(line())
        size = f"{one.people} 人" if one.people is not None else "未填"
        members = f"{one.party_members} 人" if one.party_members is not None else "未填"
        for title, words in (
            ("规模", size), ("党组织", one.party_branch or "未填"), ("党员", members),
            ("信用代码", one.credit_code or "未填"),
        ):  # fmt: skip
            body.addLayout(row(label(title, "quiet"), 1, label(words)))
        body.addWidget(line())
        body.addWidget(label(one.contact or "没有联系人", "heading" if one.contact else "late"))
        phone = mask.phone(one.phone, (TABLE, one.id)) if one.phone else "没有电话"
        body.addWidget(label(phone, "" if one.phone else "late"))
        if one.phone:
            body.addLayout(row(reveal.eye(self.page, self.office, (TABLE, one.id), f"驻区单位 {one.name}"), 1))
        if one.note:
            body.addWidget(label(mask.note(one.note), "quiet", wrap=True))
        body.addWidget(line())
        edit = button("编辑", self.edit, kind="primary", shortcut="F2")
        body.addLayout(row(edit, button("删除", self.delete, kind="danger"), 1))

    def new(self) -> None:
        """Enter an organisation."""
        made: list[int] = []

        def save(new: dict[str, Any]) -> None:
            made.append(organisations.create(self.office, new))

        number = organisations.proposed_number(self.office)
        editor = OrganisationEditor(self.page, "新建驻区单位", {"number": number}, save)
        if editor.exec():
            self.main.say("已新建", undo=True)
            self.open(made[-1])
        elif editor.wanted is not None:
            self.open(editor.wanted)

    def edit(self) -> None:
        """Edit the chosen organisation."""
        if self.record is None:
            return
        number = self.record
        one = organisations.get(self.office, number)
        values = {key: getattr(one, key) for key in organisations.FIELDS}

        def save(new: dict[str, Any]) -> None:
            organisations.update(self.office, number, new, one.version)

        guard = reveal.guarding(self.office, (TABLE, number), f"驻区单位 {one.name}")
        editor = OrganisationEditor(self.page, f"编辑 {one.name}", values, save, number, guard=guard)
        if editor.exec():
            self.main.say("已保存", undo=True)
        elif editor.wanted is not None:
            self.open(editor.wanted)

    def delete(self) -> None:
        """Delete the selected organisations; undo brings them back."""
        ids = self.table.selected() or ([self.record] if self.record is not None else [])
        if ids:
            self.do(lambda: organisations.delete(self.office, ids), "已删除")
