"""What is frozen comes back as it was; what is damaged, newer or foreign is refused without being shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from monitor.errors import StoreError
from monitor.model import Incident, Report, Severity
from monitor.store import codec
from tests.fakes import stored

#: As the first release wrote it. It must be readable for ever: a change of the stored form needs a new version and a way from the old one.
WRITTEN_BY_VERSION_1 = """{"version":1,"value":{"id":"i-1","key":"v1:0123456789abcdef01234567","watch":["kh-0001"],"act":"arrest",
"acts":["arrest","charge"],"liberty":"held","custody":"place_known","charges":"charged","relation":"self","country":["KH"],
"place":"Riverton","by":"police","occurrence":{"first":"2026-03-12","last":"2026-03-12"},"opened":"2026-03-14T09:26:53.589793Z",
"updated":"2026-03-14T09:26:53.589793Z","revision":1,"severity":"high","citations":[{"article_id":"a1","source_id":"a-paper",
"group":"a-house","publisher":"A Paper","url":"https://paper.example/1","title":"Police detain organiser in Riverton",
"quote":"Police detained the organiser","act":"arrest","published":null,"seen":"2026-03-14T09:26:53.589793Z"}],
"facts":[{"key":"charge","value":"incitement","span":{"field":"text","start":3,"end":9}}]}}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One field of every kind that has a stored form."""

    text: str
    number: int = 1
    share: float = 0.5
    yes: bool = True
    day: date | None = None
    at: datetime | None = None
    severity: Severity = Severity.LOW
    severities: tuple[Severity, ...] = ()
    more: tuple[tuple[str, ...], ...] = ()


def test_every_kind_of_field_comes_back_as_it_was() -> None:
    full = Sample(
        text="NUL \x00 half \ud83d Khmer សុខ",
        number=-(2**70),
        share=0.1,
        yes=False,
        day=date(2026, 3, 14),
        at=stored.NOW,
        severity=Severity.CRITICAL,
        severities=(Severity.HIGH, Severity.LOW),
        more=(("a", "b"), ()),
    )
    for sample in (full, Sample(text="")):
        assert codec.load(Sample, codec.dump(sample)) == sample


def test_incidents_and_reports_come_back_as_they_were() -> None:
    assert codec.load(Incident, codec.dump(stored.incident())) == stored.incident()
    assert codec.load(Report, codec.dump(stored.report())) == stored.report()


def test_the_stored_form_is_ascii_so_that_every_database_can_hold_it() -> None:
    assert codec.dump(Sample(text=stored.HOSTILE)).isascii()


def test_times_are_stored_in_utc_wherever_they_were_said() -> None:
    there = datetime(2026, 3, 14, 16, 0, tzinfo=timezone(timedelta(hours=7)))
    made = codec.dump(Sample(text="", at=there))
    assert json.loads(made)["value"]["at"] == "2026-03-14T09:00:00Z"
    assert codec.load(Sample, made).at == datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


def test_a_record_of_the_first_release_can_be_read() -> None:
    assert codec.load(Incident, WRITTEN_BY_VERSION_1) == stored.incident()


def test_a_field_that_was_added_later_takes_its_default() -> None:
    assert codec.load(Sample, '{"version":1,"value":{"text":"old"}}') == Sample(text="old")


@pytest.mark.parametrize(
    "value",
    [
        '{"text":1}', '{"text":null}', '{"text":["x"]}', '{"text":"x","number":1.5}', '{"text":"x","number":true}', '{"text":"x","yes":1}',
        '{"text":"x","share":"1"}', '{"text":"x","day":"14 March"}', '{"text":"x","day":5}', '{"text":"x","at":"2026-03-14T09:00:00"}',
        '{"text":"x","severity":"mild"}', '{"text":"x","severities":"low"}', '{"text":"x","severities":{"low":1}}',
        '{"text":"x","more":[["a",1]]}', '{"number":1}', '{"text":"x","unheard_of":1}', "[]", "null", '"x"',
    ],
)  # fmt: skip
def test_what_is_not_exactly_as_it_was_written_is_refused_and_not_shown(value: str) -> None:
    with pytest.raises(StoreError, match="a stored Sample cannot be read") as refused:
        codec.load(Sample, f'{{"version":1,"value":{value}}}')
    assert value not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"version":1}', '{"value":{}}', "[" * 100_000, "Sok Dara"]
)
def test_what_is_no_record_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(StoreError, match="a stored Sample cannot be read") as refused:
        codec.load(Sample, text)
    assert "Sok" not in str(refused.value)


def test_a_record_of_another_version_names_the_version() -> None:
    with pytest.raises(
        StoreError, match="a stored Sample has version 2, this release reads 1: install the release that wrote it"
    ):
        codec.load(Sample, '{"version":2,"value":{"text":"x"}}')


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (b"bytes", TypeError),
        (["list"], TypeError),
        ({"a": 1}, TypeError),
        (datetime(2026, 3, 14), ValueError),
        (float("nan"), ValueError),
    ],
)
def test_what_has_no_stored_form_is_refused_before_it_is_written(text: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        codec.dump(Sample(text=text))
