"""Entries of the search and menus for papers: what must be printed anew, the register, signing and checking."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Command


def _part(key: str) -> Any:
    return lambda window: window.open("documents", view=key)


def _batch(window: Any) -> None:
    """All papers of the chosen kind at once."""
    page = window.open("documents", view="preview")
    page.make.ask_batch()


COMMANDS = (
    Command("reprint", "要重印的文书", _part("reprint"), icon="print"),
    Command("paper_register", "文书登记", _part("register"), icon="documents"),
    Command("papers_to_return", "待收回的文书", _part("register:to_return"), icon="documents"),
    Command("papers_hung", "挂在墙上的文书", _part("copies:hung"), icon="documents"),
    Command("paper_copies", "文书发放和悬挂", _part("copies:out"), icon="documents"),
    Command("paper_batch", "打印全部：选中的文书每村（每人）一份…", _batch, icon="print", is_writing=True),
    Command("verify", "签名验证…", _part("verify"), icon="verify", menu="文件"),
    Command("sign_files", "给 PDF 签名…", _part("sign"), icon="sign"),
    Command("certificates", "签名证书", _part("certificates"), icon="sign"),
)
