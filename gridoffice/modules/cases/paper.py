"""The story of one case as a paper: A4, numbers masked, linked households not named."""

from __future__ import annotations

from datetime import datetime

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings, work
from gridoffice.modules.cases import service, unnamed
from gridoffice.modules.cases.details import Details, details
from gridoffice.modules.cases.service import CaseView
from gridoffice.papers import parts
from gridoffice.papers.views import PartsView, PartView

TITLE = 22  # letters of a title that are read in half a line
LONGEST = 90  # letters that surely have room in one line of the table


def view(office: Office, case_id: int) -> PartsView:
    """What stands on the paper; raises OfficeError when the case is gone."""
    case, about = service.view(office, case_id), details(office, case_id)
    if about is None:
        raise OfficeError("这件事项已经不在了", do="请刷新后再试")
    with office.read() as session:
        name = settings.get(session, "name")
        names = unnamed.hidden(session, session.get_one(work.Case, case_id))

    def shown(text: str) -> str:
        return unnamed.hide(text, names)

    made = f"制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}"
    rows = tuple(line for one in about.story for line in _lines(one.when("%Y-%m-%d %H:%M"), one.title, shown(one.text)))
    told = [PartView("办理过程", ("时间", "步骤", "情况"), rows)]
    if about.tasks:
        tasks = tuple((one.text, shown(one.detail)) for one in about.tasks)
        told.append(PartView("分办任务", ("任务", "办理"), tasks))
    return PartsView(
        title="事项办理过程",
        number=case.number,
        facts=tuple((word, shown(text)) for word, text in _facts(case, about) if text),
        parts=tuple(told),
        remarks=tuple(filter(None, (shown(_long(case.entry.title)), shown(case.entry.text), about.why))),
        declaration="",
        signers=("经办人", "审核人"),
        footer=f"{name} · 内部资料，注意保管 · {made} · 号码已遮住，不写户名",
    )


def _lines(at: str, title: str, text: str) -> list[tuple[str, str, str]]:
    """A line of the story, and lines that go on with what is too long for one."""
    pieces = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)] or [""]
    return [(at, title, pieces[0]), *(("", "", piece) for piece in pieces[1:])]


def _long(title: str) -> str:
    """A title that has no room among the facts; it then stands whole under them. "" for a short one."""
    return title if len(title) > TITLE else ""


def _facts(case: CaseView, about: Details) -> tuple[tuple[str, str], ...]:
    entry = case.entry
    pairs = (
        ("事项", entry.title if not _long(entry.title) else f"{entry.title[:TITLE]}…"),
        ("状态", case.standing.partition("|")[2]),
        ("网格", case.unit or "未定"),
        ("地点", entry.place),
        ("类别", " · ".join(filter(None, (entry.category, entry.subcategory)))),
        ("方式", work.KINDS.get(entry.kind, entry.kind)),
        ("来源", case.source),
        ("发现", chinese(entry.found_on)),
        ("承办人", entry.handler),
        ("时限", chinese(entry.due_on) if entry.due_on else ""),
        ("结案", chinese(case.closed_on) if case.closed_on else ""),
        ("督办", about.supervision),
        ("照片", f"{len(about.photos)} 张" if about.photos else ""),
    )
    return pairs


def draw(office: Office, case_id: int) -> bytes:
    """The paper as PDF."""
    return parts.draw(view(office, case_id))
