"""Pairs of real name spellings: one person recognised, two people kept apart, where the corpus is at hand."""

from __future__ import annotations

import json

import pytest

from benchmarks.pairs import PAIRS, recall, scored
from monitor.match.compare import compare

MIN_RECALL = 0.80
MIN_RECALL_OPENSANCTIONS = 0.65

pytestmark = pytest.mark.skipif(not PAIRS.is_file(), reason="the corpus of names is not beside the repository")


def test_one_person_is_recognised_at_one_mistake_in_a_hundred() -> None:
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    scores, _ = scored(pairs, lambda a, b: compare(a, b).score)
    assert recall(pairs, scores) >= MIN_RECALL
    cases = [k for k, p in enumerate(pairs) if p["source"] == "os-name_bench"]
    assert recall([pairs[k] for k in cases], [scores[k] for k in cases]) >= MIN_RECALL_OPENSANCTIONS
