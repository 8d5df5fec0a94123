"""Who is told: first match, further routes, trial, mutes over midnight and changes of clocks, the operator, and always the reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from alerts.model import AlertKind, Match, Mute, Receipt, Route, Routing, Severity
from alerts.routing import Destination, explain, matches, muted_until, targets
from tests.fakes.alerts import FIRST, NOW, following

ONE_PART = dict.fromkeys(AlertKind, ("post",))
CHANNELS = {
    "kh": Destination(addresses=("C1",), parts={**ONE_PART, AlertKind.UPDATE: ("edit", "reply")}),
    "duty": Destination(addresses=("a@x.org", "b@x.org"), parts=ONE_PART),
    "terminal": Destination(addresses=("",), parts=ONE_PART),
}
EVERYTHING = Match()
LOW = replace(FIRST, severity=Severity.LOW)


def names(alert: Any, routing: Routing, **other: Any) -> list[str]:
    return list(dict.fromkeys(t.channel for t in targets(alert, routing, CHANNELS, NOW, **other)))


def routes(*given: tuple[Match, tuple[str, ...], bool], **other: Any) -> Routing:
    return Routing(routes=tuple(Route(match=m, to=to, further=further) for m, to, further in given), **other)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ({}, True),
        ({"country": ("kh", "TH")}, True),
        ({"country": ("TH",)}, False),
        ({"severity": ("critical", "high"), "act": ("arrest",)}, True),
        ({"severity": ("critical", "high"), "act": ("raid",)}, False),
        ({"watch": ("kh-0001",), "kind": ("new",), "sensitivity": ("open",)}, True),
        ({"organisation": ("anything",)}, False),
        ({"tag": ("land",)}, False),
    ],
)
def test_every_key_given_must_hold_by_any_of_its_values(asked: dict[str, Any], holds: bool) -> None:
    assert matches(Match(**asked), FIRST) is holds


def test_the_first_route_that_matches_wins() -> None:
    assert names(
        FIRST,
        routes(
            (Match(country=("TH",)), ("terminal",), False), (EVERYTHING, ("kh",), False), (EVERYTHING, ("duty",), False)
        ),
    ) == ["kh"]


def test_a_route_that_goes_on_lets_later_ones_add() -> None:
    assert names(FIRST, routes((EVERYTHING, ("kh", "duty"), True), (EVERYTHING, ("duty", "terminal"), False))) == [
        "kh",
        "duty",
        "terminal",
    ]


def test_each_address_and_the_parts_of_its_channel_are_a_target() -> None:
    made = targets(following(2), routes((EVERYTHING, ("kh", "duty"), False)), CHANNELS, NOW)
    assert [(t.channel, t.address, t.parts) for t in made] == [
        ("kh", "C1", ("edit", "reply")),
        ("duty", "a@x.org", ("post",)),
        ("duty", "b@x.org", ("post",)),
    ]


def test_a_first_report_that_no_route_takes_goes_to_the_operator_and_says_so() -> None:
    routing = routes((Match(country=("TH",)), ("kh",), False), operator=("duty",))
    assert names(FIRST, routing) == ["duty"]
    assert any("no route takes this alert" in r for r in explain(FIRST, routing, CHANNELS, NOW))


def test_whoever_heard_the_beginning_hears_how_it_goes_on_whatever_the_routes_say() -> None:
    told = (Receipt(channel="kh", address="C1", handle={}),)
    routing = routes((EVERYTHING, ("terminal",), False), operator=("duty",))
    assert names(following(2), routing, told=told) == ["terminal", "kh"]
    assert names(following(2), replace(routing, routes=()), told=told) == ["kh"]
    assert names(FIRST, routing, told=told) == ["terminal"]


def test_an_alert_for_named_channels_only_ignores_routes_and_receipts() -> None:
    silent = replace(following(2), only_to=("duty",))
    assert names(
        silent, routes((EVERYTHING, ("kh",), False)), told=(Receipt(channel="kh", address="C1", handle={}),)
    ) == ["duty"]


def test_the_trial_replaces_everything_and_marks_its_targets() -> None:
    routing = routes((EVERYTHING, ("kh",), False), operator=("duty",), trial=("terminal",))
    for alert in (FIRST, replace(FIRST, only_to=("kh",)), replace(FIRST, kind=AlertKind.OPERATOR)):
        made = targets(alert, routing, CHANNELS, NOW)
        assert [(t.channel, t.trial) for t in made] == [("terminal", True)]


def test_a_channel_that_is_missing_is_told_and_the_others_are_reached() -> None:
    routing = routes((EVERYTHING, ("gone", "kh"), False))
    assert names(FIRST, routing) == ["kh"]
    assert "channel gone is not configured" in explain(FIRST, routing, CHANNELS, NOW)


def night(zone: str = "Asia/Phnom_Penh", match: Match = EVERYTHING) -> Mute:
    return Mute(match=match, start=time(22), end=time(6), timezone=zone)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-11-23T14:59", None),  # 21:59 in Phnom Penh
        ("2026-11-23T15:00", "2026-11-23T23:00"),
        ("2026-11-23T22:59", "2026-11-23T23:00"),
        ("2026-11-23T23:00", None),
    ],
)
def test_a_mute_over_midnight_holds_until_its_local_end(at: str, until: str | None) -> None:
    found = muted_until(LOW, (night(),), datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert found == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


@pytest.mark.parametrize(
    ("at", "until", "end"),
    [
        ("2026-03-28T23:00", "2026-03-29T00:30", time(2, 30)),  # Kyiv, an ordinary night: 02:30 is 00:30 UTC
        (
            "2026-03-29T00:30",
            "2026-03-29T01:00",
            time(3, 30),
        ),  # 03:00 becomes 04:00: 03:30 never comes, the window ends with the hour it is in
        (
            "2026-10-24T23:00",
            "2026-10-25T01:30",
            time(3, 30),
        ),  # 03:30 comes twice (00:30 and 01:30 UTC): the second one ends it
    ],
)
def test_a_mute_ends_rightly_when_clocks_change(at: str, until: str, end: time) -> None:
    mute = Mute(match=EVERYTHING, start=time(0, 30), end=end, timezone="Europe/Kyiv")
    found = muted_until(LOW, (mute,), datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert found
    late = found - datetime.fromisoformat(until).replace(tzinfo=UTC)
    assert abs(late) <= timedelta(hours=1)
    assert muted_until(LOW, (mute,), found) is None, "the moment a mute ends is not muted"
    assert muted_until(LOW, (mute,), found - timedelta(minutes=1)) == found, "and the minute before is"


def test_mutes_that_follow_each_other_hold_until_the_last_ends_and_a_whole_day_holds_nothing() -> None:
    evening = Mute(match=EVERYTHING, start=time(18), end=time(22), timezone="UTC")
    at = datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert muted_until(LOW, (evening, night("UTC")), at) == datetime(2026, 11, 24, 6, tzinfo=UTC)
    day = Mute(match=EVERYTHING, start=time(6), end=time(22), timezone="UTC")
    assert muted_until(LOW, (day, night("UTC")), at) is None


@pytest.mark.parametrize(
    "alert",
    [
        FIRST,
        replace(FIRST, severity=Severity.CRITICAL, kind=AlertKind.SUMMARY),
        following(2, broadcast=True),
        following(2, kind=AlertKind.CANCEL),
        replace(FIRST, kind=AlertKind.OPERATOR),
        replace(FIRST, kind=AlertKind.TEST),
    ],
    ids=lambda a: f"{a.kind}-{a.severity}",
)
def test_what_is_urgent_is_never_held_by_time(alert: Any) -> None:
    assert muted_until(alert, (night("UTC"),), datetime(2026, 11, 23, 23, tzinfo=UTC)) is None


def test_a_muted_alert_is_held_and_the_reason_says_until_when() -> None:
    at = datetime(2026, 11, 23, 23, tzinfo=UTC)
    routing = routes((EVERYTHING, ("kh",), False), mute=(night("UTC"),))
    (made,) = targets(LOW, routing, CHANNELS, at)
    assert made.not_before == datetime(2026, 11, 24, 6, tzinfo=UTC)
    assert "muted: held until 2026-11-24 06:00 UTC" in explain(LOW, routing, CHANNELS, at)
