"""An article and a listed name that was not found in it → the words that come closest, for a person who asks why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.match.compare import Likeness, compare
from monitor.match.fold import fold
from monitor.match.scripts import CASED
from monitor.match.words_of import WORD, script
from monitor.model import Article, Defender

LEAST: Final = 0.05  #: score below which words are not like the name at all
MOST_WORDS: Final = 4  #: words of one name in a text
MOST_LOOKED: Final = 4_000  #: stretches of words compared; two seconds


def nearest(article: Article, defender: Defender) -> tuple[str, str, Likeness] | None:
    """The stretch of the article that is most like one of the spellings: the words, the spelling, how like; None when nothing is."""
    best: tuple[str, str, Likeness] | None = None
    spellings = (defender.name, *defender.names)
    seen: set[str] = set()
    for words in _stretches(article):
        if words in seen or len(seen) > MOST_LOOKED:
            continue
        seen.add(words)
        for spelling in spellings:
            found = compare(words, spelling)
            if found.score >= LEAST and (best is None or found.score > best[2].score):
                best = (words, spelling, found)
    return best


def _stretches(article: Article) -> Iterator[str]:
    """Runs of words that may be a name: in scripts with capitals each begins with one, in the others every run counts."""
    for field in (article.title, article.text):
        folded = fold(field)
        spans = [folded.back(*m.span()) for m in WORD.finditer(folded.text)]
        names = [_may_be_name(field[a:b]) for a, b in spans]
        for first in range(len(spans)):
            for last in range(first, min(first + MOST_WORDS, len(spans))):
                if not names[last]:
                    break
                yield field[spans[first][0] : spans[last][1]]


def _may_be_name(word: str) -> bool:
    return bool(word) and (script(word) not in CASED or not word[0].islower())
