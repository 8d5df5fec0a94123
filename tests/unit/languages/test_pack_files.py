"""A pack file says what is wrong with it, all at once, with its line and what to write instead."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from monitor.config.packs import load_packs, read_pack
from monitor.errors import ConfigError, Mistake
from monitor.languages.pack import Voice

GOOD = """code: xx
name: Veldan
script: Latn
triggers:
  - act: arrest
    passive: ["was taken"]
    examples:
      - {text: "Ana Velt was taken.", act: arrest}
"""


def mistakes(tmp_path: Path, text: str) -> list[Mistake]:
    """What is wrong with a pack file of this text."""
    path = tmp_path / "xx.yaml"
    path.write_text(text, "utf-8")
    found: list[Mistake] = []
    read_pack(path, found)
    return found


def test_a_good_file_becomes_a_pack(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD) == []
    pack = load_packs(tmp_path)["xx"]
    assert [(t.act.value, t.voice, t.phrases) for t in pack.triggers] == [("arrest", Voice.PASSIVE, ("was taken",))]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("act: arrest\n", "act: arest\n", 5, "is not a act"),
        ("passive:", "pasive:", 6, "pasive"),
        ("name: Veldan", "nmae: Veldan", 2, "nmae"),
        ('["was taken"]', '["was taken", "was taken"]', 6, "twice"),
        ('["was taken"]', "was taken", 6, "a list is meant"),
        ('["was taken"]', '["~ taken"]', 6, "between two words"),
        ('    examples:\n      - {text: "Ana Velt was taken.", act: arrest}\n', "", 5, "example"),
        ('text: "Ana Velt was taken.", act: arrest', 'text: "Ana Velt was taken."', 8, "what must be found"),
        ("code: xx", "code: [", 4, "cannot be understood"),
        ("code: xx", "code: xx\ncode: yy", 2, "twice"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    found = mistakes(tmp_path, GOOD.replace(old, new))
    assert any(says in m.what and (m.line == line or says == "cannot be understood") and m.fix for m in found), found


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    found = mistakes(tmp_path, GOOD.replace("act: arrest\n", "act: arest\n").replace("name: Veldan", "nmae: Veldan"))
    assert {m.line for m in found} >= {2, 5}


def test_references_are_refused(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD.replace("xx", "&a xx"))


def test_a_broken_pack_stops_the_loading(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text("", "utf-8")
    with pytest.raises(ConfigError, match=r"xx\.yaml"):
        load_packs(tmp_path)


def test_a_pack_of_ones_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD.replace("code: xx", "code: en"), "utf-8")
    assert load_packs(tmp_path)["en"].name == "Veldan"


def test_packs_are_found_by_language_and_script_and_travel() -> None:
    packs = pickle.loads(pickle.dumps(load_packs()))
    assert packs.for_language("en-GB") is packs["en"]
    assert packs.for_language("tlh") is None
    assert packs["en"] in packs.for_script("Latn")
