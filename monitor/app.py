"""The only place where things are built, wired, started and stopped."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette

from alerts import outbox
from alerts.deliver import Deliverer
from monitor import jobs, logs, memory, notify, presses
from monitor.casework.terms import Terms, Told, terms_of
from monitor.channels import channels_of, plain
from monitor.config import Settings, load, load_packs, load_watchlist
from monitor.config.canaries import canaries, in_use
from monitor.config.effect import effect
from monitor.config.in_force import remember, unspoken
from monitor.config.saved import Saved
from monitor.daily import say_refused, say_taken
from monitor.duties import Duties
from monitor.errors import ConfigError, StoreError
from monitor.failpoints import passing
from monitor.fetch import Fetcher
from monitor.heartbeat import beat
from monitor.languages.pack import Packs
from monitor.match import build as build_index
from monitor.model import Poll, Watchlist
from monitor.poll import Tools
from monitor.read import Reader
from monitor.store import sources
from monitor.store.database import Database
from monitor.store.hold import HeldElsewhereError, Hold
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.text.language import Identifier
from monitor.visits import Visits
from monitor.web import listen
from monitor.web.desk import application
from monitor.web.meters import Meters
from monitor.web.served import desk_of
from monitor.workers import Pool

if TYPE_CHECKING:
    from monitor.sharing import Sharing

WORKERS = 2  #: processes that read; each holds the models, about 150 MB
FEEL_S = 0.1  #: seconds between two measurements of how late the loop is
ONCE_S = 0.1  #: seconds between looks for what is left to visit, when everything is visited once
STALLED_S = 60.0  #: seconds without a completed tick after which the daemon is not well
STOP_S = 8.0  #: seconds for what is in flight when the daemon is told to stop; a service manager waits ten
_log = structlog.get_logger(__name__)


def now() -> datetime:
    """The wall clock, read here and handed to everything that decides."""
    return datetime.now(UTC)


def reader(packs: Packs, watchlist: Watchlist) -> Reader:
    """Everything needed to read an article; made once in each worker."""
    return Reader(packs, build_index(watchlist, packs), watchlist, Identifier(packs.codes))


def reader_for(watchlist: Path, packs: Path | None = None) -> Reader:
    """A reader for the commands that work on files alone; entries without an id are numbered by position. Raises ConfigError."""
    return reader(load_packs(packs), load_watchlist(watchlist, number_missing=True))


def open_database(settings: Settings) -> Database:
    """The database of these settings, brought to this release. Raises StoreError when it is damaged, too new, or cannot be reached."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database.open(settings.database_url, settings.data)
    ailment = database.check()
    if ailment is not None:
        database.close()
        raise StoreError(ailment)
    migrate(database, now(), passing(settings.failpoint))
    return database


