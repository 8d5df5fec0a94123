"""A short campaign with a fixed seed, and proof that it is not blind: each planted fault makes it fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaign.daemon import QUIET_S
from tests.campaign.plans import Plan, cases, late
from tests.campaign.run import Campaign, drawn_plans
from tests.campaign.verdict import Verdict

pytestmark = pytest.mark.timeout(240)

#: The deterministic round that each planted fault cannot survive.
LETHAL = {
    "sdk_retries": Plan(name="reset", slack=({"method": "chat.postMessage", "mode": "reset", "when": "after"},)),
    "no_intent": Plan(name="dies after the send", failpoint="after_send@1"),
    "quiet_period_0": Plan(name="a late commit", slack=(late(QUIET_S * 0.6),)),
    "cursor_first": Plan(name="dies between", failpoint="before_settle@2"),
}


def test_a_short_campaign_misses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    calm = [p for p in cases() if p.name in {"calm", "committed late, within the quiet period", "dies in_reconcile"}]
    verdict = Campaign(tmp_path, [*calm, *drawn_plans(7, 4)], seed=7).play()
    assert verdict.holds, (verdict.line(), verdict.wrong)
    assert verdict.incidents >= 7
    assert verdict.kills


@pytest.mark.parametrize("mutant", LETHAL)
def test_each_planted_fault_is_caught(tmp_path: Path, mutant: str) -> None:
    verdict = Campaign(tmp_path, [LETHAL[mutant]], seed=1, mutant=mutant).play()
    assert not verdict.holds
    assert FOUND[mutant](verdict), (verdict.line(), verdict.wrong)


#: What each planted fault does to the verdict.
FOUND = {
    "sdk_retries": lambda v: v.unflagged,
    "no_intent": lambda v: v.unflagged,
    "quiet_period_0": lambda v: v.flagged,
    "cursor_first": lambda v: v.missing,
}


def test_the_rounds_that_catch_the_planted_faults_pass_without_them(tmp_path: Path) -> None:
    verdict: Verdict = Campaign(tmp_path, list(LETHAL.values()), seed=1).play()
    assert verdict.holds, (verdict.line(), verdict.wrong)
