"""签名证书: who signs with what until when; new ones, renewing, revoking, passphrases, files for other computers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain.certificates import CERTIFICATES, OFFICE, PERSON, TRUSTED
from gridoffice.modules.documents import certificate_files, certificates
from gridoffice.modules.documents import page_certificate_forms as forms
from gridoffice.modules.documents.certificates import Line
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import button, label
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class Certificates(QWidget):
    """The list of certificates with what can be done with the chosen one under it."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(6))
        told = "文书由谁签、用哪张证书，都在这里。本机做的证书够证明“没被改过”；是不是本人签的，要靠本人口令。"
        body.addWidget(label(told, "quiet", wrap=True))
        self.make_button = button("给个人发证书…", self.make, kind="primary")
        self.more_button = QPushButton("更多")
        self.more_button.setMenu(self._more())
        text = "第一次签名时会自动建好本办的根证书和单位证书。也可以现在就建，再给编制、审核、批准的人各发一张。"
        empty = Empty("sign", "还没有签名证书", text, (("现在建好", self.prepare),))
        self.table = ListTable(office, CERTIFICATES, empty=empty)
        self.table.search.setPlaceholderText("筛选 持有人、签名身份、序列号")
        self.table.chosen.connect(self._line_chosen)
        self.table.opened.connect(lambda _id: self.renew())
        body.addWidget(self.table, 1)
        self.acts = {
            "renew": button("续期…", self.renew),
            "protect": button("签名口令…", self.protect),
            "export": button("导出密钥存档…", self.export_key),
            "revoke": button("吊销…", self.revoke, kind="danger"),
            "distrust": button("不再信任", self.distrust, kind="danger"),
        }
        for one in (*self.acts.values(), self.more_button, self.make_button):
            self.table.foot.addWidget(one)
        self._line_chosen(None)

    def _more(self) -> QMenu:
        menu = QMenu(self)
        entries: tuple[tuple[str, Callable[[], object]] | None, ...] = (
            ("导入发证机构的证书（.p12）…", lambda: self._say(forms.take_in(self, self.main), "已导入", undo=True)),
            ("印章图片…", lambda: self._say(forms.seal(self, self.main), "已保存", undo=True)),
            None,
            ("导出本办根证书（给别的电脑）…", self.export_root),
            ("导出吊销列表…", self.export_crl),
            None,
            ("信任外单位的根证书…", self.trust),
            ("导入外单位的吊销列表…", self.take_crl),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                menu.addAction(entry[0], self._guarded(entry[1]))
        return menu

    def _guarded(self, run: Callable[[], object]) -> Callable[[], object]:
        return lambda: dialogs.guarded(self, run)

    # --- the chosen one

    def line(self) -> Line | None:
        """The chosen certificate."""
        record = self.table.current()
        return certificates.certificate(self.office, record) if record is not None else None

    def _line_chosen(self, record: object) -> None:
        line = certificates.certificate(self.office, int(record)) if isinstance(record, int) else None
        is_live = line is not None and line.has_key and line.revoked_at is None and not line.is_renewed
        is_trusted = line is not None and line.kind == TRUSTED
        self.acts["renew"].setVisible(not is_trusted)
        self.acts["renew"].setEnabled(is_live and line is not None and line.kind in (OFFICE, PERSON))
        self.acts["protect"].setVisible(not is_trusted)
        self.acts["protect"].setEnabled(is_live and line is not None and line.kind != OFFICE)
        self.acts["export"].setVisible(not is_trusted)
        self.acts["export"].setEnabled(line is not None and line.has_key)
        self.acts["revoke"].setVisible(not is_trusted)
        self.acts["revoke"].setEnabled(line is not None and line.revoked_at is None)
        self.acts["distrust"].setVisible(is_trusted)

    def _with(self, run: Callable[[Line], bool], said: str, *, undo: bool = False) -> None:
        line = self.line()
        if line is None:
            dialogs.toast(self, "请先选一张证书")
        else:
            dialogs.guarded(self, lambda: self._say(run(line), said.format(line.title), undo=undo))

    def _say(self, done: bool, said: str, *, undo: bool = False) -> None:
        if done:
            self.main.say(said, undo=undo)

    # --- what is done

    def prepare(self) -> None:
        """Make the office's root and own certificate now."""
        if dialogs.guarded(self, lambda: certificates.prepare(self.office)):
            self.main.say("已建好本办的根证书和单位签名证书")

    def make(self) -> None:
        """Issue a certificate to a person."""
        dialogs.guarded(self, lambda: self._say(forms.make(self, self.main), "已签发证书", undo=True))

    def renew(self) -> None:
        """Renew the chosen one."""
        if self.acts["renew"].isEnabled():
            self._with(lambda line: forms.renew(self, self.main, line), "已续期：{}", undo=True)

    def protect(self) -> None:
        """Set the chosen one's passphrase."""
        self._with(lambda line: forms.protect(self, self.main, line), "签名口令已保存：{}")

    def revoke(self) -> None:
        """Revoke the chosen one."""
        self._with(lambda line: forms.revoke(self, self.main, line), "已吊销：{}", undo=True)

    def distrust(self) -> None:
        """Trust the chosen root no more."""

        def run(line: Line) -> bool:
            certificate_files.distrust(self.office, line.id)
            return True

        self._with(run, "不再信任：{}", undo=True)

    def export_key(self) -> None:
        """Save the chosen one's key for the archive."""
        self._with(lambda line: forms.export_key(self, self.main, line), "已导出：{}，请锁好")

    def export_root(self) -> None:
        """Save the root certificate."""
        out = forms.export_root(self, self.main)
        if out is not None:
            self.main.say(f"已存为“{out.name}”，交给要核验本办文书的单位")

    def export_crl(self) -> None:
        """Save the revocation list."""
        told = forms.export_crl(self, self.main)
        if told:
            self.main.say(told)

    def take_crl(self) -> None:
        """Take in another office's revocation list."""
        number = forms.take_crl(self, self.main)
        if number is not None:
            self.main.say(f"已更新吊销列表，上面有 {number} 张证书", undo=True)

    def trust(self) -> None:
        """Import another office's root."""
        dialogs.guarded(self, lambda: self._say(forms.trust(self, self.main), "已信任", undo=True))

    def refresh(self) -> None:
        """Ask the list anew."""
        self.table.reload()
