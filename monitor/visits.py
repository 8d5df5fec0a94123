"""Which sources are due → visits under way, few at a publisher, many in all → their polls settled; the loop's own share of the work."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from monitor import schedule
from monitor.casework.terms import Terms, Told
from monitor.errors import StoreError
from monitor.fetch.manners import CONNECTIONS
from monitor.model import Poll, Source, SourceState
from monitor.poll import SETTLE_CHUNK, Tools, chunks, gather, settle
from monitor.store import sources as memory
from monitor.store.together import Together

AT_ONCE = 100  #: visits under way over all sources; enough for thirty a second at a few seconds each
BURST = 16  #: visits begun in one turn of the loop, which then sees to everything else first
AHEAD = 400  #: due sources held ready, so that a freed place is filled without asking the database
RECENT = timedelta(minutes=10)  #: how long an outcome says something about our own connection
SHARD_PAUSE_S = 0.1  #: seconds between two looks whether a shard is done
PROGRESS_S = 5.0  #: seconds between two lines about the first round over new sources

_log = structlog.get_logger(__name__)


class Horizon:
    """What the latest visits say of our own connection: when most unrelated publishers fail at once, it is we who are cut off."""

    def __init__(self) -> None:
        self._latest: OrderedDict[str, tuple[datetime, bool]] = (
            OrderedDict()
        )  #: by publisher: when, and whether in vain
        self._lost = 0

    def note(self, group: str, outcome: schedule.Outcome, now: datetime) -> bool:
        """Take note of one visit to a publisher; whether we look cut off now."""
        self._forget(group)
        lost = schedule.unreached(outcome)
        self._latest[group] = (now, lost)
        self._lost += lost
        return self.offline(now)

    def offline(self, now: datetime) -> bool:
        """Whether we look cut off, by the visits of the last RECENT."""
        while self._latest:
            group, (when, _) = next(iter(self._latest.items()))
            if now - when <= RECENT:
                break
            self._forget(group)
        return schedule.offline(len(self._latest), self._lost)

    def _forget(self, group: str) -> None:
        _, lost = self._latest.pop(group, (None, False))
        self._lost -= lost


class Visits:
    """Visits under way. now: the clock; terms: what settling decides by, read anew for each poll; done: hears of every poll and its alerts."""

    def __init__(
        self,
        tools: Tools,
        terms: Callable[[], Terms],
        now: Callable[[], datetime],
        done: Callable[[Poll | None, tuple[Told, ...]], None] = lambda _poll, _told: None,
        at_once: int = AT_ONCE,
        still: Callable[[], bool] | None = None,
    ) -> None:
        """still: with several hosts, whether this one may begin visits; one that was paused for long may not until it is heard again."""
        self.horizon = Horizon()
        self.overdue_s = 0.0  #: of the source that waits longest, when last looked
        self._tools = replace(tools, offline=lambda s, outcome: self.horizon.note(s.group or s.id, outcome, now()))
        self._terms, self._now, self._done, self._at_once = terms, now, done, at_once
        self._together: Together[Poll, tuple[Told, ...]] = Together(self._keep)
        self._ready: deque[SourceState] = deque()
        self._houses: dict[str, str] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._gathering: Counter[str] = Counter()  #: visits per house; the total is what AT_ONCE bounds
        self._left_out = 0
        self._round: _Round | None = None
        self._still = still

    @property
    def busy(self) -> bool:
        """Whether a visit is under way or ready to begin."""
        return bool(self._under_way or self._ready)

    @property
    def under_way(self) -> int:
        """How many visits are under way."""
        return len(self._under_way)

    async def look(self, at: datetime | None = None) -> None:
        """Begin what is due now (or was, at a moment), as far as there is room; called again and again."""
        held = [*self._under_way, *(s.source_id for s in self._ready)]
        room = AHEAD - len(self._ready)
        moment = at or self._now()
        found: list[SourceState] = []
        if room > 0:
            found = await self._tools.database.read(lambda c: memory.due(c, moment, room + self._left_out, held))
            self.overdue_s = max(0.0, (moment - found[0].next_visit).total_seconds()) if found else 0.0
        self._take(found, self._terms().sources)
        self._fill()
        if self._round is None:
            self._round = _Round(await self._tools.database.read(memory.ungreeted), self._now())
        self._round.told(self._now())

    async def shard(self, states: Sequence[SourceState]) -> None:
        """Visit these sources, which another host does not, and come back when all of it is settled."""
        mine = {s.source_id for s in states} - self._under_way.keys()
        known = self._terms().sources
        for state in states:
            if state.source_id in mine and state.source_id in known:
                self._house(known[state.source_id])
                self._ready.append(state)
        self._fill()
        while mine & (self._under_way.keys() | {s.source_id for s in self._ready}):
            await asyncio.sleep(SHARD_PAUSE_S)
            self._fill()

    async def close(self) -> None:
        """Break off what is under way; nothing of it is lost, the sources stay due."""
        self._ready.clear()
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _take(self, found: list[SourceState], known: Mapping[str, Source]) -> None:
        """Hold due sources ready, at most a few of one publisher, so that a house with a thousand feeds crowds out nobody."""
        waiting = Counter(self._houses[s.source_id] for s in self._ready)
        self._left_out = 0
        for state in found:
            source = known.get(state.source_id)
            if source is None or state.source_id in self._under_way:
                continue
            house = self._house(source)
            if waiting[house] + self._gathering[house] >= 2 * CONNECTIONS and not source.allow_private:
                self._left_out += 1
                continue
            waiting[house] += 1
            self._ready.append(state)

    def _fill(self) -> None:
        """Begin visits while there is room; a publisher that has its share already is passed over until one of its visits ends."""
        known, begun = self._terms().sources, 0
        if self._still is not None and not self._still():
            self._ready.clear()  # whoever took the work over begins it
            return
        for _ in range(len(self._ready)):
            if self._gathering.total() >= self._at_once:
                return
            if begun == BURST:
                asyncio.get_running_loop().call_soon(self._fill)
                return
            state = self._ready.popleft()
            source = known.get(state.source_id)
            if source is None:
                continue
            house = self._houses[state.source_id]
            if self._gathering[house] >= CONNECTIONS and not source.allow_private:
                self._ready.append(state)
                continue
            begun += 1
            self._gathering[house] += 1
            task = asyncio.create_task(self._visit(source, state, house), name=state.source_id)
            self._under_way[state.source_id] = task
            task.add_done_callback(lambda t: self._under_way.pop(t.get_name(), None))

    async def _visit(self, source: Source, state: SourceState, house: str) -> None:
        """One source, from visit to commit; whatever goes wrong with it stays with it."""
        told: list[Told] = []
        try:
            try:
                poll = await gather(source, state, self._tools, self._now())
            finally:
                self._leave(house)
            if self._still is not None:
                poll = replace(poll, leased=state.next_visit)
            for piece in chunks(poll):
                told += await self._together.keep(piece)
                self._tools.passing("after_settle")
        except Exception as error:  # noqa: BLE001 - the boundary of one source: its neighbours are polled all the same
            why = str(error) if isinstance(error, StoreError) else ""
            _log.error("a poll ended in surprise", source=source.id, error=type(error).__name__, why=why)
            self._done(None, tuple(told))
            return
        if self._round and poll.first:
            self._round.visited += 1
        self._done(poll, tuple(told))

    def _leave(self, house: str) -> None:
        self._gathering[house] -= 1
        if not self._gathering[house]:
            del self._gathering[house]
        self._fill()

    async def _keep(self, polls: list[Poll]) -> list[tuple[Told, ...] | Exception]:
        """Settle polls, several in one transaction; where one of them undoes it, each is settled alone."""
        results: list[tuple[Told, ...] | Exception] = []
        for group in _grouped(polls):
            try:
                results += await self._tools.database.transact(partial(self._settled, group, self._terms()))
            except Exception as error:  # noqa: BLE001 - the boundary of one source: the poll that breaks must not undo the others
                results += [error] if len(group) == 1 else [r for one in group for r in await self._keep([one])]
        return results

    def _settled(self, polls: list[Poll], terms: Terms, connection: Connection) -> list[tuple[Told, ...]]:
        return [settle(connection, poll, terms, self._now()) for poll in polls]

    def _house(self, source: Source) -> str:
        """The publisher a source belongs to, by the registrable domain of its address."""
        if source.id not in self._houses:
            self._houses[source.id] = self._tools.fetcher.house(source)
        return self._houses[source.id]


def _grouped(polls: list[Poll]) -> list[list[Poll]]:
    """Polls that share a transaction, in order: as many as bring no more than SETTLE_CHUNK articles together."""
    groups: list[list[Poll]] = []
    articles = 0
    for poll in polls:
        if not groups or articles + len(poll.readings) > SETTLE_CHUNK:
            groups.append([])
            articles = 0
        groups[-1].append(poll)
        articles += len(poll.readings)
    return groups


class _Round:
    """The first visits to sources nobody has heard yet, told now and then, because the first round of a long list takes minutes."""

    def __init__(self, of: int, now: datetime) -> None:
        self.visited, self._of, self._last = 0, of, now

    def told(self, now: datetime) -> None:
        """Say how far the round has come, at most every PROGRESS_S, and once when it is over."""
        over = self.visited >= self._of
        if self._of and (over or (now - self._last).total_seconds() >= PROGRESS_S):
            _log.info("first round over the sources", visited=self.visited, of=self._of)
            self._last, self._of = now, 0 if over else self._of
