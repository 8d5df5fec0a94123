"""Names of people in real reports on attacks on defenders: nearly all victims that annotators named are found, where the corpus is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.config.packs import load_packs
from monitor.detect import detect
from monitor.model import Article

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "hrdsattack"
MIN_FOUND = 0.92  #: of the victims named, written as annotated
MAX_NAMES = 10.0  #: names an article, on average; there were thirteen when every run of capitals was one

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of reports is not beside the repository")


def _lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (CORPUS / name).read_text("utf-8").splitlines()]


def test_the_victims_named_are_among_the_people_found() -> None:
    packs = load_packs()
    found: dict[str, set[str]] = {}
    for given in _lines("articles.jsonl"):
        article = Article(id=given["id"], title=given["title"], text=given["text"], language="en")
        people = detect(article, packs).people
        found[article.id] = {article.field(s.field)[s.start : s.end].lower() for s in people}
    victims = _lines("gold.jsonl")
    assert sum(v["name"].lower() in found[v["id"]] for v in victims) / len(victims) >= MIN_FOUND
    assert sum(map(len, found.values())) / len(found) <= MAX_NAMES
