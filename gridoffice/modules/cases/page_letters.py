"""The dialogs of the papers that steps make: to whom, until when, what goes with it; and the reply that came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.cases import letters
from gridoffice.modules.cases.letters import Letter, Offer
from gridoffice.modules.cases.paper_letters import KINDS
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.paper_dialog import show_paper

WITH_ENCLOSURES = ("transfer", "report")


def acts(office: Office, case_id: int) -> list[tuple[str, str]]:
    """Words and keys of the buttons: a paper for each that a step offers."""
    offers = letters.offered(office, case_id)
    return [(f"{'再做' if one.made else '做'}{one.title}", f"letter:{KINDS.index(one.kind)}") for one in offers]


def due(office: Office, case_id: int) -> list[tuple[str, str]]:
    """As `acts`, only the papers that are not made yet: what the last step asks for."""
    offers = letters.offered(office, case_id)
    return [(f"做{one.title}", f"letter:{KINDS.index(one.kind)}") for one in offers if not one.made]


def editor(parent: QWidget, office: Office, case_id: int, offer: Offer) -> Editor:
    """Ask what the paper still needs; what would be refused is told before anything is made."""
    fields, start = [Field("addressee", "主送", required=True)], {"addressee": offer.addressee}
    values: dict[str, Any] = dict(start)
    if offer.kind in WITH_ENCLOSURES:
        fields.append(Field("enclosed", "附件", "multiline", help="一行一件，编号自动加上"))
        values["enclosed"] = "\n".join(letters.proposed(office, case_id, offer.kind))
    if offer.reply_by is not None:
        fields.append(Field("reply_by", "回复期限", "date", required=True))
        values["reply_by"] = offer.reply_by

    def check(given: dict[str, Any]) -> dict[str, Any]:
        told = {"addressee": given["addressee"], "reply_by": given.get("reply_by"), "enclosed": lines(given)}
        letters.draft(office, case_id, offer.kind, **told)
        return told

    made = Editor(parent, f"做{offer.title}", fields, values, check, columns=1, note="编号在存成 PDF 时自动取下一个。")
    made.save_button.setText("存成 PDF")
    return made


def lines(given: dict[str, Any]) -> Sequence[str] | None:
    """The enclosures one by one; None where the paper has none."""
    if "enclosed" not in given:
        return None
    return [line.strip() for line in (given["enclosed"] or "").splitlines() if line.strip()]


def make(parent: QWidget, office: Office, case_id: int, number: str, kind: str) -> str:
    """Make a paper and show it for printing; its number, "" when nothing was made. Raises OfficeError."""
    offer = next(one for one in letters.offered(office, case_id, is_all=True) if one.kind == kind)
    given: dict[str, Any] = {}
    if kind != "accept":
        dialog = editor(parent, office, case_id, offer)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return ""
        given = dialog.result_value
    path = dialogs.save_file(parent, f"存成 PDF：{offer.title}", f"{offer.title}_{number}.pdf", "PDF (*.pdf)")
    if path is None:
        return ""
    made = letters.make(office, case_id, kind, path, **given)
    show_paper(parent, f"{offer.title} {made.number}", path, file_name=path.name)
    return made.number


def answer(parent: QWidget, office: Office, shown: Letter) -> Editor:
    """Register the reply to a paper."""
    fields = [
        Field("day", "收到日期", "date", required=True),
        Field("text", "回执内容", "multiline", required=True),
    ]
    told = f"{shown.title} {shown.number}，主送 {shown.addressee}"
    until = f"，应在 {chinese(shown.reply_by)} 前回复" if shown.reply_by else ""
    made = Editor(
        parent, "登记回执", fields, {"day": office.today(), "text": ""},
        lambda given: letters.reply(office, shown.id, given["day"], given["text"]), columns=1, note=f"{told}{until}。",
    )  # fmt: skip
    made.save_button.setText("登记")
    return made
