"""`python -m tests.campaign --seed S --rounds N`: the deterministic cases once and N drawn rounds; the last line is the verdict."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.campaign.plans import cases
from tests.campaign.run import Campaign, drawn_plans


def main() -> int:
    """Play, say what happens, and exit 1 when the verdict falls short."""
    asked = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--no-cases", action="store_true", help="only the drawn rounds")
    asked.add_argument("--mutant", default="", help="plant a fault in the daemon's code: see tests/campaign/mutants.py")
    asked.add_argument("--keep", type=Path, help="a folder for files, database and log; else they are removed")
    given = asked.parse_args()
    sys.stdout.write(f"seed {given.seed}\n")
    with tempfile.TemporaryDirectory() as made:
        folder = given.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        plans = [*([] if given.no_cases else cases()), *drawn_plans(given.seed, given.rounds)]
        verdict = Campaign(folder, plans, given.seed, given.mutant).play(_say)
    for wrong in verdict.wrong:
        _say(f"wrong: {wrong}")
    _say(verdict.line())
    return 0 if verdict.holds else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
