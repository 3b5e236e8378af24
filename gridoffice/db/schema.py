"""Every module's tables and migrations, found in their folders, and bringing a database up to now."""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Base

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = re.compile(r"""^(revision|down_revision|depends_on) = "?([^"\n]*)"?$""", re.MULTILINE)
HERE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def load_models() -> None:
    """Import everything that declares tables: `db`, `domain`, and each module's `model.py`."""
    for name in ("gridoffice.db.audit", "gridoffice.domain.records"):
        importlib.import_module(name)
    package = importlib.import_module("gridoffice.modules")
    for info in pkgutil.iter_modules(package.__path__):
        name = f"gridoffice.modules.{info.name}.model"
        if info.ispkg and importlib.util.find_spec(name):
            importlib.import_module(name)


def _places() -> list[Path]:
    """The folders of migrations: the shared history, and one for each module that has tables."""
    return [HERE / "migrations" / "versions", *sorted(HERE.parent.glob("modules/*/migrations"))]


def is_current(have: set[str]) -> bool:
    """Whether these revisions are the newest, told from the files' own lines without Alembic (0.1 s at start).

    A revision that another branch depends on is implied by it: the version table may hold it or not.
    """
    newest: set[str] = set()
    older: set[str] = set()
    implied: set[str] = set()
    for file in (file for place in _places() for file in place.glob("*.py")):
        lines = dict(REVISION.findall(file.read_text("utf-8")))
        newest.add(lines["revision"])
        older.add(lines["down_revision"])
        implied.add(lines["depends_on"])
    heads = newest - older
    return heads - implied <= have <= heads


def _config(connection: Connection) -> Config:
    """Alembic's settings: one history for what is shared, one branch for each module that has tables."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(HERE / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.set_main_option("version_locations", os.pathsep.join(map(str, _places())))
    settings.attributes["connection"] = connection
    return settings


def _versions(connection: Connection) -> set[str]:
    """The revisions a database stands at; none for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return set()
    return set(connection.scalars(text("SELECT version_num FROM alembic_version")))


def upgrade(engine: Engine) -> bool:
    """Bring the database up to this program, in one transaction; True when something was done."""
    with engine.begin() as connection:
        have = _versions(connection)
        if is_current(have):
            return False
        load_models()
        from alembic import command
        from alembic.script import ScriptDirectory

        settings = _config(connection)
        known = {revision.revision for revision in ScriptDirectory.from_config(settings).walk_revisions()}
        if have - known:
            raise OfficeError(
                "这个办公文件是用更新的版本写的，本程序还不认识", safe="文件没有改动", do="请先把本机程序升级到新版本"
            )
        command.upgrade(settings, "heads")
    return True


def tables() -> list[str]:
    """Names of all tables the models declare."""
    load_models()
    return sorted(Base.metadata.tables)
