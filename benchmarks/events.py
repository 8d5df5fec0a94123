"""Reading events: milliseconds for an article of 3 kB on one core, by language, and whether that grows faster than the text."""

from __future__ import annotations

import random
import re
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from benchmarks.figure import Figure
from monitor.config import load_packs
from monitor.detect import detect
from monitor.languages.pack import LanguagePack, Packs
from monitor.model import Article

BYTES = 3_000  #: of an article, UTF-8
LONG = 10  #: times as long, for the growth
ARTICLES, ARTICLES_QUICK = 150, 20
FULL = 40  #: examples from which a pack counts as whole
SHARE = 0.2  #: of the sentences that tell of an act; news that is read at all has about so many
PLAIN = 60  #: made-up words of the language's own letters that the other sentences are made of
DAY = datetime(2026, 3, 14, tzinfo=UTC)
TARGET_MS = 3.0
GROWTH = 1.5  #: times as much for a character of a long text as for one of a short one


def measure(quick: bool) -> Iterator[Figure]:
    """Each whole pack on articles made of its own examples and of plain sentences; English against a bare search for its words."""
    began = time.process_time()
    packs = load_packs()
    yield Figure(name="packs loaded, CPU", value=time.process_time() - began, unit="s")
    count = ARTICLES_QUICK if quick else ARTICLES
    costs: dict[str, float] = {}
    for code in packs.codes:
        if len(packs[code].examples) >= FULL:
            costs[code] = _cost(packs, _articles(packs[code], count, BYTES, SHARE))
    english = _articles(packs["en"], count, BYTES, SHARE)
    bare = _bare(packs["en"], english)
    yield Figure(name="English", value=costs["en"], unit="ms/article", target=TARGET_MS)
    yield Figure(
        name="English, against a bare search for its words",
        value=costs["en"],
        unit="ms/article",
        peer="one regular expression of the pack's words",
        peer_value=bare,
    )
    yield Figure(
        name=f"median of {len(costs)} whole packs",
        value=statistics.median(costs.values()),
        unit="ms/article",
        target=TARGET_MS,
    )
    slowest = max(costs, key=lambda c: costs[c])
    yield Figure(name=f"slowest pack ({slowest})", value=costs[slowest], unit="ms/article", target=TARGET_MS)
    yield Figure(
        name="English, every sentence an act",
        value=_cost(packs, _articles(packs["en"], count, BYTES, 1.0)),
        unit="ms/article",
    )
    long = _cost(packs, _articles(packs["en"], max(4, count // LONG), LONG * BYTES, SHARE)) / LONG
    yield Figure(
        name="a text ten times as long, for each character", value=long / costs["en"], unit="times", target=GROWTH
    )
    more = Article(id="r", title="", text="arrested the arrest of " * 1_300, published=DAY, language="en")
    less = Article(id="r", title="", text="arrested the arrest of " * 130, published=DAY, language="en")
    short, many = _cost(packs, [less] * 3), _cost(packs, [more] * 3)
    yield Figure(
        name="one phrase for ever, ten times as often, for each character",
        value=many / short / LONG,
        unit="times",
        target=GROWTH,
    )


def _articles(pack: LanguagePack, count: int, size: int, share: float) -> list[Article]:
    """Articles in a pack's language: its own examples among sentences of made-up words of the same letters."""
    chance = random.Random(7)
    told = [e.text for e in pack.examples if not e.none]
    letters = sorted({c for text in told for c in text if c.isalpha()})
    words = ["".join(chance.choices(letters, k=chance.randint(2, 8))) for _ in range(PLAIN)]
    found = []
    for number in range(count):
        text = ""
        while len(text.encode()) < size:
            text += (
                chance.choice(told)
                if chance.random() < share
                else " ".join(chance.choices(words, k=14)).capitalize() + "."
            )
            text += " "
        found.append(
            Article(id=str(number), title=chance.choice(told)[:90], text=text, published=DAY, language=pack.code)
        )
    return found


def _cost(packs: Packs, articles: Sequence[Article]) -> float:
    """Milliseconds of CPU for each article."""
    detect(articles[0], packs)
    began = time.process_time()
    for article in articles:
        detect(article, packs)
    return 1_000 * (time.process_time() - began) / len(articles)


def _bare(pack: LanguagePack, articles: Sequence[Article]) -> float:
    """The same for one regular expression of the pack's plain trigger words, which tells nothing of whom, when or whether."""
    phrases = {p.strip("*") for t in pack.triggers for p in t.phrases if "~" not in p}
    search = re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))), re.IGNORECASE)
    began = time.process_time()
    for article in articles:
        for _ in search.finditer(article.text):
            pass
    return 1_000 * (time.process_time() - began) / len(articles)
