"""A folded word of any script → how it sounds, in plain Latin letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from monitor.match.tables import sounds

_HANGUL_FIRST: Final = 0xAC00
_HANGUL_LAST: Final = 0xD7A3
_VIRAMAS: Final = frozenset("्্੍્୍்్್്්")
_NUKTAS: Final = frozenset("़়਼઼")
_LETTERS: Final = re.compile(r"[^a-z]+")
_SILENT_KANA: Final = re.compile("[っッー]")
_LEADING: Final = re.compile("([เแโใไເແໂໃໄ])(.)")


def heard(word: str, script: str) -> str:
    """How a folded word sounds, small letters a–z; the folded Latin word itself for Latin. Empty when nothing can be said."""
    if script == "Latn":
        if word.isascii() and word.isalpha():
            return word
        return _LETTERS.sub("", word if word.isascii() else anyascii(word).lower())
    if script in sounds.INDIC_BLOCKS or script == "Sinh":
        return _indic(word, script)
    if script == "Hang":
        return "".join(map(_syllable, word))
    table = sounds.LETTERS.get(script)
    if table is None:
        if script in {"Kana", "Hira"}:
            word = _SILENT_KANA.sub("", word)
        if script == "Hani":
            return "".join(map(_pinyin, word))
        return _LETTERS.sub("", "".join(map(_ascii, word)))
    if script in {"Thai", "Laoo"}:
        word = _LEADING.sub(r"\2\1", word)
    return "".join(map(_sounds(script).__getitem__, _split(word, script)))


@lru_cache(maxsize=65_536)
def _ascii(char: str) -> str:
    return anyascii(char).lower()


@lru_cache(maxsize=32_768)
def _pinyin(char: str) -> str:
    """How one Chinese character reads in Mandarin, by ear: names of other languages are written with it all over the Chinese-speaking world."""
    return _LETTERS.sub("", _ascii(char)).replace("x", "sh").replace("q", "ch").replace("zh", "j")


class _Sounds(dict[str, str]):
    """Groups of letters and how they sound; any other letter is silent."""

    def __missing__(self, letters: str) -> str:
        return ""


@lru_cache(maxsize=64)
def _sounds(script: str) -> _Sounds:
    return _Sounds(sounds.LETTERS[script])


@lru_cache(maxsize=64)
def _splitter(script: str) -> re.Pattern[str]:
    """A pattern that takes the longest known group of letters of a script, else one letter."""
    longest = sorted(sounds.LETTERS[script], key=len, reverse=True)
    return re.compile("|".join(re.escape(k) for k in longest if len(k) > 1) + "|." if len(longest[0]) > 1 else ".")


def _split(word: str, script: str) -> list[str]:
    return _splitter(script).findall(word)


@lru_cache(maxsize=16_384)
def _syllable(char: str) -> str:
    """One Hangul syllable by ear; other characters are silent."""
    code = ord(char)
    if not _HANGUL_FIRST <= code <= _HANGUL_LAST:
        return ""
    onset, rest = divmod(code - _HANGUL_FIRST, 588)
    vowel, coda = divmod(rest, 28)
    return sounds.HANGUL_ONSETS[onset] + sounds.HANGUL_VOWELS[vowel] + sounds.HANGUL_CODAS[coda]


def _indic(word: str, script: str) -> str:
    """A word of an Indic script: a consonant without a vowel sign carries a short a, except at the end."""
    base = sounds.INDIC_BLOCKS.get(script, 0)
    table = sounds.LETTERS["Sinh"] if script == "Sinh" else {}
    out: list[str] = []
    open_consonant = False
    k = 0
    while k < len(word):
        group = next((word[k : k + n] for n in (3, 2, 1) if word[k : k + n] in sounds.INDIC_LETTERS), word[k])
        sound = sounds.INDIC_LETTERS.get(group)
        if sound is None:
            sound = table.get(group) if table else sounds.INDIC.get(ord(group) - base)
        k += len(group)
        if group in _VIRAMAS:
            open_consonant = False
            continue
        if sound is None or group in _NUKTAS:
            continue
        vowel = sound[:1] in "aeiou" and sound != ""
        if open_consonant and not vowel:
            out.append("a")
        out.append(sound)
        open_consonant = (bool(sound) and not vowel and sound not in {"n", "h"}) or (
            sound in {"n", "h"} and group not in "ंःঁংঃਂੰંംంಂංँँ"
        )
    return "".join(out)
