"""Backups, a look inside one before it is restored, and the change between passphrase and kept key."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load, modules
from gridoffice.db import keys, store
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import network_update, settings
from gridoffice.domain.listing import Query

SHORTEST = 6
"""Characters a passphrase must have at least; Argon2id makes each guess slow, a short one is still guessed."""


@dataclass(frozen=True)
class Inside:
    """What lies in an office file: whose, last change, and how many records of each list."""

    path: Path
    name: str
    last_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    key: bytes


def counts(office: Office) -> tuple[tuple[str, int], ...]:
    """How many records each list holds, in tab order; the log is left out."""
    query = Query(on=office.today())
    return tuple(
        (listing.title, listing.count(office, query))
        for module in modules()
        if module.listings and module.key != "office"
        for listing in load(module.listings)
    )


def inside(office: Office) -> Inside:
    """What lies in the open office."""
    with office.read() as session:
        name = settings.get(session, "name")
        last_at = session.scalar(select(func.max(AuditUnit.at)))
    return Inside(office.path or Path(), name, last_at, counts(office), office.key)


def look(path: Path, *, passphrase: str | None = None, words: str | None = None) -> Inside:
    """What lies in a backup; a copy is looked at, so that the backup itself stays as it is.

    Raises OfficeError when the file is damaged, and `store.Locked` when passphrase or words are wanted.
    """
    with tempfile.TemporaryDirectory(prefix="gridoffice-") as folder:
        copy = Path(folder) / (path.name or "backup.office")
        if not path.is_file():
            raise OfficeError(f"没有找到备份“{path.name}”", safe="办公文件没有改动", do="请重新选择备份文件")
        shutil.copyfile(path, copy)
        probe = store.open_office(copy, passphrase=passphrase, words=words, remember=False)
        try:
            if not store.is_whole(probe):
                raise OfficeError(f"备份“{path.name}”有损坏", safe="办公文件没有改动", do="请换一份备份再试")
            seen = inside(probe)
        finally:
            probe.close()
    return Inside(path, seen.name, seen.last_at, seen.counts, seen.key)


def backup(office: Office, out: Path) -> Path:
    """A whole copy of the open office; `out` is a file or a folder. The copy is looked into before it counts."""
    made = store.backup(office, out)
    look(made, words=office.key.hex())
    return made


def restore(office: Office, backup_file: Inside) -> Path | None:
    """Put a looked-at backup in the place of the open office; returns where the former file was laid aside."""
    aside: list[Path | None] = []

    def swap(path: Path) -> bytes:
        if backup_file.path.resolve() == path.resolve():
            raise OfficeError("选中的就是正在使用的办公文件", safe="没有改动任何内容", do="请选择一份备份")
        aside.append(store.restore(backup_file.path, path, words=backup_file.key.hex()))
        return backup_file.key

    store.while_closed(office, swap)
    network_update.update(office)
    return aside[0]


def has_passphrase(office: Office) -> bool:
    """Whether the office is opened by a passphrase rather than by a key kept on this machine."""
    return office.path is not None and not keys.kept(keys.salt_of(office.path))


def set_passphrase(office: Office, passphrase: str, again: str) -> None:
    """From now on the office opens with this passphrase; the old recovery sheet no longer opens it."""
    if passphrase != again:
        raise OfficeError("两次输入的口令不一样", safe="口令没有改动", do="请重新输入")
    if len(passphrase) < SHORTEST:
        raise OfficeError(
            f"口令太短，至少要 {SHORTEST} 个字符", safe="口令没有改动", do="可以用一句好记的话，例如十个汉字"
        )
    store.while_closed(office, lambda path: store.change_key(path, office.key, passphrase=passphrase))


def keep_key_here(office: Office) -> None:
    """From now on the key, a new one, is kept on this machine and nobody types a passphrase."""
    store.while_closed(office, lambda path: store.change_key(path, office.key, passphrase=None))
