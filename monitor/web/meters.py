"""What the daemon counts, for /metrics: numbers and identifiers of sources and channels only, never a name."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import Connection

from alerts import outbox
from monitor.store import sources

LAG_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)  #: seconds; a loop later than 0.05 s delays everybody


@dataclass(frozen=True, slots=True)
class Meters:
    """The daemon's counters and gauges, in a registry of their own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    polls: Counter = field(init=False)
    articles: Counter = field(init=False)
    unread: Counter = field(init=False)
    alerts: Counter = field(init=False)
    deliveries: Gauge = field(init=False)
    waiting: Gauge = field(init=False)
    sources: Gauge = field(init=False)
    configured: Gauge = field(init=False)
    workers_lost: Counter = field(init=False)
    lag: Histogram = field(init=False)
    overdue: Gauge = field(init=False)

    def __post_init__(self) -> None:
        """Register every meter once."""
        r = self.registry
        for name, meter in {
            "polls": Counter("hrd_monitor_polls", "Visits to sources", ["outcome"], registry=r),
            "articles": Counter("hrd_monitor_articles", "New articles read", registry=r),
            "unread": Counter("hrd_monitor_unread", "Articles or bodies kept as unread", registry=r),
            "alerts": Counter("hrd_monitor_alerts", "Alerts composed", ["reason"], registry=r),
            "deliveries": Gauge("hrd_monitor_deliveries", "Deliveries by state", ["state"], registry=r),
            "waiting": Gauge(
                "hrd_monitor_oldest_undelivered_seconds", "Age of the oldest undelivered alert", registry=r
            ),
            "sources": Gauge("hrd_monitor_sources", "Sources by verdict", ["verdict"], registry=r),
            "configured": Gauge(
                "hrd_monitor_configuration_timestamp_seconds", "When the configuration in force was read", registry=r
            ),
            "workers_lost": Counter(
                "hrd_monitor_workers_lost", "Worker processes that died, hung or grew too large", registry=r
            ),
            "lag": Histogram("hrd_monitor_loop_lag_seconds", "How late the loop was", buckets=LAG_BUCKETS, registry=r),
            "overdue": Gauge(
                "hrd_monitor_oldest_due_seconds", "How long the source that waits longest has been due", registry=r
            ),
        }.items():
            object.__setattr__(self, name, meter)

    def read(self, connection: Connection, known: Collection[str], now: datetime) -> bytes:
        """The text of /metrics as the database stands now. known: the ids of the sources in sources.yaml; the others do not count."""
        verdicts = Counted(s.verdict for s in sources.states(connection).values() if s.source_id in known)
        oldest = outbox.oldest_undelivered(connection)
        waited_s = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
        return self.show({s.value: n for s, n in outbox.depth(connection).items()}, waited_s, verdicts)

    def show(self, states: Mapping[str, int], oldest_s: float, verdicts: Mapping[str, int]) -> bytes:
        """The text of /metrics with the gauges set to what the database says now."""
        for gauge, label, counts in ((self.deliveries, "state", states), (self.sources, "verdict", verdicts)):
            gauge.clear()
            for value, count in counts.items():
                gauge.labels(**{label: value}).set(count)
        self.waiting.set(oldest_s)
        return generate_latest(self.registry)
