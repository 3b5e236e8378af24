"""The record of a fire check on paper, filled or blank to take along (reference 5.6)."""

from __future__ import annotations

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.forms import load
from gridoffice.forms.schema import CHECKED, FAIL, Answers, Form
from gridoffice.modules.inspections import checks, places
from gridoffice.modules.inspections.checks import Check
from gridoffice.papers import table
from gridoffice.papers.views import TableColumn, TableView

TITLE = "消防安全检查记录表"


def filled(office: Office, check_id: int) -> TableView:
    """The record of a check: every item with its answer, or the hazards where there was no checklist."""
    check = checks.view(office, check_id)
    form = load.known(check.entry.checklist) if check.entry.checklist else None
    place = places.view(office, check.entry.premises_id or 0)
    who = "、".join(name for name in (check.entry.inspector, check.entry.second) if name)
    facts = [place.entry.name, place.entry.number, check.kind, f"{chinese(check.entry.day)}", f"检查人：{who}"]
    rows: list[tuple[str, ...]]
    if form:
        rows = _rows(form, check.entry.answers)
    else:
        rows = [(str(number), text, CHECKED[FAIL], "") for number, (_id, text) in enumerate(check.hazards, 1)]
    return _view(office, facts, [*rows, _conclusion(check)])


def blank(office: Office, place_id: int) -> TableView:
    """The checklist of a place to be filled in by hand."""
    place = places.view(office, place_id)
    entry = place.entry
    facts = [
        entry.name,
        entry.number,
        entry.kind,
        entry.address,
        f"负责人：{entry.owner or '＿＿＿＿'}",
        "检查日期：＿＿＿＿",
    ]
    form = checks.checklist_for(entry.kind)
    rows: list[tuple[str, ...]] = [(item.key, item.title, "□合格 □不合格 □不适用", "") for item in form.items]
    return _view(office, facts, rows)


def draw(view: TableView) -> bytes:
    """A record as PDF."""
    return table.draw(view)


def _rows(form: Form, answers: Answers) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for item in form.items:
        answer = str(answers.get(item.key, ""))
        note = str(answers.get(f"{item.key}_note", ""))
        told = "。".join(text for text in (item.hazard, note, f"依据：{item.basis}") if text)
        found.append((item.key, item.title, CHECKED.get(answer, ""), told if answer == FAIL else ""))
    return found


def _conclusion(check: Check) -> tuple[str, ...]:
    number = len(check.hazards)
    word = f"发现隐患 {number} 处，已当面告知" if number else "未发现隐患"
    note = f"；{check.entry.note}" if check.entry.note else ""
    return ("", "总体结论", check.result, word + note)


def _view(office: Office, facts: list[str], rows: list[tuple[str, ...]]) -> TableView:
    with office.read() as session:
        name = settings.get(session, "name")
    return TableView(
        title=f"{name}{TITLE}",
        subtitle="　".join(fact for fact in facts if fact),
        columns=(
            TableColumn("编号", 40),
            TableColumn("检查项目", 120),
            TableColumn("结果", 100),
            TableColumn("问题和依据　　　　　　　　", 220),
        ),
        rows=tuple(rows),
        footer=f"{name} · 网格检查是服务和提示，不代替消防监督检查",
        signers=("检查人", "场所负责人"),
    )
