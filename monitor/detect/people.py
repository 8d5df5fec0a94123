"""A text's words → the names in it: runs of capitalised words that may be people, and the names handed over as already found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from monitor.detect.lexicon import plain
from monitor.detect.nameless import BODIES, IN_NAMES, NO_TAIL
from monitor.detect.places import Scan
from monitor.languages.pack import LanguagePack
from monitor.text.normalize import Normalized, normalize

MAX_NAME_WORDS: Final = 6  #: words of a personal name; longer capitalised runs are headlines and institutions
MAX_TAIL: Final = 7  #: letters of a small part of a name after a hyphen ("Kim-hung")
#: Endings after an apostrophe that are no part of a name ("Dara's", "they're").
_ENDINGS: Final = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
FIRST_OTHER: Final = "\u0370"  #: the first letter that is not Latin; no name is written in two alphabets
MAX_STATE: Final = 4  #: letters of a state or body written in Cyrillic capitals ("США")
MIN_PLURAL: Final = 4  #: letters above which a last s may be that of several
_VOWELS: Final = frozenset("AEIOUY")
INITIAL_CHARS: Final = 2  #: letters of a word whose full stop stands inside a name ("J. Smith", "Md. Ali")


class Kind(StrEnum):
    """What a run of capitalised words names."""

    PERSON = "person"
    SINGLE = "single"
    ORGANISATION = "organisation"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Name:
    """One name in the text, by its place in the canonical text. titled: a title or role stands before it."""

    start: int
    end: int
    kind: Kind
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """The pack's words about names, in canonical spelling."""

    titles: frozenset[str]
    organisations: frozenset[str]
    particles: frozenset[str]
    never: frozenset[str]
    calendar: frozenset[str]
    roles: frozenset[str]


@lru_cache(maxsize=256)
def _words(pack: LanguagePack) -> _Words:
    def canonical(phrases: Iterable[str]) -> frozenset[str]:
        return frozenset(plain(normalize(p).text) for p in phrases)

    return _Words(
        titles=canonical(pack.names.titles),
        organisations=canonical(pack.names.organisations),
        particles=canonical(pack.names.particles),
        never=canonical(pack.names.never),
        calendar=canonical(
            [*(m for months in pack.time.all_months().values() for m in months), *pack.time.weekdays, *pack.time.days]
        ),
        roles=canonical(p.strip("*").split()[-1] for p in pack.roles),
    )


def names(text: str, form: Normalized, scan: Scan, pack: LanguagePack, listed: Sequence[tuple[int, int]]) -> list[Name]:
    """The names in one field, sorted and disjoint. listed: canonical places of names already found; they win over any run they touch."""
    found = [Name(start, end, Kind.LISTED) for start, end in listed]
    if scan.spaced:
        found += [
            n for n in _runs(text, form, scan, _words(pack)) if not any(n.start < e and s < n.end for s, e in listed)
        ]
    return sorted(found, key=lambda n: n.start)


def _runs(text: str, form: Normalized, scan: Scan, words: _Words) -> list[Name]:
    """Runs of capitalised words, each told apart by the words in it."""
    out: list[Name] = []
    run: list[int] = []
    total = len(scan.words)
    offsets = form.offsets
    n = 0
    while n < total:
        start = scan.words[n]
        if text[offsets[start]].isupper():
            if run and not _joins(text, form, scan, run[-1], start):
                _close(out, run, text, form, scan, words)
                run = []
            run.append(n)
        elif run and _bridge(text, form, scan, words, n):
            run.append(n)
        elif run:
            _close(out, run, text, form, scan, words)
            run = []
        n += 1
    if run:
        _close(out, run, text, form, scan, words)
    return out


def _joins(text: str, form: Normalized, scan: Scan, last: int, start: int) -> bool:
    """Whether two capitalised words belong to one name: a blank, a hyphen, an apostrophe or the dot of an initial between them."""
    end = scan.word_ends[last]
    between = form.text[end:start]
    if (text[form.offsets[start]] < FIRST_OTHER) is not (text[form.offsets[scan.words[last]]] < FIRST_OTHER):
        return False
    if between in {". ", "."}:
        return end - scan.words[last] <= INITIAL_CHARS
    return (
        between in {" ", "-", "'", '" ', ' "', " '", "' ", " “", "” "}
        and "\n" not in text[form.offsets[end] : form.offsets[start]]
    )


