"""The webhook against a gateway: signed, once, and what each answer proves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from alerts.channels import Secrets, webhook
from alerts.errors import ChannelError
from alerts.model import Verdict
from tests.contract.test_channels import delivery
from tests.fakes.gateway import FakeGateway


def made(tmp_path: Path, text: str) -> webhook.Webhook:
    file = tmp_path / "url"
    file.write_text(text)
    return webhook.build("gateway", webhook.Settings(url_file=str(file)), Secrets(patience=10))


async def test_a_call_is_signed_and_carries_the_key_of_its_delivery(tmp_path: Path) -> None:
    with FakeGateway() as gateway:
        channel = made(tmp_path, f"{gateway.url}\nsecret key\n")
        outcome = await channel.send(channel.render(delivery("webhook")))
        (headers, body), *more = gateway.got
    assert outcome.verdict is Verdict.SENT
    assert more == []
    assert headers["idempotency-key"] == "k" * 32
    signed = webhook.signature(b"secret key", headers["x-hrd-monitor-timestamp"], body)
    assert headers["x-hrd-monitor-signature"] == signed
    told = json.loads(body)
    assert told["preview"] == "KH: one arrest, reported by 1 publisher"
    assert "Sok Dara" not in told["preview"]


@pytest.mark.parametrize(
    ("code", "verdict", "refused"),
    [
        (204, Verdict.SENT, None),
        (429, Verdict.NOT_SENT, "channel"),
        (401, Verdict.REFUSED, "auth"),
        (422, Verdict.REFUSED, "message"),
        (404, Verdict.REFUSED, "channel"),
        (302, Verdict.REFUSED, "channel"),
        (500, Verdict.UNKNOWN, None),
        (0, Verdict.UNKNOWN, None),
    ],
)
async def test_each_answer_proves_what_it_says(
    tmp_path: Path, code: int, verdict: Verdict, refused: str | None
) -> None:
    with FakeGateway() as gateway:
        gateway.answers.append((code, {"Retry-After": "7"}))
        channel = made(tmp_path, gateway.url)
        outcome = await channel.send(channel.render(delivery("webhook")))
    assert (outcome.verdict, outcome.refused) == (verdict, refused)
    assert outcome.retry_after_s == (7.0 if code == 429 else None)


async def test_a_gateway_that_is_not_there_got_nothing(tmp_path: Path) -> None:
    channel = made(tmp_path, "http://127.0.0.1:9/alerts")
    assert (await channel.send(channel.render(delivery("webhook")))).verdict is Verdict.NOT_SENT


@pytest.mark.parametrize("text", ["", "gateway.example", "ftp://gateway.example", "http://gateway.example/x"])
def test_an_address_that_is_none_or_in_clear_is_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    with pytest.raises(ChannelError) as raised:
        made(tmp_path, text)
    assert "gateway.example" not in str(raised.value)
