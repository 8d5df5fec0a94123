"""Stored articles × two versions of a watchlist → what each makes of those that name somebody, in a killable process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.languages.pack import Packs
from monitor.match import Index, build, match
from monitor.model import Article, Reading, Watchlist
from monitor.read import Reader
from monitor.text.language import Identifier
from monitor.workers import Pool, WorkerLost

Pair = tuple[Reading, Reading]  #: one article as the one list and as the other has it read


@dataclass(frozen=True, slots=True)
class Readers:
    """Two readers, and one index of everybody on either list, so that an article that names nobody is looked at once.

    thorough: whether an article that names nobody is read as well, because what happens to assemblies is asked for.
    """

    before: Reader
    after: Reader
    either: Index
    thorough: bool


def readers(packs: Packs, before: Watchlist, after: Watchlist) -> Readers:
    """The model of a pool for `contrast`; built in each worker."""
    identifier = Identifier(packs.codes)
    both = (*before.defenders, *(replace(d, id=f"{d.id}+") for d in after.defenders))
    return Readers(
        before=Reader(packs, build(before, packs), before, identifier),
        after=Reader(packs, build(after, packs), after, identifier),
        either=build(Watchlist(defenders=both), packs),
        thorough=before.assemblies != after.assemblies,
    )


async def contrast(pool: Pool, articles: Sequence[Article]) -> tuple[list[Pair], int]:
    """The articles that either list has something to say of, and how many could not be read; the pool's model is Readers."""
    found = await pool.run(_read, list(articles), model=True)
    if not isinstance(found, WorkerLost):
        return list(found), 0
    pairs: list[Pair] = []
    lost = 0
    for one in articles:
        alone = await pool.run(_read, [one], model=True)
        if isinstance(alone, WorkerLost):
            lost += 1
        else:
            pairs += alone
    return pairs, lost


def _read(model: Readers, articles: Sequence[Article]) -> list[Pair]:
    """Runs in a worker."""
    return [(model.before.read(a), model.after.read(a)) for a in articles if model.thorough or match(a, model.either)]
