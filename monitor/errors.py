"""The errors this package raises; expected failures of the world (a fetch, a send) are values instead."""

from __future__ import annotations

from dataclasses import dataclass


class MonitorError(Exception):
    """Something the operator must put right; the message says what to do next and never names a defender."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in one file. line and column count from 1; 0 when the mistake is the file itself."""

    path: str
    line: int
    column: int
    what: str
    fix: str

    def __str__(self) -> str:
        """`file:line:column: what is wrong; what to do`."""
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{where}: {self.what}; {self.fix}"


class ConfigError(MonitorError):
    """Files or settings that cannot be put in force; `mistakes` holds all of them at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(str(m) for m in mistakes))


class ParseError(MonitorError):
    """A body that is not the kind of document its source promises; says which kind of thing it is instead.

    kind: as FetchFailure.kind (hard: no such document; blocked: a bot wall or a login page; hostile: made to hurt).
    """

    def __init__(self, message: str, kind: str = "hard") -> None:
        self.kind = kind
        super().__init__(message)

    def __reduce__(self) -> tuple[type[ParseError], tuple[str, str]]:
        return type(self), (str(self), self.kind)


class StoreError(MonitorError):
    """The database cannot be used as it is: locked by another instance, newer than this release, or damaged."""


class CaseworkError(MonitorError):
    """What a responder asked for makes no sense for this incident; the message says what to do instead."""
