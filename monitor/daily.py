"""What the operator is told of the service: a daily sign of life, a disk that fills, files that were refused."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import PurePath

from sqlalchemy import Connection

from alerts import digest, inbox, outbox
from alerts.model import Alert, Digest, Line, LineStyle, Severity
from alerts.notices import alive, service
from alerts.routing import Destination, targets
from monitor.casework.terms import Terms
from monitor.errors import Mistake
from monitor.match.expected import Unmet
from monitor.store import incidents, sources

AT = Digest(
    to=("operator",), at=time(7, 0), timezone="UTC"
)  #: when the sign of life is due; a new installation waits for it
MIN_FREE_MB = 500  #: megabytes of disk; the database, its backup and a day of logs fit in it
LISTED = 20  #: ids of entries to look at again that one note names
SHOWN = 5  #: mistakes that one note spells out
_WELL = frozenset({"heard", "quiet", "new"})


def say_alive(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many signs of life were put into the outbox: one for each of the operator's addresses at its time, else none."""
    if digest.due(conn, AT, now) is None:
        return 0
    verdicts = [s.verdict for s in sources.states(conn).values() if s.source_id in terms.sources]
    silent = sum(v not in _WELL for v in verdicts)
    monday = terms.routing.trial is not None and now.weekday() == 0
    week = inbox.feedback(conn, now - timedelta(days=7)) if monday else None
    alert = alive(len(verdicts) - silent, silent, outbox.pressing(conn, now), now, week)
    if monday:
        alert = replace(alert, lines=(*alert.lines, *_by_source(conn, now - timedelta(days=7))))
    due = sorted(d.id for d in terms.watchlist.defenders if d.review_by and d.review_by < now.date())
    if due and now.weekday() == 0:
        text = f"{', '.join(due[:LISTED])}{' …' if len(due) > LISTED else ''}; `hrd-monitor watch list --due` shows all {len(due)}"
        alert = replace(alert, lines=(*alert.lines, Line(text=text, label="Past review_by", style=LineStyle.CHANGE)))
    return _tell(conn, alert, terms, destinations, now)


def say_troubles(
    conn: Connection, terms: Terms, destinations: Mapping[str, Destination], free_mb: float, now: datetime
) -> int:
    """How many troubles of the service were put into the outbox, each once a day. free_mb: free on the disk of the database, in megabytes."""
    told: list[Alert] = []
    if free_mb < MIN_FREE_MB:
        what = f"the disk of the database has {free_mb:.0f} MB left"
        told.append(service("disk", what, "make room now; a full disk stops everything", now))
    return sum(_tell(conn, alert, terms, destinations, now) for alert in told)


def say_refused(
    conn: Connection, wrong: Sequence[Mistake], terms: Terms, destinations: Mapping[str, Destination], now: datetime
) -> int:
    """How many notes say that saved files were not taken over: file, line and fix of the first mistakes, once for each set of them."""
    said = [f"{PurePath(m.path).name}{f':{m.line}' if m.line else ''}: {m.what}; {m.fix}" for m in wrong]
    what = f"saved files were not taken over, what was in force stays: {_counted(len(wrong), 'mistake')}"
    alert = _spelled_out("refused", what, "mend the file and save it", "Mistake", said, now)
    return _tell(conn, alert, terms, destinations, now)


def say_taken(
    conn: Connection, changed: Sequence[str], terms: Terms, destinations: Mapping[str, Destination], now: datetime
) -> int:
    """How many notes say what saved files changed in effect; none when nothing did. changed: as `config.effect`, ids and no names."""
    if not changed:
        return 0
    word = f"taken-{_word(changed)}-{now:%H}{now.minute // 10}"  # the same on every host that takes the files over
    alert = service(word, "saved files are in force", "nothing", now, Severity.LOW)
    lines = tuple(Line(text=text, label="Changed", style=LineStyle.CHANGE) for text in changed)
    return _tell(conn, replace(alert, lines=lines), terms, destinations, now)


def say_unmet(
    conn: Connection, unmet: Sequence[Unmet], terms: Terms, destinations: Mapping[str, Destination], now: datetime
) -> int:
    """How many notes say which sentences of the watchlist turn out otherwise than their entries say: by id and number, once for each set of them."""
    if not unmet:
        return 0
    what = f"the watchlist does not do what it says it does: {_counted(len(unmet), 'sentence')}"
    todo = "mend the entries; what they should match may be missed"
    alert = _spelled_out("unmet", what, todo, "Sentence", [*map(str, unmet)], now)
    return _tell(conn, alert, terms, destinations, now)


def say_unsaved(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many notes say that the scheduled backup could not be made, once a day; why is in the log and in `hrd-monitor backup`."""
    alert = service("backup", "the backup could not be made", "run `hrd-monitor backup`, it says why", now)
    return _tell(conn, alert, terms, destinations, now)


def _by_source(conn: Connection, since: datetime) -> list[Line]:
    """What a week of answers says of the sources that reported first, those with most complaints first."""
    found: dict[str, Counter[str]] = {}
    for thread, action in inbox.judged(conn, since):
        incident = incidents.get(conn, thread)
        if incident is not None and incident.citations:
            found.setdefault(incident.citations[0].source_id, Counter())[action] += 1
    complained = sorted(found.items(), key=lambda f: (f[1]["right"] - f[1].total(), f[0]))
    return [
        Line(
            text=f"{c['right']} right, {c['wrong-person']} of somebody else, {c['old-news']} old",
            label=f"Source {source}",
            style=LineStyle.CHANGE,
        )
        for source, c in complained[:LISTED]
    ]


def _spelled_out(word: str, what: str, todo: str, label: str, said: Sequence[str], now: datetime) -> Alert:
    """A note with the first of several things wrong, once for each set of them."""
    shown = [*said[:SHOWN]]
    if len(said) > SHOWN:
        shown.append(f"and {len(said) - SHOWN} more: `hrd-monitor check` lists them")
    alert = service(f"{word}-{_word(shown)}", what, todo, now)
    lines = [Line(text=text, label=label, style=LineStyle.CHANGE) for text in shown]
    return replace(alert, lines=(*lines, *alert.lines))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _word(said: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]


def _tell(conn: Connection, alert: Alert, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    reached = targets(alert, terms.routing, destinations, now)
    return outbox.enqueue(conn, alert, reached, terms.secret, now)
