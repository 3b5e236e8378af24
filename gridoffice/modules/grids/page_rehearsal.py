"""A rehearsal as it is read before anything is done: tables of what moves, codes, people, papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser

from gridoffice.modules.grids.rehearsal import MoveRehearsal, Rehearsal
from gridoffice.ui.theme import theme


class RehearsalView(QTextBrowser):
    """Shows a rehearsal; can be scrolled, selected and copied by keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("核对")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)

    def show_redrawing(self, found: Rehearsal) -> None:
        """What a split or merge would do."""
        names = [name for name, _code in found.parts]
        rows = [[title, *(f"{number:,}" for number in numbers)] for title, numbers in found.rows]
        parts = [f"<h3>{escape(found.title)}，从 {found.day.isoformat()} 起</h3>"]
        parts.append(_table(["搬到", *names], rows, numbers=True) if rows else "<p>里面还没有记录。</p>")
        parts.append("<h4>编码</h4>" + _table(["网格", "原来", "以后"], found.codes) if found.codes else "")
        parts.append("<h4>责任人</h4>" + _table(["网格", "岗位", "姓名", ""], found.people))
        parts.append(_papers(found.papers))
        parts.append(_list(found.notes))
        self._show(parts)

    def show_move(self, found: MoveRehearsal, with_codes: bool) -> None:
        """What moving a unit would do."""
        parts = [f"<h3>{escape(found.title)}</h3>"]
        rows = [[title, f"{number:,}"] for title, number in found.rows]
        parts.append(_table(["一起移动", "数量"], rows, numbers=True) if rows else "<p>里面还没有记录。</p>")
        if found.codes:
            codes = [(name, old, new if with_codes else "不变") for _id, name, old, new in found.codes]
            parts.append("<h4>编码</h4>" + _table(["网格", "原来", "以后"], codes))
        parts.append(_papers(found.papers))
        self._show(parts)

    def _show(self, parts: Iterable[str]) -> None:
        colours = theme.colours
        style = (
            f"<style>h3 {{ font-size: {theme.px(16)}px; }} h4 {{ font-size: {theme.px(14)}px; margin-top: 10px; }}"
            f" th {{ color: {colours.quiet}; font-weight: normal; text-align: left; }}"
            f" td, th {{ padding: {theme.px(4)}px {theme.px(14)}px {theme.px(4)}px 0; }}"
            f" li {{ margin-bottom: 4px; }} .quiet {{ color: {colours.quiet}; }}</style>"
        )
        self.setHtml(style + "".join(parts))


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> str:
    side = ' align="right"' if numbers else ""
    head = "".join(f"<th{side if place else ''}>{escape(title)}</th>" for place, title in enumerate(titles))
    lines = "".join(
        "<tr>" + "".join(f"<td{side if place else ''}>{escape(text)}</td>" for place, text in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f'<table cellspacing="0"><tr>{head}</tr>{lines}</table>'


def _papers(papers: Sequence[str]) -> str:
    if not papers:
        return '<h4>要重印的文书</h4><p class="quiet">还没有印过写着这些网格的公示牌、联系卡和手册。</p>'
    return "<h4>要重印的文书</h4>" + _list(papers)


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in lines) + "</ul>" if lines else ""
