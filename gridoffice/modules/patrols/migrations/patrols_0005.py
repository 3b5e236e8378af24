"""Let the index of the days hold all that 到位率 asks."""

from __future__ import annotations

from alembic import op

revision = "patrols_0005"
down_revision = "patrols_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the wider index in place of the narrow one."""
    op.drop_index("ix_patrol_day_start", table_name="patrol")
    op.create_index("ix_patrol_day_start", "patrol", ["day", "start", "unit_id", "staff_id", "kind"], unique=False)
