"""The watchlist → what is looked for in texts, compiled once; can be sent to other processes and never changes."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.languages.pack import Packs
from monitor.match.automaton import Automaton
from monitor.match.believe import WEAK_BITS, asked
from monitor.match.community import Places, places
from monitor.match.evidence import Cues, cues
from monitor.match.fold import spelled
from monitor.match.forms import forms
from monitor.match.organisations import Organisations, organisations
from monitor.match.pairs import Pairs, compile_pairs
from monitor.match.respelled import Memory
from monitor.match.tables import titles
from monitor.match.tables.styles import Style
from monitor.model import Watchlist

_STYLES = len(Style)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything needed to find the people of one watchlist in a text.

    pairs, memory: the same people in other spellings, and the words of texts seen so far. need: bits of evidence asked of another spelling.
    titles: words that stand before a name and make no other person of it.
    owners: for each pattern of `exact`, whose name it is and in which style, as defender number × number of styles + style.
    """

    watchlist: Watchlist
    exact: Automaton
    owners: tuple[tuple[int, ...], ...]
    cues: Cues
    places: Places
    organisations: Organisations
    pairs: Pairs
    memory: Memory
    need: float
    titles: frozenset[str]


def owner(number: int) -> tuple[int, Style]:
    """The defender's number and the style behind one entry of `Index.owners`."""
    return number // _STYLES, Style(number % _STYLES)


def build(watchlist: Watchlist, packs: Packs | None = None) -> Index:
    """Compile a watchlist into an index. Pure, so that it can run in the background while the old index serves.

    packs: the language packs, whose titles are added to our own; None uses our own alone.
    """
    found: dict[str, list[int]] = {}
    for number, defender in enumerate(watchlist.defenders):
        for form, style in forms(defender).items():
            found.setdefault(form, []).append(number * _STYLES + style)
    need = asked(sum(d.kind == "person" for d in watchlist.defenders))
    pairs = compile_pairs(watchlist.defenders, need - WEAK_BITS)
    return Index(
        watchlist=watchlist,
        exact=Automaton(tuple(found)),
        owners=tuple(map(tuple, found.values())),
        cues=cues(watchlist),
        places=places(watchlist.defenders),
        organisations=organisations(watchlist.defenders),
        pairs=pairs,
        memory=Memory(pairs.keys),
        need=need,
        titles=titles.BEFORE
        | titles.OPENERS
        | {spelled(word) for pack in (packs or Packs()).values() for word in pack.names.titles},
    )
