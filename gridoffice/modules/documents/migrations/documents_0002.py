"""Remember for which unit a paper was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "documents_0002"
down_revision = "documents_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("issued_paper", sa.Column("unit_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_issued_paper_unit_id"), "issued_paper", ["unit_id"], unique=False)
