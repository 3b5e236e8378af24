"""The right pane of the grid tab: who is responsible at the current unit; the chosen network first, others folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gridoffice.modules.grids import page_terms, responsible, service, term_book
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.modules.grids.page_card import READ_ONLY
from gridoffice.modules.grids.responsible import Part, Post, Seat
from gridoffice.ui import dialogs, panel
from gridoffice.ui.panel import Panel, button, label, line, row, scrolling
from gridoffice.ui.person import Person
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage


class PeoplePane(Panel):
    """Who holds which role at a unit, with what can be done about it."""

    def __init__(self, page: GridsPage) -> None:
        super().__init__("责任人")
        self.page = page
        self.unit: service.UnitCard | None = None
        self.opened: set[str] = set()  # networks unfolded beside the chosen one
        self.parts: list[Part] = []
        self.folds: dict[str, tuple[QWidget, QWidget]] = {}  # a network's head and body
        self.people = QVBoxLayout()
        self.people.setSpacing(theme.px(8))
        holder = QWidget()
        holder.setLayout(self.people)
        self.body.addWidget(scrolling(holder), 1)

    def clear(self) -> None:
        """Show nobody."""
        self.unit = None
        self.folds.clear()
        panel.clear(self.people)

    def show_unit(self, unit: service.UnitCard) -> None:
        """Show who is responsible at a unit in every network in use."""
        self.clear()
        self.unit = unit
        chosen = self.page.switch.network()
        self.parts = responsible.parts(self.page.office, unit.id, chosen)
        holders = tuple(seat.holder for part in self.parts for post in part.posts for seat in post.seats)
        photos = service.photos(self.page.office, holders)
        appoint = self._writing(button("指定责任人…", self.appoint, kind="primary"))
        self.people.addLayout(row(appoint, button("任期簿…", self.show_book), 1))
        for place, part in enumerate(self.parts):
            self._show_part(part, photos, is_open=place == 0 or part.key in self.opened, is_fixed=place == 0)
        if not self.parts:
            self.people.addWidget(label("这一天没有这个单位。", "quiet"))
        self.people.addStretch(1)

    def _writing(self, made: QPushButton) -> QPushButton:
        """A button that changes something: it rests while a past day is looked at."""
        is_today = self.page.office.as_of is None
        made.setEnabled(is_today)
        made.setToolTip("" if is_today else READ_ONLY)
        return made

    def _show_part(self, part: Part, photos: dict[int, bytes], *, is_open: bool, is_fixed: bool) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(6))
        for post in part.posts:
            self._show_post(body, part, post, photos)
        if not part.people:
            body.addWidget(label("还没有责任人。", "quiet"))
        if is_fixed:
            head: QWidget = label(f"{part.title} · {part.level}" if part.level else part.title, "heading")
            self.people.addWidget(head)
        else:
            head = button(f"{'▾' if is_open else '▸'} {part.title}", lambda: self._fold(part.key), kind="link")
            head.setAccessibleDescription("展开或收起")
            more = f" 等 {len(part.gaps)} 项" if len(part.gaps) > 1 else ""
            missing = [post for post in part.posts if post.gap]
            tone = "soon" if all(post.is_stand_in for post in missing) else "late"
            told = label(f"{part.gaps[0]}{more}", tone) if part.gaps else label(f"{part.people} 人", "quiet")
            self.people.addLayout(row(head, 1, told))
        self.people.addWidget(inside)
        inside.setVisible(is_open)
        self.folds[part.key] = (head, inside)

    def _fold(self, key: str) -> None:
        """Unfold or fold a network; it stays so for the next units."""
        head, inside = self.folds[key]
        is_open = key not in self.opened
        self.opened ^= {key}
        inside.setVisible(is_open)
        head.setText(f"{'▾' if is_open else '▸'}{head.text()[1:]}")  # type: ignore[attr-defined]

    def _show_post(self, body: QVBoxLayout, part: Part, post: Post, photos: dict[int, bytes]) -> None:
        for seat in post.seats:
            self._show_seat(body, seat, photos.get(seat.holder.staff_id))
        if post.gap:
            fill = self._writing(button("指定…", lambda: self.appoint(part.key, post.role_id), kind="link"))
            fill.setAccessibleName(f"指定{post.title}")
            body.addLayout(row(label(post.gap, "soon" if post.is_stand_in else "late"), fill, 1))
            body.addWidget(line())

    def _show_seat(self, body: QVBoxLayout, seat: Seat, photo: bytes | None) -> None:
        holder = seat.holder
        since = f" · {holder.start.year}年{holder.start.month}月起" if holder.start else ""
        until = f"，到{holder.end.isoformat()}止" if holder.end else ""
        state, _comma, instead = seat.state.partition("，")
        body.addWidget(Person(holder.name, f"{holder.role_title}{since}{until}", holder.phone, photo, state))
        if instead:
            body.addWidget(label(f"这几天{instead}班" if instead.startswith("由") else f"这几天{instead}", "quiet"))
        main = self.page.main
        open_card = button("看卡片", lambda: main.open("personnel", record=holder.staff_id), kind="link")
        term = self._writing(button("更正…", lambda: self._correct(holder.assignment_id), kind="link"))
        end = self._writing(button("结束任职", lambda: self._end(holder.assignment_id), kind="link"))
        body.addLayout(row(open_card, term, end, 1))
        body.addWidget(line())

    # -- what can be done

    def appoint(self, network: str = "", role_id: int | None = None) -> None:
        """Appoint somebody at the unit, in the chosen network unless another is named."""
        if self.unit is not None:
            chosen = network or self.page.switch.network()
            page_terms.appoint(self.page, self.page.main, self.unit.id, network=chosen, role_id=role_id)

    def show_book(self) -> None:
        """The term book of the unit."""
        if self.unit is not None:
            BookDialog(self.page, self.page.main, unit_id=self.unit.id).exec()

    def _correct(self, assignment_id: int) -> None:
        page_terms.correct(self.page, self.page.main, term_book.term(self.page.office, assignment_id))

    def _end(self, assignment_id: int) -> None:
        term = term_book.term(self.page.office, assignment_id)
        if dialogs.guarded(self, lambda: service.end_appointment(self.page.office, assignment_id)):
            self.page.main.say(f"{term.name} 不再负责 {term.unit}", undo=True)
