"""Lists of words written as lines of text, the way they are easiest to read and to add to."""

from __future__ import annotations


def words(lines: str) -> tuple[str, ...]:
    """The words of a text, in its order."""
    return tuple(lines.split())
