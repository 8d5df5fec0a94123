"""An entry of the watchlist → the spellings it is found in, those it is not, who shares them, and the scripts in which nobody would find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from monitor.match.find import match
from monitor.match.forms import forms, script
from monitor.match.index import Index
from monitor.match.scripts import CASED
from monitor.match.tables.styles import TOLD
from monitor.match.twins import twins
from monitor.model import Article, Defender, Strength

LISTED, BY_EAR, UNFOUND = "listed", "by ear", "not found"
#: Share of full mentions that are found in a script in which the entry has no spelling, of names listed in Latin letters; scripts that were
#: not measured count as the mean. Measured on 5,698 mentions in news sentences of 59 languages.
FOUND_BY_EAR: Final = {
    "Arab": 0.75, "Armn": 0.86, "Beng": 0.81, "Cyrl": 0.91, "Deva": 0.85, "Ethi": 0.83, "Geor": 0.83, "Grek": 0.90, "Gujr": 0.86,
    "Guru": 0.78, "Hani": 0.69, "Hang": 0.91, "Hebr": 0.93, "Kana": 0.59, "Knda": 0.86, "Khmr": 0.86, "Laoo": 0.97, "Latn": 0.95,
    "Mlym": 0.77, "Mymr": 0.42, "Sinh": 0.94, "Taml": 0.82, "Telu": 0.76, "Thai": 0.67, "Tibt": 0.66,
}  # fmt: skip
FOUND_ELSEWHERE: Final = 0.81


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way of writing a name, tried on the whole list. script: ISO 15924. strength: None when it is not found; why: in plain words."""

    text: str
    script: str
    strength: Strength | None
    why: str


def spellings(defender: Defender, index: Index) -> tuple[Spelling, ...]:
    """The ways of writing an entry that are looked for letter by letter, and the parts that do not stand for it alone; by script."""
    found = []
    for text, why in _candidates(defender):
        mentions = [m for m in match(Article(id="lab", title="", text=text), index) if m.watch == defender.id]
        best = max(mentions, key=lambda m: m.score, default=None)
        found.append(Spelling(text, script(text), best.strength if best else None, best.reasons[0] if best else why))
    return tuple(sorted(found, key=lambda s: (s.script, s.strength is None)))


def _candidates(defender: Defender) -> Iterator[tuple[str, str]]:
    """Spellings with what to say of those that are not found."""
    seen: set[str] = set()
    for form, style in forms(defender).items():
        text = form.title() if script(form) in CASED and defender.kind == "person" else form
        seen.add(text)
        yield text, TOLD[style][1]
    for name in (defender.name, *defender.names) if defender.kind == "person" else ():
        parts = name.split()
        for part in parts if len(parts) > 1 else ():
            if part not in seen:
                seen.add(part)
                yield part, "a part alone; found only after the full name in the same article"


def reach(defender: Defender, scripts: Iterable[str]) -> dict[str, str]:
    """For each script whether a text in it would name this entry: LISTED, BY_EAR (a person's name is found as it sounds) or UNFOUND (other names are not)."""
    own = {script(name) for name in (defender.name, *defender.names, *defender.known_as)}
    other = BY_EAR if defender.kind == "person" else UNFOUND
    return {s: LISTED if s in own else other for s in scripts}


def coverage(defender: Defender, spoken: Mapping[str, Collection[str]]) -> list[tuple[str, int, str]]:
    """Script, how many sources of the defender's countries write it, and how the entry is found in it; most sources first.

    spoken: by source id, the scripts its languages are written in.
    """
    counts = Counter(s for scripts in spoken.values() for s in set(scripts))
    how = reach(defender, counts)
    return [(s, count, how[s]) for s, count in counts.most_common()]


def met(articles: Iterable[Article], index: Index, watch: str) -> Counter[tuple[str, Strength]]:
    """How often each spelling of an entry stands in these articles, counted once an article, and how surely it is the entry."""
    return Counter(
        pair
        for article in articles
        for pair in {(m.surface, m.strength) for m in match(article, index) if m.watch == watch}
    )


def sharers(defender: Defender, index: Index) -> list[tuple[str, str]]:
    """Who else on the list is found under a name of this entry: the id, and how."""
    return [(b if a == defender.id else a, how) for a, b, how in twins(index, (defender,))]
