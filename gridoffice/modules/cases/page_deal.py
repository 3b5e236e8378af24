"""The dialogs of what is done about a case beside its steps; each keeps the sentence of what is refused."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.domain import loop
from gridoffice.domain.casework import CaseContact
from gridoffice.modules.cases import dealing, page_offers, page_phrases, seeking, service
from gridoffice.modules.cases.details import Details
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field


def names(office: Office) -> list[tuple[str, str]]:
    """The names of everybody in service, once each."""
    return [(name, name) for name in dict.fromkeys(choice.text for choice in service.staff_choices(office))]


def _who(office: Office, title: str) -> Field:
    return Field("who", title, "choice", required=True, is_open=True, choices=names(office))


def _made(parent: QWidget, title: str, fields: list[Field], values: dict[str, Any], save: Any, **more: Any) -> Editor:
    word = more.pop("word", "保存")
    editor = Editor(parent, title, fields, values, save, columns=1, **more)
    editor.save_button.setText(word)
    return editor


def ask(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """Ask for more working days."""
    fields = [
        _who(office, "申请人"),
        Field("days", "延长", "number", required=True, unit="个工作日"),
        Field("reason", "原因", "multiline", required=True),
    ]
    start = {"who": case.entry.handler or office.user, "days": 3}
    editor = _made(
        parent, f"申请延期 · {case.entry.title}", fields, start,
        lambda given: dealing.ask(office, case.id, given["days"], given["reason"], given["who"]),
        word="申请", note="批准的人不能是申请人；批准以前时限不变。",
    )  # fmt: skip
    page_phrases.offer(editor, office, "ask", case.entry.category, "reason")
    return editor


def decide(parent: QWidget, office: Office, case: CaseView, about: Details, is_granted: bool) -> Editor:
    """Grant or refuse the extension that waits."""
    asked = about.pending
    word = "准予延期" if is_granted else "不准延期"
    fields = [_who(office, "审批人"), Field("note", "意见", "multiline", required=not is_granted)]
    return _made(
        parent, f"{word} · {case.entry.title}", fields, {"who": office.user},
        lambda given: dealing.decide(
            office, case.id, is_granted=is_granted, who=given["who"], note=given["note"] or ""
        ),
        word=word, note=f"{asked.text.partition(' · ')[0]}。{asked.detail}" if asked else "",
    )  # fmt: skip


def supervise(parent: QWidget, office: Office, case: CaseView, about: Details) -> Editor:
    """Put a case under a leader."""
    staff = [(c.id, f"{c.text}（{c.detail}）" if c.detail else c.text) for c in service.staff_choices(office)]
    rungs = seeking.rungs(office)
    fields = [
        Field("rank", "督办级别", "choice", required=True, choices=rungs),
        Field("leader", "督办领导", "pick", required=True, choices=staff),
        _who(office, "登记人"),
        Field("note", "要求", "multiline"),
    ]
    note = f"按逾期天数，建议“{about.proposed}”。" if about.proposed else ""
    note += "领导不在名单里时，先在“人员”里登记。"
    start = {"rank": about.proposed_rank or rungs[0][0], "who": office.user}
    return _made(
        parent, f"督办 · {case.entry.title}", fields, start,
        lambda given: dealing.put_under(
            office, case.id, given["rank"], given["leader"], given["who"], given["note"] or ""
        ),
        word="督办", note=note,
    )  # fmt: skip


def lift(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """End the 督办 with a reason."""
    fields = [_who(office, "登记人"), Field("note", "取消原因", "multiline", required=True)]
    return _made(
        parent, f"取消督办 · {case.entry.title}", fields, {"who": office.user},
        lambda given: dealing.put_under(office, case.id, 0, None, given["who"], given["note"]), word="取消督办",
    )  # fmt: skip


def add_task(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """Give a part of the work to somebody."""
    fields = [
        Field("title", "任务", required=True, help="例如 架设围挡"),
        Field("handler", "由谁办", "choice", required=True, is_open=True, choices=names(office), help="单位或姓名"),
        Field("due_on", "时限", "date"),
        _who(office, "分办人"),
    ]
    due = case.entry.due_on
    editor = _made(
        parent, f"分办任务 · {case.entry.title}", fields,
        {"due_on": due if due is not None and due >= office.today() else None, "who": office.user},
        lambda given: dealing.add_task(
            office, case.id, given["title"], given["handler"], given["due_on"], given["who"]
        ),
        word="分办", note="还有任务没有完成，事项就不能结案。",
    )  # fmt: skip
    page_offers.stand_in(editor, office)
    return editor


def finish_task(parent: QWidget, office: Office, case: CaseView, task_id: int, title: str) -> Editor:
    """A part of the work is done."""
    fields = [_who(office, "登记人"), Field("note", "完成情况", "multiline")]
    return _made(
        parent, f"任务完成 · {title}", fields, {"who": office.user},
        lambda given: dealing.finish_task(office, case.id, task_id, given["who"], given["note"] or ""), word="完成",
    )  # fmt: skip


def contact(parent: QWidget, office: Office, case: CaseView, about: Details, kind: str = "contact") -> Editor:
    """Keep a call or talk; a call-back that finds it not solved sends the case back."""
    fields = [
        Field("kind", "事由", "choice", required=True, choices=list(dealing.CONTACTS.items())),
        Field("way", "方式", "choice", required=True, choices=[(way, way) for way in dealing.WAYS]),
        _who(office, "联系人"),
        Field("whom", "联系了谁", help="反映人或当事人"),
        Field("satisfaction", "满意", "choice", choices=list(loop.SATISFACTION.items())),
        Field("text", "说了什么", "multiline"),
        Field("again", "结果", "check", help="没有解决，退回重办"),
    ]

    def save(given: dict[str, Any]) -> None:
        texts = {key: given[key] or "" for key in ("kind", "way", "who", "whom", "satisfaction", "text")}
        dealing.contact(office, case.id, CaseContact(**texts), is_solved=not given["again"])

    usual = case.finder if kind == "callback" and case.finder != case.entry.handler else office.user
    start = {"kind": kind, "way": "电话", "who": usual, "whom": about.reporter}
    editor = _made(parent, f"联系记录 · {case.entry.title}", fields, start, save)
    page_phrases.offer(editor, office, "contact", case.entry.category, "text")
    return editor


def link(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """Find a household and link it."""
    field = Field(
        "house", "哪一户", "seek", required=True, help="编号、地址、姓名",
        find=partial(seeking.find_households, office), name_of=partial(seeking.house_words, office),
    )  # fmt: skip
    return _made(
        parent, f"关联户 · {case.entry.title}", [field], {},
        lambda given: dealing.link(office, case.id, given["house"]),
        word="关联", note="关联的户只在程序里看，打印出来的办理过程不写户名。",
    )  # fmt: skip


def merge(parent: QWidget, office: Office, case: CaseView) -> Editor:
    """Find the other case of the same matter; it goes into this one."""
    fields = [
        Field("other", "重复的一件", "seek", required=True, help="编号、标题、地点",
              find=lambda text: seeking.find_cases(office, text, case.id),
              name_of=partial(seeking.case_words, office)),
        _who(office, "登记人"),
    ]  # fmt: skip
    return _made(
        parent, f"合并重复 · {case.entry.title}", fields, {"who": office.user},
        lambda given: dealing.merge(office, case.id, given["other"], given["who"]),
        word="并入本件",
        note=f"找到的一件并入 {case.number}：照片、联系、任务、文书和关联户都归到本件，那一件结案，仍可查到。",
    )  # fmt: skip


def place(parent: QWidget, office: Office, case: CaseView, heirs: list[tuple[int, str]]) -> Editor:
    """Choose the unit that stands where the case's own one stood."""
    units = heirs or [(choice.id, choice.text) for choice in service.unit_choices(office)]
    field = Field("unit", "现在的网格", "pick", required=True, choices=units)
    return _made(
        parent, f"改到现在的网格 · {case.entry.title}", [field], {"unit": heirs[0][0] if heirs else None},
        lambda given: dealing.move(office, case.id, given["unit"]),
        word="改到这里", note=f"“{case.unit}”已经撤并，先选现在的网格，再继续办理。",
    )  # fmt: skip
