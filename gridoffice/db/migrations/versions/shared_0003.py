"""Make what the verbs and clocks of cases and the working-day calendar need; give running cases their clock."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa
from alembic import op

revision = "shared_0003"
down_revision = "shared_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("day", name=op.f("uq_calendar_day_day")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_contact",
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("whom", sa.String(length=60), nullable=False),
        sa.Column("satisfaction", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_contact_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contact")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_contact_case_id"), "case_contact", ["case_id"], unique=False)
    op.create_table(
        "case_extension",
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("old_at", sa.DateTime(), nullable=True),
        sa.Column("new_at", sa.DateTime(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_extension_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_extension")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_extension_case_id"), "case_extension", ["case_id"], unique=False)
    op.create_table(
        "case_household",
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_household_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_case_household_household_id_household")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_household")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_household_case_id"), "case_household", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_household_household_id"), "case_household", ["household_id"], unique=False)
    op.create_table(
        "case_paper",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("addressee", sa.String(length=60), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_paper_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_paper")),
        sa.UniqueConstraint("number", name=op.f("uq_case_paper_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_paper_case_id"), "case_paper", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_paper_day"), "case_paper", ["day"], unique=False)
    op.create_table(
        "case_task",
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("handler", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_task_case_id_case_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_case_task_case_id"), "case_task", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_task_due_on"), "case_task", ["due_on"], unique=False)
    op.add_column("case_file", sa.Column("subcategory", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("map_x", sa.Float(), nullable=True))
    op.add_column("case_file", sa.Column("map_y", sa.Float(), nullable=True))
    op.add_column("case_file", sa.Column("found_at", sa.DateTime(), nullable=True))
    op.add_column("case_file", sa.Column("amber_at", sa.DateTime(), nullable=True))
    op.add_column("case_file", sa.Column("red_at", sa.DateTime(), nullable=True))
    op.add_column("case_file", sa.Column("outside_number", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("reporter", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("reporter_phone", sa.String(length=30), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("severity", sa.String(length=10), nullable=False, server_default="low"))
    op.add_column("case_file", sa.Column("level", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("case_file", sa.Column("body", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("told_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("satisfaction", sa.String(length=10), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("supervision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case_file", sa.Column("supervisor_id", sa.Integer(), nullable=True))
    op.add_column("case_file", sa.Column("merged_into_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_case_file_merged_into_id"), "case_file", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_case_file_red_at"), "case_file", ["red_at"], unique=False)
    op.add_column("case_step", sa.Column("verb", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("case_step", sa.Column("handler", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("case_step", sa.Column("level", sa.Integer(), nullable=True))
    op.add_column("case_step", sa.Column("body", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("case_step", sa.Column("due_at", sa.DateTime(), nullable=True))

    # 处理中 was one state; it is now 待接单 and 处理中. What ran keeps running, with the deadline it had.
    op.execute("UPDATE case_file SET state = 'taken' WHERE state = 'dispatched'")
    for column in ("old", "new"):
        op.execute(f"UPDATE case_step SET {column} = 'taken' WHERE {column} = 'dispatched'")
    connection = op.get_bind()
    case = sa.table(
        "case_file",
        sa.column("state"),
        sa.column("due_on", sa.Date),
        sa.column("red_at", sa.DateTime),
        sa.column("amber_at", sa.DateTime),
        sa.column("id"),
    )
    running = sa.select(case.c.id, case.c.due_on).where(
        case.c.state.in_(("collected", "accepted", "taken")), case.c.due_on.is_not(None)
    )
    for number, due in connection.execute(running).all():
        connection.execute(
            case.update()
            .where(case.c.id == number)
            .values(red_at=datetime.combine(due, time(17, 30)), amber_at=datetime.combine(due, time(0)))
        )
