"""The tables of the journey: what is remembered of sources, entries, articles, reports and incidents.

Times are stored as UTC without a zone and come back aware (`alerts.tables.Moment`). Texts that anybody may have written are stored through
`Words`, which keeps NUL and lone surrogates out of the database.
"""

from __future__ import annotations

import re

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)  # fmt: skip

from alerts.tables import Moment

metadata = MetaData()

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Words(TypeDecorator[str]):
    """Text from anywhere: what no database can hold (NUL, lone surrogates) is replaced by U+FFFD, one for one, so that offsets hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the database keeps it."""
        del dialect
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


install = Table(
    "install",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("made", Moment, nullable=False),
)

#: Who has the database open for work; the lock itself is the operating system's or the server's, this row says whose it is.
holders = Table(
    "holders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", String(255), nullable=False),
    Column("pid", Integer, nullable=False),
    Column("since", Moment, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_digest", LargeBinary, nullable=False),
    Column("item_hashes", LargeBinary, nullable=False),
    Column("next_visit", Moment, nullable=False),
    Column("visited", Moment),
    Column("heard", Moment),
    Column("unconditional", Moment),
    Column("failures", Float, nullable=False),
    Column("greeted", Boolean, nullable=False),
    Column("moved_to", Words),
    Column("moved_since", Moment),
    Column("verdict", String(20), nullable=False),
    Column("why", Words, nullable=False),
    Column("renewed", Moment),
    Column("gap_s", Float),
    Column("pace", Float, nullable=False),
    Index("sources_due", "next_visit"),
)

#: Which entries of a source are known: keyed hashes only, so that what they point to can be purged and is still never alerted twice.
entries = Table(
    "entries",
    metadata,
    Column("source_id", String(200), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("seen", Moment, nullable=False),
    sqlite_with_rowid=False,
)

#: unread: why a stage failed on it, NULL when it was read.
articles = Table(
    "articles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source_id", String(200)),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("language", String(35)),
    Column("country", String(200), nullable=False),
    Column("published", Moment),
    Column("seen", Moment),
    Column("unread", Text),
    Index("articles_seen", "seen"),
    Index("articles_unread", "unread"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("key", String(80), nullable=False),
    Column("act", String(40), nullable=False),
    Column("assembly", String(200)),
    Column("severity", String(10), nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("opened", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("alerted", Integer, nullable=False),
    Column("incident", Text, nullable=False),
    Index("incidents_key", "key"),
    Index("incidents_updated", "updated"),
    Index("incidents_assembly", "assembly", "updated"),
)

incident_watch = Table(
    "incident_watch",
    metadata,
    Column("watch", String(200), primary_key=True),
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("article_id", String(64), ForeignKey("articles.id"), nullable=False),
    Column("incident_id", String(64), ForeignKey("incidents.id")),
    Column("watch", String(200)),
    Column("act", String(40), nullable=False),
    Column("alerts", Boolean, nullable=False),
    Column("report", Text, nullable=False),
    Index("reports_of_article", "article_id"),
    Index("reports_of_incident", "incident_id"),
)
