"""The editors' schemas say what the reader takes, and stand in the repository as generated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.cli.schema import MODELS, schema

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", MODELS)
def test_the_schemas_in_the_repository_are_those_the_program_prints(name: str) -> None:
    stored = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    assert stored == json.loads(json.dumps(schema(name)))
    assert stored["$schema"].endswith("draft-07/schema#")


@pytest.mark.parametrize(
    ("file", "name"), [("sources.yaml", "sources"), ("watchlist.example.yaml", "watchlist"), ("alerts.yaml", "alerts")]
)
def test_each_shipped_file_names_its_schema_first(file: str, name: str) -> None:
    assert (ROOT / file).read_text("utf-8").splitlines()[
        0
    ] == f"# yaml-language-server: $schema=schemas/{name}.schema.json"


def test_every_key_of_the_lists_is_explained() -> None:
    for name, item in (("sources", "SourceItem"), ("watchlist", "DefenderItem")):
        for key, value in schema(name)["definitions"][item]["properties"].items():
            assert value.get("description"), f"{name}: {key}"
