"""Finding names: megabytes of text a second on one thread, and what the index costs, against three tools that find strings.

The text is made here, by rule: words of eight scripts, as often as words are in news (by Zipf's law, one in a hundred never seen before),
one million of them in new articles, with listed names among them in several spellings. *cold* counts from the first word an index has
seen, *warm* after half of the text, which is where a daemon is after its first morning.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from anyascii import anyascii
from flashtext import KeywordProcessor
from rapidfuzz import fuzz, process

from benchmarks.figure import Figure
from monitor.match import build, match
from monitor.model import Article, Defender, Watchlist

SIZES = (100, 10_000, 100_000)
TARGETS = {100: 2.0, 10_000: 1.0, 100_000: 0.5}
MEGABYTES, MEGABYTES_QUICK = 8.0, 0.6
PEER_MEGABYTES = 0.02  #: given to the peer that compares every name with every text: it takes minutes a megabyte
VOCABULARY = 20_000  #: words of each script
HAPAX = 0.01  #: share of words never seen before
WORDS = 300  #: in one article
THRESHOLD = 75  #: at which partial_ratio found most, measured on news in 71 languages

#: Letters of each script, consonants and vowels apart, and whether its words stand apart.
SCRIPTS = {
    "Latn": ("bcdfghjklmnprstvz", "aeiou", True), "Cyrl": ("бвгдзклмнпрстхч", "аеиоу", True), "Arab": ("بتجحدرسشعفقكلمنهي", "اوي", True),
    "Deva": ("कखगचजटडतदनपबमयरलवसह", "ािीुेो", True), "Khmr": ("កខគងចជតទនបពមរលវសហ", "ាិីុេោ", False), "Thai": ("กขคงจชดตทนบปพมรลวสห", "ะาิีุ", False),
    "Ethi": ("በተነመሰረለቀደገከፈ", "ኢኡኦ", True), "Hang": ("가나다라마바사아자하고노도로모보소오조호", "", True),
}  # fmt: skip


def measure(quick: bool) -> Iterator[Figure]:
    """Every size of list over the same text, the peers at the middle one; then what the index costs to build and to hold."""
    articles = list(texts(MEGABYTES_QUICK if quick else MEGABYTES))
    sizes = SIZES[:2] if quick else SIZES
    for size in sizes:
        names = people(size)
        peers = dict(_peers(names, articles)) if size == SIZES[1] else {}
        index = build(_list(names))
        half = len(articles) // 2
        cold = _rate(lambda a, index=index: match(a, index), articles[:half])  # type: ignore[misc]
        warm = _rate(lambda a, index=index: match(a, index), articles[half:])  # type: ignore[misc]
        yield Figure(name=f"{size} names, cold", value=cold, unit="MB/s", below=False)
        yield Figure(name=f"{size} names, warm", value=warm, unit="MB/s", target=TARGETS[size], below=False)
        for peer, rate in peers.items():
            yield Figure(
                name=f"{size} names, warm, beside", value=warm, unit="MB/s", peer=peer, peer_value=rate, below=False
            )
    for size, seconds, megabytes in ((1_000, None, 60.0), (sizes[-1], 30.0, 1_000.0)):
        took, held = _cost(size)
        yield Figure(name=f"building an index of {size} names", value=took, unit="s", target=seconds)
        yield Figure(name=f"memory of an index of {size} names", value=held, unit="MB", target=megabytes)


def people(count: int, seed: int = 5) -> list[str]:
    """Invented people, given name and family name; the same for a count always."""
    chance = random.Random(seed)
    given, family = ([_word(chance, "Latn", 2, 4).capitalize() for _ in range(3_000)] for _ in range(2))
    return list(dict.fromkeys(f"{chance.choice(given)} {chance.choice(family)}" for _ in range(count * 2)))[:count]


def texts(megabytes: float, seed: int = 3) -> Iterator[Article]:
    """Articles in the scripts by turns until so many megabytes (UTF-8) are made."""
    chance = random.Random(seed)
    known = {s: [_word(chance, s, 1, 4) for _ in range(VOCABULARY)] for s in SCRIPTS}
    weights = list(accumulate(1 / (n + 2) for n in range(VOCABULARY)))
    listed, made, number = people(SIZES[0]), 0.0, 0
    while made < megabytes * 1e6:
        written = list(SCRIPTS)[number % len(SCRIPTS)]
        words = chance.choices(known[written], cum_weights=weights, k=WORDS)
        for at in range(0, WORDS, round(1 / HAPAX)):
            words[at] = _word(chance, written, 2, 5)
        if written == "Latn":
            words[20:20] = chance.choice(listed).split()
            words = [w.capitalize() if n % 9 == 0 else w for n, w in enumerate(words)]
        apart = " " if SCRIPTS[written][2] else ""
        text = ". ".join(apart.join(words[n : n + 15]) for n in range(0, len(words), 15))
        made += len(text.encode())
        number += 1
        yield Article(id=str(number), title="", text=text)


def _word(chance: random.Random, written: str, least: int, most: int) -> str:
    consonants, vowels, _ = SCRIPTS[written]
    return "".join(
        chance.choice(consonants) + (chance.choice(vowels) if vowels else "")
        for _ in range(chance.randint(least, most))
    )


def _list(names: Sequence[str]) -> Watchlist:
    return Watchlist(defenders=tuple(Defender(id=str(n), name=name) for n, name in enumerate(names)))


def _rate(find: Callable[[Article], object], articles: Sequence[Article]) -> float:
    """Megabytes of UTF-8 a second of CPU time."""
    began = time.process_time()
    for article in articles:
        find(article)
    return sum(len(a.text.encode()) for a in articles) / 1e6 / max(1e-9, time.process_time() - began)


def _peers(names: list[str], articles: list[Article]) -> Iterator[tuple[str, float]]:
    some: list[Article] = []
    size = 0
    for article in articles:
        some.append(article)
        size += len(article.text.encode())
        if size > PEER_MEGABYTES * 1e6:
            break
    latin = [anyascii(name).lower() for name in names]
    yield (
        "rapidfuzz partial_ratio on latinised text",
        _rate(
            lambda a: process.extract(
                anyascii(a.text).lower(), latin, scorer=fuzz.partial_ratio, score_cutoff=THRESHOLD
            ),
            some,
        ),
    )
    words = KeywordProcessor()
    words.add_keywords_from_list(names)
    yield "flashtext", _rate(lambda a: words.extract_keywords(a.text), articles)
    try:
        import spacy  # noqa: PLC0415 - it takes seconds to load, and only this needs it
        from spacy.matcher import PhraseMatcher  # noqa: PLC0415
    except ImportError:
        print("spaCy is not installed (dependency group `bench`): that peer is left out", file=sys.stderr)
        return

    language = spacy.blank("xx")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("names", list(language.pipe(names)))
    yield "spaCy PhraseMatcher", _rate(lambda a: matcher(language(a.text)), articles[: len(articles) // 4])


def _cost(size: int) -> tuple[float, float]:
    """Seconds of CPU to build an index, and MB it adds to a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"from benchmarks.names import held; held({size})"],
        capture_output=True,
        text=True,
        check=True,
    )
    took, megabytes = map(float, done.stdout.split())
    return took, megabytes


def held(size: int) -> None:
    """Print what building an index took and how much memory it added to this process."""
    names = people(size)
    build(_list(people(10)))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    index = build(_list(names))
    took = time.process_time() - began
    print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_000 if index else 0)
