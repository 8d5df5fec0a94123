"""Burmese in the Zawgyi encoding → Unicode: the same code points mean other letters there, and many readers and writers still use it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Any, Final

LIKELY: Final = 0.95  #: probability from which a text is taken as Zawgyi. Source: the detector's authors' own advice
SAMPLE: Final = 4_000  #: code points the detector looks at

_BURMESE: Final = re.compile(r"[\u1000-\u109f]")
_RUN: Final = re.compile(r"[\u1000-\u109f\u200b-\u200d]+")
#: One written syllable: the signs Zawgyi writes before their letter, the letter, and what hangs on it.
_SYLLABLE: Final = re.compile(
    r"[\u1031\u103b\u107e-\u1084]*[\u1000-\u102a\u103f-\u104f\u1086-\u1092]?[^\u1000-\u102a\u1031\u103b\u103f-\u104f\u107e-\u1084\u1086-\u1092]*"
)


def zawgyi(text: str) -> bool:
    """Whether a text is Burmese in the Zawgyi encoding; unsure is no."""
    at = _BURMESE.search(text)
    return at is not None and _detector().get_zawgyi_probability(text[at.start() : at.start() + SAMPLE]) >= LIKELY


def to_unicode(text: str) -> str:
    """The text in Unicode; unchanged where it is not Zawgyi."""
    return _RUN.sub(lambda run: _converted(run[0]), text) if zawgyi(text) else text


def aligned(text: str) -> tuple[str, list[int]]:
    """A Zawgyi text in Unicode, and for each of its code points (and its end) the code point it came from: exact to the syllable."""
    out: list[str] = []
    offsets: list[int] = []

    def take(piece: str, start: int, length: int) -> None:
        out.append(piece)
        offsets.extend(start + min(n, length - 1) for n in range(len(piece)))

    done = 0
    for run in _RUN.finditer(text):
        out.append(text[done : run.start()])
        offsets.extend(range(done, run.start()))
        edges = sorted({0, len(run[0]), *(m.start() for m in _SYLLABLE.finditer(run[0]))})
        syllables = [(run[0][a:b], run.start() + a, b - a) for a, b in pairwise(edges)]
        whole = _converted(run[0])
        pieces = [(_converted(s), at, length) for s, at, length in syllables]
        if "".join(p for p, _, _ in pieces) == whole:
            for piece, at, length in pieces:
                take(piece, at, length)
        else:
            out.append(whole)
            offsets.extend(run.start() + n * len(run[0]) // max(1, len(whole)) for n in range(len(whole)))
        done = run.end()
    out.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    return "".join(out), offsets


def _converted(run: str) -> str:
    return str(_converter().convert(run, "zawgyi", "unicode"))


@cache
def _converter() -> Any:
    from myanmar import converter  # noqa: PLC0415 - loaded by whoever meets Burmese only

    vars(converter)["print"] = _kept_quiet  # it prints syllables it cannot read, amid the JSON of our commands
    return converter


def _kept_quiet(*_: object, **__: object) -> None:
    """Prints nothing."""


@cache
def _detector() -> Any:
    from myanmartools import ZawgyiDetector  # noqa: PLC0415 - loaded by whoever meets Burmese only

    return ZawgyiDetector()
