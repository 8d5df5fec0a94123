"""THE PAGE: every step of a poll, from a source that is due to alerts in the outbox.

gather   one source, many in parallel: fetch → sources → the unseen entries → read (in killable workers)
settle   one transaction, one writer, no network: readings → incidents → decisions → alerts → outbox, validators, next visit
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts import outbox
from alerts.model import Alert, Routing
from alerts.routing import Target, targets
from monitor.incidents.assign import assign
from monitor.incidents.compose import compose, summary
from monitor.incidents.decide import decide
from monitor.model import Citation, Incident, Poll, Reading, Reason, Report, Source, Watchlist
from monitor.store import articles, incidents, reports, sources

SETTLE_CHUNK = 50  #: articles in one transaction at most; a long first poll must not hold up the other sources
FRESH = timedelta(hours=72)  #: what a first poll still tells at once; older reports are only counted
