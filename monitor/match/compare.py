"""Two spellings of a name → how likely they mean one person, in [0, 1], and why.

For people who look at two names, not for finding names in texts: order, scripts, ways of transliterating, initials, titles and left-out middle
names are allowed for; a word on each side that has no answer speaks against.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.match.align import FAMILY
from monitor.match.bearing import Word, words
from monitor.match.paired import Pair, pairing
from monitor.match.tables.likeness import IDENTICAL, IDENTICAL_SINGLE, MOST, ROUGH, WEIGHTS

SAME_AT: Final = (
    0.5  #: score at and above which two spellings are taken for one person; about 1 wrong in 100 names that look alike
)
BITS_OF_A_LOSS: Final = 20.0  #: bits lost by unlike letters that weigh as one unit
BITS_OF_A_NAME: Final = 35.0  #: bits below which so little is written that chance may have written it
MANY: Final = 2  #: words one spelling may leave out before it is another name
LARGE_SHARE: Final = 0.4  #: share of a name left out beyond which it weighs more


@dataclass(frozen=True, slots=True)
class Likeness:
    """score: in [0, 1] that two spellings mean one person. reasons: what speaks for and against, in plain words."""

    score: float
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether to take them for one person."""
        return self.score >= SAME_AT


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two names with their words paired. left_a, left_b: words of each without an answer, titles and particles not counted."""

    a: tuple[Word, ...]
    b: tuple[Word, ...]
    pairs: tuple[Pair, ...]
    left_a: tuple[Word, ...]
    left_b: tuple[Word, ...]


def compare(one: str, other: str) -> Likeness:
    """How likely two spellings of a personal name mean one person. Symmetric; 0 when one of them has no letter."""
    first, second = sorted((one, other))
    a, b = words(first), words(second)
    if not a or not b:
        return Likeness(0.0, ("one of the names has no letters",))
    if [w.text for w in a] == [w.text for w in b]:
        return Likeness(IDENTICAL if len(a) > 1 else IDENTICAL_SINGLE, ("the same spelling",))
    found = pairing(a, b)
    told = _Compared(
        a,
        b,
        tuple(p for p in found if not all(w.light for w in a[slice(*p.first)])),
        tuple(_left(a, [p.first for p in found])),
        tuple(_left(b, [p.second for p in found])),
    )
    total = sum(WEIGHTS[name] * value for name, value in features(told).items())
    return Likeness(round(min(MOST, 1 / (1 + math.exp(-total))), 4), tuple(_reasons(told)))


def _left(name: tuple[Word, ...], taken: Sequence[tuple[int, int]]) -> Iterator[Word]:
    used = {k for start, end in taken for k in range(start, end)}
    return (w for k, w in enumerate(name) if k not in used and not w.light)


def features(told: _Compared) -> dict[str, float]:
    """The interpretable figures the score is a weighted sum of; tables/likeness.py says what each means and weighs."""
    likes = [p.like for p in told.pairs]
    weight = sum(p.weight for p in told.pairs)
    answered = sum(p.like * p.weight for p in told.pairs)
    mean, worst = (answered / weight if weight else 0.0), min(likes, default=0.0)
    share_a, share_b = _share(told.left_a, told.a), _share(told.left_b, told.b)
    omitted = abs(share_a - share_b)
    scripts = {w.script for w in told.a + told.b}
    same = float(len(scripts) == 1)
    rough = next((r for r in ROUGH if any(FAMILY.get(s) in ROUGH[r] for s in scripts)), "") if not same else ""
    order = [p.second[0] for p in sorted(told.pairs, key=lambda p: p.first)]
    both = min(len(told.left_a), len(told.left_b))
    found = {
        "any": 1.0,
        "mean": mean,
        "worst": worst,
        "lost": min(3.0, (weight - answered) / BITS_OF_A_LOSS),
        "thin": max(0.0, 1 - answered / BITS_OF_A_NAME),
        "single": float(len(told.pairs) <= 1),
        "initial": float(any(p.initial for p in told.pairs)),
        "contradicted": float(both > 0),
        "contradicted_share": min(share_a, share_b),
        "contradicted_more": max(0.0, both - 1.0),
        "omitted": omitted,
        "omitted_more": max(0.0, omitted - LARGE_SHARE),
        "omitted_many": max(0.0, max(len(told.left_a), len(told.left_b)) - float(MANY)),
        "turned": float(order != sorted(order)),
        "scrambled": float(_scrambled(order)),
        "one_script": same,
        "one_script_worst": same * worst,
    }
    for name in ROUGH:
        found[name] = float(rough == name)
        found[f"{name}_mean"] = found[name] * mean
    return found


def _share(left: tuple[Word, ...], name: tuple[Word, ...]) -> float:
    """What share of what a name carries stands in these words."""
    return sum(w.bits for w in left) / (sum(w.bits for w in name if not w.light) or 1.0)


def _scrambled(order: list[int]) -> bool:
    """Whether three words or more stand in an order that is no turning round of family and given names."""
    if len(order) < 3:
        return False
    at = order.index(min(order))
    turned = order[at:] + order[:at]
    return turned != sorted(turned)


def _reasons(told: _Compared) -> Iterator[str]:
    """What speaks for and against, the words first."""
    for pair in told.pairs:
        left = " ".join(w.text for w in told.a[slice(*pair.first)])
        right = " ".join(w.text for w in told.b[slice(*pair.second)])
        yield f"“{left}”: {pair.how}" if left == right else f"“{left}” and “{right}”: {pair.how} ({pair.like:.2f})"
    if not told.pairs:
        yield "no word of one is a word of the other"
    left_a, left_b = (" ".join(w.text for w in left) for left in (told.left_a, told.left_b))
    if left_a and left_b:
        yield f"“{left_a}” and “{left_b}” do not answer each other"
    elif left_a or left_b:
        yield f"“{left_a or left_b}” is left out in the other"
    order = [p.second[0] for p in sorted(told.pairs, key=lambda p: p.first)]
    if _scrambled(order):
        yield "the same words in another order, as of another person of the family"
    elif order != sorted(order):
        yield "the order is turned"
    if len(told.pairs) == 1 and min(len(told.a), len(told.b)) > 1:
        yield "only one word answers"
