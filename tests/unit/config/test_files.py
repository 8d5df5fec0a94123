"""Every mistake of every file in one run, with file, line, column and fix; what is right comes out frozen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.model import Flood
from monitor.config import Settings, load, load_alerts, load_sources, load_watchlist
from monitor.config.yaml_reader import Document, read_bytes
from monitor.errors import ConfigError
from monitor.model import Act, Priority, Sensitivity

ALERTS = "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def mistakes(call: object, *arguments: object) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        call(*arguments)  # type: ignore[operator]
    return [str(m) for m in caught.value.mistakes]


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("sources:\n  - {id: a, name: A, url: https://a.example/f, contry: [KH]}\n", ":2:", "did you mean 'country'"),
        ("sources:\n  - {id: a, name: A, url: https://a.example/f, every: 10s}\n", ":2:", "60s or more"),
        ("sources:\n  - {id: a, name: A, url: https://a.example/f, every: soon}\n", ":2:", "10m"),
        (
            "sources:\n  - {id: a, name: A, url: https://a.example/f}\n  - {id: a, name: B, url: https://b.example/f}\n",
            ":3:",
            "first on line 2",
        ),
        ("sources:\n  - {id: a, name: A, url: https://a.example/f, country: [Atlantis]}\n", ":2:", "no such country"),
        ("sources:\n  - id: a\n    id: b\n", ":3:", "stands twice, first on line 2"),
        ("sources: &x []\nmore: *x\n", ":2:", "points somewhere else"),
        ("sources:\n\t- id: a\n", ":2:", "use spaces"),
        ("sources: [\n", ":2:", "never closed"),
        ("sources:\n  - {id: a, name: A}\n", ":2:", "'url' is missing"),
        ("sources:\n  - {id: a, name: A, url: https://a.example/f, publisher: paper}\n", ":2:", "ngo"),
        ("just words\n", ":1:", "name and a colon"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, text: str, where: str, said: str
) -> None:
    found = mistakes(load_sources, written(tmp_path, "sources.yaml", text))
    assert any(where in m and said in m for m in found), found
    assert not any(word in m.lower() for m in found for word in ("yaml_", "mapping", "scalar", "sequence", "node"))


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    made = Settings(
        sources=written(tmp_path, "s.yaml", "sources:\n  - {id: a}\n"),
        watchlist=written(tmp_path, "w.yaml", "defenders:\n  - {id: x, name: X, sensitivity: silent}\n"),
        alerts=written(tmp_path, "a.yaml", "channels:\n  t: {kind: consol}\n"),
        data=tmp_path,
    )
    found = "\n".join(mistakes(load, made))
    assert "s.yaml:2" in found
    assert "w.yaml:2" in found
    assert "a.yaml:2" in found
    assert "nobody would ever hear" in found
    assert "did you mean 'console'" in found


def test_words_that_look_like_other_things_stay_text(tmp_path: Path) -> None:
    path = written(
        tmp_path, "w.yaml", "defenders:\n  - {id: '012', name: No, names: [on, 12:30, 2020-01-01], country: [NO]}\n"
    )
    (made,) = load_watchlist(path).defenders
    assert made.id == "012"
    assert made.names == ("on", "12:30", "2020-01-01")
    assert made.country == ("NO",)


def test_a_defender_comes_out_as_written(tmp_path: Path) -> None:
    text = (
        "defaults: {priority: high}\ndefenders:\n  - id: a\n    name: សុខ ដារ៉ា\n    country: Cambodia\n    not: footballer\n    sensitivity: open\n"
        "  - {id: b, name: B, priority: urgent}\nassemblies:\n  - {id: k, country: [KH], acts: [curfew]}\n"
    )
    made = load_watchlist(written(tmp_path, "w.yaml", text))
    first, second = made.defenders
    assert (first.name, first.country, first.against, first.sensitivity, first.priority) == (
        "សុខ ដារ៉ា",
        ("KH",),
        ("footballer",),
        Sensitivity.OPEN,
        Priority.HIGH,
    )
    assert (second.sensitivity, second.priority, second.codename) == (Sensitivity.CODENAME, Priority.URGENT, "b")
    assert made.assemblies[0].acts == (Act.CURFEW,)


def test_open_cannot_be_a_default(tmp_path: Path) -> None:
    assert mistakes(load_watchlist, written(tmp_path, "w.yaml", "defaults: {sensitivity: open}\ndefenders: []\n"))


def test_an_entry_without_an_id_is_numbered_for_reading_and_refused_for_running(tmp_path: Path) -> None:
    path = written(tmp_path, "w.yaml", "defenders:\n  - name: X\n")
    assert load_watchlist(path, number_missing=True).defenders[0].id == "d000001"
    assert "check --fix" in mistakes(load_watchlist, path)[0]


def test_empty_lists_are_valid(tmp_path: Path) -> None:
    assert load_watchlist(written(tmp_path, "w.yaml", "defenders: []\n")).defenders == ()
    assert load_sources(written(tmp_path, "s.yaml", "sources: []\n")) == ()


def test_one_file_a_team_and_a_csv_are_read_too(tmp_path: Path) -> None:
    path = written(tmp_path, "watchlist.yaml", "defenders:\n  - {id: a, name: A}\n")
    (tmp_path / "watchlist.d").mkdir()
    written(tmp_path / "watchlist.d", "north.yaml", "defenders:\n  - {id: b, name: B}\n")
    written(tmp_path / "watchlist.d", "south.csv", "id,name,names,country,not\nc,C,C One|C Two,KH,singer\n")
    made = load_watchlist(path).by_id()
    assert set(made) == {"a", "b", "c"}
    assert made["c"].names == ("C One", "C Two")
    assert made["c"].against == ("singer",)


def test_the_same_id_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, "watchlist.yaml", "defenders:\n  - {id: a, name: A}\n")
    (tmp_path / "watchlist.d").mkdir()
    written(tmp_path / "watchlist.d", "north.yaml", "defenders:\n  - {id: a, name: B}\n")
    assert "stands twice" in mistakes(load_watchlist, path)[0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("mode: trial\n", "without a channel for the trial"),
        ("operator: {to: [termnal]}\n", "did you mean 'terminal'"),
        ("mute: [{from: '22:00', to: '06:00', timezone: Asia/Nowhere}]\n", "no time zone"),
        ("mute: [{from: late, to: '06:00', timezone: Asia/Tokyo}]\n", "22:00"),
        ("flood: {per_channel: many}\n", "not written as it must be"),
    ],
)
def test_routes_and_hours_that_cannot_work_are_told(tmp_path: Path, more: str, said: str) -> None:
    found = mistakes(load_alerts, written(tmp_path, "a.yaml", ALERTS + more))
    assert any(said in m for m in found), found


def test_a_dangerous_mute_is_noted_and_what_happens_later_is_read(tmp_path: Path) -> None:
    made = Settings(
        sources=written(tmp_path, "s.yaml", "sources: []\n"),
        watchlist=written(tmp_path, "w.yaml", "defenders:\n  - {id: x, name: X}\n"),
        alerts=written(
            tmp_path,
            "a.yaml",
            ALERTS
            + "remind: {critical: 30m}\nflood: {per_channel: 20/10m}\nmute: [{match: {act: [torture]}, from: '22:00', to: '06:00', timezone: Asia/Tokyo}]\n",
        ),
        data=tmp_path,
    )
    configuration = load(made)
    notes = "\n".join(map(str, configuration.notes))
    assert configuration.routing.remind == {"critical": 1800.0}
    assert configuration.routing.flood == Flood(messages=20, window_s=600)
    assert "torture" in notes
    assert "no country" in notes


def test_files_everybody_may_change_are_refused(tmp_path: Path) -> None:
    made = Settings(
        sources=written(tmp_path, "s.yaml", "sources: []\n"),
        watchlist=written(tmp_path, "w.yaml", "defenders: []\n"),
        alerts=written(tmp_path, "a.yaml", ALERTS),
        data=tmp_path,
    )
    made.alerts.chmod(0o666)
    assert "chmod o-w" in mistakes(load, made)[0]


def test_settings_come_from_the_environment_a_file_of_their_own_and_dot_env(tmp_path: Path) -> None:
    written(tmp_path, ".env", "HRD_MONITOR_LOG=json\nHRD_MONITOR_WEB=off\n")
    token = written(tmp_path, "token", "xoxb-1\n")
    made = Settings.load({"HRD_MONITOR_SLACK_TOKEN_FILE": str(token), "HRD_MONITOR_WEB": "127.0.0.1:9000"}, tmp_path)
    assert made.slack_token
    assert made.slack_token.get_secret_value() == "xoxb-1"
    assert (made.log, made.web) == ("json", "127.0.0.1:9000")
    assert made.secret_files == (token,)


def test_a_wrong_setting_is_told_by_its_name_and_never_by_its_value(tmp_path: Path) -> None:
    (told,) = mistakes(Settings.load, {"HRD_MONITOR_TIME_SCALE": "topsecret"}, tmp_path)
    assert "HRD_MONITOR_TIME_SCALE" in told
    assert "topsecret" not in told


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=120).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_value_or_a_mistake_with_a_line(raw: bytes) -> None:
    document = read_bytes(raw, Document("w.yaml"))
    assert all(m.line >= 1 for m in document.mistakes)


def test_a_bomb_is_refused_quickly() -> None:
    nested = read_bytes(b"a: " + b"[" * 50_000, Document("w.yaml"))
    assert nested.mistakes
