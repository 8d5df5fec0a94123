"""Names in real news of 71 languages: what is found and what is wrongly found, where the corpus is at hand."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from monitor.match import build, match
from monitor.model import Article, Defender, Strength, Watchlist

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "names"
EVERY = 7  #: one text of so many is read, to keep the test short
MIN_PRECISION = 0.97
MIN_RECALL_LATIN_ONLY = 0.80
MIN_RECALL_NATIVE = 0.82
MAX_STRANGERS = 20  #: strong mentions of 10,000 people who are not there, per thousand texts

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of names is not beside the repository")


def _lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def _figures(native: bool) -> tuple[float, float]:
    """Precision and recall of strong mentions of full names."""
    people = defaultdict(list)
    for person in _lines("watchlist.dev.jsonl"):
        names = (*person["aliases"], *(person["native_aliases"] if native else ()))
        people[person["source"]].append(Defender(id=person["id"], name=person["name"], names=names))
    indexes = {source: build(Watchlist(defenders=tuple(listed))) for source, listed in people.items()}
    right = wrong = missed = 0
    for text in _lines("spotting.dev.jsonl")[::EVERY]:
        mentions = match(Article(id=text["id"], title="", text=text["text"]), indexes[text["source"]])
        found = {m.watch for m in mentions if m.strength is Strength.STRONG}
        full = {k for k, v in text["present"].items() if v in {"full", "variant"}}
        right += len(found & full)
        missed += len(full - found)
        wrong += len(found - full - set(text["present"]) - set(text["ignore"]))
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize(("native", "least"), [(False, MIN_RECALL_LATIN_ONLY), (True, MIN_RECALL_NATIVE)])
def test_names_are_found_and_strangers_are_not(native: bool, least: float) -> None:
    precision, recall = _figures(native)
    assert precision >= MIN_PRECISION
    assert recall >= least


def test_ten_thousand_people_who_are_not_there_stay_away() -> None:
    texts = [t["text"] for t in _lines("spotting.dev.jsonl") if t["source"] == "ntrex"][::13][:1000]
    all_text = "\n".join(texts).casefold()
    absent = [
        p for p in _lines("distractors.jsonl") if not any(n.casefold() in all_text for n in (p["name"], *p["aliases"]))
    ][:10_000]
    index = build(Watchlist(defenders=tuple(Defender(id=p["id"], name=p["name"]) for p in absent)))
    found = {
        (k, m.watch)
        for k, text in enumerate(texts)
        for m in match(Article(id="x", title="", text=text), index)
        if m.strength is Strength.STRONG
    }
    assert len(found) * 1000 / len(texts) <= MAX_STRANGERS
