"""Sources that date their items by the moment they are asked: how often, so that such dates are not believed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column; nothing is known of any source yet."""
    op.add_column("sources", sa.Column("stamped", sa.Float(), nullable=False, server_default="0"))
