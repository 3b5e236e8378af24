"""Make the tables of inspections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "inspections_0001"
down_revision = None
branch_labels = ("inspections",)
depends_on = "shared_0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inspection",
        sa.Column("premises_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("inspector", sa.String(length=40), nullable=False),
        sa.Column("second", sa.String(length=40), nullable=False),
        sa.Column("checklist", sa.String(length=30), nullable=False),
        sa.Column("checklist_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_inspection_premises_id_premises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_inspection_day"), "inspection", ["day"], unique=False)
    op.create_index(op.f("ix_inspection_premises_id"), "inspection", ["premises_id"], unique=False)
    op.create_table(
        "hazard",
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("premises_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=4), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("rechecked_by", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name=op.f("fk_hazard_inspection_id_inspection")),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_hazard_premises_id_premises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_hazard_due_on"), "hazard", ["due_on"], unique=False)
    op.create_index(op.f("ix_hazard_found_on"), "hazard", ["found_on"], unique=False)
    op.create_index(op.f("ix_hazard_inspection_id"), "hazard", ["inspection_id"], unique=False)
    op.create_index(op.f("ix_hazard_premises_id"), "hazard", ["premises_id"], unique=False)
    op.create_index(op.f("ix_hazard_state"), "hazard", ["state"], unique=False)
