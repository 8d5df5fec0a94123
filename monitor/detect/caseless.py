"""A field written without capitals → the people it names, by the words beside them: after a title, or in a list with a known name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from monitor.detect.nameless import CHINESE, CHINESE_DOUBLE, SMALL_ARABIC
from monitor.detect.page import Page
from monitor.detect.people import Kind
from monitor.languages.pack import LanguagePack
from monitor.model import Span
from monitor.text.normalize import normalize

CASED: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn"})  #: scripts whose names have capitals
MAX_CHUNK: Final = 14  #: code points of one part of a name in scripts without spaces
MAX_PARTS: Final = 4  #: words of a name in scripts with spaces, small ones not counted
PARTS: Final = 2  #: words that are taken when nothing says where a name ends
ADJECTIVES: Final = 2  #: words with an article between a title and the name it belongs to ("the American president …")
#: An Arabic verb of the future ("will travel"): no name begins so.
_FUTURE: Final = re.compile("س[يتن]\\w{3}")
_DEFINITE: Final = "ال"
GIVEN: Final = 2  #: characters of a Chinese given name
MAX_NAMES: Final = 60  #: names taken from one field; a text that goes on is no report
_GAP: Final = re.compile(r"[ \u200b]{0,2}")
_SEPARATOR: Final = re.compile(r"\s*[、，,،و]\s*")
#: Words that join the parts of a name, and so are followed by another part (Arabic, Persian, Hebrew).
_JOINING: Final = frozenset({"عبد", "ابو", "ابن", "بن", "بنت", "ال", "ام", "ابي", "بنی", "בן", "בת", "אבו"})
_WORDY: Final = re.compile(r"[^\W\d_]", re.UNICODE)


def cued(page: Page) -> Iterator[Span]:
    """The people of one field of a script without capitals, in the order found; nothing in other scripts."""
    if page.pack.script in CASED:
        return
    count = 0
    seen: list[tuple[int, int]] = []
    for start in _openings(page):
        if count >= MAX_NAMES:
            return
        found = _name_at(page, start)
        while found is not None and count < MAX_NAMES and not any(a < found[1] and found[0] < b for a, b in seen):
            seen.append(found)
            count += 1
            yield page.span(*found)
            found = _name_at(page, following) if (following := _next_of_list(page, found[1])) is not None else None


def _openings(page: Page) -> Iterable[int]:
    """Where a name may begin: after a title, and after the conjunction that follows a known name."""
    text = page.form.text
    starts = {match.end() for match in _titles(page.pack).finditer(text)} if page.pack.names.titles else set()
    for name in page.names:
        if name.kind is Kind.LISTED and (after := _next_of_list(page, name.end)) is not None:
            starts.add(after)
    return sorted(starts)


@lru_cache(maxsize=128)
def _titles(pack: LanguagePack) -> re.Pattern[str]:
    """The titles of a language as one pattern; as whole words where words are set apart."""
    spelled = sorted({normalize(t).text for t in pack.names.titles} - {""}, key=len, reverse=True)
    either = "|".join(map(re.escape, spelled))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if pack.spaced else rf"(?:{either})")


def _next_of_list(page: Page, end: int) -> int | None:
    """Where the next name of a list would begin, after a comma or conjunction; None when the list ends here."""
    text = page.form.text
    comma = _SEPARATOR.match(text, end)
    if (
        comma is not None
        and comma.end() > end
        and comma.group().strip()
        and (page.pack.code == "ar" or "و" not in comma.group())
    ):
        return comma.end()
    at = _GAP.match(text, end).end()  # type: ignore[union-attr] # a pattern that may be empty always matches
    place = page.scan.of("conjunctions").at(at)
    return place.end if place is not None else None


def _name_at(page: Page, start: int) -> tuple[int, int] | None:
    """The name that begins at a point, in the way its script writes names; None when what stands there is an ordinary word."""
    text = page.form.text
    start = _GAP.match(text, start).end()  # type: ignore[union-attr] # a pattern that may be empty always matches
    if start >= len(text) or not _WORDY.match(text[start]):
        return None
    if page.pack.names.titles and _titles(page.pack).match(text, start):
        return None
    if page.pack.script in {"Hani", "Hans", "Hant"}:
        return _chinese(page, start)
    return _words(page, start) if page.scan.spaced else _chunks(page, start)


def _chinese(page: Page, start: int) -> tuple[int, int] | None:
    """A family name and the one or two characters of the given name."""
    text = page.form.text
    family = 2 if text[start : start + 2] in CHINESE_DOUBLE else 1 if text[start] in CHINESE else 0
    if not family:
        return None
    end = start + family
    limit = _limit(page, end)
    while end < min(limit, start + family + GIVEN) and "\u4e00" <= text[end] <= "\u9fff":
        end += 1
    return (start, end) if end > start + family else None


def _limit(page: Page, start: int) -> int:
    """Where the first word known to the pack begins after a point: no name runs into it."""
    stop = start + 2 * MAX_CHUNK + 2
    stops = [p.start for p, _ in page.scan.triggers_after(start, stop)]
    for cue in (
        "state",
        "court",
        "roles",
        "people",
        "speech",
        "auxiliaries",
        "by",
        "breaks",
        "prepositions",
        "conjunctions",
        "protest",
        "place_before",
    ):
        stops += [p.start for p in page.scan.of(cue).within(start, stop)]
    return min(stops, default=min(stop, len(page.form.text)))


def _chunks(page: Page, start: int) -> tuple[int, int] | None:
    """One part of a name, and the next after a blank, each as far as its letters run."""
    text = page.form.text
    limit = _limit(page, start)
    end = _run(text, start, limit)
    if end - start < 2 or end - start > MAX_CHUNK:
        return None
    if (
        end < limit
        and text[end : end + 1] == " "
        and (second := _run(text, end + 1, limit)) - end - 1 >= 2
        and second - end - 1 <= MAX_CHUNK
    ):
        return start, second
    return (start, end) if end - start >= 4 else None


def _run(text: str, start: int, limit: int) -> int:
    """Where the letters and marks that begin at a point end."""
    end = start
    while (
        end < min(limit, len(text))
        and not text[end].isspace()
        and text[end] not in "។៕,.;:()«»\"'“”‘’၊။!?…-–/0123456789"
    ):
        end += 1
    return end


def _words(page: Page, start: int) -> tuple[int, int] | None:
    """Two words, more where a joining word stands among them, none of which the pack knows."""
    text, scan = page.form.text, page.scan
    limit = _limit(page, start)
    first = scan.word_at(start)
    for _ in range(ADJECTIVES):
        if first + 1 < len(scan.words) and text[scan.words[first] : scan.word_ends[first]].startswith(_DEFINITE):
            first += 1
            start = scan.words[first]
    if first < 0 or scan.words[first] != start:
        return None
    taken, end = 0, start
    for n in range(first, min(first + 2 * MAX_PARTS, len(scan.words))):
        word = text[scan.words[n] : scan.word_ends[n]]
        if (
            scan.words[n] >= limit
            or word in SMALL_ARABIC
            or _FUTURE.match(word)
            or (n > first and text[end : scan.words[n]] != " ")
            or not word.isalpha()
        ):
            break
        end = scan.word_ends[n]
        taken += word not in _JOINING
        joined = n + 1 < len(scan.words) and text[scan.words[n + 1] : scan.word_ends[n + 1]] in _JOINING
        if taken >= PARTS and word not in _JOINING and not joined:
            break
    return (start, end) if taken >= PARTS else None
