"""`watch compare`: two names on the command line, or JSON Lines on standard input."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from monitor.cli import app

RUN = CliRunner()


def test_two_names_give_a_score_and_reasons() -> None:
    done = RUN.invoke(app, ["watch", "compare", "Sok Dara", "Dara Sok", "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert (found["a"], found["b"]) == ("Sok Dara", "Dara Sok")
    assert 0.5 < found["score"] <= 1
    assert found["same"] is True
    assert found["reasons"]


def test_without_json_the_answer_is_in_words() -> None:
    done = RUN.invoke(app, ["watch", "compare", "Sok Dara", "Marisol Quintana"])
    assert done.exit_code == 0
    assert "not known to be one person" in done.stdout


def test_each_line_of_the_input_gives_a_line_in_order() -> None:
    given = '{"id": "x", "a": "Sok Dara", "b": "សុខ ដារ៉ា"}\n{"a": "Sok Dara", "b": "Anna Papadaki"}\n'
    done = RUN.invoke(app, ["watch", "compare", "--json"], input=given)
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["id"] == "x"
    assert first["score"] > 0.5 > second["score"]


def test_a_bad_line_is_told_and_its_neighbours_are_answered() -> None:
    done = RUN.invoke(app, ["watch", "compare"], input='{"a": 1}\nnonsense\n{"a": "Sok Dara", "b": "Sok Dara"}\n')
    assert done.exit_code == 1
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert "must be text" in first["error"]
    assert "not JSON" in second["error"]
    assert third["score"] > 0.9


def test_one_name_alone_is_wrong_use() -> None:
    assert RUN.invoke(app, ["watch", "compare", "Sok Dara"]).exit_code == 2
