"""What "the same happening" means, as a versioned key: defender (or watched assembly), family of acts, first date."""

from __future__ import annotations

import hashlib

from monitor.incidents.families import family
from monitor.model import Occurrence, Report

VERSION = "v1"  #: a new way of judging gets a new version; incidents keep the key they were opened with


def key(report: Report, anchor: Occurrence) -> str:
    """The identity an incident is opened with."""
    said = "|".join((report.watch or "", report.assembly or "", family(report.act).value, str(anchor)))
    return f"{VERSION}:{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def name(report: Report, anchor: Occurrence) -> str:
    """The opaque id of a new incident: the same first report always opens the same one, so that a replay can be compared."""
    said = f"{key(report, anchor)}|{report.article_id}|{report.act.value}"
    return f"i-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
