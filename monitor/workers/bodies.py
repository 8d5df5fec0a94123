"""One body → its unseen entries, whatever it does to the process that reads it: what kills a worker is tried again item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import ParseError
from monitor.model import Entry, FetchFailure, Response, Source, SourceState
from monitor.sources import KINDS, Feed, Glance, glance, read, rough
from monitor.sources.split import digest
from monitor.workers import Pool, WorkerLost

LOOP_BYTES = 300_000  #: looked at in the loop's own process (under 1 ms); larger bodies go to a worker unseen
PIECES_TRIED = (
    60  #: items of a killing body that are tried one by one, the first (newest) ones; each may cost a deadline
)
PIECE_S = 3.0  #: seconds for one item alone
PIECES_LOST = 4  #: items that may kill a worker before the rest is given up: ten hung workers are a denial of service


@dataclass(frozen=True, slots=True)
class Refused:
    """A ParseError on its way through the pipe."""

    kind: str
    why: str


async def parse(pool: Pool, response: Response, source: Source, state: SourceState) -> Feed | FetchFailure:
    """The unseen entries of a response and what to remember of it; a failure where the document is not what the source promises.

    Feed.poisoned names by digest what could not be read; the rest of such a document is read all the same.
    """
    headers = {**response.headers, "content-location": response.url}
    killed = pool.quarantine.why(digest(response.body))
    if killed is not None:
        return await _piece_by_piece(pool, response.body, headers, source, state, killed)
    if len(response.body) > LOOP_BYTES:
        answer = await pool.run(_read, response.body, headers, source, state.body_digest, state.item_hashes)
        if isinstance(answer, WorkerLost):
            return await _piece_by_piece(pool, response.body, headers, source, state, answer.why)
        return _value(answer)
    async with pool.turn:
        seen = glance(response.body, state.body_digest, state.item_hashes)
    if seen.unchanged:
        return seen.feed()
    small = seen.small()
    answer = await pool.run(_whole, small, headers, source) if small is not None else None
    found = seen.of_small(answer) if isinstance(answer, Feed) else None
    if found is not None:
        return found
    if not isinstance(answer, WorkerLost):
        answer = await pool.run(_whole, response.body, headers, source)
    if isinstance(answer, WorkerLost):
        return await _piece_by_piece(pool, response.body, headers, source, state, answer.why)
    value = _value(answer)
    return value if isinstance(value, FetchFailure) else seen.of_whole(value, state.item_hashes)


def _value(answer: object) -> Feed | FetchFailure:
    if isinstance(answer, Refused):
        return FetchFailure(kind=answer.kind, why=answer.why)
    return answer if isinstance(answer, Feed) else FetchFailure(kind="hostile", why="its document broke the reader")


async def _piece_by_piece(
    pool: Pool, body: bytes, headers: Mapping[str, str], source: Source, state: SourceState, why: str
) -> Feed | FetchFailure:
    """What can still be read of a body that cost a worker: each unseen item alone between the head and the tail.

    The body, and each item that costs a worker in its turn, is quarantined by its digest.
    """
    limit = min(PIECE_S, pool.deadline_s)
    mark = digest(body)
    pool.quarantine.add(mark, why)
    seen = await pool.run(glance, body, b"", state.item_hashes, deadline_s=limit)
    if not isinstance(seen, Glance) or seen.unseen is None:
        return FetchFailure(kind="hostile", why=f"its document {mark.hex()} cannot be read: {why}")
    entries: list[Entry] = []
    poisoned: list[str] = []
    lost = 0
    tried = seen.unseen.items[:PIECES_TRIED]
    for item in tried:
        answer: object = None
        if pool.quarantine.why(digest(item)) is None:
            answer = await pool.run(_whole, seen.unseen.document((item,)), headers, source, deadline_s=limit)
        if answer is None or isinstance(answer, WorkerLost):
            poisoned.append(digest(item).hex())
            if isinstance(answer, WorkerLost):
                lost += 1
                pool.quarantine.add(digest(item), answer.why)
            answer = await pool.run(rough.entry, item, headers, source, deadline_s=limit)
        entries.extend(answer.entries if isinstance(answer, Feed) else [answer] if isinstance(answer, Entry) else [])
        if lost >= PIECES_LOST:
            break
    complete = lost < PIECES_LOST and len(tried) == len(seen.unseen.items)
    warning = (
        f"the document {mark.hex()} cost a worker ({why}); read item by item it gave {len(entries)} of {len(seen.unseen.items)} "
        f"new ones, {len(poisoned)} of its items only roughly or not at all"
    )
    return Feed(
        entries=tuple(entries), digest=mark, item_hashes=seen.item_hashes if complete else b"", items=seen.items,
        fresh=len(seen.unseen.items), warnings=(warning,), poisoned=(mark.hex(), *poisoned),
    )  # fmt: skip


# ── these run in a worker ────────────────────────────────────────────────────────────────────────────────────────


def _read(body: bytes, headers: Mapping[str, str], source: Source, known_digest: bytes, known: bytes) -> Feed | Refused:
    try:
        return read(body, headers, source, known_digest, known)
    except ParseError as error:
        return Refused(error.kind, str(error))


def _whole(body: bytes, headers: Mapping[str, str], source: Source) -> Feed | Refused:
    try:
        return KINDS[source.kind](body, headers, source)
    except ParseError as error:
        return Refused(error.kind, str(error))
