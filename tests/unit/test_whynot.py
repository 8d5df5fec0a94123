"""The last stages of an answer: what became of a report that alerts."""

from __future__ import annotations

import pytest

from monitor.store.fate import Fate
from monitor.whynot import STAGES, of_fate, unheard


@pytest.mark.parametrize(
    ("fate", "stage", "said"),
    [
        (Fate(filed=False), "incident", "as the list stands now"),
        (Fate(filed=True), "incident", "old news at the first visit"),
        (Fate(filed=True, incident="i-1", held=True), "incident", "keeps it back"),
        (Fate(filed=True, incident="i-1", waiting=("desk queued",)), "delivery", "desk queued"),
        (Fate(filed=True, incident="i-1"), "delivery", "no route matches"),
        (Fate(filed=True, incident="i-1", sent=("desk",), waiting=("duty queued",)), "alerted", "sent to desk"),
    ],
)
def test_what_became_of_a_report_that_alerts(fate: Fate, stage: str, said: str) -> None:
    answer = of_fate(fate)
    assert (answer.stage, said in answer.why) == (stage, True)
    assert answer.stage in STAGES


def test_an_address_without_a_host_is_of_no_source() -> None:
    assert unheard("https://", (), {}).why == "no source of yours is of this publisher"
