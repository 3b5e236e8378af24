"""Opens the database of an office: an encrypted SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from gridoffice.core.errors import OfficeError


def _connect(path: Path, key: bytes, salt: bytes) -> Any:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), check_same_thread=False, timeout=10, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        # A raw key with its salt: no key derivation at each connection, and the salt is known beforehand.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not merely freed
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError as error:
        connection.close()
        raise sqlite3.DatabaseError(str(error)) from error
    return connection


def sqlite(path: Path, key: bytes, salt: bytes) -> Engine:
    """An engine on an encrypted file; raises sqlite3.DatabaseError when the key does not open it."""
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: _connect(path, key, salt),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
    )

    # The driver's own implicit transactions leave DDL outside; BEGIN is said here instead.
    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def postgresql(url: str) -> Engine:
    """An engine on a PostgreSQL server; raises OfficeError when it cannot be reached."""
    from sqlalchemy.exc import OperationalError

    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_pre_ping=True)
    try:
        engine.connect().close()
    except OperationalError as error:
        raise OfficeError(
            "连不上数据库服务器", safe="没有改动任何内容", do="请检查地址、网线，以及数据库电脑是否开机"
        ) from error
    return engine
