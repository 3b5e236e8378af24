"""Read logs and visits in the order they are asked for, out of indexes alone."""

from __future__ import annotations

from alembic import op

revision = "patrols_0003"
down_revision = "patrols_0002"
branch_labels = None
depends_on = None

NEW = (
    ("patrol", "day", ["day", "start"]),
    ("patrol", "unit_id", ["unit_id", "day"]),
    ("patrol", "staff_id", ["staff_id", "day"]),
    ("house_visit", "household_id", ["household_id", "day", "result"]),
)


def upgrade() -> None:
    """Put indexes of more columns in the place of those of one."""
    for table, column, columns in NEW:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.create_index(f"ix_{table}_{'_'.join(columns[:2])}", table, columns, unique=False)
