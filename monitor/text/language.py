"""A text → the language it is written in, from its script first and a statistical model where scripts are shared."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

#: Scripts (by the first word of a character's Unicode name) that one language of ours is written in.
_BY_SCRIPT = {
    "KHMER": "km", "THAI": "th", "MYANMAR": "my", "LAO": "lo", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "ARMENIAN": "hy",
    "GEORGIAN": "ka", "HEBREW": "he", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "SINHALA": "si", "GUJARATI": "gu", "GURMUKHI": "pa",
    "MALAYALAM": "ml", "KANNADA": "kn", "TIBETAN": "bo", "CJK": "zh",
}  # fmt: skip
MIN_LETTERS = (
    12  #: letters below which a statistical guess is a coin toss ("BBC" comes out as Italian); the hint decides then
)
SAMPLE = 2_000  #: code points looked at; more changes nothing


@lru_cache(maxsize=8)
def _model(codes: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - its model takes a second to load: only who needs it pays

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([c for c in codes if c in set(identifier.labels)])
    return identifier


def detect(text: str, hints: Sequence[str] = (), known: tuple[str, ...] = ()) -> str | None:
    """The language of a text as a BCP 47 code; None when it cannot be said.

    hints: what the source says it writes, preferred where the text is too short to tell. known: the languages worth telling apart.
    """
    sample = text[:SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return hints[0] if hints else None
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in letters[:400])
    main, count = scripts.most_common(1)[0]
    if main == "CJK" and scripts.keys() & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    if main in _BY_SCRIPT and count * 2 >= len(letters[:400]):
        return _BY_SCRIPT[main]
    if len(letters) < MIN_LETTERS:
        return hints[0] if hints else None
    code, _ = _model(known or ("en",)).classify(sample)
    return str(code)
