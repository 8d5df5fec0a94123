"""A folded text → its words, each of one script, with their places."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.match.scripts import script_of

_NOT_LETTERS: Final = r"\s\x00-\x26\x28-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u055a-\u0560\u0589\u05be\u05c0\u05c3\u05f3-\u060f\u061b-\u061f\u066a-\u066d\u06d4"
_MORE: Final = r"\u0964\u0965\u0e4f\u0e5a\u0e5b\u104a-\u104f\u1360-\u1368\u1361\u17d4-\u17da\u0f08-\u0f14\u2000-\u206f\u20a0-\u20bf\u2100-\u2bff\u3000-\u3004\u3008-\u303f\u30fb\ufe10-\ufe6f\uff00-\uff0f\uff1a-\uff20"
_KANA: Final = r"\u30a1-\u30fa\u30fc\u30fd\u31f0-\u31ff"
_HAN: Final = r"\u3005\u3041-\u309f\u3400-\u9fff"
_HANGUL: Final = r"\uac00-\ud7a3"
#: A word: Latin letters, a run of katakana, of Han or Hangul, or a run of anything else that is no sign; an apostrophe inside belongs to it.
WORD: Final = re.compile(
    rf"[a-z]+(?:'[a-z]+)*|[{_KANA}]+|[{_HAN}]+|[{_HANGUL}]+|[^{_NOT_LETTERS}{_MORE}{_KANA}{_HAN}{_HANGUL}a-z']+(?:'[^{_NOT_LETTERS}{_MORE}a-z']*)*"
)


@lru_cache(maxsize=65_536)
def script(word: str) -> str:
    """The script of a word, by its first letter."""
    return next((s for s in map(script_of, word) if s != "Zyyy"), "Zyyy")
