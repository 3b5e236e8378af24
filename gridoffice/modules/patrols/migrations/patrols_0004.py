"""Keep what came of each thing behind a door of a route sheet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "patrols_0004"
down_revision = "patrols_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("route_row", sa.Column("closings", sa.JSON(), nullable=False, server_default="{}"))
