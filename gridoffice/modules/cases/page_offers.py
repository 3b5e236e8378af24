"""What a form of a case offers where something stands in the way: who stands in, who else may check, no deadline."""

from __future__ import annotations

from functools import partial

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.cases import seeking
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Input
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme


def stand_in(editor: Editor, office: Office) -> None:
    """Say under the handler when he is on leave, and offer who stands in."""
    made = editor.form.inputs.get("handler")
    if made is None:
        return
    offer = button("", lambda: None, kind="chip")
    offer.hide()
    editor.under.addLayout(row(offer, 1))
    name = [""]

    def take() -> None:
        made.put(name[0])
        tell()

    def tell() -> None:
        found = seeking.away(office, str(made.value() or ""))
        made.tell(found.sentence if found else "", "late")
        name[0] = found.stand_in if found else ""
        offer.setText(f"改派给{name[0]}")
        offer.setVisible(bool(name[0]))

    offer.clicked.connect(take)
    made.edited.connect(tell)
    tell()


def another_checker(editor: Editor, office: Office, case: CaseView) -> None:
    """Say under who checks that the handler cannot, and offer those of the grid who can."""
    made, handler = editor.form.inputs["who"], case.entry.handler.strip()
    others = seeking.checkers(office, case.id)
    flow = Flow()
    chips = [button(f"由{name}核查", partial(_take, made, name), kind="chip") for name in others]
    for chip in chips:
        flow.addWidget(chip)
    editor.under.addLayout(flow)
    grown: list[bool] = []

    def tell() -> None:
        is_own = bool(handler) and str(made.value() or "").strip() == handler
        made.tell(f"{handler}就是承办人，不能自己核查自己办的事项" if is_own else "", "late")
        for chip in chips:
            chip.setVisible(is_own)
        if is_own and not grown:
            grown.append(True)
            room = flow.heightForWidth(editor.width() - 40) + theme.px(40)  # the sentence, and the names under it
            editor.resize(
                editor.width(), min(editor.height() + room, editor.screen().availableGeometry().height() - 80)
            )

    made.edited.connect(tell)
    tell()


def _take(made: Input, name: str) -> None:
    made.put(name)
    made.edited.emit()


def no_early_deadline(editor: Editor) -> None:
    """Say under a deadline that it lies before the day of the find, and offer to leave it to the rule."""
    found, due = editor.form.inputs["found_on"], editor.form.inputs["due_on"]
    offer = button("时限按处理方式推算", lambda: _take_none(due), kind="chip")
    offer.hide()
    editor.under.addLayout(row(offer, 1))

    def tell() -> None:
        try:
            first, last = found.value(), due.value()
        except ValueError:
            first = last = None  # said where it stands when saved
        is_early = first is not None and last is not None and last < first
        due.tell(f"早于发现日期 {chinese(first)}" if is_early else "", "late")
        offer.setVisible(is_early)

    for made in (found, due):
        made.edited.connect(tell)
    tell()


def _take_none(made: Input) -> None:
    made.put(None)
    made.edited.emit()
