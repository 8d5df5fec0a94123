"""One incident as the command line shows it: for people as lines, for scripts as JSON; on this machine nothing is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from monitor.casework.clock import statements
from monitor.casework.terms import Terms
from monitor.casework.verbs import resolve
from monitor.cli import records
from monitor.incidents.clock import next_look
from monitor.incidents.rulings import care, in_force
from monitor.model import Incident
from monitor.store import rulings

MOST_WORDS = 3  #: words before a name that a suggested rule takes over; a title or an occupation is no longer


def row(incident: Incident) -> dict[str, Any]:
    """One line of the list."""
    return {
        "id": incident.id,
        "watch": " ".join(incident.watch) or incident.assembly,
        "act": incident.act.value,
        "date": str(incident.occurrence) if incident.occurrence else None,
        "country": " ".join(incident.country),
        "liberty": incident.liberty.value,
        "custody": incident.custody.value if incident.custody else None,
        "charges": incident.charges.value,
        "severity": incident.severity.value,
        "updated": records.stamp(incident.updated),
    }


def whole(connection: Connection, incident_id: str, terms: Terms, now: datetime) -> dict[str, Any]:
    """Everything about one incident. Raises CaseworkError for an id nobody gave."""
    incident = resolve(connection, incident_id)
    made = rulings.of_incident(connection, incident.id)
    valid = {r.id for r in in_force(made)}
    said = statements(connection, incident, terms)
    limits, zone = terms.clocks.of(incident.country)
    return {
        **row(incident),
        "asked_as": incident_id,
        "key": incident.key,
        "follows": incident.follows,
        "possible_duplicate_of": incident.possible_duplicate,
        "independent": incident.independent,
        "articles": [
            {"id": c.article_id, "publisher": c.publisher, "act": c.act.value, "url": c.url, "quote": c.quote, "seen": records.stamp(c.seen)}
            for c in incident.citations
        ],
        "facts": {f.key: f.value for f in incident.facts},
        "answers": [
            {"question": s.question.value, "answers": s.answers and not s.claim, "claim": s.claim, "by": s.by, "at": records.stamp(s.at), "text": s.text}
            for s in said
        ],
        "clock": records.stamp(next_look(incident, said, care(made), limits, zone, now)),
        "recorded": [
            {
                "number": r.id, "verb": r.verb.value, "by": r.by, "at": records.stamp(r.at), "about": r.about, "text": r.text,
                "other": r.other, "articles": list(r.articles), "in_force": r.id in valid,
            }
            for r in made
        ],
    }  # fmt: skip


def plain(shown: Mapping[str, Any]) -> str:
    """The same for a person to read."""
    lines = [f"{key}: {value}" for key, value in shown.items() if isinstance(value, str | int) and value]
    for key in ("articles", "answers", "recorded"):
        lines += [f"{key}:"] if shown[key] else []
        lines += ["  " + ", ".join(f"{k} {v}" for k, v in one.items() if v not in (None, "", [])) for one in shown[key]]
    lines += [f"{key.replace('_', ' ')}: {value}" for key, value in shown["facts"].items()]
    return "\n".join(lines)


def patch(connection: Connection, incident_id: str, terms: Terms) -> str:
    """A suggested rule for the watchlist, so that the same stranger is not taken for the defender again: the words before the name."""
    incident = resolve(connection, incident_id)
    known = terms.watchlist.by_id()
    defender = known.get(incident.watch[0]) if incident.watch else None
    if defender is None:
        return ""
    found = dict.fromkeys(
        w for c in incident.citations for n in (defender.name, *defender.names) for w in _before(c.quote, n)
    )
    words = ", ".join(found) or "a word that stands beside the name of the other person"
    return f"suggested for the watchlist, entry {defender.id} (look at it before you take it over):\n  not: [{words}]"


def _before(quote: str, name: str) -> list[str]:
    """The words of small letters that stand right before a name: what the other person is."""
    at = quote.find(name)
    words = quote[: max(at, 0)].split()[-MOST_WORDS:]
    kept = [w.strip(",.;:") for w in words if w[:1].islower() and len(w) > MOST_WORDS]
    return [" ".join(kept)] if kept else []
