"""Evidence: the hash of each article's words, which stays when the words are forgotten."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
_AT_ONCE = 500


def upgrade() -> None:
    """Add a column and fill it."""
    op.add_column("articles", sa.Column("digest", sa.String(length=64), nullable=True))
    articles = sa.table("articles", *(sa.column(c, sa.Text()) for c in ("id", "title", "text", "digest")))
    connection, after = op.get_bind(), ""
    while True:
        query = sa.select(articles.c.id, articles.c.title, articles.c.text).where(articles.c.id > after)
        rows = connection.execute(query.order_by(articles.c.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        for row in rows:
            digest = hashlib.sha256(f"{row.title}\n{row.text}".encode("utf-8", "surrogatepass")).hexdigest()
            connection.execute(articles.update().where(articles.c.id == row.id).values(digest=digest))
        after = rows[-1].id