class Daemon:
    """A running hrd-monitor. Raises ConfigError or StoreError when it cannot start."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._passing = passing(settings.failpoint)
        self._saved = Saved(settings)
        self._configuration = load(settings)
        channels, self._destinations = channels_of(self._configuration)
        self._database = open_database(settings)
        self._hold = Hold(self._database, settings.host or "").take(now())
        self._secret = self._database.read_now(secret)
        self._meters = Meters()
        self._fetcher = Fetcher(settings.proxy)
        self._pool = Pool(WORKERS, setup=reader, initial=self._given())
        self._deliverer = Deliverer(
            self._database.transact,
            channels,
            self._destinations,
            self._configuration.routing,
            self._secret,
            now,
            self._passing,
            reconcile_after_s=settings.reconcile_after_s,
            haste=settings.time_scale,
            still=lambda: self._hold.sure,
        )
        self._tools = Tools(
            fetcher=self._fetcher,
            pool=self._pool,
            database=self._database,
            secret=self._secret,
            chance=random.SystemRandom().random,
            passing=self._passing,
        )
        still = None if self._database.embedded else lambda: self._hold.sure
        self._visits = Visits(self._tools, lambda: self._terms, now, self._visited, still=still)
        self._duties = Duties(settings, self._tools, self._visits.horizon, self._agreed, self._count, now)
        self._shared = None if self._database.embedded else self._sharing()
        self._listening: asyncio.Task[None] | None = None
        self._scheduled = False
        self._ticked = now()
        self._in_force()

    async def run(self, *, once: bool = False) -> None:
        """Watch until told to stop, or once over everything that is due. What is in flight is finished or left as unknown."""
        await self._database.transact(lambda c: sources.ensure(c, [s.id for s in self._configuration.sources], now()))
        await self._database.transact(lambda c: sources.mend(c, now()))
        memory.settle()
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._saved.ask)
        beating = asyncio.create_task(self._beat())
        try:
            if once:
                await self._once(stop)
            else:
                await self._watch(stop)
        finally:
            beating.cancel()
            await self._close()

    async def _watch(self, stop: asyncio.Event) -> None:
        plan = {
            "tick": (self._tick, jobs.TICK_S),
            "files": (self._reload, jobs.FILES_S),
            "deliver": (self._deliver, jobs.DELIVER_S),
            "buttons": (self._listen, jobs.BUTTONS_S),
            "clocks": (self._led(self._duties.clocks), jobs.CLOCKS_S),
            "retrospect": (self._led(self._duties.retrospect), jobs.RETROSPECT_S),
            "housekeeping": (self._housekeeping, jobs.HOUSEKEEPING_S),
            "backup": (self._duties.back_up, jobs.BACKUP_S),
            "concerns": (self._led(self._duties.look_after), jobs.CONCERNS_S),
            "canary": (self._led(self._duties.sing), jobs.CANARY_S),
            "heartbeat": (self._led(self._heartbeat), jobs.HEARTBEAT_S),
            "watchdog": (self._alive, jobs.WATCHDOG_S),
        }
        if self._shared:
            plan["sweep"] = (self._shared.sweep, jobs.SWEEP_S)
            await self._shared.begin()
        self._scheduled = True
        scheduler = jobs.scheduler(plan, self._settings.time_scale)
        server = listen.server(self._settings.web, self._desk)
        serving = asyncio.create_task(server.serve()) if server else None
        scheduler.start()
        await self._listen()
        feeling = asyncio.create_task(self._feel())
        _log.info(
            "running", sources=len(self._configuration.sources), defenders=len(self._configuration.watchlist.defenders)
        )
        notify.tell(notify.READY)
        await stop.wait()
        notify.tell(notify.STOPPING)
        self._passing("in_shutdown")
        feeling.cancel()
        scheduler.pause()
        scheduler.shutdown(wait=False)
        if self._listening:
            self._listening.cancel()
        if server and serving:
            server.should_exit = True
            await asyncio.wait([serving], timeout=2)

    async def _once(self, stop: asyncio.Event) -> None:
        began = now()
        await self._visits.look(began)
        while self._visits.busy and not stop.is_set():
            await asyncio.sleep(ONCE_S)
            await self._visits.look(began)
        while not stop.is_set():
            await self._deliver()
            if not await self._database.read(lambda c: outbox.pressing(c, now())):
                return
            await asyncio.sleep(0.2)

    async def _tick(self) -> None:
        """Begin visits to what is due, as far as there is room, or share them with the other hosts."""
        await (self._shared.tick() if self._shared else self._visits.look())
        self._ticked = now()

    def _visited(self, poll: Poll | None, told: tuple[Told, ...]) -> None:
        """Count and log one visit and the alerts it brought; None is a visit that ended in surprise."""
        self._count(told)
        self._meters.polls.labels(outcome=poll.outcome if poll else "surprise").inc()
        if poll is None:
            return
        unread = poll.lost + sum(r.unread is not None for r in poll.readings)
        self._meters.articles.inc(len(poll.readings))
        self._meters.unread.inc(unread)
        if poll.outcome != "unchanged" or poll.why:
            _log.info(
                "polled",
                source=poll.source_id,
                outcome=poll.outcome,
                new=len(poll.readings),
                unread=unread,
                why=poll.why,
            )

    def _count(self, told: Sequence[Told]) -> None:
        for one in told:
            self._meters.alerts.labels(reason=one.alert.reason).inc()
            to = [t.channel for t in one.targets]
            _log.info("alert", incident=one.incident.id, reason=one.alert.reason, severity=one.alert.severity, to=to)

    async def _deliver(self) -> None:
        """Send what is due; with several hosts, call for it, and for whoever gets the call it is sent channel by channel."""
        await (self._shared.deliver() if self._shared and self._scheduled else self._deliverer.deliver())

    async def _listen(self) -> None:
        """Hear buttons on one host at a time: on the one that leads."""
        if self._hold.leads and (self._listening is None or self._listening.done()):
            settings, where = self._settings, lambda: self._destinations
            self._listening = presses.listening(settings, self._database, where, self._secret, now)
        elif not self._hold.leads and self._listening is not None:
            self._listening.cancel()
            self._listening = None

    def _led(self, job: jobs.Job) -> jobs.Job:
        """A job that one host does for all."""

        async def done() -> None:
            """Nothing, on the hosts that do not lead."""
            if self._hold.leads:
                await job()

        return done

    def _sharing(self) -> Sharing:
        from monitor.sharing import Sharing  # noqa: PLC0415 - the queue comes with the extra for PostgreSQL

        return Sharing(
            self._database,
            self._hold,
            self._visits,
            self._deliverer,
            lambda: self._terms,
            self._fetcher.house,
            now,
        )

    async def _beat(self) -> None:
        """Keep our place on the database; where somebody has it for themselves meanwhile this daemon ends."""
        while True:
            await asyncio.sleep((jobs.HOLD_S if self._database.embedded else jobs.HOST_S) / self._settings.time_scale)
            doing = self._visits.under_way + self._deliverer.busy
            try:
                await asyncio.to_thread(self._hold.renew, now(), doing)
            except HeldElsewhereError as error:
                _log.error("the database is no longer ours", why=str(error))
                signal.raise_signal(signal.SIGTERM)
            except StoreError as error:
                _log.error("the database does not answer", why=str(error))

    async def _housekeeping(self) -> None:
        """Mend and tidy what all hosts share, once; give memory back."""
        await asyncio.to_thread(memory.trim)
        if self._hold.leads:
            await self._duties.care()

    async def _feel(self) -> None:
        """Measure how late the loop is: whatever holds it up holds up every source."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            await asyncio.sleep(FEEL_S)
            self._meters.lag.observe(max(0.0, loop.time() - began - FEEL_S))
            self._meters.overdue.set(self._visits.overdue_s)

    async def _alive(self) -> None:
        """Tell the service manager that this daemon lives, while it is well; one that hears nothing starts it anew."""
        if await self._ailment() is None:
            notify.tell(notify.ALIVE)

    async def _heartbeat(self) -> None:
        """Tell an outside watcher that this daemon lives, while it is well; the address is all that it is told."""
        url = plain(self._settings.heartbeat_url)
        if url and await self._ailment() is None:
            await beat(url, self._fetcher, now())

    async def _reload(self) -> None:
        """Put files that were saved anew in force; files with a mistake change nothing, and the log says file, line and fix."""
        if not self._saved.changed():
            return
        try:
            configuration = await asyncio.to_thread(load, self._settings)
            channels, destinations = channels_of(configuration)
        except ConfigError as error:
            wrong = error.mistakes
            for mistake in wrong:
                _log.error("the changed files are not taken over", mistake=str(mistake))
            await self._database.transact(lambda c: say_refused(c, wrong, self._terms, self._destinations, now()))
            return
        changed = effect(self._configuration, configuration)
        self._configuration, self._destinations = configuration, destinations
        self._deliverer.reconfigure(channels, destinations, configuration.routing)
        self._pool.reload(*self._given())
        await self._database.transact(lambda c: sources.ensure(c, [s.id for s in configuration.sources], now()))
        self._in_force()
        await self._database.transact(lambda c: say_taken(c, changed, self._terms, destinations, now()))
        _log.info("the changed files are in force", changed=list(changed))

    def _in_force(self) -> None:
        self._terms = self._agreed()
        self._duties.list_changed()
        self._meters.configured.set(now().timestamp())
        remember(self._configuration, now())
        logs.configure(self._settings.log, unspoken(self._configuration))

    def _given(self) -> tuple[Packs, Watchlist]:
        """What the workers read with: the packs, and the watchlist with the invented people of the tests on it."""
        watchlist = self._configuration.watchlist
        spoken = [language for s in self._configuration.sources for language in s.language]
        invented = tuple(c.person for c in in_use(watchlist, spoken, canaries()))
        return self._configuration.packs, replace(watchlist, defenders=(*watchlist.defenders, *invented))

    def _agreed(self) -> Terms:
        """What settling decides by, from the configuration in force."""
        return terms_of(self._configuration, self._destinations, self._secret, self._passing)

    async def _close(self) -> None:
        if self._shared and self._scheduled:
            await self._shared.close()
        await self._visits.close()
        await self._deliverer.close(STOP_S / 2)
        await self._fetcher.close()
        await self._pool.close()
        self._hold.release()
        self._database.close()
        _log.info("stopped")

    def _desk(self) -> Starlette:
        held = desk_of(lambda: self._configuration, self._agreed, self._database, self._ailment, self._metrics, now)
        return application(held)

    async def _ailment(self) -> str | None:
        late = (now() - self._ticked).total_seconds()
        return f"no source was looked at for {late:.0f} s" if late > STALLED_S else None

    async def _metrics(self) -> bytes:
        known = {s.id for s in self._configuration.sources}
        return await self._database.read(lambda c: self._meters.read(c, known, now()))
