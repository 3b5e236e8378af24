"""Any list out of the window: as xlsx as it stands, as a table PDF to save, open or print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gridoffice.core.progress import Progress, silent
from gridoffice.domain import settings
from gridoffice.domain.ids import Ids
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.mask import mask

MANY = 5000  # rows from which it is done beside the window, and from which printing asks first
ON_A_PAGE = 30  # rows, about
CHUNK = 500


def contents(office: Any, listing: Listing, query: Query, *, masked: bool = True) -> tuple[list[str], list[list[str]]]:
    """Titles and rows of a list as it is shown, masked as on the screen unless full numbers were asked for."""
    return titles_of(listing, query), list(rows_of(office, listing, query, masked=masked))


def titles_of(listing: Listing, query: Query) -> list[str]:
    """The titles of the columns that are seen."""
    return [listing.columns[place].title for place in listing.places(query)]


def rows_of(
    office: Any, listing: Listing, query: Query, *, masked: bool = True, progress: Progress = silent
) -> Iterator[list[str]]:
    """The rows one after the other, few of them in memory at once."""
    places, ids = listing.places(query), Ids(office, listing, query)
    total = len(ids)
    wanted = list(ids) if total <= CHUNK else ids.whole()
    for start in range(0, total, CHUNK):
        some = list(wanted[start : start + CHUNK])
        texts = listing.rows(office, some, query.on, masked=masked)
        for number in (one for one in some if one in texts):
            cells = mask.cells(listing.columns, texts[number])
            yield [word_of(listing.columns[place], cells[place]) for place in places]
        progress(min(start + CHUNK, total), total, "")


def has_private(listing: Listing) -> bool:
    """Whether a list has personal numbers that are masked."""
    return any(column.is_masked for column in listing.columns)


def why_full(parent: QWidget, listing: Listing, query: Query, verb: str) -> str:
    """Ask why full numbers are to leave the office, and note it before anything is written; "" when it was left."""
    from gridoffice.domain import reasons
    from gridoffice.ui import reveal

    if mask.is_projected:
        dialogs.toast(parent, "投影模式下不能输出完整号码，请先按 F11 退出投影模式")
        return ""
    title = title_of(listing, query)
    told = f"“{title}”会带着完整的证件号和电话{verb}。文件和纸要有人保管，用完销毁。请说明用途："
    return reveal.ask_reason(parent, f"{verb}完整号码", told, reasons.output_reasons(), verb)


def made_by(office: Any, reason: str = "") -> str:
    """Who made a paper or file and when; with full numbers also what for."""
    told = f"制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}"
    return f"{told} · 含完整号码，用途：{reason}，用完销毁" if reason else told


def title_of(listing: Listing, query: Query) -> str:
    """The list's title on paper with its view or the saved filter: 事项 · 未办结, 居民台账."""
    name = listing.paper or listing.title
    if query.name:
        return f"{name} · {query.name}"
    view = next((view.title for view in listing.views if view.key == query.view), "")
    return f"{name} · {view}" if view and view != "全部" else name


def export(parent: QWidget, listing: Listing, query: Query, *, reason: str = "") -> None:
    """Ask where, and save what is seen as xlsx; with a reason (see `why_full`) the full numbers."""
    name = f"{title_of(listing, query).replace(' · ', '_')}_{date.today():%Y%m%d}.xlsx"
    path = dialogs.save_file(parent, "导出表格", name, "Excel 表格 (*.xlsx)")
    if path is not None:
        dialogs.guarded(parent, lambda: save_xlsx(parent, listing, query, path, reason=reason))


