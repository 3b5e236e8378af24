"""Make the table of visits to those on the help list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "residents_0001"
down_revision = None
branch_labels = ("residents",)
depends_on = "shared_0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "help_visit",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["help_entry.id"], name=op.f("fk_help_visit_entry_id_help_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_help_visit_day"), "help_visit", ["day"], unique=False)
    op.create_index(op.f("ix_help_visit_entry_id"), "help_visit", ["entry_id"], unique=False)
