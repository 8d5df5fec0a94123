"""What each sensitivity lets out, in every field of an alert, and the words a responder reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.model import Alert, AlertKind, Sensitivity
from monitor.incidents.compose import SILENT, compose, may_share_a_message, summary
from monitor.incidents.decide import Decision
from monitor.model import Act, Incident, Reason, Source, Watchlist
from monitor.model import Sensitivity as Shown
from tests.unit.incidents.made import DARA, LIST, NOW, fact, report, told

SOURCES = {
    "ngo": Source(id="ngo", name="The ngo", url="https://ngo.example", group="ngo"),
    "state": Source(id="state", name="State News", url="x", group="state", publisher="state"),
}
FIRST = Decision(Reason.FIRST_REPORT, ("nobody was told of it before",), matched=("named in full: Sok Dara",))


def incident(**said: object) -> Incident:
    ((assignment, _),) = told(
        (report(facts=(fact("charge", "incitement to unrest"), fact("held_at", "Prison One"))), "ngo")
    )
    assert assignment.after
    return replace(assignment.after, **said)  # type: ignore[arg-type]


def shown(who: object = DARA, decision: Decision = FIRST, made: Incident | None = None) -> Alert:
    alert = compose(made or incident(), decision, Watchlist(defenders=(who,)), SOURCES, NOW)  # type: ignore[arg-type]
    assert alert is not None
    return alert


def test_an_open_alert_says_who_what_when_where_by_whom_with_a_quotation_and_its_source() -> None:
    alert = shown()
    text = repr(alert)
    assert alert.title == "Sok Dara reported arrested"
    for said in (
        "2026-03-13",
        "Phnom Penh",
        "police",
        "incitement to unrest",
        "Prison One",
        "Police arrested Sok Dara on Friday.",
        "1 independent publisher",
        "nobody was told",
    ):
        assert said in text
    assert "confirmed" not in text
    assert alert.kind is AlertKind.NEW


def test_a_preview_never_carries_a_name() -> None:
    assert "Sok" not in shown().preview
    assert "Dara" not in shown().preview


WITHHELD = (
    "Sok Dara",
    "Dara",
    "Police arrested",
    "ngo.example",
    "Example League",
    "incitement",
    "Prison One",
    "Phnom Penh",
    "A headline",
)


@pytest.mark.parametrize(
    ("who", "made"),
    [
        (replace(DARA, sensitivity=Shown.CODENAME, codename="MEKONG-7"), None),
        (replace(DARA, codename="MEKONG-7"), incident(facts=(fact("under_18", "15-year-old"),))),
        (replace(DARA, codename="MEKONG-7"), incident(acts=(Act.ARREST, Act.SEXUAL_VIOLENCE))),
    ],
    ids=["codename", "under 18", "sexual violence"],
)
def test_a_code_name_shows_act_country_date_severity_and_publishers_and_nothing_that_leads_to_the_person(
    who: object, made: Incident | None
) -> None:
    for decision in (
        FIRST,
        Decision(Reason.MATERIAL_FACT, ("now known: held at",), ("held_at",), ("Sok Dara in full",)),
    ):
        alert = shown(who, decision, made)
        text = repr(alert)
        assert "MEKONG-7" in alert.title
        assert "KH" in text
        assert "2026-03-13" in text
        assert [w for w in WITHHELD if w in text] == []


def test_a_silent_alert_says_only_that_something_moved_and_only_to_its_channels() -> None:
    alert = shown(replace(DARA, sensitivity=Shown.SILENT, silent_to=("duty",)))
    assert alert.title == alert.preview == SILENT
    assert alert.only_to == ("duty",)
    assert alert.lines == ()
    assert alert.changes == ()
    assert alert.links == ()
    assert alert.exposes == ()
    assert alert.watch == ()
    assert alert.sensitivity is Sensitivity.SILENT
    assert [w for w in (*WITHHELD, "KH", "arrest") if w in repr(alert)] == []


@settings(max_examples=60)
@given(
    name=st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=5, max_size=12),
    quote=st.text(alphabet="BCDFGHJKLMNPQRSTVWXZ ", min_size=8, max_size=40),
)
def test_no_word_that_is_withheld_is_anywhere_in_the_alert(name: str, quote: str) -> None:
    who = replace(DARA, name=name, sensitivity=Shown.CODENAME, codename="C-1")
    base = incident(place=name)
    made = replace(
        base,
        citations=tuple(replace(c, quote=quote, title=quote) for c in base.citations),
        facts=(fact("charge", quote), fact("court", name)),
    )
    text = repr(shown(who, FIRST, made))
    assert name not in text
    assert quote.strip() == "" or quote not in text


def test_a_state_outlet_claims() -> None:
    base = incident()
    alert = shown(
        made=replace(
            base,
            citations=tuple(
                replace(c, source_id="state", group="state", publisher="State News") for c in base.citations
            ),
        )
    )
    assert any(line.label == "State News claims" for line in alert.lines)


def test_the_same_decision_composed_twice_is_the_same_alert() -> None:
    assert shown().id == shown().id


def test_what_is_missing_for_an_appeal_is_internal_until_consent_is_given() -> None:
    assert not any("INTERNAL" in line.text for line in shown().lines)
    assert any("INTERNAL" in line.text for line in shown(replace(DARA, consent="not_asked")).lines)


def test_the_summary_at_start_names_only_people_who_may_be_named() -> None:
    made = incident()
    assert may_share_a_message(made, LIST)
    assert not may_share_a_message(made, Watchlist(defenders=(replace(DARA, sensitivity=Shown.CODENAME),)))
    alert = summary([(made, FIRST)], 3, LIST, "ngo", NOW)
    assert alert.kind is AlertKind.SUMMARY
    assert "3 older reports" in repr(alert.lines)
    assert "Sok Dara" in repr(alert.lines)
