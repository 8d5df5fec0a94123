"""A name as written → its words, each with how it sounds and how much it tells of the person who bears it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.match.align import FAMILY, worth
from monitor.match.fold import spelled
from monitor.match.forms import PARTICLES, script
from monitor.match.heard import heard
from monitor.match.scripts import is_word
from monitor.match.tables import titles
from monitor.match.tables.likeness import BITS_OF_A_SOUND, LIGHT, STYLED

MAX_WORDS: Final = 9  #: words of a name that are looked at; nobody is told apart by the tenth
MAX_CHARS: Final = 160  #: characters of a name that are looked at
_PARENTHESIS: Final = re.compile(r"[(\[（].*?[)\]）]")
_GLUED_CAPITALS: Final = re.compile(r"(?<=[a-zа-яё]{2})(?=[A-ZА-ЯЁ])")
_DOTTED: Final = re.compile(r"(?<=\w)\.(?=\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name. text: folded. sound: in Latin letters. light: a title or particle, that tells nobody apart. bits: what it carries."""

    text: str
    script: str
    sound: str
    light: bool
    bits: float

    @property
    def initial(self) -> bool:
        """Whether it is one letter that stands for a name."""
        return len(self.text) == 1 and self.script not in {"Hani", "Hang", "Hira", "Kana"}


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[Word, ...]:
    """The words of a name in any script, in their order, titles and particles marked as light; empty when it has no letter."""
    name = _PARENTHESIS.sub(" ", name[:MAX_CHARS]) if len(_PARENTHESIS.sub("", name).strip()) > 1 else name[:MAX_CHARS]
    if " " not in name.strip():
        name = _GLUED_CAPITALS.sub(" ", name)
    name, styled = _unstyled(name)
    family, comma, given = name.partition(",")
    if comma and "," not in given and given.strip() and family.strip():
        name = f"{given} {family}"
    folded = spelled(_DOTTED.sub(". ", name))
    texts = [
        "".join(c for c in raw if is_word(c) or c == "'").strip("'") for raw in re.split(r"[\s,;.=＝،、]+", folded)
    ]
    texts = [t for t in texts if t][:MAX_WORDS]
    out = [_word(text, light=_light(text, k, len(texts))) for k, text in enumerate(texts)]
    if out and all(w.light for w in out):
        out = [_word(w.text, light=False) for w in out]
    return tuple(out) + tuple(_word(t, light=True) for t in styled[: MAX_WORDS - len(out)])


def _unstyled(name: str) -> tuple[str, list[str]]:
    """A name without the peerage or degree after its comma, and the words of that."""
    head, comma, tail = name.partition(",")
    first = spelled(tail).split(" ")[0].strip(".")
    if comma and len(head.split()) > 1 and (first in STYLED or first in titles.BEFORE):
        return head, [w for w in spelled(tail).replace(".", "").replace(",", "").split() if w]
    return name, []


def _light(text: str, place: int, of: int) -> bool:
    """Whether a word of a name is a particle anywhere, or a title where titles stand."""
    if text in LIGHT or (text in PARTICLES and (len(text) > 1 or text in "eiy")):
        return True
    return of > 2 and text in titles.BEFORE and place in {0, of - 1} and len(text) > 2


def _word(text: str, *, light: bool) -> Word:
    own = script(text)
    sound = heard(text, own) if own in FAMILY else ""
    bits = worth(sound, "latn") if sound else BITS_OF_A_SOUND * len(text)
    return Word(text, own, sound, light, bits)


def joined(run: tuple[Word, ...]) -> Word:
    """Several words of a name written as one."""
    if len(run) == 1:
        return run[0]
    return Word(
        "".join(w.text for w in run),
        run[0].script,
        "".join(w.sound for w in run),
        all(w.light for w in run),
        sum(w.bits for w in run),
    )
