"""The week's slides: every module gives its own, in their order, behind a page that tells their findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from gridoffice.core.calendar import chinese, week_of
from gridoffice.core.errors import OfficeError
from gridoffice.core.figures import Slide
from gridoffice.core.module import load, modules
from gridoffice.core.progress import Progress, silent
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
        period=f"{chinese(monday)}—{sunday.month}月{sunday.day}日",
        total=f"数据截至 {on.month}月{on.day}日",
        order=0,
    )


SIZE = (1920, 1080)
"""Pixels of an exported slide."""


def figures(slide: Slide) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """The numbers behind a slide as titles and rows; more than one series gets its sums."""
    if slide.kind == "table" or not slide.series:
        return slide.header, list(slide.rows)
    titles = ("", *(series.name for series in slide.series))
    rows = [
        (text, *(f"{series.values[place]:g}" for series in slide.series)) for place, text in enumerate(slide.labels)
    ]
    if slide.kind in ("bars", "stacked") and len(rows) > 1 and not slide.unit.startswith("%"):
        rows.append(("合计", *(f"{sum(series.values):g}" for series in slide.series)))
    return titles, rows


def export(office: Office, on: date, out_dir: Path, *, progress: Progress = silent) -> list[Path]:
    """Write every slide of the week as PNG and all of them as one PDF into a folder, made when it is not there.

    Works without a screen. Raises OfficeError when the folder cannot be written.
    """
    from gridoffice.papers import slides as pages
    from gridoffice.ui import chart

    found = slides(office, on)
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        files, pictures = [], []
        for number, slide in enumerate(found, 1):
            progress(number - 1, len(found), f"正在画第 {number} 页")
            pictures.append(chart.render(slide, *SIZE))
            files.append(out_dir / f"{number:02d}_{slide.key}.png")
            files[-1].write_bytes(pictures[-1])
        whole = out_dir / f"例会_{on.isoformat()}.pdf"
        whole.write_bytes(pages.draw(pictures))
    except OSError as error:
        raise OfficeError(
            f"例会图表没有全部写进“{out_dir}”",
            safe="办公文件没有改动",
            do=f"请检查磁盘空间和文件夹（{error.strerror}）",
        ) from error
    return [whole, *files]
