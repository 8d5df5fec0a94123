"""What a message looks like in Slack and in a mail: urgency first, previews without names, limits kept, the same in text and HTML."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.headerregistry import Address
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alerts.channels import mail_layout, slack_layout
from alerts.model import AlertKind, Delivery, DeliveryState, Line, LineStyle, Receipt, Severity
from alerts.text import units
from tests.fakes.alerts import FIRST, NOW, following

ROOT = Receipt(channel="kh", address="C0ALERTS01", handle={"channel": "C0ALERTS01", "ts": "1.000001", "key": "r" * 32})
DELIVERY = Delivery(
    id=1, key="k" * 32, alert=FIRST, channel="kh", address="C0ALERTS01", part="post", state=DeliveryState.SENDING, attempt=1, not_before=NOW, started=NOW
)  # fmt: skip
ZONE = ZoneInfo("Asia/Phnom_Penh")


def slack(delivery: Delivery = DELIVERY, mention: dict[str, str] | None = None) -> dict[str, Any]:
    made = slack_layout.arguments(delivery, "C0ALERTS01", mention or {}, ZONE)
    return {"method": made["method"], **made["arguments"]}


def mail(delivery: Delivery = DELIVERY) -> Any:
    made = mail_layout.message(
        replace(delivery, address="duty@ngo.example"), Address(addr_spec="alerts@ngo.example"), ZONE
    )
    return message_from_bytes(made, policy=policy.default)


def shown(made: dict[str, Any]) -> str:
    return json.dumps(made.get("blocks", []), ensure_ascii=False)


@pytest.mark.parametrize(
    ("severity", "word"),
    [("critical", "Act now"), ("high", "Today"), ("medium", "This week"), ("low", "For the record")],
)
def test_how_soon_to_act_stands_first(severity: str, word: str) -> None:
    delivery = replace(DELIVERY, alert=replace(FIRST, severity=Severity(severity)))
    assert word in slack(delivery)["blocks"][0]["text"]["text"]
    assert word in mail(delivery)["Subject"]


def test_previews_and_subjects_are_the_preview_alone() -> None:
    assert slack()["text"] == FIRST.preview
    assert mail()["Subject"] == f"[HRD · Today] {FIRST.preview}"


def test_times_are_those_of_the_channel() -> None:
    assert "2026-11-23 16:00 Asia/Phnom_Penh" in shown(slack())
    assert "2026-11-23 16:00 Asia/Phnom_Penh" in mail().get_body(("plain",)).get_content()


def test_a_quotation_links_to_its_domain() -> None:
    assert (
        "“Police detained Sok Dara outside the court on Monday.” <https://news.example.org/a/1|example.org>"
        in shown(slack())
    )


def test_the_root_is_edited_and_keeps_its_own_key() -> None:
    made = slack(replace(DELIVERY, alert=following(2), part="edit", root=ROOT))
    assert (made["method"], made["ts"], made["metadata"]["event_payload"]["key"]) == (
        "chat.update",
        "1.000001",
        "r" * 32,
    )
    assert "unfurl_links" not in made


def test_a_reply_tells_what_changed_in_the_thread_and_perhaps_to_all() -> None:
    made = slack(replace(DELIVERY, alert=following(2, "He was charged"), part="reply", root=ROOT))
    assert (made["thread_ts"], made["reply_broadcast"]) == ("1.000001", False)
    assert "He was charged" in shown(made)
    assert "outside the court" not in shown(made)
    assert (
        slack(replace(DELIVERY, alert=following(2, broadcast=True), part="reply", root=ROOT))["reply_broadcast"] is True
    )


def test_a_development_without_a_root_is_a_message_of_its_own() -> None:
    made = slack(replace(DELIVERY, alert=following(2), part="reply"))
    assert "thread_ts" not in made
    assert "outside the court" in shown(made)


def test_a_group_is_woken_by_its_severity_on_first_messages_and_broadcasts_only() -> None:
    wake = {"high": "S0GROUP1"}
    reply = replace(DELIVERY, part="reply", root=ROOT)
    assert "<!subteam^S0GROUP1>" in shown(slack(mention=wake))
    assert "<!subteam" not in shown(slack(mention={"critical": "S0GROUP1"}))
    assert "<!subteam" not in shown(slack(replace(DELIVERY, alert=following(2), part="edit", root=ROOT), wake))
    assert "<!subteam" not in shown(slack(replace(reply, alert=following(2)), wake))
    assert "<!subteam" in shown(slack(replace(reply, alert=following(2, broadcast=True)), wake))


def test_trial_duplicate_and_withdrawn_are_said() -> None:
    delivery = replace(DELIVERY, alert=following(2, kind=AlertKind.CANCEL), trial=True, flagged=True)
    for text in (shown(slack(delivery)), mail(delivery).get_body(("plain",)).get_content()):
        assert "TRIAL" in text
        assert "may be a duplicate" in text
        assert "WITHDRAWN" in text
    assert slack(delivery)["text"].startswith("TRIAL")
    assert mail(delivery)["Subject"].startswith("[HRD · TRIAL · WITHDRAWN]")


@pytest.mark.parametrize("sign", ["x", "<", "😀", "ស", '"', "\\"])
def test_a_very_long_alert_stays_within_the_budget_and_says_what_is_missing(sign: str) -> None:
    lines = tuple(
        Line(text=sign * 1_500, label=f"Line {n}", style=LineStyle.QUOTE, url="https://news.example.org/a")
        for n in range(40)
    )
    made = slack(replace(DELIVERY, alert=replace(FIRST, title=sign * 500, preview=sign * 900, lines=lines)))
    assert slack_layout.size(made["blocks"]) <= slack_layout.MAX_BLOCKS_UNITS
    assert units(made["text"]) <= 5 * slack_layout.MAX_PREVIEW_UNITS
    assert re.search(r"and \d+ more lines, on the desk", shown(made))


def test_the_plain_layout_is_one_text_and_the_bare_one_names_nobody() -> None:
    plain = slack(replace(DELIVERY, layout="plain"))
    assert [b["text"]["type"] for b in plain["blocks"]] == ["plain_text"]
    assert "Sok Dara" in shown(plain)
    bare = slack(replace(DELIVERY, layout="bare"))
    assert "blocks" not in bare
    assert bare["text"] == f"{FIRST.preview} · i-1"
    assert mail(replace(DELIVERY, layout="plain")).get_content_type() == "text/plain"
    assert "Sok Dara" not in mail(replace(DELIVERY, layout="bare")).as_string()


def test_text_and_html_say_the_same() -> None:
    made = mail(replace(DELIVERY, alert=following(2, "He was <b>charged</b> & held")))
    html = re.sub(r"<[^>]+>", " ", made.get_body(("html",)).get_content())
    text = made.get_body(("plain",)).get_content()
    words = re.compile(r"\w+")
    assert set(words.findall(text)) - set(words.findall(html)) <= {"https", "http", "news", "a", "1", "8765", "i"}, (
        "the addresses stand in href"
    )
    assert "He was <b>charged</b> & held" in text


def test_the_same_delivery_is_the_same_mail_byte_for_byte() -> None:
    sender = Address(addr_spec="alerts@ngo.example")
    delivery = replace(DELIVERY, address="duty@ngo.example")
    assert mail_layout.message(delivery, sender, ZONE) == mail_layout.message(delivery, sender, ZONE)
    again = message_from_bytes(
        mail_layout.message(replace(delivery, attempt=2, flagged=True), sender, ZONE), policy=policy.default
    )
    assert again["Message-ID"] == mail()["Message-ID"]
    assert again["X-HRD-Monitor-Attempt"] == "2"
