"""A country as a team writes it (code or English name) → its ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from monitor.config.yaml_reader import read

_FILE = Path(__file__).with_name("countries.yaml")


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """Every country's English names by its code, the one we show first."""
    return {code: tuple(called) for code, called in read(_FILE).value.items()}


@cache
def codes() -> Mapping[str, str]:
    """The code behind every spelling a file may use: the codes themselves and the names."""
    return {spelling: code for code, called in names().items() for spelling in (code, *called)}


def suggestion(written: str) -> str | None:
    """What was probably meant by a country nobody knows, as `KH (Cambodia)`; None when nothing is near."""
    spellings = {s.casefold(): code for s, code in codes().items()}
    near = get_close_matches(written.casefold().strip(), spellings, n=1, cutoff=0.75)
    if not near:
        return None
    code = spellings[near[0]]
    return f"{code} ({names()[code][0]})"
