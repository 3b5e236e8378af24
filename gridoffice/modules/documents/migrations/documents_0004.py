"""Tell parts that were issued anew, keep the digest in their code, and write down who has the copies of a paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "documents_0004"
down_revision = "documents_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the table of copies."""
    op.add_column("issued_paper", sa.Column("is_replaced", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, length in (("digest", 10), ("variant", 60)):
        op.add_column("paper_item", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.add_column("paper_item", sa.Column("replaced_by", sa.Integer(), nullable=True))
    op.add_column("paper_item", sa.Column("collected_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_paper_item_replaced_by"), "paper_item", ["replaced_by"], unique=False)
    op.create_table(
        "paper_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("item_key", sa.String(60), nullable=False),
        sa.Column("item_title", sa.String(120), nullable=False),
        sa.Column("receiver", sa.String(60), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"],
            ["issued_paper.id"],
            name=op.f("fk_paper_copy_paper_id_issued_paper"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_copy")),
        sqlite_autoincrement=True,
    )
    for name in ("paper_id", "staff_id", "unit_id"):
        op.create_index(op.f(f"ix_paper_copy_{name}"), "paper_copy", [name], unique=False)
