"""Offices as files: making, opening, backing up, restoring, changing the key."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from gridoffice.core.errors import OfficeError
from gridoffice.db import engine as engines
from gridoffice.db import failures, keys, schema
from gridoffice.db.lock import FileLock, Held
from gridoffice.db.office import Office

SUFFIX = ".office"
PAGE = 4096


class Locked(OfficeError):
    """The file is whole, but this machine has no key for it: ask for passphrase or recovery words."""


def is_url(target: str) -> bool:
    """Whether an office is named by a PostgreSQL URL rather than by a file."""
    return target.startswith(("postgresql://", "postgresql+psycopg://"))


def _lock(path: Path) -> FileLock:
    lock = FileLock(path.with_name(path.name + ".lock"))
    try:
        lock.acquire()
    except Held as error:
        raise OfficeError(
            f"“{path.name}”已经在另一个窗口或程序里打开",
            safe="那边的工作不受影响，这里没有改动任何内容",
            do="请切换到已打开的窗口，或先关闭它再试",
        ) from error
    except OSError as error:
        raise OfficeError(
            f"“{path.parent}”里不能写文件",
            safe="没有改动任何内容",
            do=f"请换一个可以写的文件夹（{error.strerror}）",
        ) from error
    return lock


def create(path: Path, *, key: bytes | None = None) -> Office:
    """A new, empty, encrypted office file; its key is kept on this machine before the file is made."""
    if path.exists():
        raise OfficeError(f"“{path.name}”已经存在", safe="原来的文件没有改动", do="请换一个名字，或直接打开它")
    if not path.parent.is_dir():
        raise OfficeError(f"没有文件夹“{path.parent}”", do="请先建好文件夹，或换一个位置")
    lock = _lock(path)
    try:
        key, salt = key or keys.new_key(), os.urandom(keys.SALT_BYTES)
        keys.keep(salt, key)
        engine = engines.sqlite(path, key, salt)
        schema.upgrade(engine)
        office = Office(engine, path, lock)
        office.key = key
        return office
    except BaseException:
        lock.release()
        raise


def keys_for(path: Path, passphrase: str | None = None, words: str | None = None) -> list[bytes]:
    """The keys to try on a file: from words, from a passphrase, or what this machine keeps."""
    salt = keys.salt_of(path)
    if words:
        return [keys.from_words(words)]
    if passphrase is not None:
        return [keys.from_passphrase(passphrase, salt)]
    kept = keys.kept(salt)
    if not kept:
        raise Locked(
            f"本机没有“{path.name}”的钥匙",
            safe="文件没有改动",
            do="请输入口令，或恢复单上的 24 个字；如果这台电脑以前能打开它，文件可能已损坏，请取最近的备份",
        )
    return kept


def _engine(path: Path, candidates: list[bytes], salt: bytes) -> tuple[Engine, bytes]:
    """The engine with the first key that opens the file; raises sqlite3.DatabaseError when none does."""
    failure: Exception = sqlite3.DatabaseError("file is not a database")
    for key in candidates:
        engine = engines.sqlite(path, key, salt)
        try:
            engine.connect().close()
            return engine, key
        except sqlite3.DatabaseError as error:
            engine.dispose()
            failure = error
    raise failure


def _look(path: Path) -> None:
    """Refuse what cannot be an office file, with the reason."""
    if not path.exists():
        raise OfficeError(f"没有找到“{path.name}”", do="请检查位置和名字；新建请用 gridoffice init 或首次使用向导")
    if path.is_dir():
        raise OfficeError(f"“{path.name}”是文件夹，不是办公文件", do="请选择以 .office 结尾的文件")
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(16)
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"SQLite format 3")):
        raise OfficeError(f"“{path.name}”不是网格办公文件", safe="文件没有改动", do="请选择以 .office 结尾的文件")
    if size < PAGE or size % PAGE:
        raise _damaged(path)


def _damaged(path: Path) -> OfficeError:
    return OfficeError(
        f"“{path.name}”有损坏，打不开",
        safe="文件没有改动",
        do="请用“文件 → 恢复…”取最近一次备份，损坏的文件请先留着",
    )


def open_office(
    target: str | Path, *, passphrase: str | None = None, words: str | None = None, remember: bool = True
) -> Office:
    """Open an office file (or PostgreSQL URL), bringing it up to this program; OfficeError tells what is wrong.

    The key comes from `words`, `passphrase`, or this machine. `remember`: a key told by words is kept from now on.
    """
    if isinstance(target, str) and is_url(target):
        server = engines.postgresql(target)
        schema.upgrade(server)
        return Office(server, None)
    path = Path(target)
    _look(path)
    lock = _lock(path)
    try:
        salt = keys.salt_of(path)
        try:
            engine, key = _engine(path, keys_for(path, passphrase, words), salt)
        except sqlite3.DatabaseError as error:
            raise _unopened(path, error, passphrase is not None or words is not None) from error
        if words and remember:
            keys.keep(salt, key)
        try:
            schema.upgrade(engine)
        except DBAPIError as error:
            engine.dispose()
            raise failures.told(error) or _damaged(path) from error
        office = Office(engine, path, lock)
        office.key = key
        return office
    except BaseException:
        lock.release()
        raise


def _unopened(path: Path, error: Exception, typed: bool) -> OfficeError:
    if "not a database" not in str(error) or not typed:
        return _damaged(path)
    return OfficeError("口令或恢复字不对，打不开办公文件", safe="文件没有改动", do="请检查大小写和输入法后再输一次")


def while_closed(office: Office, work: Callable[[Path], bytes]) -> None:
    """Close an open office for a piece of work on its file (restore, change of key), then go on with it.

    `work` gets the path and returns the key that opens the file from then on; when it fails, the old key is tried.
    """
    if office.path is None:
        raise OfficeError("PostgreSQL 数据库没有办公文件", do="请在数据库服务器上备份、恢复和改口令")
    key = office.key
    office.close()
    try:
        key = work(office.path)
    finally:
        office.resume(open_office(office.path, words=key.hex(), remember=False))


def is_whole(office: Office) -> bool:
    """Whether every page of the file is as it was written (authentication codes and structure)."""
    with office.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            return True
        torn = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
        state = connection.exec_driver_sql("PRAGMA quick_check").scalar()
    return not torn and state == "ok"


def backup(office: Office, out: Path) -> Path:
    """A whole copy of an open office under the same key; it appears complete or not at all."""
    if office.path is None:
        raise OfficeError("PostgreSQL 数据库请用服务器自己的备份", do="例如 pg_dump；办公文件才由本程序备份")
    if out.is_dir():
        out = out / f"{office.path.stem}-{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}"
    draft = out.with_name(out.name + ".new")
    draft.unlink(missing_ok=True)
    try:
        connection = office.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(draft),))
        finally:
            connection.close()
        draft.replace(out)
    except Exception as error:
        draft.unlink(missing_ok=True)
        raise OfficeError(f"没能备份到“{out}”", safe="办公文件不受影响", do="请检查磁盘空间和文件夹是否可写") from error
    return out


def restore(source: Path, target: Path, *, passphrase: str | None = None, words: str | None = None) -> Path | None:
    """Put a backup in the place of an office; the office there before is kept beside it (its path is returned)."""
    _look(source)
    probe = open_office(source, passphrase=passphrase, words=words)
    try:
        if not is_whole(probe):
            raise _damaged(source)
        lock = _lock(target)
        try:
            draft = target.with_name(target.name + ".new")
            draft.unlink(missing_ok=True)
            backup(probe, draft)
            return _swap(draft, target)
        finally:
            lock.release()
    finally:
        probe.close()


def _swap(draft: Path, target: Path) -> Path | None:
    aside = None
    if target.exists():
        aside = target.with_name(f"{target.stem}-恢复前-{datetime.now():%Y%m%d-%H%M%S}{SUFFIX}")
        for ending in ("-wal", "-shm"):
            leftover = target.with_name(target.name + ending)
            if leftover.exists():
                leftover.replace(aside.with_name(aside.name + ending))
        target.replace(aside)
    draft.replace(target)
    return aside


def change_key(path: Path, old: bytes, *, passphrase: str | None) -> bytes:
    """Re-encrypt a closed office under a passphrase, or (None) under a new key kept on this machine; the new key."""
    from sqlcipher3 import dbapi2

    lock = _lock(path)
    try:
        salt = keys.salt_of(path)
        new = keys.new_key() if passphrase is None else keys.from_passphrase(passphrase, salt)
        if passphrase is None:
            keys.keep(salt, new, also=old)
        connection = dbapi2.connect(str(path), isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{old.hex()}{salt.hex()}'\"")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute(f"PRAGMA rekey = \"x'{new.hex()}{salt.hex()}'\"")
        finally:
            connection.close()
        if passphrase is None:
            keys.keep(salt, new)
        else:
            keys.forget(salt)
        return new
    finally:
        lock.release()
