"""A text → a small sketch, and two sketches → how alike the texts are: tells a copy from independent reporting, and nothing else.

Bottom-k sketch: the smallest hashes of all runs of three words, or of five characters where words are not spaced. Likeness never decides
which happening an article is about: independent outlets share no runs, and a wall page shares all of them with every other.
"""

from __future__ import annotations

import array
import re
import zlib

KEPT = 128  #: hashes in a sketch; the likeness it gives is right to about 1/sqrt(128) = .09
COPY = 0.5  #: likeness from which a text is a copy; measured by others as the point below which unrelated agency texts begin to meet
FEWEST_WORDS = 48  #: a shorter text is too like its neighbours to be called a copy
_WORD_RUN, _SIGN_RUN = 3, 5
_SPACED = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def sketch(text: str) -> bytes:
    """The sketch of a text, empty for one too short to judge."""
    folded = text.casefold()
    signs = _UNSPACED.findall(folded)
    if len(signs) > len(folded) // 3:
        together = "".join(signs)
        if len(together) < 2 * FEWEST_WORDS:
            return b""
        runs = {together[i : i + _SIGN_RUN] for i in range(len(together) - _SIGN_RUN + 1)}
    else:
        words = _SPACED.findall(folded)
        if len(words) < FEWEST_WORDS:
            return b""
        runs = {" ".join(words[i : i + _WORD_RUN]) for i in range(len(words) - _WORD_RUN + 1)}
    hashes = sorted({zlib.crc32(r.encode("utf-8", "surrogatepass")) for r in runs})[:KEPT]
    return array.array("I", hashes).tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """How much of the two texts is shared, from 0 to 1; 0 when either was too short to judge."""
    if not one or not other:
        return 0.0
    a, b = array.array("I", one), array.array("I", other)
    mine, theirs = set(a), set(b)
    smallest = sorted(mine | theirs)[:KEPT]
    return sum(h in mine and h in theirs for h in smallest) / len(smallest)
