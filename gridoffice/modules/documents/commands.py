"""Entries of the search and menus for signing: checking a paper, signing files, certificates."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Command


def _part(key: str) -> Any:
    return lambda window: window.open("documents", view=key)


COMMANDS = (
    Command("verify", "签名验证…", _part("verify"), icon="verify", menu="文件"),
    Command("sign_files", "给 PDF 签名…", _part("sign"), icon="sign"),
    Command("certificates", "签名证书", _part("certificates"), icon="sign"),
)
