"""The personnel card at the right of the tab: head with photo and state, sections as chips, what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gridoffice.domain.covers import days
from gridoffice.modules.personnel.card import PersonnelCard, Post, Work
from gridoffice.modules.personnel.lists_training import ABSENT, ATTENDED, PRESENT
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.person import photo
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

SECTIONS = (
    ("facts", "概况"),
    ("posts", "任职"),
    ("work", "工作"),
    ("leave", "请假"),
    ("training", "培训"),
    ("things", "领用"),
)
FACTS = {
    "post": "岗位",
    "sex": "性别",
    "born": "出生日期",
    "education": "学历",
    "since": "任职时间",
    "badge_number": "工作证号",
    "badge_until": "工作证到期",
    "note": "备注",
}


class CardPanel(Panel):
    """Shows a card. `pressed` tells what is to be done, `opened` which kind of work's list is wanted.

    `touched` tells a kind (unit, book, leave, training, thing) and an id.
    """

    pressed = Signal(str)
    opened = Signal(object)
    touched = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.card: PersonnelCard | None = None
        self.section = "facts"
        self.top = QVBoxLayout()
        self.top.setSpacing(theme.px(6))
        self.body.addLayout(self.top)
        self.chips = QWidget()
        flow = Flow(self.chips, theme.px(4))
        self._group = QButtonGroup(self)
        for key, title in SECTIONS:
            chip = button(title, partial(self.show_section, key), kind="chip")
            chip.setCheckable(True)
            chip.setChecked(key == self.section)
            chip.setProperty("section", key)
            self._group.addButton(chip)
            flow.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.chips.setSizePolicy(policy)
        self.body.addWidget(self.chips)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(theme.px(6))
        self.inside.setContentsMargins(0, 0, theme.px(6), 0)
        holder = QWidget()
        holder.setLayout(self.inside)
        self.body.addWidget(scrolling(holder), 1)
        self.show_card(None)

    def show_card(self, card: PersonnelCard | None) -> None:
        """Show a card, or what to do when nobody is chosen."""
        self.card = card
        self.chips.setVisible(card is not None)
        clear(self.top)
        if card is not None:
            self._head(card)
        self._fill()

    def show_section(self, key: str) -> None:
        """Show a section of the card."""
        self.section = key
        for chip in self._group.buttons():
            chip.setChecked(chip.property("section") == key)
        self._fill()

    def _head(self, card: PersonnelCard) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.addWidget(label(card.name, "title"))
        words.addWidget(label(str(card.values.get("phone") or "没有电话"), "" if card.values.get("phone") else "late"))
        first = card.posts[0] if card.posts else None
        told = f"{first.unit} {first.role_title}" if first else "没有责任区"
        words.addWidget(label(told, "quiet", wrap=True))
        words.addLayout(row(pill(card.state), 1))
        words.addStretch(1)
        layout = row(photo(card.photo, 72), words, spacing=12)
        layout.setStretch(1, 1)
        self.top.addLayout(layout)
        for told in card.taken:
            tone, _, text = told.partition("|")
            self.top.addWidget(label(text, "bad" if tone == "late" else "notice", wrap=True))

    def _fill(self) -> None:
        clear(self.inside)
        if self.card is None:
            self.inside.addWidget(label("选一个人，这里显示他的卡片。", "quiet", wrap=True))
        else:
            getattr(self, f"_{self.section}")(self.card)
        self.inside.addStretch(1)

    def _buttons(self, *made: QPushButton) -> None:
        holder = QWidget()
        flow = Flow(holder, theme.px(6))
        for one in made:
            flow.addWidget(one)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self.inside.addWidget(holder)

    def _act(self, word: str, key: str, kind: str = "", shortcut: str = "") -> QPushButton:
        return button(word, partial(self.pressed.emit, key), kind=kind, shortcut=shortcut)

    # -- sections

    def _facts(self, card: PersonnelCard) -> None:
        for key, title in FACTS.items():
            value = card.values.get(key)
            told = label(str(value) if value else "—", wrap=key == "note")
            layout = row(label(title, "quiet"), 1, told)
            if key == "note":
                layout = row(label(title, "quiet"), told, spacing=16)
                layout.setStretch(1, 1)
            self.inside.addLayout(layout)
        for partner in card.partners:
            self.inside.addLayout(row(label("搭档", "quiet"), 1, label(partner)))
        if card.left_on:
            self.inside.addLayout(row(label("最后工作日", "quiet"), 1, label(str(card.left_on))))
        self.inside.addWidget(line())
        made = [self._act("编辑", "edit", "primary", "F2"), self._act("换照片…", "photo")]
        if card.photo is not None:
            made.append(self._act("重新裁剪…", "recrop"))
        if card.is_active:
            made += [self._act("请假…", "leave"), self._act("离岗移交…", "leaving")]
        else:
            made.append(self._act("返岗", "come_back"))
        self._buttons(*made, self._act("删除", "delete", "danger"))

    def _posts(self, card: PersonnelCard) -> None:
        book = button("任期簿…", partial(self.touched.emit, "book", card.id), kind="link")
        self.inside.addLayout(row(label("现在负责", "heading"), 1, book))
        for post in card.posts:
            self.inside.addLayout(self._post(post))
        if not card.posts:
            self.inside.addWidget(label("没有责任区。在网格页可以指定。", "quiet", wrap=True))
        if card.coming:
            self.inside.addWidget(label("将要负责", "heading"))
            for post in card.coming:
                self.inside.addLayout(self._post(post))
        if card.former:
            self.inside.addWidget(label("以前负责", "heading"))
            for unit, title, start, end in card.former:
                self.inside.addWidget(label(f"{unit} {title}，{start or '…'} 至 {end}", "quiet", wrap=True))

    def _post(self, post: Post) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(0)
        go = button(post.unit, partial(self.touched.emit, "unit", post.unit_id), kind="link")
        go.setToolTip("到网格页看这个网格")
        since = f"{post.start} 起" if post.start else "一直"
        until = f"，到 {post.end}" if post.end else ""
        box.addLayout(row(go, 1))
        box.addWidget(label(f"{post.network} · {post.role_title}，{since}{until}", "quiet", wrap=True))
        return box

    def _work(self, card: PersonnelCard) -> None:
        sums = [sum(getattr(one, word) for one in card.work) for word in ("open", "due", "late")]
        told = f"手上 {sums[0]} 项，到期 {sums[1]} 项，逾期 {sums[2]} 项" if sums[0] else "手上没有未办的事"
        self.inside.addWidget(label(told, "heading"))
        for one in card.work:
            self.inside.addLayout(self._load(one))
        if card.taken:
            self.inside.addWidget(label("含代班的网格。", "quiet"))

    def _load(self, one: Work) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(theme.px(2))
        go = button(f"{one.title} {one.open} {one.word}", partial(self.opened.emit, one), kind="link")
        go.setEnabled(bool(one.open))
        go.setToolTip("打开名单")
        state = f"late|逾期 {one.late}" if one.late else f"soon|到期 {one.due}" if one.due else "done|都没到期"
        box.addLayout(row(go, 1, pill(state if one.open else "quiet|没有")))
        return box

    def _leave(self, card: PersonnelCard) -> None:
        self._buttons(self._act("登记请假…", "leave", "primary"))
        for one in card.leaves:
            text = f"{one.start.year}年{days(one.start, one.end)} {one.kind}"
            deputy = f"由 {one.stand_in} 代班" if one.stand_in else "由各网格B岗代班"
            self._entry("leave", one.id, text, "。".join(filter(None, (deputy, one.note))))
        if not card.leaves:
            self.inside.addWidget(label("没有请过假。", "quiet"))

    def _training(self, card: PersonnelCard) -> None:
        came = sum(1 for one in card.trainings if one.state == PRESENT)
        self.inside.addWidget(label(f"今年 {card.hours:g} 学时；共参加 {came} 次", "heading"))
        self._buttons(self._act("登记培训…", "training", "primary"))
        for one in card.trainings:
            hours = f"，{one.hours:g} 学时" if one.hours else ""
            tone = {PRESENT: "done", ABSENT: "late"}.get(one.state, "soon")
            self._entry("training", one.training_id, one.title, f"{one.day} {one.method}{hours}",
                        f"{tone}|{ATTENDED.get(one.state, one.state)}")  # fmt: skip
        if not card.trainings:
            self.inside.addWidget(label("还没有培训记录。", "quiet"))

    def _things(self, card: PersonnelCard) -> None:
        self._buttons(self._act("登记领用…", "thing", "primary"))
        for one in card.things:
            tail = f"，{one.back_on} 交回" if one.back_on else ""
            state = "quiet|已交回" if one.back_on else "plain|在手里"
            self._entry("thing", one.id, one.title, f"{one.kind} {one.since or ''}{tail}", state)
        if not card.things:
            self.inside.addWidget(label("没有领用物品。", "quiet"))

    def _entry(self, kind: str, number: int, text: str, detail: str, state: str = "") -> None:
        """A line that opens: leave, training, thing."""
        go = button(text, partial(self.touched.emit, kind, number), kind="link")
        go.setToolTip("打开")
        self.inside.addLayout(row(go, 1, *([pill(state)] if state else [])))
        self.inside.addWidget(label(detail, "quiet", wrap=True))
