"""What is remembered of a source after a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.errors import ParseError
from monitor.fetch.memory import after, unreadable
from monitor.fetch.verdicts import of_status, retry_after
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState
from monitor.sources import Feed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="s", url="https://news.example/feed", every_s=600)
STATE = SourceState(
    source_id="s",
    next_visit=NOW,
    etag='"old"',
    last_modified="Mon",
    unconditional=NOW - timedelta(hours=1),
    body_digest=b"old",
)
FEED = Feed(digest=b"new", item_hashes=b"12345678" * 2, items=2, fresh=1)


def response(**headers: str) -> Response:
    return Response(url=SOURCE.url, status=200, headers={k.replace("_", "-"): v for k, v in headers.items()}, body=b"")


def remembered(
    outcome: Response | NotModified | FetchFailure, state: SourceState = STATE, feed: Feed | None = None, **more: bool
) -> SourceState:
    return after(SOURCE, state, outcome, feed, now=NOW, chance=0.5, **more)


def test_both_validators_are_replaced_together() -> None:
    new = remembered(response(etag='"new"'), feed=FEED)
    assert (new.etag, new.last_modified, new.body_digest, new.item_hashes) == ('"new"', None, b"new", FEED.item_hashes)
    assert (new.heard, new.visited, new.renewed, new.failures) == (NOW, NOW, NOW, 0.0)


def test_a_failure_keeps_what_was_known_and_weighs() -> None:
    new = remembered(FetchFailure(kind="soft", why="x"))
    assert (new.etag, new.last_modified, new.body_digest, new.heard, new.failures) == (
        '"old"',
        "Mon",
        b"old",
        None,
        0.5,
    )


def test_a_document_that_is_no_feed_is_a_failed_visit() -> None:
    failure = unreadable(ParseError("a login page instead of a feed", "blocked"))
    new = remembered(failure, replace(STATE, failures=2.0))
    assert (new.verdict, new.why, new.etag) == ("blocked", "a login page instead of a feed", '"old"')


def test_a_failure_while_we_are_offline_counts_for_nothing() -> None:
    before = replace(STATE, failures=1.0, verdict="heard", why="fine")
    new = remembered(FetchFailure(kind="temporary", why="x"), before, offline=True)
    assert (new.failures, new.verdict, new.why) == (1.0, "heard", "fine")
    assert new.next_visit <= NOW + timedelta(minutes=3)


def test_the_day_of_validators_begins_with_a_whole_document() -> None:
    due = replace(STATE, unconditional=NOW - timedelta(days=2))
    assert remembered(response(), due, FEED).unconditional == NOW
    assert remembered(NotModified()).unconditional == STATE.unconditional
    assert remembered(FetchFailure(kind="soft", why="x"), due).unconditional == due.unconditional


def test_a_move_is_dated_by_its_first_sight_and_forgotten_when_it_ends() -> None:
    first = remembered(NotModified(moved_to="https://new.example/feed"))
    assert (first.moved_to, first.moved_since) == ("https://new.example/feed", NOW)
    week_old = replace(first, moved_since=NOW - timedelta(days=8))
    again = remembered(NotModified(moved_to="https://new.example/feed"), week_old)
    assert (again.verdict, again.moved_since) == ("moved", week_old.moved_since)
    assert remembered(NotModified(), week_old).moved_to is None


def test_a_source_learns_its_rhythm() -> None:
    new = remembered(response(), replace(STATE, renewed=NOW - timedelta(hours=10)), FEED)
    assert (new.renewed, new.gap_s) == (NOW, 36_000.0)
    assert remembered(response(), replace(STATE, renewed=None), replace(FEED, fresh=0)).renewed is None


def test_retry_after_is_read_as_seconds_or_date() -> None:
    assert retry_after("120", NOW) == 120.0
    assert retry_after("Sun, 01 Nov 2026 12:10:00 GMT", NOW) == 600.0
    assert retry_after("9" * 50, NOW) == 86_400.0
    assert retry_after("Sun, 01 Nov 2020 12:10:00 GMT", NOW) == 0.0
    assert [retry_after(v, NOW) for v in (None, "", "soon", "-5", "²")] == [None] * 5


def test_a_bot_wall_is_told_from_a_broken_server() -> None:
    assert of_status(503, {}, NOW).kind == "soft"
    assert of_status(503, {"cf-mitigated": "challenge"}, NOW).kind == "blocked"
    assert of_status(503, {"retry-after": "60"}, NOW).kind == "temporary"
