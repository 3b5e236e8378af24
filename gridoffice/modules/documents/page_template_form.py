"""A template being written: what it says, its number and signature, what is signed and sent back, what goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents.page_template_inputs import Inputs, Text, insert, put, read, show_line
from gridoffice.modules.documents.template_parts import (
    asks_from,
    asks_told,
    attendance_from,
    enclosures_from,
    enclosures_told,
    lines_from,
    pairs_told,
)
from gridoffice.modules.documents.templates import (
    AUDIENCES,
    KINDS_OF_LETTERS,
    NUMBERING,
    PartyText,
    ReplyText,
    Template,
)
from gridoffice.papers import levels
from gridoffice.papers.official_view import HEADS
from gridoffice.ui.panel import button, label, own_key, row, scrolling
from gridoffice.ui.theme import theme

TEXT, NUMBER, SIGNED, ENCLOSED = "text", "number", "signed", "enclosed"
PARTS = {TEXT: "内容", NUMBER: "文号和落款", SIGNED: "签字和回执", ENCLOSED: "附件和填空"}
PARTY_ROWS = 3


class TemplateForm(QWidget):
    """The inputs of a template in four parts; `changed` tells each change, `template` gives what is written."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.base = Template("", 0, KINDS_OF_LETTERS[0], "", "", "")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        self.chips: dict[str, QPushButton] = {}
        self.stack = QStackedWidget()
        group = QButtonGroup(self)
        self.inputs: dict[str, Inputs] = {}
        for key, title in PARTS.items():
            chip = button(title, lambda key=key: self.show_part(key), kind="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[key] = chip
            self.inputs[key] = Inputs(1 if key in (SIGNED, ENCLOSED) else 2)
            self.inputs[key].changed.connect(self._told)
        self._build_text()
        self._build_number()
        self._build_signed()
        self._build_enclosed()
        for key, made in self.inputs.items():
            self.stack.addWidget(made if key == TEXT else scrolling(made))
            for text in made.texts.values():
                text.installEventFilter(self)
        self.last: Text = self.inputs[TEXT].texts["text"]
        body.addLayout(row(*self.chips.values(), 1, spacing=6))
        body.addWidget(self.stack, 1)
        self.show_part(TEXT)

    # -- the four parts

    def _build_text(self) -> None:
        made = self.inputs[TEXT]
        made.line("name", "模板名称", "好认的名字")
        made.choice("kind", "种类", {kind: KINDS[kind].title for kind in KINDS_OF_LETTERS})
        made.choice("head", "版式", HEADS)
        made.choice("audience", "收件人", AUDIENCES)
        made.area("title", "标题", "太长会自动分行；想自己分行就按回车", rows=1)
        made.line("addressee", "称呼（主送）", "例如 {称呼}，或 各村（社区）；不用写冒号", wide=True)
        made.add("", self._tools(), wide=True)
        text = made.area(
            "text", "正文", "一行一段，不用空格缩进。以 一、 （一） 1. （1） 开头的自动成为小标题", rows=5, stretch=1
        )
        for place in range(4):
            self._key(text, f"Ctrl+Alt+{place + 1}", place)
        self._key(text, "Ctrl+Alt+0", -1)

    def _tools(self) -> QWidget:
        words = ("一、", "（一）", "1.", "（1）")
        tools = [
            button(word, lambda place=place: self.set_level(place), kind="small") for place, word in enumerate(words)
        ]
        tools.insert(0, button("正文", lambda: self.set_level(-1), kind="small"))
        for place, tool in enumerate(tools):
            tool.setToolTip(f"把这一段设为“{tool.text()}”（Ctrl+Alt+{place}）")
            tool.setMinimumWidth(theme.px(44))
        again = button("重排序号", self.renumber)
        self.count = label("", "quiet")
        holder = QWidget()
        line = row(*tools, again, 1, self.count, spacing=4)
        holder.setLayout(line)
        return holder

    def _key(self, text: QPlainTextEdit, keys: str, level: int) -> None:
        own_key(text, QKeySequence(keys), lambda: self.set_level(level))

    def _build_number(self) -> None:
        made = self.inputs[NUMBER]
        made.line("mark", "发文机关标志", "红色大字，例如 {落款}文件", wide=True)
        made.line("number", "文号前的字", "例如 {机关代字}；空着就不印文号")
        made.choice("numbering", "群发时编号", NUMBERING)
        made.line("approver", "签发人", "上行文用")
        made.line("urgency", "紧急程度", "特急 或 加急")
        made.line("signer", "落款", "空着就不印落款和日期", wide=True)
        made.line("note", "附注", "印在日期下面的括号里，例如 联系人和电话", wide=True)
        made.line("copies_to", "抄送", "红头文件用，例如 镇党政办公室，清水派出所", wide=True)
        made.line("printer", "印发机关", "空着就用落款", wide=True)
        made.choice("copies", "一式几份", {str(number): f"{number} 份" for number in range(1, 6)})
        made.tick("fits", "尽量排在一页里（字号不小于四号）")
        made.line("about", "说明", "这个模板什么时候用", wide=True)
        made.grid.setRowStretch(20, 1)

    def _build_signed(self) -> None:
        made = self.inputs[SIGNED]
        made.tick("has_reply", "带回执（撕下来交回）")
        made.line("reply_title", "回执名称", "回执")
        made.line("reply_to", "交给谁", "{落款}")
        made.area("reply_text", "回执的话", "可以不写", rows=2)
        made.area("reply_lines", "要填的项", "每行一项", rows=3)
        made.line("reply_sender", "最后一行", "签名：")
        for place in range(PARTY_ROWS):
            made.line(
                f"party_{place}",
                f"签字方 {place + 1}",
                "写“甲方：名称：要填的项、日期”，例如 乙方：{场所}：负责人（签名）、日期",
            )
        made.area("attendance", "出席人员", "纪要用，每行一类，例如 出席：张建国、王芳", rows=3)
        made.grid.setRowStretch(20, 1)

    def _build_enclosed(self) -> None:
        made = self.inputs[ENCLOSED]
        made.area("attachments", "附件说明", "每行一个附件的名称，另外装订的也写上", rows=2)
        made.area(
            "enclosures", "附件内容", "一起印的附件：先写一行“附件：标题”，下面是内容，可以有几个", rows=5, stretch=1
        )
        made.area("asks", "填空", "制作时再填的空，每行一个，写“名称＝样例”，例如 时间＝2026年1月9日上午9时", rows=4)

    # -- what is shown

    def show_part(self, key: str) -> None:
        """Show one of the four parts."""
        self.chips[key].setChecked(True)
        self.stack.setCurrentIndex(list(PARTS).index(key))

    def show_template(self, template: Template) -> None:
        """Show a template; from here on it counts as unchanged."""
        self.base = template
        plain = {name: getattr(template, name) for name in (
            "name", "kind", "head", "audience", "title", "addressee", "mark", "number", "numbering", "approver",
            "urgency", "signer", "note", "copies_to", "printer", "copies", "fits", "about",
        )}  # fmt: skip
        reply = template.reply or ReplyText()
        values: dict[str, object] = {
            **plain,
            "text": template.text.strip("\n"),
            "has_reply": template.reply is not None,
            "reply_title": reply.title, "reply_to": reply.to, "reply_text": reply.text,
            "reply_lines": "\n".join(reply.lines), "reply_sender": reply.sender,
            "attendance": pairs_told(template.attendance),
            "attachments": "\n".join(template.attachments),
            "enclosures": enclosures_told(template.enclosures),
            "asks": asks_told(template.asks),
        }  # fmt: skip
        for place in range(PARTY_ROWS):
            party = template.parties[place] if place < len(template.parties) else None
            values[f"party_{place}"] = f"{party.role}：{party.name}：{'、'.join(party.lines)}" if party else ""
        for made in self.inputs.values():
            made.fill(values)
        self._tell()

    def template(self) -> Template:
        """What is written now."""
        told: dict[str, str] = {}
        for made in self.inputs.values():
            told |= made.values()
        names = (
            "name", "kind", "head", "audience", "addressee", "mark", "number", "numbering", "approver", "urgency",
            "signer", "note", "copies_to", "printer", "about",
        )  # fmt: skip
        reply = ReplyText(
            told["reply_title"].strip(), told["reply_to"].strip(), told["reply_text"].strip(),
            lines_from(told["reply_lines"]), told["reply_sender"].strip(),
        )  # fmt: skip
        plain: dict[str, Any] = {name: told[name].strip() for name in names}
        return replace(
            self.base,
            **plain,
            title="\n".join(lines_from(told["title"])),
            text=told["text"].strip("\n"),
            copies=int(told["copies"]),
            fits=self.inputs[NUMBER].ticks["fits"].isChecked(),
            reply=reply if self.inputs[SIGNED].ticks["has_reply"].isChecked() else None,
            parties=tuple(filter(None, (_party(told[f"party_{place}"]) for place in range(PARTY_ROWS)))),
            attendance=attendance_from(told["attendance"]),
            attachments=lines_from(told["attachments"]),
            enclosures=enclosures_from(told["enclosures"]),
            asks=asks_from(told["asks"]),
        )

    def _told(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self.count.setText(f"正文 {len(''.join(read(self.inputs[TEXT].texts['text']).split())):,} 字")

    # -- writing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember where one writes, for what is inserted."""
        if event.type() == QEvent.Type.FocusIn:
            for made in self.inputs.values():
                for text in made.texts.values():
                    if text is watched:
                        self.last = text
        return super().eventFilter(watched, event)

    def insert(self, words: str) -> None:
        """Put words where one last wrote."""
        insert(self.last, words)

    def set_level(self, level: int) -> None:
        """Give the paragraphs that are selected a level (-1: plain text) and set all numbers right."""
        text = self.inputs[TEXT].texts["text"]
        assert isinstance(text, QPlainTextEdit)
        cursor = text.textCursor()
        document = text.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        last = document.findBlock(cursor.selectionEnd()).blockNumber()
        lines = text.toPlainText().split("\n")
        for place in range(first, last + 1):
            plain = levels.bare(lines[place].strip(" 　\t"))
            lines[place] = plain if level < 0 else levels.sign(level, 1) + plain
        self._rewrite(levels.numbered(lines), last)

    def renumber(self) -> None:
        """Set all numbers right."""
        text = self.inputs[TEXT].texts["text"]
        assert isinstance(text, QPlainTextEdit)
        lines = [line.strip(" 　\t") for line in text.toPlainText().split("\n")]
        self._rewrite(levels.numbered(lines), text.textCursor().blockNumber())

    def _rewrite(self, lines: list[str], place: int) -> None:
        """Put lines into the text as one step of its own undo, the cursor at the end of one of them."""
        text = self.inputs[TEXT].texts["text"]
        assert isinstance(text, QPlainTextEdit)
        cursor = text.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText("\n".join(lines))
        cursor.endEditBlock()
        block = text.document().findBlockByNumber(place)
        cursor.setPosition(block.position() + len(block.text()))
        text.setTextCursor(cursor)
        text.setFocus()

    def go_to(self, field: str, line: int, word: str) -> None:
        """Lead the eye to what a finding speaks of."""
        where = {"reply": "reply_text", "parties": f"party_{min(line, PARTY_ROWS - 1)}"}.get(field, field)
        for key, made in self.inputs.items():
            if where in made.texts:
                self.show_part(key)
                show_line(made.texts[where], line, word)
                return

    def change(self, word: str, other: str) -> None:
        """Put another placeholder in the place of one, everywhere."""
        for made in self.inputs.values():
            for text in made.texts.values():
                put(text, read(text).replace(f"{{{word}}}", f"{{{other}}}"))

    def ask_for(self, word: str) -> None:
        """Make an unknown placeholder a blank that is filled in at making."""
        asks = self.inputs[ENCLOSED].texts["asks"]
        put(asks, f"{read(asks)}\n{word}＝".strip("\n"))


def _party(text: str) -> PartyText | None:
    parts = [part.strip() for part in text.replace(":", "：").split("：")]
    if not parts[0]:
        return None
    lines = lines_from(parts[2].replace("、", "\n")) if len(parts) > 2 else ()
    return PartyText(parts[0], parts[1] if len(parts) > 1 else "", lines or PartyText("").lines)


__all__ = ["PARTS", "TemplateForm"]
