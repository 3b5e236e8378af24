"""The timeline of a case as one story: steps, calls and papers as they happened, each told in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from gridoffice.domain import casework, loop, sources, work
from gridoffice.domain.casework import CaseContact, CasePaper
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import Case, CaseStep
from gridoffice.modules.cases.dealing import CONTACTS

STEP_WORDS = {
    "collect": "登记事项",
    "ask": "申请延期",
    "grant": "准予延期",
    "refuse": "不准延期",
    "supervise": "督办",
    "reassign": "改派承办人",
    "merge": "合并",
    "task": "分办任务",
    "task_done": "任务完成",
    "task_off": "取消任务",
    "photo": "添加照片",
}
"""Steps that change no state."""

PAPERS = {
    "accept": "受理单", "dispatch": "交办单", "notice": "提示函", "transfer": "移送函", "report": "情况报告",
    "tell": "办结告知书",
}  # fmt: skip
"""The papers that steps make (`letters.py`)."""

MADE_BY = {"accept": "accept", "dispatch": "dispatch", "transfer": "hand_over", "report": "report_up", "tell": "close"}
"""The step after which a paper can be made."""


@dataclass(frozen=True)
class Happening:
    """One line of the story: when, what in a word, told in a sentence, and how it is to be seen (a tone)."""

    at: datetime
    title: str
    text: str
    tone: str = "plain"
    is_timed: bool = True  # False: only the day is known

    def when(self, form: str) -> str:
        """The moment in a form of `strftime`; of a day without a time only the day."""
        day = form if self.is_timed else form.partition("%H")[0].strip()
        return f"{self.at:{day}}" if day else ""


def story(session: Session, case: Case) -> tuple[Happening, ...]:
    """Steps, calls and papers as they happened; extensions, tasks, 督办 and photos are steps already."""
    steps = work.steps_of(session, case.id)
    found = [_collected(session, case, one) if one.verb == "collect" else _step(one) for one in steps]
    closing = {one.at for one in steps if one.verb == "close"}
    for one in casework.of_case(session, CaseContact, case.id):
        if one.kind == "told" and one.at in closing:
            continue  # told while it was closed: the step says so
        found.append(_contact(one))
    for paper in casework.of_case(session, CasePaper, case.id):
        text = " ".join(filter(None, (paper.number, f"送{paper.addressee}" if paper.addressee else "")))
        title = PAPERS.get(paper.kind, paper.kind)
        found.append(Happening(_made_at(paper.day, MADE_BY.get(paper.kind), steps), title, text, is_timed=False))
        if paper.replied_on is not None:
            told = f"{paper.number}：{paper.reply}"
            found.append(Happening(_made_at(paper.replied_on, None, steps), "收到回执", told, is_timed=False))
    return tuple(sorted(found, key=lambda one: one.at))


def _made_at(day: date, verb: str | None, steps: Sequence[CaseStep]) -> datetime:
    """Where in its day a paper stands: right after the step that made it, else after all steps of the day."""
    of_day = [one for one in steps if one.at.date() == day]
    own = [one for one in of_day if one.verb == verb] or of_day
    return max((one.at for one in own), default=datetime.combine(day, time(12)))


def _collected(session: Session, case: Case, one: CaseStep) -> Happening:
    """How it began: who, where from, where it is."""
    unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
    source = sources.title(session, case.source)
    by = f"（{case.reporter}）" if case.reporter else ""
    note = "" if one.note == source else one.note
    told = "，".join(filter(None, (f"{source}{by}", unit.name if unit else "", case.place, note)))
    return Happening(one.at, action(one.verb, one.old, one.new), f"{one.who}：{told}")


def _contact(one: CaseContact) -> Happening:
    title = CONTACTS.get(one.kind, "联系")
    how = f"{one.way}{title}{one.whom or '当事人'}"
    told = "，".join(filter(None, (how, one.text, loop.SATISFACTION.get(one.satisfaction, ""))))
    return Happening(one.at, title, f"{one.who}：{told}", "late" if one.satisfaction == "bad" else "plain")


def action(verb: str, old: str, new: str) -> str:
    """The words of a step in the timeline; steps of older offices know no verb."""
    if verb in loop.VERBS:
        return loop.title_of(loop.VERBS[verb], old)
    return STEP_WORDS.get(verb) or ("登记事项" if not old else work.STATES.get(new, new))


TONES = {
    "return": "late", "send_back": "late", "rework": "late", "reopen": "late", "refuse": "late", "supervise": "late",
    "decline": "late", "ask": "soon", "grant": "soon", "close": "done", "verify": "done", "task_done": "done",
    "archive": "done", "handle": "done", "reply": "done",
}  # fmt: skip


def _step(one: CaseStep) -> Happening:
    to = f"派给{one.handler}" if one.verb == "dispatch" and one.handler else ""
    to = f"改派{one.handler}" if one.verb == "reassign" and one.handler else to
    to = f"交{one.handler}重办" if one.verb in ("rework", "reopen") and one.handler else to
    out = f"移交{one.body}" if one.body else ""
    told = "，".join(filter(None, (to, out, one.note)))
    return Happening(one.at, action(one.verb, one.old, one.new), f"{one.who}：{told}" if told else one.who,
                     TONES.get(one.verb, "plain"))  # fmt: skip
