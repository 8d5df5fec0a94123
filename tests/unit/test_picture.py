"""The picture in the README is drawn from what Slack is really sent today."""

from __future__ import annotations

import json
from pathlib import Path

from demo.picture import payload

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_payload_behind_the_picture_is_the_one_the_program_makes() -> None:
    assert json.loads((DOCS / "alert.json").read_text("utf-8")) == json.loads(json.dumps(payload(), default=str))
    assert (DOCS / "alert.png").read_bytes().startswith(b"\x89PNG")
