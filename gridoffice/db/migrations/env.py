"""Runs the migrations on the connection handed in by `db/schema.py`."""

from __future__ import annotations

from alembic import context

from gridoffice.db.base import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=False)
context.run_migrations()
