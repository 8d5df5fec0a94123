"""What every registered kind of channel holds to: pure layouts, honest parts, settings that explain themselves, one message a send."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from alerts.channels import KINDS, Secrets, build, console, destination, email, slack, webhook
from alerts.errors import ChannelError
from alerts.model import AlertKind, Delivery, DeliveryState, Receipt, Verdict
from tests.fakes.alerts import FIRST, NOW, following
from tests.fakes.gateway import FakeGateway
from tests.fakes.slack import CHANNEL, FakeSlack
from tests.fakes.smtp import FakeSmtp

URL_FILE = Path(tempfile.mkdtemp()) / "gateway-url"

GOOD: dict[str, Any] = {
    "console": console.Settings(),
    "slack": slack.Settings(channel=CHANNEL, mention={"critical": "S0123456789"}),
    "email": email.Settings(to=("duty@ngo.example", "desk@ngo.example")),
    "webhook": webhook.Settings(url_file=str(URL_FILE)),
}
BAD: dict[str, list[Any]] = {
    "console": [console.Settings(timezone="Asia/Nowhere")],
    "slack": [
        slack.Settings(channel="#alerts"),
        slack.Settings(channel=CHANNEL, mention={"urgent": "S0123456789"}),
        slack.Settings(channel=CHANNEL, mention={"high": "!channel"}),
        slack.Settings(channel=CHANNEL, timezone="../../etc/passwd"),
    ],
    "email": [
        email.Settings(to=()),
        email.Settings(to=("nobody",)),
        email.Settings(to=("a@x.org\r\nBcc: b@x.org",)),
        email.Settings(to=("a@x.org",), timezone=""),
    ],
    "webhook": [webhook.Settings(url_file=""), webhook.Settings(url_file="x", timezone="Asia/Nowhere")],
}
BAD_SECRETS: dict[str, list[Secrets]] = {
    "console": [],
    "webhook": [],
    "slack": [Secrets(), Secrets(slack_token="t", slack_api_url="http://proxy.example/api/")],
    "email": [
        Secrets(),
        Secrets(smtp_url="smtp://u:p@mail.example.org", mail_from="a@x.org"),
        Secrets(smtp_url="smtps://u@mail.example.org", mail_from="a@x.org"),
        Secrets(smtp_url="mail.example.org", mail_from="a@x.org"),
        Secrets(smtp_url="smtp://127.0.0.1", mail_from="nobody"),
    ],
}
kinds = pytest.mark.parametrize("kind", sorted(KINDS))


@pytest.fixture(scope="module")
def secrets() -> Iterator[Secrets]:
    with FakeSlack() as double, FakeSmtp() as server, FakeGateway() as gateway:
        URL_FILE.write_text(f"{gateway.url}\nthe signing key")
        double.workspace.config.update(rate_limits=False, groups=["S0123456789"])
        yield Secrets(
            slack_token=double.token,
            slack_api_url=double.url,
            smtp_url=server.url,
            mail_from="Alerts <alerts@ngo.example>",
        )
        assert double.workspace.violations == []


def delivery(kind: str, **other: Any) -> Delivery:
    address = KINDS[kind].addresses(GOOD[kind])[0]
    made = Delivery(
        id=1, key="k" * 32, alert=FIRST, channel="x", address=address, part="post", state=DeliveryState.SENDING, attempt=1, not_before=NOW, started=NOW
    )  # fmt: skip
    return replace(made, **other)


@kinds
def test_settings_are_a_frozen_dataclass_with_a_time_zone(kind: str) -> None:
    settings = KINDS[kind].settings
    assert is_dataclass(settings)
    assert settings.__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses keep their parameters there
    assert "timezone" in {f.name for f in fields(settings)}


@kinds
def test_good_settings_are_accepted_and_bad_ones_say_what_to_write(kind: str, secrets: Secrets) -> None:
    assert KINDS[kind].wrong(GOOD[kind]) == ()
    assert KINDS[kind].check(secrets) == ()
    for bad in BAD[kind]:
        found = KINDS[kind].wrong(bad)
        assert found
        assert all(w.what and w.fix for w in found)
        with pytest.raises(ChannelError):
            build("x", kind, bad, secrets)


@kinds
def test_a_missing_or_careless_secret_is_told_and_never_repeated(kind: str) -> None:
    for bad in BAD_SECRETS[kind]:
        found = KINDS[kind].check(bad)
        assert found
        assert all(not w.key and w.fix for w in found)
        with pytest.raises(ChannelError) as raised:
            build("x", kind, GOOD[kind], bad)
        assert "u:p" not in str(raised.value)
    assert "xoxb" not in repr(Secrets(slack_token="xoxb-1"))


@kinds
def test_every_kind_of_alert_has_parts_and_every_channel_an_address(kind: str) -> None:
    made = destination(kind, GOOD[kind])
    assert made.addresses
    assert len(set(made.addresses)) == len(made.addresses)
    assert all(made.parts[k] for k in AlertKind)


@kinds
@pytest.mark.parametrize("layout", ["full", "plain", "bare"])
@pytest.mark.parametrize("alert_kind", list(AlertKind))
def test_every_layout_of_every_alert_is_the_same_each_time_and_tells_the_preview(
    kind: str, layout: str, alert_kind: AlertKind, secrets: Secrets
) -> None:
    channel = build("x", kind, GOOD[kind], secrets)
    for part in KINDS[kind].parts(alert_kind):
        root = (
            Receipt(channel="x", address="", handle={"channel": CHANNEL, "ts": "1.000001"}) if part != "post" else None
        )
        made = delivery(kind, layout=layout, part=part, root=root, alert=following(2, kind=alert_kind))
        assert channel.render(made) == channel.render(made)


@kinds
async def test_a_send_is_one_message_with_a_receipt_to_follow_up_on(kind: str, secrets: Secrets) -> None:
    channel = build("x", kind, GOOD[kind], secrets)
    outcome = await channel.send(channel.render(delivery(kind)))
    assert outcome.verdict is Verdict.SENT
    assert outcome.receipt
    assert outcome.receipt.channel == "x"
    assert all(isinstance(v, str) for v in outcome.receipt.handle.values())


@kinds
async def test_a_look_up_finds_what_was_sent_and_nothing_else_or_does_not_exist(kind: str, secrets: Secrets) -> None:
    channel = build("x", kind, GOOD[kind], secrets)
    sent = delivery(kind, key="a" * 32)
    await channel.send(channel.render(sent))
    # the double stamps messages with the real clock: what is looked for began now, whatever the invented alert says
    found = await channel.find(replace(sent, started=None))
    missing = await channel.find(delivery(kind, key="b" * 32, started=None))
    if found is None:
        assert missing is None
        return
    assert missing
    assert (found.verdict, missing.verdict) == (Verdict.SENT, Verdict.NOT_SENT)


def test_an_unknown_kind_names_the_known_ones(secrets: Secrets) -> None:
    with pytest.raises(ChannelError, match="console, slack, email"):
        build("x", "pigeon", None, secrets)
