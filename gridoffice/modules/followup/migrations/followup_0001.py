"""Make the tables of followup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "followup_0001"
down_revision = None
branch_labels = ("followup",)
depends_on = "shared_0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "enrolment",
        sa.Column("programme", sa.String(length=30), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("pinyin", sa.String(length=80), nullable=False),
        sa.Column("initials", sa.String(length=20), nullable=False),
        sa.Column("id_number", sa.String(length=18), nullable=True),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("enrolled_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_reason", sa.String(length=60), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("last_class", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_enrolment_resident_id_resident")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_enrolment_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_enrolment_initials"), "enrolment", ["initials"], unique=False)
    op.create_index(op.f("ix_enrolment_next_on"), "enrolment", ["next_on"], unique=False)
    op.create_index("ix_enrolment_person", "enrolment", ["id_number", "programme"], unique=False)
    op.create_index(op.f("ix_enrolment_programme"), "enrolment", ["programme"], unique=False)
    op.create_index(op.f("ix_enrolment_resident_id"), "enrolment", ["resident_id"], unique=False)
    op.create_index(op.f("ix_enrolment_unit_id"), "enrolment", ["unit_id"], unique=False)
    op.create_table(
        "followup_visit",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("form", sa.String(length=30), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("doctor", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_followup_visit_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_followup_visit_day"), "followup_visit", ["day"], unique=False)
    op.create_index(op.f("ix_followup_visit_enrolment_id"), "followup_visit", ["enrolment_id"], unique=False)
