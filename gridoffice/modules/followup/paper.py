"""The follow-up sheet on paper: four visits side by side, as the norm's form has them."""

from __future__ import annotations

from datetime import datetime

from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.forms import answers as sheets
from gridoffice.forms import load
from gridoffice.forms.rules import ACTIONS
from gridoffice.forms.schema import Form
from gridoffice.modules.followup.lists import outcome_words
from gridoffice.modules.followup.model import Visit
from gridoffice.modules.followup.register import of_id, visits_of
from gridoffice.modules.followup.visits import age_on
from gridoffice.papers import table
from gridoffice.papers.views import TableColumn, TableView

VISITS = 4
"""Visits on one sheet (reference 4.0)."""


def sheet(office: Office, enrolment_id: int) -> TableView:
    """The last four visits of a person, the oldest first; columns not yet used are left to be written in by hand."""
    with office.read() as session:
        record = of_id(session, enrolment_id)
        visits = visits_of(session, enrolment_id)[:VISITS][::-1]
        age = age_on(session, record, office.today())
        name = settings.get(session, "name")
    form = load.programme_form(record.programme)
    spare = [""] * (VISITS - len(visits))
    days = [visit.day.isoformat() for visit in visits]
    facts = [f"姓名：{record.name}", f"年龄：{age} 岁" if age is not None else "年龄：＿＿", "编号：＿＿＿－＿＿＿＿＿"]
    return TableView(
        title=form.title,
        subtitle="　　".join(facts),
        columns=(TableColumn("随访日期", 150), *(TableColumn(day or "　　　　　　", 110) for day in [*days, *spare])),
        rows=tuple(_rows(form, record.programme, visits, spare)),
        footer=f"{name} · 本表由医生填写，注意保密 · 制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}",
        signers=("随访医生", "患者或家属"),
    )


def draw(office: Office, enrolment_id: int) -> bytes:
    """The sheet as PDF."""
    return table.draw(sheet(office, enrolment_id))


def _rows(form: Form, programme: str, visits: list[Visit], spare: list[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for section in form.sections:
        rows.append((f"【{section.title}】", *[""] * VISITS))
        for item in section.items:
            unit = f"（{item.unit}）" if item.unit else ""
            told = [sheets.shown(item, visit.answers).removesuffix(item.unit).strip() for visit in visits]
            rows.append((f"{item.title}{unit}", *told, *spare))
    rows.append(("【结果】", *[""] * VISITS))
    classes = [outcome_words(programme, visit.outcome).partition("|")[2] for visit in visits]
    actions = [ACTIONS.get(visit.action, visit.action) for visit in visits]
    following = [visit.next_on.isoformat() if visit.next_on else "" for visit in visits]
    rows.append(("此次随访分类", *classes, *spare))
    rows.append(("处理", *actions, *spare))
    rows.append(("下次随访日期", *following, *spare))
    rows.append(("随访医生", *[visit.doctor for visit in visits], *spare))
    return rows
