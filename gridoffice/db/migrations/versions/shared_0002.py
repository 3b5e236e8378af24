"""Make what dated trees, networks, leave, help, organisations, maps and saved filters need; fill the ID tails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "shared_0002"
down_revision = "shared_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "destruction",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=120), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_destruction_day"), "destruction", ["day"], unique=False)
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_look_at"), "look", ["at"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("listing", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("view", sa.String(length=30), nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("sort", sa.String(length=30), nullable=False),
        sa.Column("is_descending", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_saved_view_listing"), "saved_view", ["listing"], unique=False)
    op.create_table(
        "training",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_training_day"), "training", ["day"], unique=False)
    op.create_table(
        "grid_past",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["grid_unit.id"], name=op.f("fk_grid_past_parent_id_grid_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_grid_past_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_past")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_grid_past_code"), "grid_past", ["code"], unique=False)
    op.create_index(op.f("ix_grid_past_unit_id"), "grid_past", ["unit_id"], unique=False)
    op.create_index(op.f("ix_grid_past_until"), "grid_past", ["until"], unique=False)
    op.create_table(
        "map_base",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bounds", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["picture_id"], ["attachment.id"], name=op.f("fk_map_base_picture_id_attachment")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_map_base_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_base")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_map_base_unit_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "network_level",
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=op.f("fk_network_level_network_id_network")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_level")),
        sa.UniqueConstraint("network_id", "level", name=op.f("uq_network_level_network_id_level")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "organisation",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("pinyin", sa.String(length=160), nullable=False),
        sa.Column("initials", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=120), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("party_branch", sa.String(length=40), nullable=False),
        sa.Column("party_members", sa.Integer(), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_organisation_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_organisation_credit_code")),
        sa.UniqueConstraint("number", name=op.f("uq_organisation_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_organisation_initials"), "organisation", ["initials"], unique=False)
    op.create_index(op.f("ix_organisation_name"), "organisation", ["name"], unique=False)
    op.create_index(op.f("ix_organisation_phone_tail"), "organisation", ["phone_tail"], unique=False)
    op.create_index(op.f("ix_organisation_pinyin"), "organisation", ["pinyin"], unique=False)
    op.create_index(op.f("ix_organisation_unit_id"), "organisation", ["unit_id"], unique=False)
    op.create_table(
        "relocation",
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("old_unit_id", sa.Integer(), nullable=False),
        sa.Column("new_unit_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["new_unit_id"], ["grid_unit.id"], name=op.f("fk_relocation_new_unit_id_grid_unit")),
        sa.ForeignKeyConstraint(["old_unit_id"], ["grid_unit.id"], name=op.f("fk_relocation_old_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relocation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_relocation_new_unit_id"), "relocation", ["new_unit_id"], unique=False)
    op.create_index(op.f("ix_relocation_old_unit_id"), "relocation", ["old_unit_id"], unique=False)
    op.create_index("ix_relocation_owner", "relocation", ["owner", "owner_id", "until"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("training_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_attendance_staff_id_staff")),
        sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_attendance_training_id_training")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attendance_staff_id"), "attendance", ["staff_id"], unique=False)
    op.create_index(op.f("ix_attendance_training_id"), "attendance", ["training_id"], unique=False)
    op.create_table(
        "handed_out",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_handed_out_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_out")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_handed_out_staff_id"), "handed_out", ["staff_id"], unique=False)
    op.create_table(
        "leave",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_leave_staff_id_staff")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["staff.id"], name=op.f("fk_leave_stand_in_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_leave_end"), "leave", ["end"], unique=False)
    op.create_index(op.f("ix_leave_staff_id"), "leave", ["staff_id"], unique=False)
    op.create_index(op.f("ix_leave_start"), "leave", ["start"], unique=False)
    op.create_table(
        "map_point",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("premises_id", sa.Integer(), nullable=True),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["map_base.id"], name=op.f("fk_map_point_map_id_map_base")),
        sa.ForeignKeyConstraint(["premises_id"], ["premises.id"], name=op.f("fk_map_point_premises_id_premises")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_point")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_map_point_map_id"), "map_point", ["map_id"], unique=False)
    op.create_index(op.f("ix_map_point_premises_id"), "map_point", ["premises_id"], unique=False)
    op.create_table(
        "map_shape",
        sa.Column("map_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["map_base.id"], name=op.f("fk_map_shape_map_id_map_base")),
        sa.ForeignKeyConstraint(["unit_id"], ["grid_unit.id"], name=op.f("fk_map_shape_unit_id_grid_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map_shape")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_map_shape_map_id"), "map_shape", ["map_id"], unique=False)
    op.create_index(op.f("ix_map_shape_unit_id"), "map_shape", ["unit_id"], unique=False)
    op.create_table(
        "help_entry",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("consent_by", sa.String(length=40), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["staff.id"], name=op.f("fk_help_entry_contact_id_staff")),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_help_entry_resident_id_resident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_help_entry_contact_id"), "help_entry", ["contact_id"], unique=False)
    op.create_index(op.f("ix_help_entry_kind"), "help_entry", ["kind"], unique=False)
    op.create_index(op.f("ix_help_entry_next_on"), "help_entry", ["next_on"], unique=False)
    op.create_index(op.f("ix_help_entry_resident_id"), "help_entry", ["resident_id"], unique=False)
    op.create_index(op.f("ix_help_entry_state"), "help_entry", ["state"], unique=False)
    op.create_index(op.f("ix_help_entry_until"), "help_entry", ["until"], unique=False)
    op.add_column("grid_unit", sa.Column("start", sa.Date(), nullable=True))
    op.add_column("grid_unit", sa.Column("end", sa.Date(), nullable=True))
    op.create_index(op.f("ix_grid_unit_end"), "grid_unit", ["end"], unique=False)
    op.add_column("network", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("network", sa.Column("is_used", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("network_role", sa.Column("is_single", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("network_role", sa.Column("is_needed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("network_role", sa.Column("duties", sa.Text(), nullable=False, server_default=""))
    op.add_column("resident", sa.Column("id_tail", sa.String(length=4), nullable=False, server_default=""))
    op.add_column("resident", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("resident", sa.Column("lives_at", sa.String(length=120), nullable=False, server_default=""))
    op.create_index(op.f("ix_resident_id_tail"), "resident", ["id_tail"], unique=False)
    op.add_column("staff", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("staff", sa.Column("id_tail", sa.String(length=4), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("badge_number", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("staff", sa.Column("badge_until", sa.Date(), nullable=True))
    op.create_index(op.f("ix_staff_badge_number"), "staff", ["badge_number"], unique=False)
    op.create_index(op.f("ix_staff_id_tail"), "staff", ["id_tail"], unique=False)
    for table in ("resident", "staff"):
        op.execute(f"UPDATE {table} SET id_tail = substr(id_number, length(id_number) - 3) WHERE id_number IS NOT NULL")
    # Assistants are many: the one shipped role that several may hold.
    op.execute("UPDATE network_role SET is_single = false WHERE key = 'assistant'")
    op.execute("UPDATE network_role SET is_needed = true WHERE key IN ('chief', 'head', 'worker', 'stand_in')")
