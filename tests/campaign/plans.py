"""Chance → what breaks in a round, and the cases that every campaign plays once; a fault is written as the doubles read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.campaign.daemon import HASTE, QUIET_S

Fault = dict[str, Any]

#: Points that a round with two new items passes; the others are reached by the cases below.
POINTS = (
    "after_fetch", "after_parse", "before_settle", "in_settle", "after_settle", "after_intent", "during_send", "after_send",
    "before_record", "after_record", "in_reconcile", "in_janitor", "in_shutdown",
)  # fmt: skip
_SHOWN = "{name}"  #: replaced by the marker of the round's first item
_POST = {"method": "chat.postMessage", "match": _SHOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One round of a campaign.

    kill_after_s: a SIGKILL so long after the printing. excused: its message may come twice, flagged: Slack committed it later than the
    quiet period. stop: a SIGTERM in place of the kill. charge: an earlier item's person is charged too.
    outage_s: so long Slack and mail both take nothing.
    """

    name: str
    slack: tuple[Fault, ...] = ()
    mail: tuple[Fault, ...] = ()
    failpoint: str = ""
    kill_after_s: float | None = None
    stop: bool = False
    items: int = 1
    charge: bool = False
    excused: bool = False
    outage_s: float = 0.0

    def doubtful_mails(self) -> int:
        """How many flagged second mails this round explains: one for each loss after the final dot, one for each death in mid-flight."""
        return sum(max(1, int(f.get("times", 1))) for f in self.mail if f["stage"] == "dot" and f["act"] != "reply") + (
            2 if self.failpoint or self.kill_after_s is not None or self.stop else 0
        )


def late(delay_s: float, then: str = "reset") -> Fault:
    """A post that Slack commits so many seconds after the connection broke."""
    return {**_POST, "mode": "late_commit", "delay": delay_s, "then": then}


def cases() -> list[Plan]:
    """What every campaign plays once, in this order."""
    after = [
        Plan(name=f"lost after the commit: {mode}", slack=({**_POST, "mode": mode, "when": "after"},))
        for mode in ("reset", "close", "truncate", "http")
    ]
    before = [
        Plan(name=f"lost before the commit: {mode}", slack=({**_POST, "mode": mode, "when": "before"},))
        for mode in ("reset", "empty", "garbage")
    ]
    dots = [
        Plan(name=f"mail lost after the dot, kept {keep}", mail=({"stage": "dot", "act": "drop", "keep": keep},))
        for keep in (True, False)
    ]
    unknown = {**_POST, "mode": "reset", "when": "after"}
    return [
        Plan(name="calm", items=2),
        *after,
        *before,
        Plan(name="committed late, within the quiet period", slack=(late(QUIET_S * 0.6),)),
        Plan(name="committed late, after the quiet period", slack=(late(QUIET_S + 2.5),), excused=True),
        *dots,
        Plan(name="asked to wait, then killed", slack=({**_POST, "mode": "ratelimit", "retry_after": 4},), kill_after_s=2.5),
        Plan(name="a layout refused", slack=({**_POST, "mode": "error", "error": "invalid_blocks"},)),
        Plan(name="token revoked for a while", slack=({"mode": "error", "error": "token_revoked", "times": 3},)),
        *(Plan(name=f"dies {p}", failpoint=f"{p}@1", items=2, slack=(unknown,) if p in {"in_reconcile", "in_janitor"} else ()) for p in POINTS),
        outage(12.0),
        Plan(name="a charge on a broken line", charge=True, slack=({"method": "chat.update", "mode": "reset", "when": "after"},)),
    ]  # fmt: skip


def outage(seconds: float) -> Plan:
    """Slack and mail both down for a while, an arrest in the middle of it."""
    down = ({"method": "*", "mode": "http", "status": 503, "times": -1},)
    return Plan(
        name=f"both down for {seconds:.0f} s",
        slack=down,
        mail=({"stage": "connect", "act": "drop", "times": -1},),
        outage_s=seconds,
    )


