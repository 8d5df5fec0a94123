"""What fell short of an alert only for want of certainty → a daily list, "possible, please look": open cases only, with what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from alerts import digest, outbox
from alerts.model import Alert, AlertKind, Digest, Line, LineStyle, Severity
from alerts.model import Sensitivity as Shown
from alerts.routing import Destination, targets
from monitor.casework.terms import Terms
from monitor.model import Article, Aspect, Report, Sensitivity, Strength, Watchlist
from monitor.store import reports

MAX_LISTED = 30  #: cases in one list; more would not be read
AT = Digest(to=("possible",), at=time(7, 0), timezone="UTC")  #: where no digest rule names another time
_WITHHELD = frozenset({"under_18", "sexual_violence"})


def say_possible(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many deliveries of the day's list were put into the outbox: to whoever gets digests, on trial to its channels; none when it is empty."""
    names = terms.routing.trial or tuple(dict.fromkeys(n for rule in terms.routing.digest for n in rule.to))
    stretch = digest.due(conn, AT, now)
    if stretch is None or not names:
        return 0
    alert = compose(
        reports.possible(conn, max(stretch[0], now - timedelta(days=2)), MAX_LISTED), terms.watchlist, names, now
    )
    if alert is None:
        return 0
    return outbox.enqueue(conn, alert, targets(alert, terms.routing, destinations, now), terms.secret, now)


def compose(
    found: Sequence[tuple[Report, Article]], watchlist: Watchlist, names: tuple[str, ...], now: datetime
) -> Alert | None:
    """The list as one alert; None when nothing may be shown. Who is not open, and what is withheld whoever it befell, is left out."""
    known = watchlist.by_id()
    lines: dict[tuple[str, str], Line] = {}
    for report, article in found:
        who = known.get(report.watch or "")
        uncertain = report.strength is not Strength.STRONG and report.aspect is Aspect.ACTUAL
        if who is None or who.sensitivity is not Sensitivity.OPEN or not uncertain:
            continue
        if any(f.key in _WITHHELD for f in report.facts):
            continue
        why = report.reasons[-1] if report.reasons else report.strength.value
        text = f"{report.quote} ({report.act.value.replace('_', ' ')}; {why}; hrd-monitor explain {article.id})"
        lines[who.id, article.id] = Line(text=text, label=f"{who.name}?", style=LineStyle.QUOTE, url=article.url)
    if not lines:
        return None
    said = f"Possible, please look: {len(lines)} reports that were not certain enough"
    todo = "Yes: add the spelling to `names` or a place to `places`. No: add the word that tells them apart to `not`."
    name = f"possible:{now:%Y%m%d}"
    return Alert(
        id=name,
        thread=name,
        revision=1,
        kind=AlertKind.DIGEST,
        severity=Severity.LOW,
        sensitivity=Shown.OPEN,
        reason="possible",
        at=now,
        title=said,
        preview=said,
        lines=(*lines.values(), Line(text=todo, label="What helps", style=LineStyle.NOTE)),
        only_to=names,
        exposes=tuple(dict.fromkeys(known[one].name for one, _ in lines)),
    )
