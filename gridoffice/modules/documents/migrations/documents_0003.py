"""Keep what a paper was made from and what stood on it, its version, and whether it was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "documents_0003"
down_revision = "documents_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of a paper's parts."""
    for name, kind in (("maker", sa.String(40)), ("options", sa.Text()), ("recall_reason", sa.String(120))):
        op.add_column("issued_paper", sa.Column(name, kind, nullable=False, server_default=""))
    op.add_column("issued_paper", sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("issued_paper", sa.Column("recalled_on", sa.Date(), nullable=True))
    op.create_table(
        "paper_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["issued_paper.id"],
            name=op.f("fk_paper_item_paper_id_issued_paper"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_item")),
        sqlite_autoincrement=True,
    )
    for name in ("paper_id", "key"):
        op.create_index(op.f(f"ix_paper_item_{name}"), "paper_item", [name], unique=False)
