"""Which job runs when; no logic: what a job does stands on the pages it calls."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK_S = 1.0  #: seconds between looks for due sources; the due times themselves live in the database
FILES_S = 1.0  #: seconds between looks whether a file was saved; two looks that agree make it count
DELIVER_S = 0.5  #: seconds between looks into the outbox
CLOCKS_S = 15.0  #: seconds between looks at the custody clocks that are due
RETROSPECT_S = 30.0  #: seconds between looks for entries of the watchlist that stored articles were not searched for
HOUSEKEEPING_S = 60.0  #: seconds between refreshes of the hold on the database and of the figures

BACKUP_S = 300.0  #: seconds between looks whether a backup is due
CONCERNS_S = 60.0  #: seconds between looks for what the operator must know of
CANARY_S = 900.0  #: seconds between two runs of the articles made for a test
HOLD_S = 60.0  #: seconds between two signs of life to an embedded database
HOST_S = 5.0  #: seconds between two signs of life to the other hosts
SWEEP_S = 5.0  #: seconds between looks for the jobs of a host that is not heard
BUTTONS_S = 5.0  #: seconds between looks who hears the buttons
WATCHDOG_S = 20.0  #: seconds between two signs of life to the service manager, which waits for six of them
HEARTBEAT_S = 300.0  #: seconds between two signs of life to HRD_MONITOR_HEARTBEAT_URL

#: APScheduler drops a job that starts more than one second late unless told otherwise (misfire_grace_time defaults to 1 s).
DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}

Job = Callable[[], Awaitable[None]]


def scheduler(jobs: Mapping[str, tuple[Job, float]], time_scale: float = 1.0) -> AsyncIOScheduler:
    """A scheduler that runs each named job every so many seconds (divided by time_scale); a failing job stays scheduled."""
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # that a slow job is not begun twice is no news
    made = AsyncIOScheduler(timezone="UTC", job_defaults=DEFAULTS)
    for name, (job, every_s) in jobs.items():
        made.add_job(job, "interval", seconds=max(0.05, every_s / time_scale), id=name, name=name)
    made.add_listener(_told, EVENT_JOB_ERROR | EVENT_JOB_MISSED)
    return made


def _told(event: JobExecutionEvent) -> None:
    kind = type(event.exception).__name__ if event.exception else "missed"
    structlog.get_logger().error("a job failed and stays scheduled", job=event.job_id, error=kind)
