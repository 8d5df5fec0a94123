"""One part of a listed name → all the keys under which it may be met in texts of any script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.match.align import worth
from monitor.match.forms import script
from monitor.match.heard import heard
from monitor.match.keys import loosened, merged, pronounced
from monitor.match.scripts import is_mark
from monitor.match.wordforms import NO_KEY, sound_keys

#: Scripts that write all sounds, so that a name in them can be compared by ear with any other script.
SOUNDED: Final = frozenset(
    {"Latn", "Cyrl", "Grek", "Geor", "Armn", "Deva", "Beng", "Guru", "Gujr", "Taml", "Telu", "Knda", "Mlym", "Sinh"}
)


_UNHEARD_L: Final = re.compile("L(?=[^A])")  #: an l before a consonant, which scripts of syllables may leave out
BITS_A_LETTER: Final = 4.5  #: what a letter carries in scripts that were not counted, about that of Latin


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a listed name: as folded, its script, and how it sounds (empty where the script does not tell)."""

    text: str
    script: str
    sound: str

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def bits(self) -> float:
        """How much evidence the part can give at most."""
        return worth(self.sound, "latn") if self.sound else BITS_A_LETTER * _letters(self.text)


@lru_cache(maxsize=50_000)
def _letters(text: str) -> int:
    """The letters of a text that stand by themselves."""
    return sum(1 for c in text if not is_mark(c))


def part(token: str, heard_abroad: bool = True) -> Part:
    """A folded word of a name as a part. heard_abroad: whether it stands for the name in other scripts too."""
    own = script(token)
    return Part(token, own, heard(token, own) if own == "Latn" or (heard_abroad and own in SOUNDED) else "")


def part_keys(part: Part) -> tuple[tuple[str, ...], ...]:
    """All keys under which a part of a name may be met, by kind: fine, loose, merged. Only keys of one kind stand beside each other."""
    own: dict[str, None] = {}
    if part.script != "Latn":
        own.update(dict.fromkeys(sound_keys(heard(part.text, part.script), part.script)))
    if part.sound:
        spoken = pronounced(part.sound)
        least = min(2, len(spoken[0])) if spoken else 0
        own.update(dict.fromkeys(key for key in spoken if len(key) >= least))
        if part.script == "Latn":
            own.update(dict.fromkeys(sound_keys(part.sound, "Latn")[:1]))
    fine = [key for key in own if key[0] not in "=~"]
    loose = dict.fromkeys(
        [key for key in own if key[0] == "="] + ([loosened(key) for key in fine] if part.sound else [])
    )
    alike = dict.fromkeys(
        [key for key in own if key[0] == "~"]
        + ([merged(k) for key in fine[:16] for k in (key, _UNHEARD_L.sub("", key))] if part.sound else [])
    )
    return tuple(fine), tuple(k for k in loose if k not in NO_KEY), tuple(k for k in alike if k not in NO_KEY)


@lru_cache(maxsize=20_000)
def key_set(part: Part) -> frozenset[str]:
    """The keys of a part, to ask whether a word shares one."""
    return frozenset(key for kind in part_keys(part) for key in kind)