def save_xlsx(parent: Any, listing: Listing, query: Query, path: Path, *, reason: str = "") -> None:
    """Save what is seen as xlsx and say so; full numbers are noted in the access log before they are written.

    Many rows are written beside the window, with progress and 取消.
    """
    from gridoffice.exchange import export as sheets

    number = len(Ids(parent.office, listing, query))
    _note(parent.office, "export", listing, query, number, reason)
    titles, title, note = titles_of(listing, query), title_of(listing, query), made_by(parent.office, reason)

    def work(progress: Progress) -> Path:
        rows = rows_of(parent.office, listing, query, masked=not reason, progress=progress)
        return sheets.write_list(path, title, titles, rows, note=note)

    def done(_path: Path) -> None:
        dialogs.toast(parent, f"已导出 {number:,} 行到 {path.name}{_hidden(listing, reason)}")

    _run(parent, number, f"导出 {number:,} 行", work, done)


def _run(parent: Any, number: int, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
    worker = getattr(parent.window(), "worker", None)
    if worker is not None and number > MANY:
        jobs.run(worker, parent, title, work, done)
    else:
        done(work(silent))


def _note(office: Any, kind: str, listing: Listing, query: Query, number: int, reason: str) -> None:
    if reason:
        office.note_look(kind, f"名单 {title_of(listing, query)}，{number} 条", reason)


def _hidden(listing: Listing, reason: str) -> str:
    """What a toast adds where numbers were left masked."""
    return "，证件号和电话已遮住中间几位" if has_private(listing) and not reason else ""


def print_list(parent: QWidget, listing: Listing, query: Query, *, reason: str = "") -> None:
    """Show what is seen as a table on paper, to be printed or saved; with a reason the full numbers."""
    name = f"{title_of(listing, query).replace(' · ', '_')}_{date.today():%Y%m%d}.pdf"

    def show_it(data: bytes) -> None:
        from gridoffice.ui.paper_dialog import show_paper

        notes = ["证件号和电话已遮住中间几位"] if _hidden(listing, reason) else []
        show_paper(parent, title_of(listing, query), data, file_name=name, notes=notes)

    dialogs.guarded(parent, lambda: draw_list(parent, listing, query, show_it, reason=reason))


def draw_list(
    parent: Any, listing: Listing, query: Query, then: Callable[[bytes], object], *, reason: str = ""
) -> None:
    """Draw what is seen as a table; full numbers are noted in the access log before anything is drawn.

    Many rows are drawn beside the window, with progress and 取消, after it was asked whether that is meant.
    """
    from gridoffice.papers import table
    from gridoffice.papers.views import TableColumn, TableView

    number = len(Ids(parent.office, listing, query))
    if number > MANY and not _is_meant(parent, number):
        return
    _note(parent.office, "print", listing, query, number, reason)
    with parent.office.read() as session:
        name = settings.get(session, "name")
    shown = [listing.columns[place] for place in listing.places(query)]

    def work(progress: Progress) -> bytes:
        rows = rows_of(parent.office, listing, query, masked=not reason, progress=progress)
        view = TableView(
            title=f"{name}{title_of(listing, query)}",
            subtitle=f"{query.on:%Y年%m月%d日}，共 {number} 条",
            columns=tuple(TableColumn(column.title, column.width, column.align) for column in shown),
            rows=tuple(tuple(cells) for cells in rows),
            footer=f"{name} · 内部资料，注意保管 · {made_by(parent.office, reason)}",
        )
        return table.draw(view)

    _run(parent, number, f"生成名单 {number:,} 行", work, then)


def _is_meant(parent: QWidget, number: int) -> bool:
    """Ask before a list of very many pages is made."""
    told = f"共 {number:,} 条，大约 {-(-number // ON_A_PAGE):,} 页纸。可以先用筛选缩小范围，或改用“导出”存成表格。"
    return dialogs.ask(parent, "要打印的名单很长", told, ["不打印", "仍然生成"]) == 1


def print_paper(parent: QWidget, name: str, draw: Callable[[], bytes]) -> None:
    """Show a paper, to be printed or saved under a proposed name."""
    from gridoffice.ui.paper_dialog import show_paper

    title = Path(name).stem.replace("_", " ")
    dialogs.guarded(parent, lambda: show_paper(parent, title, draw(), file_name=name))


def show(path: Path) -> None:
    """Open a file with this desktop's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
