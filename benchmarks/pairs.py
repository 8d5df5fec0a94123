"""Pairs of name spellings: how many of one person are recognised when one in a hundred of two people may be mistaken, and how fast."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from anyascii import anyascii
from rapidfuzz import fuzz

from benchmarks.figure import Figure
from monitor.match.compare import compare

PAIRS: Final = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "names" / "pairs.dev.jsonl"
PEER: Final = "rapidfuzz WRatio on anyascii"


def recall(pairs: Sequence[dict[str, Any]], scores: Sequence[float], mistaken: float = 0.01) -> float:
    """Share of the pairs of one person above the score that this share of the pairs of two people exceeds."""
    others = sorted((s for p, s in zip(pairs, scores, strict=True) if not p["same"]), reverse=True)
    limit = others[int(mistaken * len(others))]
    one = [s for p, s in zip(pairs, scores, strict=True) if p["same"]]
    return sum(s > limit for s in one) / len(one)


def scored(pairs: Sequence[dict[str, Any]], score: Callable[[str, str], float]) -> tuple[list[float], float]:
    """The score of each pair, and pairs a second of processor time."""
    start = time.process_time()
    scores = [score(p["a"], p["b"]) for p in pairs]
    return scores, len(pairs) / (time.process_time() - start)


def _peer(one: str, other: str) -> float:
    return fuzz.WRatio(anyascii(one).lower(), anyascii(other).lower())


def measure(quick: bool) -> Iterator[Figure]:
    """Recall on all pairs and on the cases of OpenSanctions, and speed; nothing where the pairs are not beside the repository."""
    if not PAIRS.is_file():
        return
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()][:: 10 if quick else 1]
    ours, speed = scored(pairs, lambda a, b: compare(a, b).score)
    theirs, _ = scored(pairs, _peer)
    cases = [k for k, p in enumerate(pairs) if p["source"] == "os-name_bench"]
    for name, chosen, target in (
        ("recall at 1 %", range(len(pairs)), 0.68),
        ("recall at 1 %, OpenSanctions", cases, 0.43),
    ):
        part = [pairs[k] for k in chosen]
        value = recall(part, [ours[k] for k in chosen])
        yield Figure(name=name, value=value, unit="share", target=target, below=False)
        yield Figure(name=f"{name}, {PEER}", value=recall(part, [theirs[k] for k in chosen]), unit="share")
    yield Figure(name="speed", value=speed, unit="pairs/s", target=2000, below=False)
