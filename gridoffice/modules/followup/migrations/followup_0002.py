"""Make the table of grid workers' calls about appointments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "followup_0002"
down_revision = "followup_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "assist_visit",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("result", sa.String(length=10), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_assist_visit_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assist_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assist_visit_day"), "assist_visit", ["day"], unique=False)
    op.create_index(op.f("ix_assist_visit_enrolment_id"), "assist_visit", ["enrolment_id"], unique=False)
