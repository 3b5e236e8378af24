"""An open office: reading, named units of writing, undo, and who is told what changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from gridoffice.core.calendar import chinese, moment
from gridoffice.core.errors import OfficeError
from gridoffice.core.log import log
from gridoffice.db import failures, schema, undo
from gridoffice.db.audit import AuditUnit, Look, Secret
from gridoffice.db.lock import FileLock
from gridoffice.db.unit import Unit, log_after_flush, log_before_flush, refuse_bulk, tables_by_name

Listener = Callable[[set[str]], None]


class Changes:
    """Who is told, once after each commit, which tables were touched."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told from now on (in the thread that committed); returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def announce(self, tables: set[str]) -> None:
        """Tell everyone; a listener that fails is logged and does not undo the commit."""
        for listener in list(self._listeners):
            try:
                listener(tables)
            except Exception:
                log.exception("a listener failed after a commit")


class Office:
    """One office file (or PostgreSQL database), open. Use `store.open_office` or `store.create`."""

    def __init__(self, engine: Engine, path: Path | None, lock: FileLock | None = None) -> None:
        self.engine = engine
        self.path = path
        self.user = "内勤"
        self.changed = Changes()
        self.on: date | None = None
        self.as_of: date | None = None  # a past day being looked at: tree and people of then, nothing can be written
        self.scope: int | None = None  # the unit whose subtree lists are limited to, None: all
        self.key = b""  # of the file, for the recovery sheet; empty on PostgreSQL
        self._lock = lock
        self._writing = threading.RLock()
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        event.listen(self._sessions, "before_flush", log_before_flush)
        event.listen(self._sessions, "after_flush", log_after_flush)
        event.listen(self._sessions, "do_orm_execute", refuse_bulk)

    def today(self) -> date:
        """The day for everything that is due: today, or the day set with `--on`."""
        return self.on or date.today()

    def now(self) -> datetime:
        """The moment for every clock that runs: now, or with a day set that day's morning."""
        return datetime.now().replace(microsecond=0) if self.on is None else moment(self.on)

    def day(self) -> date:
        """The day whose tree and people are shown: the past day looked at, or today."""
        return self.as_of or self.today()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading; nothing can be written in it."""
        session = self._sessions(info={"scope": self.scope})
        try:
            yield session
        except SQLAlchemyError as error:
            told = failures.told(error)
            if told:
                raise told from error
            raise
        finally:
            session.close()

    @contextmanager
    def unit(self, name: str, *, kind: str = "do") -> Iterator[Session]:
        """One change under a name in the office's words: all of it or nothing; logged, undoable, announced once."""
        if self.as_of is not None and kind != "look":
            raise OfficeError(
                f"正在看 {chinese(self.as_of)}的情形，只能看，不能改",
                safe="没有改动任何内容",
                do="请先点“回到今天”，再做这一步",
                offer="now",
            )
        schema.load_models()  # a flush follows references to tables that nothing may have imported yet
        with self._writing, self._translated():
            session = self._sessions(info={"scope": self.scope})
            work = Unit(session, name, self.user, kind, datetime.now().replace(microsecond=0))
            session.info["unit"] = work
            try:
                yield session
                session.flush()
                if work.write_log() and kind != "undo":
                    undo.drop_redo(session)
                session.commit()
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()
        if work.tables:
            self.changed.announce(work.tables)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            told = failures.told(error)
            if told:
                raise told from error
            raise

    def undo(self, unit_id: int | None = None) -> str | None:
        """Undo the last unit, or the one with this id; its name, or None when there is nothing to undo."""
        with self.read() as session:
            last = session.get(AuditUnit, unit_id) if unit_id else undo.last_done(session)
        if last is None and unit_id:
            raise OfficeError(f"没有编号为 {unit_id} 的批次", do="请用 gridoffice log 查看编号")
        if last is None:
            return None
        if last.state == "dropped" and last.kind != "undo":
            raise OfficeError(
                f"“{last.name}”涉及已经销毁的记录，不能撤销",
                safe="没有改动任何内容",
                do="销毁是不能撤销的；其他步骤照常可以撤销",
            )
        if last.state != "done" or last.kind == "undo":
            raise OfficeError(f"“{last.name}”已经撤销过了", safe="没有改动任何内容")
        self._reverse(last, f"撤销：{last.name}", "undone")
        return last.name

    def redo(self) -> str | None:
        """Take the last undo back; the name of what is done again, or None."""
        with self.read() as session:
            last = undo.last_undone(session)
        if last is None:
            return None
        self._reverse(last, last.name.removeprefix("撤销："), "done")
        return last.name.removeprefix("撤销：")

    def _reverse(self, target: AuditUnit, name: str, state: str) -> None:
        """One unit that turns `target` back; for a redo the original becomes done again."""
        redoing = target.kind == "undo"
        with self.unit(name, kind="undo") as session:
            work: Unit = session.info["unit"]
            record = session.get_one(AuditUnit, target.id)
            undo.reverse(work, record)
            if redoing:
                record.state = "dropped"
                original = session.get_one(AuditUnit, record.undoes)
                original.state = state
                work.record.state = "dropped"
            else:
                record.state = state
            work.record.undoes = target.id

    def note_look(self, kind: str, subject: str, reason: str = "") -> None:
        """Note that private figures were revealed, printed or exported (`kind`); neither undone nor changed later."""
        at = datetime.now().replace(microsecond=0)
        with self.unit("查看记录", kind="look") as session:
            session.add(Look(at=at, who=self.user, kind=kind, subject=subject[:120], reason=reason[:120]))

    def undo_text(self) -> str | None:
        """What undo would undo, in words."""
        with self.read() as session:
            last = undo.last_done(session)
            return last.name if last else None

    def redo_text(self) -> str | None:
        """What redo would do again, in words."""
        with self.read() as session:
            last = undo.last_undone(session)
            return last.name.removeprefix("撤销：") if last else None

    @contextmanager
    def aside(self, *, wait: bool = False) -> Iterator[Connection | None]:
        """A connection for what is no record (drafts); None when another write is under way and `wait` is not set."""
        if not self._writing.acquire(blocking=wait):
            yield None
            return
        try:
            with self.engine.connect() as connection:
                yield connection
        finally:
            self._writing.release()

    def secret(self, key: str) -> bytes | None:
        """A secret of this file, for instance the signing certificate."""
        with self.read() as session:
            return session.scalar(select(Secret.data).where(Secret.key == key))

    def keep_secret(self, key: str, data: bytes) -> None:
        """Keep a secret in the file; neither logged nor undone."""
        with self.unit("保存内部信息") as session:
            session.merge(Secret(key=key, data=data))

    def resume(self, again: Office) -> None:
        """Go on with a file that was closed for a while and opened again; everyone is told to read anew."""
        self.engine, self.key, self._lock = again.engine, again.key, again._lock
        self._sessions.configure(bind=again.engine)
        self.changed.announce(set(tables_by_name()))

    def close(self) -> None:
        """Close the file and free it for others."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()
