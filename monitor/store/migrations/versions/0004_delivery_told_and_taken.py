"""Delivery: what heals late messages, what people did with alerts, who has a case in hand, and what the calendar did last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add two columns, an index and four tables."""
    op.add_column("deliveries", sa.Column("unless_taken", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("deliveries", sa.Column("fell_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("deliveries_by_state", "deliveries", ["state", "channel", "settled"], unique=False)
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "healings",
        sa.Column("delivery", number, autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=100), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("due", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("delivery"),
    )
    op.create_table(
        "presses",
        sa.Column("id", number, autoincrement=True, nullable=False),
        sa.Column("press", sa.String(length=200), nullable=False),
        sa.Column("thread", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("applied", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("press"),
    )
    op.create_index("presses_waiting", "presses", ["applied", "id"], unique=False)
    op.create_table(
        "taken",
        sa.Column("thread", sa.String(length=200), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("thread"),
    )
    op.create_table(
        "rhythms",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
