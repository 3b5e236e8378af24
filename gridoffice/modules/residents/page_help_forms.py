"""The forms of the help list: entering with consent, changing, a visit, renewing, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.modules.residents import help, help_paper
from gridoffice.modules.residents.help_consent import Entry, entry_from, latest
from gridoffice.modules.residents.help_file import HelpFile
from gridoffice.ui import dialogs, output
from gridoffice.ui.editor import Editor, edit
from gridoffice.ui.fields import Field
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.reveal import guarding

NOTE = "本人（不满 14 周岁的由监护人）签了同意书才能登记；不写病情。同意最长 12 个月，随时可以撤回。"
FILES = "扫描件和照片 (*.pdf *.jpg *.jpeg *.png)"


def _plan_fields(office: Office) -> list[Field]:
    titles = [(kind.title, kind.title) for kind in help.kinds(office)]
    return [
        Field("kind", "帮扶类别", "choice", required=True, choices=titles, is_open=True, help="也可以自己写一类"),
        Field("contact_id", "联系人", "pick", choices=help.staff(office), help="谁负责走访"),
        Field("interval_days", "走访间隔", "number", required=True, unit="天"),
        Field("next_on", "下次走访", "date", help="空着按间隔推算"),
        Field("need", "需要什么帮助", "multiline", help="例如：买菜送药、修水电、陪同看病。不写病名"),
    ]


def _consent_fields(office: Office) -> list[Field]:
    return [
        Field("consent_on", "同意日期", "date", required=True, section="同意"),
        Field("until", "到期", "date", required=True, help="最长 12 个月"),
        Field("guardian", "监护人", help="本人同意的空着"),
        Field("relation", "监护人关系", help="例如 女儿、村委会指定"),
    ]


def _purpose_fields() -> list[Field]:
    return [Field("purpose", "目的", required=True), Field("scope", "内容范围", required=True)]


def pick_scan(parent: QWidget) -> tuple[str, bytes] | None:
    """Choose a scan of the signed paper: its name and bytes."""
    files = dialogs.open_files(parent, "选择同意书扫描件或照片", FILES)
    read: list[tuple[str, bytes]] = []
    if files and dialogs.guarded(parent, lambda: read.append((files[0].name, Path(files[0]).read_bytes()))):
        return read[0]
    return None


class HelpEditor(Editor):
    """Enters somebody; kind and person bring their usual words along as long as those were not changed by hand."""

    def __init__(self, parent: QWidget, office: Office, entry: Entry) -> None:
        self.office, self.entry = office, entry
        self.made: int | None = None
        self.scan: tuple[str, bytes] | None = None
        person = Field(
            "resident_id", "谁", "seek", required=True, help="姓名、拼音首字母、电话尾号",
            find=partial(help.find_people, office), name_of=partial(help.person_words, office),
        )  # fmt: skip
        fields = [person, *_plan_fields(office), *_consent_fields(office), *_purpose_fields()]
        fields.append(Field("note", "备注", "multiline"))
        super().__init__(parent, "登记帮扶", fields, vars(entry), self._enter, note=NOTE)
        self.basis = label("", "quiet", wrap=True)
        self.body.addWidget(self.basis)
        self.scanned = label("还没有扫描件（可以以后补）", "quiet")
        paper = button("打印同意书…", self.print_sheet)
        self.body.addLayout(row(paper, button("选扫描件…", self.choose_scan), self.scanned, 1))
        inputs = self.form.inputs
        inputs["kind"].edited.connect(self._kind_changed)
        inputs["resident_id"].edited.connect(self._person_changed)
        inputs["consent_on"].edited.connect(self._day_changed)
        self._tell_basis()

    def _value(self, key: str) -> Any:
        try:
            return self.form.inputs[key].value()
        except ValueError:
            return None

    def _tell_basis(self) -> None:
        kind = help.kind_of(self.office, str(self._value("kind") or ""))
        only = f"　只能由{'、'.join(kind.contacts[:2])}联系。" if kind.contacts else ""
        self.basis.setText(f"依据：{kind.basis}。{only}" if kind.title else "")

    def _take(self, wanted: Entry, keys: tuple[str, ...]) -> None:
        """Put proposed values where the former proposal still stands."""
        for key in keys:
            if self._value(key) in (getattr(self.entry, key), None, ""):
                self.form.inputs[key].put(getattr(wanted, key))
        self.entry = replace(self.entry, **{key: getattr(wanted, key) for key in keys})

    def _kind_changed(self) -> None:
        kind = str(self._value("kind") or "")
        self._take(help.proposal(self.office, None, kind), ("purpose", "scope", "interval_days"))
        self._tell_basis()

    def _person_changed(self) -> None:
        person = self._value("resident_id")
        if person is not None:
            self._take(help.proposal(self.office, person), ("kind", "contact_id", "purpose", "scope"))
            self._tell_basis()

    def _day_changed(self) -> None:
        day = self._value("consent_on")
        if day is not None:
            self._take(replace(self.entry, until=latest(day)), ("until",))

    def choose_scan(self) -> None:
        """Choose the scan to keep with the entry."""
        self.scan = pick_scan(self) or self.scan
        if self.scan is not None:
            self.scanned.setText(f"扫描件：{self.scan[0]}")

    def print_sheet(self) -> None:
        """Print the sheet as the form stands, to be signed before it is saved."""
        entry = entry_from({key: self._value(key) for key in self.form.inputs})
        kind = help.kind_of(self.office, entry.kind)
        person = help.person_words(self.office, entry.resident_id).split("　")[0] if entry.resident_id else ""
        draw = partial(help_paper.sheet, self.office, None, entry, kind.basis, person)
        output.print_paper(self, "帮扶同意书.pdf", draw)

    def _enter(self, values: dict[str, Any]) -> None:
        self.made = help.enter(self.office, entry_from(values), self.scan)


def change(parent: QWidget, office: Office, shown: HelpFile) -> bool:
    """Change need, contact and plan of an entry; True when it was saved."""
    fields = [*_plan_fields(office), *_purpose_fields(), Field("note", "备注", "multiline")]

    def save(values: dict[str, Any]) -> None:
        whole = {**vars(shown.entry), **values}
        help.change(office, shown.id, entry_from(whole), shown.version)

    subject = f"帮扶名单 {shown.code if shown.is_minor else shown.name}"
    guard = guarding(office, ("help_entry", shown.id), subject)
    note = "同意日期和到期用“续期”改。"
    return edit(parent, f"{shown.code} {shown.call}", fields, vars(shown.entry), save, note=note, guard=guard)


def visit(parent: QWidget, office: Office, shown: HelpFile) -> bool:
    """Note a visit; True when it was saved."""
    results = [(word, word) for word in help.RESULTS]
    fields = (
        Field("day", "走访日期", "date", required=True),
        Field("result", "结果", "choice", required=True, choices=results),
        Field("by", "谁去的"),
        Field("next_on", "下次走访", "date", help=f"空着按每 {shown.entry.interval_days} 天"),
        Field("note", "情况", "multiline", help="例如：一切正常；灯坏了，已报修。不写病情"),
    )
    values = {"day": office.today(), "result": help.RESULTS[0], "by": shown.contact.partition("（")[0]}

    def save(new: dict[str, Any]) -> None:
        help.record_visit(
            office, shown.id, new["day"], new["result"] or "", by=new["by"], note=new["note"], next_on=new["next_on"]
        )

    return edit(parent, f"登记走访：{_who(shown)}", fields, values, save, columns=1)


def _who(shown: HelpFile) -> str:
    is_open = not shown.is_minor or mask.is_revealed(("help_entry", shown.id))
    return shown.name if is_open else f"{shown.call} {shown.code}"


def renew(parent: QWidget, office: Office, shown: HelpFile) -> bool:
    """A new consent; True when it was saved."""
    on = office.today()
    values = {**vars(shown.entry), "consent_on": on, "until": latest(on)}

    def save(new: dict[str, Any]) -> None:
        help.renew(office, shown.id, entry_from({**vars(shown.entry), **new}))

    note = "请本人（监护人）再签一张同意书；签好后把扫描件加进来。"
    return edit(parent, f"续期：{_who(shown)}", _consent_fields(office), values, save, columns=1, note=note)


def withdraw(parent: QWidget, office: Office, shown: HelpFile) -> bool:
    """The person takes the consent back; True when it was done."""
    fields = (Field("reason", "怎么提出的", help="例如：本人来电、当面说；可以不填"),)

    def save(new: dict[str, Any]) -> None:
        help.withdraw(office, shown.id, f"本人撤回，{new['reason']}" if new["reason"] else "本人撤回")

    note = "撤回马上生效，走访停止。内容随后要销毁；销毁以前还可以撤销这一步。"
    return edit(parent, f"本人撤回：{_who(shown)}", fields, {}, save, columns=1, note=note)
