"""`python -m tests.campaign --seed S --rounds N`: the deterministic cases once and N drawn rounds; the last line is the verdict."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from random import Random

from tests.campaign.plans import cases, matrix
from tests.campaign.run import Campaign, drawn_plans
from tests.campaign.verdict import Verdict

BATCH = 100  #: rounds of one installation; more need a longer list of people than a team has


def main() -> int:
    """Play, say what happens, and exit 1 when the verdict falls short."""
    asked = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--no-cases", action="store_true", help="only the drawn rounds")
    asked.add_argument("--full", action="store_true", help="the whole matrix; hours")
    asked.add_argument("--mutant", default="", help="plant a fault in the daemon's code: see tests/campaign/mutants.py")
    asked.add_argument("--keep", type=Path, help="a folder for files, database and log; else they are removed")
    given = asked.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        plans = [*([] if given.no_cases else cases()), *drawn_plans(given.seed, given.rounds)]
        plans += matrix(Random(given.seed)) if given.full else []
        verdict = Verdict(seed=given.seed, rounds=0)
        for number, start in enumerate(range(0, len(plans), BATCH)):
            batch = folder / f"{number:03}" if len(plans) > BATCH else folder
            batch.mkdir(parents=True, exist_ok=True)
            verdict.add(Campaign(batch, plans[start : start + BATCH], given.seed + number, given.mutant).play(_say))
    for wrong in verdict.wrong:
        _say(f"wrong: {wrong}")
    _say(verdict.line())
    return 0 if verdict.holds else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
