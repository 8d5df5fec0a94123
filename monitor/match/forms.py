"""A defender → the spellings to look for word by word, each with the way it relates to the listed name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitor.match.fold import spelled
from monitor.match.scripts import UNSPACED, is_mark, script_of
from monitor.match.tables.styles import Style
from monitor.match.tables.words import words
from monitor.model import Defender

#: Umlauts and rings as they are written where keyboards lack them (usage of German and Nordic passports).
_SPELLED_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_PARENTHESIS: Final = re.compile(r"\s*[(\[].*?[)\]]\s*")
#: Words of a name too small to stand for it (particles of many naming customs).
PARTICLES: Final = frozenset(
    words(
        "al el ul ad ibn bin ben bint abu abd umm bani da das de del della der den di do dos du la las le les los van von ter ten te y e i af av zu "
        "san st saint mc mac o d l bar bat ould oul ag binti bte anak"
    )
)
MIN_ACRONYM: Final = 3  #: letters; shorter ones stand for too much
MAX_INITIAL_TOKENS: Final = 4  #: names longer than this are not written with initials


def script(name: str) -> str:
    """The script most letters of a name are written in."""
    counts: dict[str, int] = {}
    for char in name:
        s = script_of(char)
        if s != "Zyyy":
            counts[s] = counts.get(s, 0) + 1
    return max(counts, key=lambda s: counts[s]) if counts else "Zyyy"


def letters(name: str) -> int:
    """How many letters a name has, marks not counted."""
    return sum(1 for c in name if c.isalnum() and not is_mark(c))


def forms(defender: Defender) -> dict[str, Style]:
    """The folded spellings a defender is found by, and the style of each; the most trusted style where two agree."""
    found: dict[str, Style] = {}
    for phrase in defender.known_as:
        _add(found, spelled(phrase), Style.KNOWN_AS)
    for k, name in enumerate((defender.name, *defender.names)):
        listed = Style.LISTED if k == 0 else Style.SPELLING
        for form, style in _of_name(name, listed, defender.kind):
            _add(found, form, style)
    return found


def _add(found: dict[str, Style], form: str, style: Style) -> None:
    form = form.strip()
    if letters(form) >= (1 if script(form) in UNSPACED else 2) and (form not in found or found[form] > style):
        found[form] = style


def _of_name(name: str, listed: Style, kind: str) -> Iterator[tuple[str, Style]]:
    """One listed name, and the ways of writing it that leave its letters alone."""
    name = _PARENTHESIS.sub(" ", name).strip()
    if not name:
        return
    if name.count(",") == 1 and kind == "person":
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}" if given and family else name
    folded = spelled(name)
    tokens = folded.split()
    if kind != "person":
        yield folded, Style.ACRONYM if _is_acronym(name) else listed
        yield from _without_signs(folded)
        return
    yield folded, listed if len(tokens) > 1 or _stands_alone(folded) else Style.MONONYM
    yield from _without_signs(folded)
    out = spelled(name.translate(_SPELLED_OUT))
    if out != folded:
        yield out, listed
    if len(tokens) < 2:
        yield from _split(folded)
        return
    own = script(folded)
    if own in UNSPACED or own == "Hang":
        yield "".join(tokens), Style.JOINED
        yield " ".join((*tokens[1:], tokens[0])), Style.REVERSED
        return
    yield from _reordered(tokens)
    if len(tokens) > 2:
        for k in range(len(tokens) - 1):
            yield " ".join((*tokens[:k], tokens[k] + tokens[k + 1], *tokens[k + 2 :])), Style.JOINED
        if min(letters(tokens[0]), letters(tokens[-1])) > 2 and not _all_short(tokens):
            yield f"{tokens[0]} {tokens[-1]}", Style.MIDDLE_OMITTED
    yield from _with_initials(tokens)


def _is_acronym(name: str) -> bool:
    """Whether an organisation's name is an acronym: a run of capitals that means something else in small letters."""
    return len(name.split()) == 1 and name.isascii() and name.isupper() and len(name) >= MIN_ACRONYM


def _stands_alone(folded: str) -> bool:
    """Whether a name without spaces is a full name all the same, as in scripts that put none between its parts."""
    own = script(folded)
    return (own in {"Hani", "Hira", "Kana", "Hang"} and letters(folded) >= 2) or (
        own in UNSPACED and letters(folded) >= 4
    )


def _without_signs(folded: str) -> Iterator[tuple[str, Style]]:
    """The name without its apostrophes and full stops."""
    for sign in ("'", "."):
        if sign in folded:
            yield " ".join(folded.replace(sign, "").split()), Style.JOINED


def _split(folded: str) -> Iterator[tuple[str, Style]]:
    """Chinese and Korean names written with a space between family and given name."""
    if script(folded) in {"Hang", "Hani"} and len(folded) in {3, 4}:
        for k in {1, len(folded) - 2}:
            yield f"{folded[:k]} {folded[k:]}", Style.JOINED


def _reordered(tokens: list[str]) -> Iterator[tuple[str, Style]]:
    """Family name first or last, with the comma of lists."""
    for order in ([*tokens[1:], tokens[0]], [tokens[-1], *tokens[:-1]]):
        yield " ".join(order), Style.REVERSED
    yield f"{tokens[-1]}, {' '.join(tokens[:-1])}", Style.REVERSED
    if len(tokens) > 2:
        yield f"{' '.join(tokens[1:])}, {tokens[0]}", Style.REVERSED


def _all_short(tokens: list[str]) -> bool:
    """Whether all parts are syllables (Vietnamese, Chinese, Korean, Burmese names), where none can be left out."""
    return all(len(t) <= 4 for t in tokens)


def _with_initials(tokens: list[str]) -> Iterator[tuple[str, Style]]:
    """The family name with the given names as initials."""
    whole = [t for t in tokens if t not in PARTICLES]
    if len(whole) < 2 or len(whole) > MAX_INITIAL_TOKENS or len(tokens[-1]) < 3:
        return
    given = [t[0] for t in whole[:-1]]
    yield f"{given[0]}. {tokens[-1]}", Style.INITIAL
    if len(given) > 1:
        yield f"{'. '.join(given)}. {tokens[-1]}", Style.INITIAL
        yield f"{'.'.join(given)}. {tokens[-1]}", Style.INITIAL
