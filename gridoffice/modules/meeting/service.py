"""The week's slides: every module gives its own, in their order, behind a page that tells their findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from gridoffice.core.calendar import week_of
from gridoffice.core.errors import OfficeError
from gridoffice.core.figures import Slide
from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain import settings

SUMMARY = "summary"
"""Key of the first slide, on which the findings stand."""


def day_of(week: date, today: date) -> date:
    """The day a week is told from: today in the running week, else the week's Sunday."""
    monday, sunday = week_of(week)
    return today if monday <= today <= sunday else sunday


def week_title(on: date) -> str:
    """Monday to Sunday without the year: 11月16日—22日, 11月30日—12月6日."""
    monday, sunday = week_of(on)
    end = f"{sunday.day}日" if sunday.month == monday.month else f"{sunday.month}月{sunday.day}日"
    return f"{monday.month}月{monday.day}日—{end}"


def weeks(today: date, number: int = 12) -> list[tuple[date, str]]:
    """The running week and those before it, each as the day it is told from and its name."""
    found = []
    for back in range(number):
        on = day_of(today - timedelta(weeks=back), today)
        word = ("本周", "上周")[back] if back < 2 else ""
        found.append((on, f"{word}　{week_title(on)}".strip("　") if word else f"{on.year}年 {week_title(on)}"))
    return found


def slides(office: Office, on: date) -> list[Slide]:
    """All slides of the week of `on`; raises OfficeError when no module has anything to show."""
    found = [slide for module in modules() if module.slides for slide in load(module.slides)(office, on)]
    if not found:
        raise OfficeError("还没有可以展示的内容", do="请先登记巡查、随访或检查，或导入办公室的表格")
    found.sort(key=lambda slide: slide.order)
    with office.read() as session:
        name = settings.get(session, "name")
    return [_summary(name, on, found), *found]


def _summary(name: str, on: date, found: Iterable[Slide]) -> Slide:
    """The opening page: what each of the others finds."""
    monday, sunday = week_of(on)
    return Slide(
        key=SUMMARY,
        title=f"{name}网格例会：{week_title(on)}要点",
        kind="table",
        header=("序号", "要点", "合计"),
        rows=tuple((str(n), slide.title, slide.total) for n, slide in enumerate(found, 1)),
        period=f"{monday.isoformat()} 至 {sunday.isoformat()}",
        total=f"数据截至 {on.month}月{on.day}日",
        order=0,
    )