def matrix(chance: Random, *, passages: int = 10, kills: int = 500, slack: int = 300, mail: int = 100) -> list[Plan]:
    """The whole campaign: every point at every passage, deaths at random moments, and breakages of either side without a death."""
    points = [Plan(name=f"dies {p}@{n}", failpoint=f"{p}@{n}", items=2) for p in POINTS for n in range(1, passages + 1)]
    deaths = [
        Plan(name=f"death {n}", kill_after_s=chance.uniform(0.0, 4.0), charge=chance.random() < 0.3)
        for n in range(kills)
    ]
    plans = [drawn(chance, n) for n in range((slack + mail) * 8)]
    broken = [p for p in plans if p.slack and not p.mail][:slack] + [p for p in plans if p.mail and not p.slack][:mail]
    made = [*points, *deaths, *broken, outage(7_200 / HASTE)]
    chance.shuffle(made)
    return made


def drawn(chance: Random, number: int) -> Plan:
    """A round by chance: Slack breaks in half of them, mail in a third, the process dies in half."""
    slack: list[Fault] = []
    excused = False
    if chance.random() < 0.55:
        slack += [chance.choice(_SLACK)(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        excused = any(f["mode"] == "late_commit" and f["delay"] > QUIET_S - 0.3 for f in slack)
    mail = [chance.choice(_MAIL)(chance) for _ in range(chance.choice((0, 0, 1, 2)))]
    death = chance.random()
    failpoint = f"{chance.choice(POINTS)}@{chance.randint(1, 4)}" if death < 0.2 else ""
    return Plan(
        name=f"round {number}",
        slack=tuple(slack),
        mail=tuple(mail),
        failpoint=failpoint,
        kill_after_s=chance.uniform(0.0, 4.0) if 0.2 <= death < 0.6 else None,
        stop=0.6 <= death < 0.65,
        items=chance.choice((1, 1, 2, 3)),
        charge=chance.random() < 0.3,
        excused=excused,
    )


def _when(chance: Random) -> str:
    return chance.choice(("before", "after"))


_SLACK: tuple[Callable[[Random], Fault], ...] = (
    lambda c: {"method": "chat.postMessage", "mode": "reset", "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": "close", "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": "truncate", "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": "http", "status": c.choice((500, 502, 503)), "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": c.choice(("garbage", "empty")), "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": "hang", "delay": 3, "when": _when(c)},
    lambda c: {"method": "chat.postMessage", "mode": "slow", "delay": c.uniform(0.1, 0.8), "when": _when(c)},
    lambda c: late(c.uniform(0.2, QUIET_S - 0.8), c.choice(("reset", "500"))),
    lambda c: late(QUIET_S + c.uniform(1.0, 3.0)),
    lambda c: {"method": c.choice(("chat.postMessage", "*")), "mode": "ratelimit", "retry_after": c.randint(1, 4)},
    lambda c: {"method": "*", "mode": "error", "error": c.choice(("internal_error", "fatal_error", "made_up_code"))},
    lambda c: {"method": "*", "mode": "error", "error": "token_revoked", "times": c.randint(1, 3)},
    lambda c: {"method": "chat.postMessage", "mode": "error", "error": c.choice(("invalid_blocks", "msg_too_long"))},
    lambda c: {"method": "conversations.history", "mode": "http", "status": 500, "times": c.randint(1, 3)},
    lambda c: {"method": "conversations.history", "mode": "error", "error": "internal_error", "times": c.randint(1, 3)},
    lambda c: {"method": "*", "mode": "http", "status": 503, "times": c.randint(3, 8)},
    lambda c: {"method": "chat.update", "mode": "reset", "when": _when(c)},
)

_MAIL: tuple[Callable[[Random], Fault], ...] = (
    lambda c: {"stage": c.choice(("connect", "mail", "rcpt", "data")), "act": "drop"},
    lambda c: {"stage": c.choice(("connect", "mail", "rcpt", "data")), "act": "hang", "delay": 3},
    lambda c: {"stage": c.choice(("mail", "rcpt", "data", "dot")), "act": "reply", "code": c.choice((421, 450, 451, 452))},
    lambda c: {"stage": "dot", "act": "drop", "keep": c.random() < 0.5},
    lambda c: {"stage": "connect", "act": "reply", "code": 554},
    lambda c: {"stage": "dot", "act": "reply", "code": 554},
)  # fmt: skip
