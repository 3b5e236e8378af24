"""A plain table of texts out of the window: what no declared list holds, as xlsx and as a table PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.ui import dialogs, output

Columns = Sequence[tuple[str, int]]
"""Titles with widths at 100 %."""


def file_name(title: str, suffix: str) -> str:
    """A file's name from a title: 任期簿_石桥村第2网格_20261120.pdf"""
    word = title.replace("：", "_").replace(" · ", "_").replace("/", "_")
    return f"{word}_{date.today():%Y%m%d}.{suffix}"


def export(parent: QWidget, title: str, columns: Columns, rows: Sequence[tuple[str, ...]]) -> None:
    """Ask where, and save the rows as xlsx."""
    path = dialogs.save_file(parent, "导出表格", file_name(title, "xlsx"), "Excel 表格 (*.xlsx)")
    if path is not None:
        dialogs.guarded(parent, lambda: save_xlsx(parent, title, columns, rows, path))


def save_xlsx(parent: QWidget, title: str, columns: Columns, rows: Sequence[tuple[str, ...]], path: Path) -> None:
    """Save the rows as xlsx and say so."""
    from gridoffice.exchange import export as sheets

    sheets.write_list(path, title, [word for word, _width in columns], [list(row) for row in rows])
    dialogs.toast(parent, f"已导出 {len(rows)} 行到 {path.name}")


def print_rows(
    parent: QWidget, office: Office, title: str, subtitle: str, columns: Columns, rows: Sequence[tuple[str, ...]]
) -> None:
    """Show the rows as a table on paper, to be printed or saved."""
    from gridoffice.ui.paper_dialog import show_paper

    def make() -> None:
        data = draw(office, title, subtitle, columns, rows)
        show_paper(parent, title, data, file_name=file_name(title, "pdf"))

    dialogs.guarded(parent, make)


def draw(office: Office, title: str, subtitle: str, columns: Columns, rows: Sequence[tuple[str, ...]]) -> bytes:
    """The rows as a table on paper, with who made it and when at the foot."""
    from gridoffice.papers import table
    from gridoffice.papers.views import TableColumn, TableView

    with office.read() as session:
        name = settings.get(session, "name")
    view = TableView(
        title=f"{name}{title}",
        subtitle=subtitle,
        columns=tuple(TableColumn(word, width, "left") for word, width in columns),
        rows=tuple(rows),
        footer=f"{name} · 内部资料，注意保管 · {output.made_by(office)}",
    )
    return table.draw(view)
