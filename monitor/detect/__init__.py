"""Article × language packs → events: what was done, to whom, really and when, by whom, where, with the facts the text states."""

from __future__ import annotations

from monitor.detect.article import Detection, detect

__all__ = ["Detection", "detect"]
