"""A stretch of text → its words with their places, in scripts with and without spaces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

_LINK = r"\]\([^()\s]{0,300}\)|\[|\*\*"  #: marks of a link or of bold type in plain texts: they stand between words that belong together
_WORD = re.compile(_LINK + r"|\d+|[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*|[^\w\s]|_")
_MARKED = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f]")
_POSSESSIVE = ("'s", "’s")
_LETTERS = {
    ord(a): b for a, b in zip("أإآٱىيکةۀهٔؤئ’ʼё", "ااااییكههه\u0654وی''е", strict=False)
}  #: letters that writers exchange freely: Arabic alef, yeh, kaf and heh forms, apostrophes, Cyrillic yo


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark. text: comparable spelling; start, end: code points of the field; capital: begins with a capital letter."""

    text: str
    start: int
    end: int
    capital: bool


def spell(word: str) -> str:
    """The comparable spelling of a word: lower case, optional marks dropped, exchangeable letters unified."""
    if word.isascii():
        return word.lower()
    return _MARKED.sub("", unicodedata.normalize("NFC", word).casefold()).translate(_LETTERS)


def spaced(text: str, start: int, end: int) -> list[Token]:
    """The words of a language that separates them with spaces; a possessive 's is a word of its own."""
    found: list[Token] = []
    for match in _WORD.finditer(text, start, end):
        word, begin = match.group(), match.start()
        if word[0] in "[]" or word == "**":
            continue
        if len(word) > 2 and word[-2:].lower() in _POSSESSIVE:
            found.append(Token(spell(word[:-2]), begin, match.end() - 2, word[0].isupper()))
            found.append(Token("'s", match.end() - 2, match.end(), False))
        else:
            found.append(Token(spell(word), begin, match.end(), word[0].isupper()))
    return found


def unspaced(text: str, start: int, end: int, known: AhoCorasick | None) -> list[Token]:
    """The known phrases of a language without spaces as words, and what stands between them, split at spaces and digits."""
    part = text[start:end]
    found: list[Token] = []
    done = 0
    for _, begin, finish in known.find_matches_as_indexes(part) if known else ():
        found += spaced(text, start + done, start + begin)
        found.append(Token(spell(part[begin:finish]), start + begin, start + finish, False))
        done = finish
    found += spaced(text, start + done, end)
    return found


def automaton(phrases: list[str]) -> AhoCorasick | None:
    """The finder of known phrases, longest first; None for none."""
    kept = sorted({p for p in phrases if p})
    return AhoCorasick(kept, matchkind=MatchKind.LeftmostLongest) if kept else None


def number(token: Token) -> int | None:
    """The value of a number written in any decimal digits, at most four of them; None for a word."""
    if not 0 < len(token.text) <= 4:
        return None
    value = 0
    for char in token.text:
        digit = unicodedata.decimal(char, None)
        if digit is None:
            return None
        value = value * 10 + digit
    return value