def _bridge(text: str, form: Normalized, scan: Scan, words: _Words, n: int) -> bool:
    """Whether a small word stands inside a name ("Maria da Silva")."""
    if _tail(form, scan, n):
        return True
    if n + 1 >= len(scan.words) or scan.text[scan.words[n] : scan.word_ends[n]] not in words.particles:
        return False
    return (
        text[form.offsets[scan.words[n + 1]]].isupper()
        and form.text[scan.word_ends[n - 1] : scan.words[n]] in {" ", "-"}
        and form.text[scan.word_ends[n] : scan.words[n + 1]] in {" ", "-", "'"}
    )


def _tail(form: Normalized, scan: Scan, n: int) -> bool:
    """Whether a small word is grown to the name before it by a hyphen or an apostrophe ("Kim-hung", "Chin'ono")."""
    between = form.text[scan.word_ends[n - 1] : scan.words[n]]
    word = scan.text[scan.words[n] : scan.word_ends[n]]
    if between == "'":
        return word not in _ENDINGS
    return between == "-" and 1 < len(word) <= MAX_TAIL and word.isalpha() and word not in NO_TAIL


def _is_title(word: str, words: _Words) -> bool:
    """Whether a word is a title or role, one or several ("Senator", "Senators")."""
    singular = word.removesuffix("s") if len(word) > MIN_PLURAL else word
    return not {word, singular}.isdisjoint(words.titles | words.roles)


def _is_rank(text: str, form: Normalized, scan: Scan, n: int, *, left: int) -> bool:
    """Whether a word is an office, body or state in capitals rather than a name ("DSP", "MPs", "UN", "США"). left: words of the run from it on."""
    written = text[form.offsets[scan.words[n]] : form.offsets[scan.word_ends[n] - 1] + 1].removesuffix("s")
    if left < 2 or len(written) < 2 or not written.isupper():
        return False
    if written >= FIRST_OTHER:
        return left > 2 and len(written) <= MAX_STATE
    return written in BODIES or (written.isascii() and _VOWELS.isdisjoint(written))


def _close(out: list[Name], run: list[int], text: str, form: Normalized, scan: Scan, words: _Words) -> None:
    """Judges one run: titles and small words at its ends are taken off, what is left is a person, an organisation or nothing."""
    spelled = [scan.text[scan.words[n] : scan.word_ends[n]] for n in run]
    first, last = 0, len(run)
    titled = False
    organisation = bool(words.organisations.intersection(spelled))
    while first < last:
        title = _is_title(spelled[first], words) or _is_rank(text, form, scan, run[first], left=last - first)
        if not title and spelled[first] not in words.never:
            break
        titled = title
        first += 1
    offices = (words.titles | words.roles) - IN_NAMES
    inner = [
        k
        for k in range(first, last - 1)
        if spelled[k] in offices or (last - k > 2 and _is_rank(text, form, scan, run[k], left=last - k))
    ]
    if inner:
        first, titled = inner[-1] + 1, True
        organisation = bool(words.organisations.intersection(spelled[first:last]))
    while first < last and (spelled[last - 1] in words.particles or spelled[last - 1] in words.never):
        last -= 1
    if first == last or spelled[last - 1] in offices or words.calendar.intersection(spelled[first:last]):
        return
    start, end = scan.words[run[first]], scan.word_ends[run[last - 1]]
    length = last - first
    if (
        organisation and not (titled and length <= 3 and not words.organisations.intersection(spelled[first:last]))
    ) or length > MAX_NAME_WORDS:
        kind = Kind.ORGANISATION
    elif length == 1:
        bare = text[form.offsets[start] : form.offsets[end - 1] + 1]
        kind = Kind.ORGANISATION if bare.isupper() and len(bare) > 1 else Kind.SINGLE
    else:
        kind = Kind.PERSON
    if not titled and first == 0 and run[0] > 0:
        before = scan.text[scan.words[run[0] - 1] : scan.word_ends[run[0] - 1]]
        near = scan.words[run[0]] - scan.word_ends[run[0] - 1] == 1
        titled = near and (before in words.titles or before in words.roles or before.rstrip("s") in words.roles)
    out.append(Name(start, end, kind, titled))
