"""The base of every kept record: names of constraints, id, version for the second writer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Metadata of everything an office file holds; types are those SQLite and PostgreSQL share."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A record with an id that is never used twice and a version counted up at every change."""

    __abstract__ = True
    # AUTOINCREMENT: an id freed by a deletion must not come back, or an undo could revive the wrong row.
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @classmethod
    def __init_subclass__(cls, **kwargs: Any) -> None:
        if not cls.__dict__.get("__abstract__") and "__mapper_args__" not in cls.__dict__:
            cls.__mapper_args__ = {"version_id_col": cls.version}
        super().__init_subclass__(**kwargs)
