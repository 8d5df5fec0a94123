"""From an incident to every channel: no word of what a sensitivity withholds stands in any message, whatever is reported and however it is laid out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts import digest, flood
from alerts.channels import Channel, Secrets, build, console, email, slack, webhook
from alerts.model import Alert, AlertKind, Delivery, DeliveryState, Digest, Receipt, Severity
from alerts.model import Sensitivity as Shown
from monitor.incidents.compose import compose
from monitor.incidents.decide import Decision
from monitor.model import Act, Citation, Reason, Sensitivity, Watchlist
from tests.fakes.slack import CHANNEL, TOKEN
from tests.unit.incidents.made import DARA, NOW, fact, report, told

MARK = "Zqx"  #: begins every word that must not be shown
FACTS = ("charge", "law", "held_at", "authority", "court", "health", "co_arrested", "occupation", "assembly")


def channels() -> dict[str, tuple[Channel, str]]:
    """One channel of each kind."""
    file = Path(tempfile.mkdtemp()) / "url"
    file.write_text("https://gateway.example/x\nkey")
    secrets = Secrets(
        slack_token=TOKEN, smtp_url="smtp://127.0.0.1:25", mail_from="alerts@ngo.example", buttons={"take": "On it"}
    )
    mention = {"critical": "S0123456789"}
    return {
        "console": (build("c", "console", console.Settings(), secrets), ""),
        "slack": (build("s", "slack", slack.Settings(channel=CHANNEL, mention=mention), secrets), CHANNEL),
        "email": (build("e", "email", email.Settings(to=("duty@ngo.example",)), secrets), "duty@ngo.example"),
        "webhook": (build("w", "webhook", webhook.Settings(url_file=str(file)), secrets), ""),
    }


CHANNELS = channels()
WHO = replace(
    DARA,
    name="ZqxDara ZqxSok",
    names=("ZqxSpelling",),
    known_as=("ZqxLawyer of the ZqxRiver",),
    organisations=("ZqxLeague",),
    places=("ZqxTown",),
    context=("ZqxPark",),
    tags=("ZqxTag",),
    codename="MEKONG-7",
)


@st.composite
def withheld(draw: st.DrawFn) -> Alert:
    """An alert about somebody of whom not everything may be shown: by their sensitivity, their age, or what was done to them."""
    cause = draw(st.sampled_from(["codename", "silent", "under_18", "sexual_violence"]))
    act = (
        Act.SEXUAL_VIOLENCE
        if cause == "sexual_violence"
        else draw(st.sampled_from([Act.ARREST, Act.KILLING, Act.RAID, Act.RELEASE, Act.TORTURE]))
    )
    facts = [fact(k, f"Zqx{k}") for k in draw(st.sets(st.sampled_from(FACTS)))]
    if cause in {"under_18", "sexual_violence"}:
        facts.append(fact(cause, "yes"))
    open_to_all = cause in {"under_18", "sexual_violence"}
    shown = Sensitivity.OPEN if open_to_all else Sensitivity(cause)
    who = replace(WHO, sensitivity=shown, silent_to=("duty",) if shown is Sensitivity.SILENT else ())
    ((assignment, _),) = told(
        (report(act, place="ZqxStreet", by="police", facts=tuple(facts), quote="ZqxQuote"), "ngo"),
        watchlist=Watchlist(defenders=(who,)),
    )
    assert assignment.after is not None
    cited = tuple(
        Citation(
            article_id=f"a{n}", source_id="s", group=f"g{n}", publisher="ZqxPublisher", url="https://zqxhost.example/ZqxPath",
            title="ZqxHeadline", quote="ZqxQuote", act=act, published=NOW, seen=NOW,
        )
        for n in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    incident = replace(assignment.after, citations=cited, place="ZqxStreet", revision=draw(st.integers(1, 3)))
    reason = draw(st.sampled_from([r for r in Reason if r is not Reason.NONE]))
    changed = tuple(draw(st.sets(st.sampled_from(FACTS))))
    decision = Decision(reason, ("something was added",), changed=changed, matched=("named in full: ZqxDara ZqxSok",))
    alert = compose(incident, replace(decision, broadcast=draw(st.booleans())), Watchlist(defenders=(who,)), {}, NOW)
    assert alert is not None
    return alert


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(alert=withheld(), flagged=st.booleans(), trial=st.booleans())
def test_no_channel_shows_a_word_of_what_is_withheld(alert: Alert, flagged: bool, trial: bool) -> None:
    for kind, shown in everything(alert, flagged=flagged, trial=trial):
        assert MARK.lower() not in shown.lower(), (kind, alert.reason, shown)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(alert=withheld())
def test_what_is_withheld_stands_in_no_list_with_others(alert: Alert) -> None:
    rule = Digest(to=("duty",), at=time(7, 30), timezone="UTC")
    listed = digest.compose(rule, [alert], NOW, NOW)
    assert alert.thread not in repr(listed)
    assert "nothing was reported" in listed.title, "not even their number is told"


@settings(max_examples=40, deadline=None)
@given(alerts=st.lists(withheld(), min_size=3, max_size=5))
def test_a_group_names_nobody_in_what_lights_up_a_phone(alerts: list[Alert]) -> None:
    named = [replace(a, title="ZqxDara reported arrested") for a in alerts]
    assert MARK not in flood.together(named, NOW).preview


def everything(alert: Alert, *, flagged: bool, trial: bool) -> Iterator[tuple[str, str]]:
    """Every message that any channel could make of an alert."""
    root = Receipt(channel="x", address="", handle={"channel": CHANNEL, "ts": "1.000001", "key": "r" * 32})
    for kind, (channel, address) in CHANNELS.items():
        for part, held in (("post", None), ("edit", root), ("reply", root), ("remind", root)):
            for layout in ("full", "plain", "bare"):
                made = Delivery(
                    id=1, key="k" * 32, alert=alert, channel="x", address=address, part=part, state=DeliveryState.SENDING, attempt=1,
                    not_before=NOW, started=NOW, layout=layout, root=held, flagged=flagged, trial=trial,
                )  # fmt: skip
                yield f"{kind} {part} {layout}", readable(channel.render(made))


def readable(payload: Any) -> str:
    """All that can be read of a message."""
    if "body" in payload:
        return str(payload["body"].decode())
    if "message" not in payload:
        return json.dumps(dict(payload), ensure_ascii=False)
    mail: Any = message_from_bytes(payload["message"], policy=policy.default)
    return " ".join([str(mail.items()), *(part.get_content() for part in mail.walk() if not part.is_multipart())])


def test_the_marks_would_be_seen() -> None:
    open_alert = Alert(
        id="a", thread="i-1", revision=1, kind=AlertKind.NEW, severity=Severity.HIGH, sensitivity=Shown.OPEN,
        reason="first_report", at=NOW,
        title="ZqxDara reported arrested", preview="one arrest",
    )  # fmt: skip
    seen = {kind for kind, shown in everything(open_alert, flagged=False, trial=False) if MARK in shown}
    assert {k.split()[0] for k in seen} == set(CHANNELS)
