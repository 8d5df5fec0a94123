"""Whatever an incident or a report says, the stored form gives it back unchanged."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Citation, Incident, Occurrence, Report
from monitor.store import codec

ANYTHING = st.text(st.characters(codec=None), max_size=30)
MOMENTS = st.datetimes(timezones=st.just(UTC))
OCCURRENCES = st.builds(Occurrence, st.dates(), st.dates())

CITATIONS = st.lists(
    st.builds(Citation, article_id=ANYTHING, quote=ANYTHING, published=st.none() | MOMENTS, seen=MOMENTS), max_size=3
)


@given(
    st.builds(
        Incident,
        place=st.none() | ANYTHING,
        occurrence=st.none() | OCCURRENCES,
        opened=MOMENTS,
        updated=MOMENTS,
        citations=CITATIONS.map(tuple),
    )
)
@settings(max_examples=60, deadline=None)
def test_any_incident_comes_back_as_it_was(incident: Incident) -> None:
    assert codec.load(Incident, codec.dump(incident)) == incident


@given(st.builds(Report, quote=ANYTHING, occurrence=st.none() | OCCURRENCES, score=st.floats(0, 1)))
@settings(max_examples=60, deadline=None)
def test_any_report_comes_back_as_it_was(report: Report) -> None:
    assert codec.load(Report, codec.dump(report)) == report
