"""Hosts that share a database: who is there, when each was last heard, and who leads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "hosts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("heard", sa.DateTime(), nullable=False),
        sa.Column("leads_until", sa.DateTime(), nullable=True),
        sa.Column("doing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
