"""Any list out of the window: as xlsx as it stands, as a table PDF to save, open or print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gridoffice.domain import settings
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.ui import dialogs
from gridoffice.ui.mask import mask


def contents(office: Any, listing: Listing, query: Query, *, masked: bool = True) -> tuple[list[str], list[list[str]]]:
    """Titles and rows of a list as it is shown, masked as on the screen unless full numbers were asked for."""
    ids = listing.ids(office, query)
    places = listing.places(query)
    texts = listing.rows(office, ids, query.on, masked=masked)
    cells = {number: mask.cells(listing.columns, row) for number, row in texts.items()}
    rows = [[word_of(listing.columns[place], cells[i][place]) for place in places] for i in ids]
    return [listing.columns[place].title for place in places], rows


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
    """Save what is seen as xlsx and say so; full numbers are noted in the access log before they are written."""
    from gridoffice.exchange import export as sheets

    titles, rows = contents(parent.office, listing, query, masked=not reason)
    _note(parent.office, "export", listing, query, len(rows), reason)
    sheets.write_list(path, title_of(listing, query), titles, rows, note=made_by(parent.office, reason))
    dialogs.toast(parent, f"已导出 {len(rows)} 行到 {path.name}{_hidden(listing, reason)}")


def _note(office: Any, kind: str, listing: Listing, query: Query, number: int, reason: str) -> None:
    if reason:
        office.note_look(kind, f"名单 {title_of(listing, query)}，{number} 条", reason)


def _hidden(listing: Listing, reason: str) -> str:
    """What a toast adds where numbers were left masked."""
    return "，证件号和电话已遮住中间几位" if has_private(listing) and not reason else ""


def print_list(parent: QWidget, listing: Listing, query: Query, *, reason: str = "") -> None:
    """Ask where, save what is seen as a table PDF and open it for printing; with a reason the full numbers."""
    name = f"{title_of(listing, query).replace(' · ', '_')}_{date.today():%Y%m%d}.pdf"
    path = dialogs.save_file(parent, "打印名单（存成 PDF 后打开）", name, "PDF (*.pdf)")
    if path is not None:
        dialogs.guarded(parent, lambda: save_pdf(parent, listing, query, path, then=show, reason=reason))


def save_pdf(
    parent: Any,
    listing: Listing,
    query: Query,
    path: Path,
    then: Callable[[Path], object] | None = None,
    *,
    reason: str = "",
) -> None:
    """Save what is seen as a table PDF; full numbers are noted in the access log before they are written."""
    from gridoffice.papers import table
    from gridoffice.papers.views import TableColumn, TableView

    titles, rows = contents(parent.office, listing, query, masked=not reason)
    _note(parent.office, "print", listing, query, len(rows), reason)
    with parent.office.read() as session:
        name = settings.get(session, "name")
    columns = tuple(
        TableColumn(column_title, listing.columns[place].width, listing.columns[place].align)
        for column_title, place in zip(titles, listing.places(query), strict=True)
    )
    view = TableView(
        title=f"{name}{title_of(listing, query)}",
        subtitle=f"{query.on:%Y年%m月%d日}，共 {len(rows)} 条",
        columns=columns,
        rows=tuple(tuple(cells) for cells in rows),
        footer=f"{name} · 内部资料，注意保管 · {made_by(parent.office, reason)}",
    )
    path.write_bytes(table.draw(view))
    dialogs.toast(parent, f"已生成 {path.name}，共 {len(rows)} 行{_hidden(listing, reason)}")
    if then is not None:
        then(path)


def print_paper(parent: QWidget, name: str, draw: Callable[[], bytes]) -> None:
    """Ask where, save a paper as PDF and open it for printing."""
    path = dialogs.save_file(parent, "打印（存成 PDF 后打开）", name, "PDF (*.pdf)")
    if path is None:
        return

    def make(path: Path = path) -> None:
        path.write_bytes(draw())
        show(path)

    dialogs.guarded(parent, make)


def show(path: Path) -> None:
    """Open a file with this desktop's own program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
