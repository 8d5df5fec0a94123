"""A frozen alert comes back as it was; a note to the operator says the next step, names nobody and avoids the channel that fails."""

from __future__ import annotations

import json

import pytest

from alerts import codec
from alerts.errors import AlertsError
from alerts.model import AlertKind, Routing
from alerts.notices import notice
from tests.fakes.alerts import FIRST, NOW, following


@pytest.mark.parametrize("alert", [FIRST, following(2, "\x00\ud800 charged", only_to=("duty",), broadcast=True)])
def test_an_alert_comes_back_as_it_was_frozen(alert: object) -> None:
    text = codec.dump(alert)  # type: ignore[arg-type]  # both are alerts
    assert text.isascii()
    assert codec.load(text) == alert


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', "null", codec.dump(FIRST)[:-9]])
def test_a_damaged_row_is_told_as_such(text: str) -> None:
    with pytest.raises(AlertsError):
        codec.load(text)


def test_a_row_of_a_newer_release_names_the_versions() -> None:
    newer = json.dumps({**json.loads(codec.dump(FIRST)), "version": 2})
    with pytest.raises(AlertsError, match="version 2"):
        codec.load(newer)


def test_a_field_this_release_does_not_know_is_no_obstacle() -> None:
    assert codec.load(json.dumps({**json.loads(codec.dump(FIRST)), "added_later": 1})) == FIRST


@pytest.mark.parametrize("trouble", ["auth", "dead", "late", "metadata", "gone", "channel", "something new"])
def test_a_note_goes_to_the_other_operator_channels_with_the_next_step(trouble: str) -> None:
    made = notice("kh", trouble, Routing(routes=(), operator=("kh", "duty")), NOW)
    assert (made.kind, made.only_to) == (AlertKind.OPERATOR, ("duty",))
    assert [line.label for line in made.lines] == ["What happened", "Next step"]
    assert all(line.text for line in made.lines)


def test_a_note_in_trial_mode_goes_to_the_trial_unless_that_is_what_fails() -> None:
    routing = Routing(routes=(), operator=("duty",), trial=("terminal",))
    assert notice("kh", "auth", routing, NOW).only_to == ("terminal",)
    assert notice("terminal", "auth", routing, NOW).only_to == ("duty",)


def test_the_same_trouble_within_an_hour_is_the_same_note() -> None:
    routing = Routing(routes=(), operator=("duty",))
    assert notice("kh", "auth", routing, NOW).id == notice("kh", "auth", routing, NOW.replace(minute=59)).id
    assert notice("kh", "auth", routing, NOW).id != notice("kh", "auth", routing, NOW.replace(hour=10)).id
