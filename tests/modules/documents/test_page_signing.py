"""Signing, checking and certificates by clicks and keys in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.certificates import OFFICE
from gridoffice.modules.documents import certificate_files, certificates, paper, signing, verifying
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.papers.signing import plain


@pytest.fixture
def main(qtbot: QtBot, office: Office) -> Iterator[MainWindow]:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    yield window


def part(qtbot: QtBot, main: MainWindow, key: str) -> DocumentsPage:
    page = main.open("documents", view=key)
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(page.is_ready, timeout=20_000)
    return page


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def named(widget: QWidget, text: str) -> QPushButton:
    QApplication.processEvents()  # a layout shows new widgets a moment later
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible())


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def in_dialog(fill: Callable[[Editor], object]) -> None:
    """Fill the next editor and press its button."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Editor):
            QTimer.singleShot(30, run)
            return
        fill(dialog)
        dialog.save_button.click()
        if dialog.isVisible():
            dialog.done(QDialog.DialogCode.Rejected)

    QTimer.singleShot(30, run)


def put(**values: Any) -> Callable[[Editor], None]:
    def fill(dialog: Editor) -> None:
        for key, value in values.items():
            dialog.form.inputs[key].put(value)

    return fill


def dropped(widget: QWidget, paths: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPoint(40, 40), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def test_certificates_are_made_renewed_and_revoked_by_clicks(qtbot: QtBot, office: Office, main: MainWindow) -> None:
    page = part(qtbot, main, "certificates")
    box = page.signing.certificates
    assert not page.make.choices.isVisible()
    click(qtbot, named(box, "现在建好"))
    assert [one.kind for one in certificates.signers(office)] == [OFFICE]
    in_dialog(put(holder="李秀兰", role="审核", years=1, passphrase="xiulan-8", passphrase_again="xiulan-8"))
    click(qtbot, box.make_button)
    made = next(one for one in certificates.signers(office) if one.holder == "李秀兰")
    assert (made.role, made.is_locked) == ("审核", True)
    box.table.choose(made.id)
    assert box.acts["renew"].isEnabled() and not box.acts["distrust"].isVisible()
    in_dialog(put(years=3))
    click(qtbot, box.acts["renew"])
    newer = next(one for one in certificates.signers(office) if one.holder == "李秀兰")
    assert newer.id != made.id and newer.ends.year == made.ends.year + 2
    box.table.choose(newer.id)
    in_dialog(put(why="key"))
    click(qtbot, box.acts["revoke"])
    assert [one.holder for one in certificates.signers(office)] == ["云溪镇网格办"]
    main.undo()
    assert len(certificates.signers(office)) == 2


def test_passphrases_that_differ_keep_the_dialog_open(qtbot: QtBot, office: Office, main: MainWindow) -> None:
    page = part(qtbot, main, "certificates")
    told: list[str] = []

    def fill(dialog: Editor) -> None:
        put(holder="王䶮", role="批准", years=3, passphrase="one-secret", passphrase_again="two-secret")(dialog)
        dialog.save_button.click()
        told.append(dialog.problem.text())

    in_dialog(fill)
    click(qtbot, page.signing.certificates.make_button)
    assert "两次输入的口令不一样" in told[0]
    assert not [one for one in certificates.signers(office) if one.holder == "王䶮"]
    assert office.secret("drafts") is None  # and no passphrase lies in a draft


def test_a_worker_s_certificate_is_made_for_the_card_and_told_when_he_leaves(
    qtbot: QtBot, office: Office, main: MainWindow, make: Make
) -> None:
    from gridoffice.domain.staff import Staff
    from gridoffice.modules.documents.counts import counts

    worker = make.staff("张建国")
    page = part(qtbot, main, "certificates")
    in_dialog(put(holder=worker.id, role="编制", years=3))
    click(qtbot, page.signing.certificates.make_button)
    made = next(one for one in certificates.signers(office) if one.kind != OFFICE)
    assert made.holder == "张建国" and counts(office, office.today()) == []
    with office.unit("离岗") as session:
        session.get_one(Staff, worker.id).is_active = False
    found = counts(office, office.today())
    assert [(one.title, one.number) for one in found] == [("离岗人员的证书", 1)]
    page = part(qtbot, main, found[0].view)
    assert page.signing.certificates.table.model.ids == [made.id]


def test_files_are_dropped_and_signed_in_order_with_passphrases(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path
) -> None:
    certificates.make(office, "张建国", "编制")
    certificates.make(office, "李秀兰", "审核", passphrase="xiulan-8")
    files = []
    for number in range(3):
        path = tmp_path / f"通知{number}.pdf"
        path.write_bytes(plain() if number < 2 else b"%PDF-1.7 broken")
        files.append(path)
    page = part(qtbot, main, "sign")
    box = page.signing.sign
    dropped(box, files)
    assert box.sign_button.text() == "签名 3 个文件"
    titles = [box.people.item(place).text() for place in range(box.people.count())]
    assert titles == ["编制 张建国", "审核 李秀兰（要本人口令）", "云溪镇网格办"]
    for place, state in enumerate((True, True, False)):
        box.people.item(place).setCheckState(Qt.CheckState.Checked if state else Qt.CheckState.Unchecked)
    in_dialog(put(secret="xiulan-8"))
    click(qtbot, box.sign_button)
    qtbot.waitUntil(lambda: bool(box.done), timeout=20_000)
    assert [bool(one.out) for one in box.done] == [True, True, False]
    verdict = verifying.verify(office, tmp_path / "通知0_已签名.pdf")
    assert [one.title for one in verdict.signatures] == ["编制　张建国", "审核　李秀兰"]
    assert "损坏" in box.files.item(2).text() and not box.sign_button.isEnabled()
    # Turned round by the keyboard: 审核 before 编制 this time.
    main.activateWindow()
    qtbot.waitUntil(main.isActiveWindow)
    box.people.setFocus()
    box.people.setCurrentRow(1)
    qtbot.keyClick(box.people, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert certificates.certificate(office, box.ids()[0]).title == "审核 李秀兰"


def test_an_encrypted_copy_from_the_page(qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "名单.pdf"
    path.write_bytes(plain())
    page = part(qtbot, main, "sign")
    box = page.signing.sign
    box.add([path])
    box.copy.click()
    assert box.copy_password.isVisible()
    box.copy_password.setText("waifa-2026")
    click(qtbot, box.sign_button)
    qtbot.waitUntil(lambda: bool(box.done), timeout=20_000)
    assert box.copy_password.text() == ""
    page = part(qtbot, main, "verify")
    dropped(page.verify, [tmp_path / "名单_加密.pdf"])
    assert page.verify.big.text() == "这个 PDF 有打开密码"
    page.verify.password.setText("waifa-2026")
    click(qtbot, named(page.verify, "再核验"))
    assert page.verify.verdict is not None and page.verify.verdict.tone == "done"


def test_several_dropped_files_are_listed_with_their_verdicts(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path
) -> None:
    good, empty = tmp_path / "好.pdf", tmp_path / "空.pdf"
    good.write_bytes(signing.sign_paper(office, plain()))
    empty.write_bytes(b"")
    page = part(qtbot, main, "verify")
    dropped(page.verify, [good, empty])
    qtbot.waitUntil(lambda: len(page.verify.verdicts) == 2, timeout=20_000)
    assert page.verify.list.isVisible()
    assert [one.tone for one in page.verify.verdicts] == ["done", "soon"]
    page.verify.list.setCurrentRow(1)
    assert "空的" in page.verify.big.text()


def test_a_scanned_number_opens_the_register(
    qtbot: QtBot, office: Office, main: MainWindow, make: Make, tmp_path: Path
) -> None:
    village = make.village("石桥村")
    make.assign(make.staff("张䶮"), make.grid(village, "石桥村第1网格"), networks.WORKER)
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    page = part(qtbot, main, "verify")
    page.verify.number.setText(made.number)
    qtbot.keyClick(page.verify.number, Qt.Key.Key_Return)
    assert "现在有效" in page.verify.big.text()
    click(qtbot, named(page.verify, "打开登记"))
    assert page.stack.currentWidget() is page.register
    assert page.register.table.current() == looked_up(office, made.number)
    page.show_part("verify")
    page.verify.number.setText("牌2031-001")
    qtbot.keyClick(page.verify.number, Qt.Key.Key_Return)
    assert "登记里没有编号" in page.verify.big.text()


def looked_up(office: Office, number: str) -> int:
    from gridoffice.modules.documents import looking_up

    return looking_up.look_up(office, number).id


def test_a_stranger_is_trusted_from_the_verdict(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gridoffice.db import store
    from gridoffice.domain import setup

    other = store.create(tmp_path / "清水.office")
    try:
        setup.prepare(other, name="清水镇")
        path = tmp_path / "来函.pdf"
        path.write_bytes(signing.sign_paper(other, plain()))
        certificate_files.export_root(other, tmp_path / "清水.cer")
    finally:
        other.close()
    page = part(qtbot, main, "verify")
    page.verify.check(path)
    assert "不认识签名人" in page.verify.big.text()
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _buttons: list[str]) -> int:
        asked.append(text)
        return 0

    monkeypatch.setattr(dialogs, "open_files", lambda *_a: [tmp_path / "清水.cer"])
    monkeypatch.setattr(dialogs, "ask", ask)
    click(qtbot, named(page.verify, "导入对方的根证书…"))
    assert "指纹" in asked[0]
    page.verify.check(path)
    assert page.verify.verdict is not None and page.verify.verdict.tone == "done"


def test_the_search_and_the_menu_lead_to_signing(qtbot: QtBot, office: Office, main: MainWindow) -> None:
    for key, shown in (("verify", "verify"), ("sign_files", "sign"), ("certificates", "certificates")):
        main.actions_by_key[key].trigger()
        page = main.open("documents")
        assert isinstance(page, DocumentsPage)
        assert page.parts[shown].isChecked()
