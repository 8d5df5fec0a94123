"""Which entries are known, and the articles made of them; entry keys are kept as keyed hashes only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, and_, bindparam, or_, select

from monitor.model import Article, Reading
from monitor.store.conflict import insert_in
from monitor.store.tables import articles, entries, storable

KEY_BYTES = 16  #: of a keyed entry hash; two of a billion entries share one with a chance below 10^-20
KEYS_AT_ONCE = (
    500  #: in one question; the longest feeds list thousands, and both databases limit the parameters of a statement
)

_KNOWN = select(entries.c.key).where(
    entries.c.source_id == bindparam("source"), entries.c.key.in_(bindparam("keys", expanding=True))
)


@cache
def _remembering(dialect: str) -> Insert:
    return insert_in(dialect, entries).on_conflict_do_nothing()


@cache
def _adding(dialect: str) -> Insert:
    statement = insert_in(dialect, articles)
    again = {c.name: statement.excluded[c.name] for c in articles.columns if c.name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=again, where=articles.c.unread.is_not(None))


def hashed(secret: bytes, key: str) -> bytes:
    """An entry's key as the database keeps it: who has the file alone cannot tell which articles were read."""
    return hmac.digest(secret, key.encode("utf-8", "surrogatepass"), hashlib.sha256)[:KEY_BYTES]


def unseen(connection: Connection, source_id: str, keys: Iterable[str], secret: bytes) -> set[str]:
    """Those of the keys that this source has never listed."""
    by_hash = {hashed(secret, k): k for k in keys}
    hashes = list(by_hash)
    for start in range(0, len(hashes), KEYS_AT_ONCE):
        asked = {"source": source_id, "keys": hashes[start : start + KEYS_AT_ONCE]}
        for known in connection.scalars(_KNOWN, asked):
            by_hash.pop(bytes(known), None)
    return set(by_hash.values())


def remember(connection: Connection, source_id: str, keys: Iterable[str], secret: bytes, now: datetime) -> None:
    """Keep the keys of entries that have been read; keys that are known stay as they are."""
    rows = [{"source_id": source_id, "key": hashed(secret, k), "seen": now} for k in dict.fromkeys(keys)]
    if rows:
        connection.execute(_remembering(connection.dialect.name), rows)


def digest(article: Article) -> str:
    """The hash by which somebody who has the article's words can show that they are those that were read: SHA-256 of title, line feed, text."""
    return hashlib.sha256(storable(f"{article.title}\n{article.text}").encode()).hexdigest()


def add(connection: Connection, readings: Sequence[Reading]) -> None:
    """Keep the articles that were read, and those that could not be, with why.

    An article that was read stays as it was first seen; one that could not be read gives way to its reading.
    """
    rows = [_row(r.article, r.unread) for r in readings]
    if rows:
        connection.execute(_adding(connection.dialect.name), rows)


def get(connection: Connection, article_id: str) -> Article | None:
    """One article, or None."""
    row = connection.execute(select(articles).where(articles.c.id == article_id)).first()
    return _article(row) if row else None


def by_url(connection: Connection, url: str) -> Article | None:
    """The newest article at an address, or None. Looks at every article: a question of a person, not of the daemon."""
    row = connection.execute(
        select(articles).where(articles.c.url == url).order_by(articles.c.seen.desc()).limit(1)
    ).first()
    return _article(row) if row else None


def settled(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the articles that are stored and were read."""
    found: set[str] = set()
    for start in range(0, len(ids), KEYS_AT_ONCE):
        mine = articles.c.id.in_(ids[start : start + KEYS_AT_ONCE]) & articles.c.unread.is_(None)
        found.update(connection.scalars(select(articles.c.id).where(mine)))
    return found


def why_unread(connection: Connection, article_id: str) -> str | None:
    """Why a stage failed on an article; None when it was read, or is not known."""
    return connection.scalar(select(articles.c.unread).where(articles.c.id == article_id))


def since(connection: Connection, seen: datetime, after: str, limit: int) -> list[Article]:
    """The articles that were read, first seen at or after a moment, in that order; after: the id of the last one that is known."""
    query = (
        select(articles)
        .where(
            or_(articles.c.seen > seen, and_(articles.c.seen == seen, articles.c.id > after)),
            articles.c.unread.is_(None),
        )
        .order_by(articles.c.seen, articles.c.id)
        .limit(limit)
    )
    return [_article(r) for r in connection.execute(query)]


def saying(connection: Connection, words: str, limit: int) -> list[Article]:
    """The newest articles with these words in title or text, as they are written. Looks at every article: a question of a person."""
    said = articles.c.title.icontains(words, autoescape=True) | articles.c.text.icontains(words, autoescape=True)
    return [
        _article(r)
        for r in connection.execute(select(articles).where(said).order_by(articles.c.seen.desc()).limit(limit))
    ]


def unread(connection: Connection, limit: int) -> list[tuple[Article, str]]:
    """The newest articles that a stage failed on, each with why."""
    rows = connection.execute(
        select(articles).where(articles.c.unread.is_not(None)).order_by(articles.c.seen.desc()).limit(limit)
    )
    return [(_article(r), r.unread) for r in rows]


def _row(article: Article, why: str | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "source_id": article.source_id,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "country": " ".join(article.country),
        "published": article.published,
        "seen": article.seen,
        "unread": why,
        "digest": digest(article),
    }


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        source_id=row.source_id,
        url=row.url,
        title=row.title,
        text=row.text,
        language=row.language,
        country=tuple(row.country.split()),
        published=row.published,
        seen=row.seen,
    )
