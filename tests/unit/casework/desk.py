"""A database in memory, a clock and a newsroom of invented outlets: settle, ring and rule as the daemon and the commands do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from alerts.channels import destination
from alerts.channels.console import Settings as Console
from alerts.model import Match, Route, Routing
from alerts.tables import deliveries
from monitor.casework import verbs
from monitor.casework.clock import ring
from monitor.casework.pressed import follow
from monitor.casework.quiet import lift
from monitor.casework.terms import Terms, Told
from monitor.incidents.rulings import Ruling, Verb
from monitor.model import Article, Incident, Poll, Reading, Report, Source, SourceState, Watchlist
from monitor.poll import settle
from monitor.store import clocks, incidents
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from tests.unit.incidents.made import LIST, NOW

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Desk:
    """One installation. now: moved on by every call that waits."""

    def __init__(self, watchlist: Watchlist = LIST, sources: Sequence[Source] = (), **terms: Any) -> None:
        self.database = Database.open("sqlite://")
        migrate(self.database, BEGINNING)
        self.now = NOW
        self.counted: Counter[str] = Counter()
        self.terms = Terms(
            watchlist=watchlist,
            sources={s.id: s for s in sources},
            routing=Routing(routes=(Route(match=Match(), to=("terminal",)),)),
            destinations={"terminal": destination("console", Console())},
            secret=self.database.read_now(secret),
            tally=lambda what: self.counted.update([what]),
            **terms,
        )

    def read(
        self, *claims: Report, source: str = "ngo", article: str | None = None, text: str = "", **said: Any
    ) -> list[Told]:
        """One article of one outlet arrives and is settled; nothing happened later than it was published."""
        name = article or f"a{self._articles()}"
        read = Article(
            id=name, title="A headline", text=text, language="en", published=self.now, seen=self.now, source_id=source,
            url=f"https://{source}.example/{name}", country=("KH",), **said,
        )  # fmt: skip
        made = tuple(replace(c, article_id=name) for c in claims)
        poll = Poll(
            source_id=source, at=self.now, outcome="new", state=SourceState(source_id=source, next_visit=self.now),
            readings=(Reading(article=read, reports=made),),
        )  # fmt: skip
        return list(self.database.transact_now(lambda c: settle(c, poll, self.terms, self.now)))

    def wait(self, span: timedelta) -> list[Told]:
        """Time goes by and the clocks are looked at when they are due; what they raised."""
        end = self.now + span
        told: list[Told] = []
        while (due := self.database.read_now(clocks.soonest)) is not None and due <= end:
            self.now = max(self.now, due)
            told += self.look()
        self.now = end
        return [*told, *self.look()]

    def look(self) -> list[Told]:
        """What the daemon does every few seconds: what people pressed, quiet that is over, clocks that are due."""
        made: list[Told] = []
        for work in (follow, lift, ring):
            made += self.database.transact_now(lambda c, work=work: work(c, self.terms, self.now))  # type: ignore[misc]  # bound in the loop
        return made

    def rule(self, verb: Verb, incident: str, **said: Any) -> list[Told]:
        """A responder records something."""
        ruling = Ruling(incident=incident, verb=verb, by="mara", at=self.now, **said)
        return list(self.database.transact_now(lambda c: verbs.record(c, ruling, self.terms)))

    def incidents(self) -> list[Incident]:
        """All incidents in the order they were opened."""
        return self.database.read_now(lambda c: list(incidents.every(c)))

    def queued(self) -> int:
        """How many deliveries were ever put into the outbox."""
        return self.database.read_now(lambda c: c.scalar(select(func.count()).select_from(deliveries)) or 0)

    def _articles(self) -> int:
        from monitor.store.tables import articles

        return self.database.read_now(lambda c: c.scalar(select(func.count()).select_from(articles)) or 0)
