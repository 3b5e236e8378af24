"""Every module's tables and migrations, found in their folders, and bringing a database up to now."""

from __future__ import annotations

import importlib
import importlib.util
import os
import pkgutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Base

HERE = Path(__file__).resolve().parent


def load_models() -> None:
    """Import everything that declares tables: `db`, `domain`, and each module's `model.py`."""
    for name in ("gridoffice.db.audit", "gridoffice.domain.records"):
        importlib.import_module(name)
    package = importlib.import_module("gridoffice.modules")
    for info in pkgutil.iter_modules(package.__path__):
        name = f"gridoffice.modules.{info.name}.model"
        if info.ispkg and importlib.util.find_spec(name):
            importlib.import_module(name)


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings: one history for what is shared, one branch for each module that has tables."""
    settings = Config()
    places = [HERE / "migrations" / "versions", *sorted(HERE.parent.glob("modules/*/migrations"))]
    settings.set_main_option("script_location", str(HERE / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.set_main_option("version_locations", os.pathsep.join(map(str, places)))
    settings.attributes["connection"] = connection
    return settings


def upgrade(engine: Engine) -> bool:
    """Bring the database up to this program, in one transaction; True when something was done."""
    load_models()
    with engine.begin() as connection:
        settings = config(connection)
        script = ScriptDirectory.from_config(settings)
        have = set(MigrationContext.configure(connection).get_current_heads())
        known = {revision.revision for revision in script.walk_revisions()}
        if have - known:
            raise OfficeError(
                "这个办公文件是用更新的版本写的，本程序还不认识",
                safe="文件没有改动",
                do="请先把本机程序升级到新版本",
            )
        if have == set(script.get_heads()):
            return False
        command.upgrade(settings, "heads")
    return True


def tables() -> list[str]:
    """Names of all tables the models declare."""
    load_models()
    return sorted(Base.metadata.tables)
