"""What the doubles hold at the end × what was printed → the verdict, counted by marker."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tests.campaign.daemon import DUTY_ADDRESS
from tests.fakes.smtp import Mail

FLAG = "may be a duplicate"
PACE_S = 1.0 - 0.05  #: seconds; two posts nearer than this in the double's own clock are early
MAX_FLAGGED = 0.01  #: share of items whose second message is flagged without an excuse


FIGURES = "seed rounds incidents missing unexpected unflagged flagged early stuck excused mail_flagged kills faults tracebacks"


@dataclass(slots=True)
class Verdict:
    """What a campaign found. wrong: one line for each thing that should not be, for whoever looks for the fault."""

    seed: int
    rounds: int
    incidents: int = 0
    missing: int = 0
    unexpected: int = 0
    unflagged: int = 0
    flagged: int = 0
    excused: int = 0
    mail_flagged: int = 0
    early: int = 0
    stuck: int = 0
    kills: int = 0
    faults: int = 0
    tracebacks: int = 0
    sound: bool = True
    wrong: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing is missing, too much, too early, unflagged or stuck."""
        broken = self.missing + self.unexpected + self.unflagged + self.early + self.stuck + self.tracebacks
        return not broken and not self.wrong and self.sound and self.flagged <= MAX_FLAGGED * self.incidents

    def add(self, other: Verdict) -> None:
        """Take another installation's verdict in."""
        for name in FIGURES.split()[1:]:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.sound = self.sound and other.sound
        self.wrong += other.wrong

    def line(self) -> str:
        """The last line of a campaign."""
        return json.dumps({n: getattr(self, n) for n in FIGURES.split()} | {"holds": self.holds})


def count(
    verdict: Verdict,
    expected: Mapping[str, bool],
    charged: Sequence[str],
    messages: Sequence[Mapping[str, Any]],
    mails: Sequence[Mail],
    doubtful: int,
    threads: Mapping[str, str],
) -> None:
    """Fill the verdict. expected: marker → whether a second, flagged message of it is excused. doubtful: flagged mails explained.

    threads: thread → its alert: the plainest layout names nobody, only its thread.
    """
    known = {name: (name, *(t for t, alert in threads.items() if name in alert)) for name in expected}
    verdict.incidents = len(expected)
    keys = {_key(m): n for m in messages for n in expected if n in json.dumps([m.get("text"), m.get("blocks")])}
    roots: dict[str, list[str]] = {name: [] for name in expected}
    replies: dict[str, list[str]] = {name: [] for name in expected}
    for message in messages:
        said = json.dumps([message.get("text"), message.get("blocks")])
        found = [name for name, marks in known.items() if any(mark in said for mark in marks)]
        if len(found) != 1:
            if "same message" in said and _key(message) in keys:  # a second copy that says so
                healed = keys[_key(message)]
                verdict.excused += expected[healed]
                verdict.flagged += not expected[healed]
            else:
                verdict.unexpected += 1
                verdict.wrong.append(f"a message of nobody's or of several: {found} {said[:300]}")
            continue
        under = message.get("thread_ts") not in {None, message["ts"]}
        (replies if under else roots)[found[0]].append(said)
    for name, excused in expected.items():
        _judge(verdict, name, roots[name], excused=excused, what="Slack")
        if replies[name]:
            _judge(verdict, name, replies[name], excused=excused, what="a reply")
        if name in charged and not any("charge" in said for said in roots[name]):
            verdict.missing += 1
            verdict.wrong.append(f"{name}: the first message does not show the charge")
    _mails(verdict, known, mails, doubtful)


def _key(message: Mapping[str, Any]) -> str:
    return str(message.get("metadata", {}).get("event_payload", {}).get("key", ""))


def _judge(verdict: Verdict, name: str, said: Sequence[str], *, excused: bool, what: str) -> None:
    if not said:
        verdict.missing += 1
        verdict.wrong.append(f"{name}: missing on {what}")
    extra = len(said) - 1
    if extra <= 0:
        return
    unflagged = max(0, extra - sum(FLAG in s for s in said))
    verdict.unflagged += unflagged
    if unflagged:
        verdict.wrong.append(f"{name}: {len(said)} messages on {what}, {unflagged} unflagged")
    elif excused:
        verdict.excused += extra
    else:
        verdict.flagged += extra


def _mails(verdict: Verdict, known: Mapping[str, Sequence[str]], mails: Sequence[Mail], doubtful: int) -> None:
    got: dict[str, Counter[str]] = {name: Counter() for name in known}
    flagged: Counter[str] = Counter()
    for mail in mails:
        if mail.recipients != (DUTY_ADDRESS,):
            continue
        body = mail.parsed.get_body(("plain",))
        said = body.get_content() if body else ""
        found = [name for name, marks in known.items() if any(mark in said for mark in marks)]
        if len(found) != 1:
            verdict.unexpected += 1
            verdict.wrong.append(f"a mail of nobody's or of several: {found}")
            continue
        key = str(mail.parsed["Message-ID"])
        got[found[0]][key] += 1
        flagged[key] += FLAG in said
    for name, keys in got.items():
        if not keys:
            verdict.missing += 1
            verdict.wrong.append(f"{name}: missing in mail")
        for key, times in keys.items():
            unflagged = max(0, times - 1 - flagged[key])
            verdict.unflagged += unflagged
            verdict.mail_flagged += times - 1
            if unflagged:
                verdict.wrong.append(f"{name}: {times} mails, {unflagged} unflagged")
    if verdict.mail_flagged > doubtful:
        verdict.wrong.append(f"{verdict.mail_flagged} mails were sent again, {doubtful} are explained")


def too_early(posts: Sequence[float]) -> int:
    """How many posts came sooner than a second after the one before. posts: moments at which the double accepted one, in seconds."""
    return sum(later - sooner < PACE_S for sooner, later in pairwise(sorted(posts)))
