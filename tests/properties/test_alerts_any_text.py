"""Whatever a feed writes, Slack takes the message, nothing in it is active, and a mail gains no header."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.headerregistry import Address
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import text
from alerts.channels import Channel, Secrets, build, console, email, mail_layout, slack
from alerts.channels.slack_door import Door
from alerts.model import (
    Alert,
    AlertKind,
    Delivery,
    DeliveryState,
    Line,
    LineStyle,
    Link,
    Receipt,
    Sensitivity,
    Severity,
)
from tests.fakes.alerts import NOW
from tests.fakes.slack import CHANNEL, TOKEN, FakeSlack

TRAPS = st.sampled_from([
    "<!channel>", "<!here|here>", "<@U0123456>", "<#C0123456>", "<!subteam^S0123456>", "<http://evil.example|bank.example>", "&lt;!channel&gt;", "&amp;",
    "https://evil.example/a?b=c", "www.evil.example", "\r\nBcc: all@example.org", "\n.\r\n", "\x00", "\u202e", "\u2066", "\ufeff", "\u200b", "\ud800", "\udfff",
    "\u2028", "\x85", "\U0010ffff", "=?utf-8?q?x?=", "*_~`>", "😀" * 50, "ស្រី", "\u0301" * 40, '"\\', "a" * 4_000, "<" * 800, ", <x@y.z>",
])  # fmt: skip
ANY = st.lists(st.one_of(TRAPS, st.text(st.characters(exclude_categories=()), max_size=40)), max_size=5).map("".join)
URLS = st.one_of(
    st.none(),
    ANY,
    st.builds("https://{}.example/{}".format, st.sampled_from(["news", "a|b", "x>y", "ឧទា"]), ANY),
    st.sampled_from(
        ["javascript:alert(1)", "https://bank.example@evil.example/", "http://[", "https://news.example.org/a|b"]
    ),
)
LINES = st.lists(st.builds(Line, text=ANY, label=ANY, style=st.sampled_from(LineStyle), url=URLS), max_size=6).map(
    tuple
)
ALERTS = st.builds(
    Alert,
    id=st.just("i-1:1"),
    thread=st.sampled_from(["i-1", "operator:kh:auth:2026112309"]),
    revision=st.just(1),
    kind=st.sampled_from(AlertKind),
    severity=st.sampled_from(Severity),
    sensitivity=st.sampled_from(Sensitivity),
    reason=st.just("first_report"),
    at=st.just(NOW),
    title=ANY,
    preview=ANY,
    lines=LINES,
    changes=LINES,
    links=st.lists(st.builds(Link, label=ANY, url=ANY), max_size=3).map(tuple),
    broadcast=st.booleans(),
)
DELIVERIES = st.builds(
    Delivery,
    id=st.just(1),
    key=st.just("k" * 32),
    alert=ALERTS,
    channel=st.just("kh"),
    address=st.just(CHANNEL),
    part=st.sampled_from(["post", "edit", "reply"]),
    state=st.just(DeliveryState.SENDING),
    attempt=st.integers(1, 3),
    not_before=st.just(NOW),
    started=st.just(NOW),
    layout=st.sampled_from(["full", "plain", "bare"]),
    flagged=st.booleans(),
    trial=st.booleans(),
)
SENDER = Address(display_name="HRD monitor", addr_spec="alerts@ngo.example")
MAIL_HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe",
    "X-HRD-Monitor-Attempt", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}  # fmt: skip
SECRETS = Secrets(slack_token=TOKEN, smtp_url="smtp://127.0.0.1:25", mail_from="alerts@ngo.example")
EVERY_CHANNEL: dict[str, tuple[Channel, str]] = {
    "console": (build("c", "console", console.Settings(), SECRETS), ""),
    "slack": (build("s", "slack", slack.Settings(channel=CHANNEL), SECRETS), CHANNEL),
    "email": (build("e", "email", email.Settings(to=("duty@ngo.example",)), SECRETS), "duty@ngo.example"),
}


@pytest.fixture(scope="module")
def double() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        running.workspace.config["rate_limits"] = False
        yield running


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(delivery=DELIVERIES)
def test_slack_takes_every_alert_and_nothing_in_it_is_active(double: FakeSlack, delivery: Delivery) -> None:
    double.workspace.violations.clear()
    double.workspace.channels[CHANNEL].messages.clear()
    channel = slack.Slack("kh", slack.Settings(channel=CHANNEL), Door(TOKEN, double.url, None))

    async def send() -> None:
        root = None
        if delivery.part != "post":
            first = await channel.send(channel.render(replace(delivery, part="post", layout="full")))
            root = first.receipt
        outcome = await channel.send(channel.render(replace(delivery, root=root)))
        assert (outcome.verdict, outcome.warnings) == ("sent", ())

    asyncio.run(send())
    assert double.workspace.violations == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(delivery=DELIVERIES)
def test_a_mail_has_the_headers_we_wrote_and_no_other(delivery: Delivery) -> None:
    made = mail_layout.message(replace(delivery, address="duty@ngo.example"), SENDER, ZoneInfo("UTC"))
    mail: Any = message_from_bytes(made, policy=policy.default)
    assert set(mail.keys()) <= MAIL_HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail["To"].addresses[0].addr_spec == "duty@ngo.example"
    assert len(mail["To"].addresses) == 1
    assert mail["Subject"].startswith("[HRD")
    assert len(mail["Subject"]) <= mail_layout.MAX_SUBJECT_CHARS
    assert mail["Message-ID"] == f"<{'k' * 32}@ngo.example>"
    assert made.isascii()
    assert b"\x00" not in made
    body = mail.get_body(("plain",)).get_content()
    assert text.clean(body) == body.replace("\r\n", "\n")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(delivery=DELIVERIES, kind=st.sampled_from(sorted(EVERY_CHANNEL)))
def test_no_channel_shows_what_only_routing_may_know(delivery: Delivery, kind: str) -> None:
    """Names a reader would learn, ids, organisations and tags are for routing and audit: no layout of any channel shows them."""
    channel, address = EVERY_CHANNEL[kind]
    hidden = {
        "exposes": ("Zqx-Name",),
        "watch": ("Zqx-id",),
        "organisation": ("Zqx-League",),
        "tag": ("Zqx-tag",),
        "act": "Zqx-act",
        "id": "Zqx-alert",
    }
    alert = replace(delivery.alert, **hidden, only_to=("Zqx-channel",))  # type: ignore[arg-type]  # the fields have two types
    root = Receipt(channel="kh", address=address, handle={"channel": CHANNEL, "ts": "1.000001", "key": "r" * 32})
    for part_root in (None, root):
        payload = channel.render(replace(delivery, alert=alert, address=address, root=part_root))
        assert "Zqx" not in _readable(payload)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(delivery=DELIVERIES, kind=st.sampled_from(sorted(EVERY_CHANNEL)))
def test_previews_subjects_and_the_barest_layout_never_show_the_body(delivery: Delivery, kind: str) -> None:
    channel, address = EVERY_CHANNEL[kind]
    secret = (Line(text="Zqx-Name was taken", label="Zqx-label"),)
    alert = replace(delivery.alert, title="Zqx-Name arrested", lines=secret, changes=secret, links=())
    payload = channel.render(replace(delivery, alert=alert, address=address))
    if kind == "slack":
        assert "Zqx" not in payload["arguments"]["text"]
    if kind == "email":
        assert "Zqx" not in message_from_bytes(payload["message"], policy=policy.default)["Subject"]
    assert "Zqx" not in _readable(channel.render(replace(delivery, alert=alert, address=address, layout="bare")))


def _readable(payload: Any) -> str:
    if "message" not in payload:
        return json.dumps(dict(payload), ensure_ascii=False)
    mail: Any = message_from_bytes(payload["message"], policy=policy.default)
    return " ".join([str(mail.items()), *(part.get_content() for part in mail.walk() if not part.is_multipart())])


@settings(max_examples=200, deadline=None)
@given(given_text=ANY, limit=st.integers(1, 500))
def test_cut_and_escaped_text_fits_and_is_inert(given_text: str, limit: int) -> None:
    made = text.mrkdwn(text.foreign(given_text), limit)
    assert text.units(made) <= limit
    assert "<" not in made
    assert ">" not in made
    made.encode("utf-8")
    assert text.clean(made) == made
    assert text.clean(text.clean(given_text)) == text.clean(given_text)


@settings(max_examples=200, deadline=None)
@given(url=URLS.filter(bool))
def test_a_link_is_ascii_over_http_or_none(url: str) -> None:
    made = text.address(url)
    if made is not None:
        assert made.url.isascii()
        assert made.url.startswith(("http://", "https://"))
        assert not set(made.url) & set(' <>"|\\`')
        assert made.domain
        assert text.address(made.url) == made, "a safe link stays as it is"
