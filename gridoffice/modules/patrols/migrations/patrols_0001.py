"""Make the tables of patrols."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "patrols_0001"
down_revision = None
branch_labels = ("patrols",)
depends_on = "shared_0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "patrol",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=True),
        sa.Column("end", sa.Time(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_patrol_staff_id_staff")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_patrol_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_patrol_day"), "patrol", ["day"], unique=False)
    op.create_index(op.f("ix_patrol_staff_id"), "patrol", ["staff_id"], unique=False)
    op.create_index(op.f("ix_patrol_unit_id"), "patrol", ["unit_id"], unique=False)
