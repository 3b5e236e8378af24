"""What 今日 shows: every module's numbers, three short lists of what presses, and the first steps of a new office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from gridoffice.core.module import Count, Module, load, modules
from gridoffice.db.office import Office
from gridoffice.domain import sample, settings
from gridoffice.domain.grids import TOWN, GridUnit
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.networks import Assignment
from gridoffice.domain.staff import Staff

LONGEST = 6


@dataclass(frozen=True)
class Wanted:
    """A short list: its words, whose list, which views (the first is opened), and columns by title."""

    title: str
    module: str
    listing: str
    views: tuple[str, ...]
    columns: tuple[str, ...]
    nothing: str


SHORT = (
    Wanted("逾期事项", "cases", "cases", ("逾期",), ("事项", "网格", "状态"), "没有逾期事项"),
    # 健康服务预约: whose turn it is, never why (reference 4.8).
    Wanted("今天应访 · 健康服务预约", "followup", "followup", ("应访",), ("姓名", "网格", "状态"), "今天没有应访的人"),
    Wanted("到期隐患", "inspections", "hazards", ("逾期", "今天到期"), ("场所", "隐患", "状态"), "没有到期的隐患"),
)
OWN = (
    *SHORT,
    Wanted("应走访 · 帮扶", "residents", "help", ("逾期", "应走访"), ("称呼", "网格", "走访"), "没有到期的帮扶走访"),
)
"""The short lists of one worker."""


@dataclass(frozen=True)
class Group:
    """A module's numbers."""

    module: str
    title: str
    icon: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Line:
    """A row of a short list: main words, lesser words, "tone|word"."""

    id: int
    text: str
    detail: str
    standing: str


@dataclass(frozen=True)
class ShortList:
    """The first rows of what presses, how many there are in all, and where all of them stand."""

    title: str
    module: str
    listing: str
    view: str
    lines: tuple[Line, ...]
    number: int
    nothing: str


@dataclass(frozen=True)
class FirstStep:
    """One of the first steps of a new office; ticks itself when the office shows that it was taken."""

    key: str
    title: str
    hint: str
    is_done: bool


def groups(office: Office, on: date) -> list[Group]:
    """All numbers, grouped by module in tab order."""
    found = []
    for module in modules():
        counts = tuple(load(module.counts)(office, on)) if module.counts else ()
        if counts:
            found.append(Group(module.key, module.title, module.icon, counts))
    return found


def short_lists(office: Office, on: date, staff_id: int | None = None) -> list[ShortList]:
    """Late cases, people whose turn it is, hazards whose day has come; of all or of one worker."""
    # Only the modules named are asked, so that the first tab does not load all the others.
    wanted_of = {module.key: module for module in modules()}
    found = []
    for wanted in OWN if staff_id else SHORT:
        module = wanted_of.get(wanted.module)
        for listing in _listings(module) if module else ():
            if listing.key == wanted.listing:
                found.append(_short(office, on, wanted, listing, staff_id))
    return found


def _listings(module: Module) -> tuple[Listing, ...]:
    if not module.listings:
        return ()
    found: tuple[Listing, ...] = load(module.listings)
    return found


def _short(office: Office, on: date, wanted: Wanted, listing: Listing, staff_id: int | None) -> ShortList:
    views = [view.key for title in wanted.views for view in listing.views if view.title.startswith(title)]
    places = [n for title in wanted.columns for n, column in enumerate(listing.columns) if column.title == title]
    only = (("staff", staff_id),) if staff_id else ()
    with office.read() as session:
        ids = [n for view in views for n in listing.ids_in(session, Query(on=on, view=view, filters=only))]
        ids = list(dict.fromkeys(ids))
        rows = listing.rows_in(session, ids[:LONGEST], on)
    lines = []
    for number in ids[:LONGEST]:
        texts = [rows[number][place] for place in places]
        lines.append(Line(number, texts[0], " · ".join(filter(None, texts[1:-1])), texts[-1]))
    return ShortList(
        wanted.title, wanted.module, listing.key, views[0] if views else "", tuple(lines), len(ids), wanted.nothing
    )


def first_steps(office: Office) -> list[FirstStep]:
    """The steps that make an empty office useful, each ticked by what the office holds."""
    with office.read() as session:
        has_grids = bool(session.scalar(select(exists().where(GridUnit.level > TOWN))))
        has_staff = bool(session.scalar(select(exists().where(Staff.id > 0))))
        has_posts = bool(session.scalar(select(exists().where(Assignment.id > 0))))
        has_phone = bool(settings.get(session, "supervise_phone"))
    return [
        FirstStep("office", "填写办公室信息", "名称、监督电话、便民电话，印在卡片和公示牌上", has_phone),
        FirstStep("import", "导入表格", "把手里的网格、人员、居民、巡查等表格原样拖进来", has_grids),
        FirstStep("staff", "核对网格员和照片", "缺照片、缺岗位的人员一看便知", has_staff and has_posts),
        FirstStep("recovery", "打印恢复单并锁好", "电脑坏了，有备份和这张纸就能打开", _has_sheet(office)),
    ]


def _has_sheet(office: Office) -> bool:
    """Whether a recovery sheet was made; the sample and a database on a server need none."""
    if office.path is None or is_sample(office):
        return True
    documents = [module for module in modules() if module.key == "documents"]
    papers = [found for module in documents for found in _listings(module) if found.key == "papers"]
    return any(found.count(office, Query(on=office.today(), view="recovery")) for found in papers)


def is_empty(office: Office) -> bool:
    """Whether the office holds no unit below the township yet."""
    with office.read() as session:
        return not session.scalar(select(exists().where(GridUnit.level > TOWN)))


def is_sample(office: Office) -> bool:
    """Whether the invented sample township lies in this office."""
    with office.read() as session:
        return bool(settings.get(session, "sample"))


def fill_sample(office: Office) -> None:
    """Put the invented sample township in; raises OfficeError when there are grids already."""
    sample.fill(office)
