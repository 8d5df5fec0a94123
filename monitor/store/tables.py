"""The tables of the journey: what is remembered of sources, entries, articles, reports and incidents.

Times are stored as UTC without a zone and come back aware (`alerts.tables.Moment`). Texts that anybody may have written are stored through
`Words`, which keeps NUL and lone surrogates out of the database; nothing that a feed can make longer has a column of limited length, and
no index stands on it (PostgreSQL refuses index entries beyond 2,704 bytes).
"""

from __future__ import annotations

import re

from sqlalchemy import (
    BigInteger,
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
    text,
)  # fmt: skip

from alerts.tables import Moment

metadata = MetaData()

_Number = BigInteger().with_variant(
    Integer, "sqlite"
)  #: SQLite numbers rows by itself only in a column of type INTEGER
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Words(TypeDecorator[str]):
    """Text from anywhere: what no database can hold (NUL, lone surrogates) is replaced by U+FFFD, one for one, so that offsets hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the database keeps it."""
        del dialect
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """A text as the database keeps it."""
    return _UNSTORABLE.sub("\ufffd", text)


#: The secret behind the keys of entries and deliveries: one row, in the database so that backups and moves carry it.
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
    Column("host", Words, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("renewed", Moment, nullable=False),
)

#: The hosts that share a database, one row for each running process. heard: by the server's clock. doing: visits and channels in hand.
hosts = Table(
    "hosts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("heard", Moment, nullable=False),
    Column("leads_until", Moment),
    Column("doing", Integer, nullable=False),
)

#: configured: still in sources.yaml; the others keep their memory and are never due.
sources = Table(
    "sources",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("configured", Boolean, nullable=False),
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
    Column("stamped", Float, nullable=False, server_default="0"),
    Index("sources_due", "configured", "next_visit"),
)

#: What the operator has been told of the watching itself and is not over yet. told: when last.
concerns = Table(
    "concerns",
    metadata,
    Column("key", Text, primary_key=True),
    Column("title", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("told", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
)

#: Which entries of a source are known: keyed hashes only, so that what they point to can be purged and is still never alerted twice.
entries = Table(
    "entries",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("seen", Moment, nullable=False),
    sqlite_with_rowid=False,
)

#: unread: why a stage failed on it, NULL when it was read. digest: SHA-256 of title, line feed, text; it stays when the words are forgotten.
articles = Table(
    "articles",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("source_id", Text),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("language", Words),
    Column("country", Text, nullable=False),
    Column("published", Moment),
    Column("seen", Moment),
    Column("unread", Words),
    Column("digest", String(64)),
    Index("articles_seen", "seen"),
    Index(
        "articles_unread", "seen", sqlite_where=text("unread IS NOT NULL"), postgresql_where=text("unread IS NOT NULL")
    ),
)

#: incident: the frozen value; the other columns repeat what is looked up. country: codes with a space after each and before the first.
incidents = Table(
    "incidents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("key", String(80), nullable=False),
    Column("act", String(40), nullable=False),
    Column("assembly", Text),
    Column("country", Text, nullable=False),
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
    Index("incidents_days", "first_day", "last_day"),
    Index("incidents_assembly", "assembly", "updated"),
)

incident_watch = Table(
    "incident_watch",
    metadata,
    Column("watch", Text, primary_key=True),
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
    Index("watch_of_incident", "incident_id"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("article_id", String(64), ForeignKey("articles.id"), nullable=False),
    Column("incident_id", String(64), ForeignKey("incidents.id")),
    Column("watch", Text),
    Column("act", String(40), nullable=False),
    Column("alerts", Boolean, nullable=False),
    Column("report", Text, nullable=False),
    Index("reports_of_article", "article_id"),
    Index("reports_of_incident", "incident_id"),
)

#: When the custody clock of an incident is next looked at; a row is there only while a clock runs.
clocks = Table(
    "clocks",
    metadata,
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
    Column("due", Moment, nullable=False),
    Index("clocks_due", "due"),
)

#: The alarms that have sounded; mark tells one from another, so that each sounds once whatever restarts.
alarms = Table(
    "alarms",
    metadata,
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
    Column("mark", String(120), primary_key=True),
    Column("at", Moment, nullable=False),
)

#: What responders recorded, only ever added. other: the second incident of a merge, split or move.
rulings = Table(
    "rulings",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("incident_id", String(64), ForeignKey("incidents.id"), nullable=False),
    Column("other", String(64)),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("verb", String(20), nullable=False),
    Column("ruling", Text, nullable=False),
    Index("rulings_of_incident", "incident_id"),
)

#: Stretches of quiet that a person asked for. hold: pierced by nothing. ended: when a person ended it early. over_said: when its end was told.
silences = Table(
    "silences",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("until", Moment, nullable=False),
    Column("ended", Moment),
    Column("over_said", Moment),
    Column("silence", Text, nullable=False),
    Index("silences_until", "until"),
)

#: Incidents of which something was not told because of a silence, a hold or a mute; told in one message when that is over.
#: pierces: something of it would have come through all but a hold.
kept_back = Table(
    "kept_back",
    metadata,
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
    Column("pierces", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

#: Sketches of the texts behind incidents, to tell a copy from independent reporting; nothing of the text can be read from one.
sketches = Table(
    "sketches",
    metadata,
    Column("article_id", String(64), ForeignKey("articles.id"), primary_key=True),
    Column("sketch", LargeBinary, nullable=False),
)

#: Which entry of the watchlist the stored articles were last searched for; digest: of the entry as it stood then, empty before the
#: first search. sensitivity: as it was last shown.
searched = Table(
    "searched",
    metadata,
    Column("watch", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("sensitivity", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

#: Happenings with several listed people, and surges; value: the frozen value.
groups = Table(
    "groups",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("country", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("opened", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("value", Text, nullable=False),
    Index("groups_days", "kind", "first_day"),
    Index("groups_updated", "kind", "updated"),
)

#: People found beside a defender or in a watched assembly's arrests who are not on the list; deleted after a while unless adopted.
people = Table(
    "people",
    metadata,
    Column("name", Words, primary_key=True),
    Column("incident_id", String(64), ForeignKey("incidents.id"), primary_key=True),
    Column("article_id", String(64), nullable=False),
    Column("seen", Moment, nullable=False),
    Index("people_seen", "seen"),
)
