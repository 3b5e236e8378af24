"""Index the ledger in the order it is read, with what its views ask, and phones from the front."""

from __future__ import annotations

from alembic import op

revision = "shared_0004"
down_revision = "shared_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes; the wide one takes the place of that on the household alone."""
    op.drop_index(op.f("ix_resident_household_id"), table_name="resident")
    op.create_index("ix_resident_ledger", "resident", ["household_id", "id", "state", "born", "tags"], unique=False)
    op.create_index(op.f("ix_resident_phone"), "resident", ["phone"], unique=False)
