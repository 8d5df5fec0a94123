"""The shipped articles made for a test → frozen values, those in the scripts a team works with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from monitor.model import Defender, Sensitivity, Watchlist
from monitor.text.language import script

FILE = Path(__file__).with_name("canaries.yaml")
ALWAYS = "Latn"  #: the script that is tried whatever a team's list is written in


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryArticle:
    """One article made for a test and the invented person it names. script: ISO 15924."""

    script: str
    language: str
    name: str
    title: str
    text: str

    @property
    def id(self) -> str:
        """The id of the invented person."""
        return f"canary-{self.script.lower()}"

    @property
    def person(self) -> Defender:
        """The invented person as an entry of a watchlist."""
        return Defender(id=self.id, name=self.name, sensitivity=Sensitivity.OPEN)


def canaries(path: Path = FILE) -> tuple[CanaryArticle, ...]:
    """Every shipped article made for a test."""
    return tuple(CanaryArticle(**item) for item in yaml.safe_load(path.read_text("utf-8")))


def in_use(watchlist: Watchlist, languages: Iterable[str], known: Iterable[CanaryArticle]) -> tuple[CanaryArticle, ...]:
    """Those in a script that the watchlist is written in, or in a language that a source writes, and always the Latin one."""
    written = {script(name) for d in watchlist.defenders for name in (d.name, *d.names)} | {ALWAYS}
    spoken = {language.partition("-")[0].lower() for language in languages}
    return tuple(c for c in known if c.script in written or c.language in spoken)
