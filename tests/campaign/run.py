"""A seed and a number of rounds → the verdict: print, break, kill, start again, and at the end let all come to rest and count."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from tests.campaign import people
from tests.campaign.daemon import OPERATOR_ADDRESS, Daemon, until
from tests.campaign.plans import Fault, Plan, drawn
from tests.campaign.press import Press
from tests.campaign.verdict import Verdict, count, too_early
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp

START_S = 60.0  #: seconds for a start on a busy machine
DIE_S = 8.0  #: seconds for a failpoint to be passed; a round that does not come by is none
ROUND_S = 6.0  #: seconds that a round waits for its own messages; what is late is waited for at the end
REST_S = 120.0  #: seconds for everything to be settled once nothing breaks any more


class Campaign:
    """One installation with its servers, played through plans."""

    def __init__(self, folder: Path, plans: Sequence[Plan], seed: int, mutant: str = "") -> None:
        chance = Random(seed)
        self._plans = list(plans)
        self._names = people.names(chance, sum(p.items for p in plans) or 1)
        self._stack = ExitStack()
        self._press = self._stack.enter_context(Press())
        self._slack = self._stack.enter_context(FakeSlack())
        self._mail = self._stack.enter_context(FakeSmtp())
        self._daemon = Daemon(folder, self._press.url, self._slack.url, self._mail.url, self._names, mutant)
        self._expected: dict[str, bool] = {}
        self._charged: list[str] = []
        self._printed: list[tuple[str, str]] = []
        self._verdict = Verdict(seed=seed, rounds=len(plans))
        self._doubtful = 0
        self._strict = mutant == ""

    def play(self, say: Callable[[str], None] = lambda _line: None) -> Verdict:
        """Every plan in turn, then rest and the verdict."""
        with self._stack:
            try:
                self._daemon.start()
                if not until(self._daemon.known_entries, START_S):
                    raise RuntimeError(f"the daemon did not begin: see {self._daemon.log}")
                for number, plan in enumerate(self._plans):
                    began = time.monotonic()
                    self._round(number, plan)
                    say(f"{number + 1}/{len(self._plans)} {plan.name} {time.monotonic() - began:.1f} s")
                self._rest()
            finally:
                self._daemon.kill()
            return self._judged()

    def _round(self, number: int, plan: Plan) -> None:
        if plan.failpoint:
            self._daemon.kill()
            self._verdict.kills += 1
            self._daemon.start(plan.failpoint)
            until(self._daemon.watching, START_S)
        mine = [self._names.pop() for _ in range(plan.items)]
        self._plant(plan, mine[0])
        before = [p for p in self._printed if p[1] not in self._charged and self._reached(p[1])]
        for place, name in enumerate(mine):
            self._expected[name] = plan.excused
            self._printed.append((f"r{number:04}-{place}", name))
            self._press.arrest(*self._printed[-1])
        if plan.charge and before:
            self._charged.append(before[-1][1])
            self._press.charge(*before[-1])
        if plan.outage_s:
            self._outlast(plan.outage_s)
        self._die(plan)
        until(lambda: self._settled(mine), ROUND_S)

    def _plant(self, plan: Plan, name: str) -> None:
        def named(fault: Fault) -> Fault:
            return {k: v.replace("{name}", name) if isinstance(v, str) else v for k, v in fault.items()}

        self._verdict.faults += len(plan.slack) + len(plan.mail)
        self._doubtful += plan.doubtful_mails()
        self._slack.workspace.faults += [named(f) for f in plan.slack]
        self._mail.memory.faults += [named(f) for f in plan.mail]

    def _die(self, plan: Plan) -> None:
        if plan.failpoint:
            if plan.failpoint.startswith("in_shutdown"):
                time.sleep(1)
                self._daemon.stop()
            until(self._daemon.ended, DIE_S)
        elif plan.kill_after_s is not None:
            time.sleep(plan.kill_after_s)
        elif plan.stop:
            time.sleep(1)
            status = self._daemon.stop()
            self._verdict.wrong += [f"told to stop, it ended with {status}"] if status else []
        else:
            return
        self._daemon.kill()
        self._verdict.kills += 1
        self._daemon.start()
        until(self._daemon.watching, START_S)

    def _outlast(self, seconds: float) -> None:
        """Let both sides be down for so long, then whole again; the operator must hear of what stood still."""
        before = self._operator_mails()
        time.sleep(seconds)
        self._slack.workspace.faults.clear()
        self._mail.memory.faults.clear()
        if not until(lambda: self._operator_mails() > before, REST_S):
            self._verdict.wrong.append("what stood still was not told to the operator")

    def _operator_mails(self) -> int:
        return sum(m.recipients == (OPERATOR_ADDRESS,) for m in self._mail.mails)

    def _rest(self) -> None:
        """Nothing breaks any more; wait until nothing is left to do, and a little longer for what should not come."""
        self._slack.workspace.faults.clear()
        self._mail.memory.faults.clear()
        until(lambda: self._settled(list(self._expected)), REST_S if self._strict else REST_S / 4)
        time.sleep(4)
        self._verdict.stuck = sum(self._daemon.open_deliveries().values())
        self._verdict.sound = self._daemon.whole()
        status = self._daemon.stop()
        self._verdict.wrong += [f"told to stop, it ended with {status}"] if status else []

    def _reached(self, name: str) -> bool:
        return any(name in said for said in self._slack.texts())

    def _settled(self, names: Sequence[str]) -> bool:
        return all(map(self._reached, names)) and not self._daemon.open_deliveries()

    def _judged(self) -> Verdict:
        messages = self._slack.workspace.messages()
        count(
            self._verdict,
            self._expected,
            self._charged,
            messages,
            self._mail.mails,
            self._doubtful,
            self._daemon.threads(),
        )
        log = self._slack.workspace.log
        self._verdict.early = too_early([e["at"] for e in log if e["method"] == "chat.postMessage"])
        ours = [v for v in self._slack.workspace.violations if v != "metadata_dropped"]
        self._verdict.wrong += [f"Slack's rules: {v}" for v in sorted(set(ours))]
        said = self._daemon.log.read_text("utf-8", "replace")
        self._verdict.tracebacks = said.count("Traceback")
        self._verdict.wrong += [f"{n} stands in the log" for n in self._expected if n in said]
        return self._verdict


def drawn_plans(seed: int, rounds: int) -> list[Plan]:
    """The rounds of a seed."""
    chance = Random(seed)
    return [drawn(chance, n + 1) for n in range(rounds)]
