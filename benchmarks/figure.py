"""One measured figure and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure, its unit, and where there is one the peer's figure of the same run.

    target: what is aimed at; below: True when smaller is better. With a peer the target is a ratio (peer / ours), else a value.
    """

    name: str
    value: float
    unit: str
    peer: str | None = None
    peer_value: float | None = None
    target: float | None = None
    below: bool = True

    def line(self, bench: str) -> dict[str, object]:
        """The JSON line of this figure."""
        ratio = None
        if self.peer_value is not None and self.value:
            ratio = self.peer_value / self.value if self.below else self.value / self.peer_value
        holds = None
        if self.target is not None:
            holds = (
                ratio >= self.target
                if ratio is not None
                else (self.value <= self.target if self.below else self.value >= self.target)
            )
        return {
            "bench": bench,
            "figure": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "peer": self.peer,
            "peer_value": None if self.peer_value is None else round(self.peer_value, 4),
            "ratio": None if ratio is None else round(ratio, 2),
            "target": self.target,
            "holds": holds,
        }
