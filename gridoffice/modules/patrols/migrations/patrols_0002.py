"""Make what log entries, supplements, household visits and route sheets need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "patrols_0002"
down_revision = "patrols_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "route_sheet",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("typed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_route_sheet_staff_id_staff")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_route_sheet_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_route_sheet_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_route_sheet_made_on"), "route_sheet", ["made_on"], unique=False)
    op.create_index(op.f("ix_route_sheet_staff_id"), "route_sheet", ["staff_id"], unique=False)
    op.create_index(op.f("ix_route_sheet_unit_id"), "route_sheet", ["unit_id"], unique=False)
    op.create_table(
        "house_visit",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_house_visit_household_id_household")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_house_visit_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_house_visit_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_house_visit_day"), "house_visit", ["day"], unique=False)
    op.create_index(op.f("ix_house_visit_household_id"), "house_visit", ["household_id"], unique=False)
    op.create_index(op.f("ix_house_visit_patrol_id"), "house_visit", ["patrol_id"], unique=False)
    op.create_index(op.f("ix_house_visit_staff_id"), "house_visit", ["staff_id"], unique=False)
    op.create_table(
        "log_entry",
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("whom", sa.String(length=80), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("follow_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_log_entry_household_id_household")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_log_entry_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_log_entry_household_id"), "log_entry", ["household_id"], unique=False)
    op.create_index(op.f("ix_log_entry_patrol_id"), "log_entry", ["patrol_id"], unique=False)
    op.create_table(
        "patrol_supplement",
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_supplement_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_supplement")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_patrol_supplement_patrol_id"), "patrol_supplement", ["patrol_id"], unique=False)
    op.create_table(
        "route_row",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=True),
        sa.Column("premises_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("due", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_route_row_household_id_household")),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_route_row_premises_id_premises")),
        sa.ForeignKeyConstraint(["sheet_id"], ["route_sheet.id"], name=op.f("fk_route_row_sheet_id_route_sheet")),
        sa.ForeignKeyConstraint(["visit_id"], ["house_visit.id"], name=op.f("fk_route_row_visit_id_house_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route_row")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_route_row_sheet_id"), "route_row", ["sheet_id"], unique=False)
    op.add_column("patrol", sa.Column("start2", sa.Time(), nullable=True))
    op.add_column("patrol", sa.Column("end2", sa.Time(), nullable=True))
    op.add_column("patrol", sa.Column("companions", sa.String(length=80), nullable=False, server_default=""))
    op.add_column("patrol", sa.Column("weather", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("patrol", sa.Column("route", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("patrol", sa.Column("form", sa.String(length=30), nullable=False, server_default=""))
    op.add_column("patrol", sa.Column("form_version", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("patrol", sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
