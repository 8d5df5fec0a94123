"""Killable processes that own the loaded models and run the plain core on one body at a time: hostile input costs one of them."""

from __future__ import annotations

from monitor.workers.pool import Pool, WorkerLost

__all__ = ["Pool", "WorkerLost"]
