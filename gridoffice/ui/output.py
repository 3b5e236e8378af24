"""Any list out of the window: as xlsx as it stands, as a table PDF to save, open or print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gridoffice.domain import settings
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.ui import dialogs


def contents(office: Any, listing: Listing, query: Query) -> tuple[list[str], list[list[str]]]:
    """Titles and rows of a list as it is shown, masked as on the screen."""
    ids = listing.ids(office, query)
    texts = listing.rows(office, ids, query.on)
    rows = [[word_of(column, cell) for column, cell in zip(listing.columns, texts[i], strict=True)] for i in ids]
    return [column.title for column in listing.columns], rows


def title_of(listing: Listing, query: Query) -> str:
    """The list's title with its view: 事项 · 未办结."""
    view = next((view.title for view in listing.views if view.key == query.view), "")
    return f"{listing.title} · {view}" if view and view != "全部" else listing.title


def export(parent: QWidget, listing: Listing, query: Query) -> None:
    """Ask where, and save what is seen as xlsx."""
    name = f"{title_of(listing, query).replace(' · ', '_')}_{date.today():%Y%m%d}.xlsx"
    path = dialogs.save_file(parent, "导出表格", name, "Excel 表格 (*.xlsx)")
    if path is not None:
        dialogs.guarded(parent, lambda: save_xlsx(parent, listing, query, path))


def save_xlsx(parent: Any, listing: Listing, query: Query, path: Path) -> None:
    """Save what is seen as xlsx and say so."""
    from gridoffice.exchange import export as sheets

    titles, rows = contents(parent.office, listing, query)
    sheets.write_list(path, title_of(listing, query), titles, rows)
    dialogs.toast(parent, f"已导出 {len(rows)} 行到 {path.name}")


def print_list(parent: QWidget, listing: Listing, query: Query) -> None:
    """Ask where, save what is seen as a table PDF and open it for printing."""
    name = f"{title_of(listing, query).replace(' · ', '_')}_{date.today():%Y%m%d}.pdf"
    path = dialogs.save_file(parent, "打印名单（存成 PDF 后打开）", name, "PDF (*.pdf)")
    if path is not None:
        dialogs.guarded(parent, lambda: save_pdf(parent, listing, query, path, then=show))


def save_pdf(
    parent: Any, listing: Listing, query: Query, path: Path, then: Callable[[Path], object] | None = None
) -> None:
    """Save what is seen as a table PDF."""
    from gridoffice.papers import table
    from gridoffice.papers.views import TableColumn, TableView

    titles, rows = contents(parent.office, listing, query)
    with parent.office.read() as session:
        name = settings.get(session, "name")
    columns = tuple(
        TableColumn(column_title, column.width, column.align)
        for column_title, column in zip(titles, listing.columns, strict=True)
    )
    view = TableView(
        title=f"{name}{title_of(listing, query)}",
        subtitle=f"{query.on:%Y年%m月%d日}，共 {len(rows)} 条",
        columns=columns,
        rows=tuple(tuple(cells) for cells in rows),
        footer=f"{name} · 内部资料，注意保管",
    )
    path.write_bytes(table.draw(view))
    dialogs.toast(parent, f"已生成 {path.name}，共 {len(rows)} 行")
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
