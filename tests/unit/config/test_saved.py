"""When a saved file counts as changed, by whatever way an editor or a mount writes it, and what it changed in effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.model import Routing
from monitor.config import Configuration
from monitor.config.effect import effect
from monitor.config.saved import Saved
from monitor.config.settings import Settings
from monitor.languages.pack import Packs
from monitor.model import Defender, Source, Watchlist


def configuration(watchlist: Watchlist, sources: tuple[Source, ...] = ()) -> Configuration:
    return Configuration(
        settings=Settings(),
        sources=sources,
        watchlist=watchlist,
        channels={},
        routing=Routing(routes=()),
        packs=Packs({}),
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("sources.yaml", "alerts.yaml", "watchlist.yaml"):
        (tmp_path / name).write_text("{}\n")
    return Settings(
        sources=tmp_path / "sources.yaml",
        alerts=tmp_path / "alerts.yaml",
        watchlist=tmp_path / "watchlist.yaml",
        data=tmp_path / "data",
    )


def _over(folder: Path) -> None:
    (folder / "watchlist.yaml").write_text("defenders: []\n")


def _renamed(folder: Path) -> None:
    other = folder / ".watchlist.yaml.swp"
    other.write_text("{}\n")
    other.replace(folder / "watchlist.yaml")


def _team(folder: Path) -> None:
    (folder / "watchlist.d").mkdir()
    (folder / "watchlist.d" / "north.yaml").write_text("{}\n")


def _gone(folder: Path) -> None:
    (folder / "sources.yaml").unlink()


@pytest.mark.parametrize("save", [_over, _renamed, _team, _gone])
def test_a_saved_file_counts_once_however_it_was_written(
    settings: Settings, tmp_path: Path, save: Callable[[Path], None]
) -> None:
    saved = Saved(settings)
    assert [saved.changed(), saved.changed()] == [False, False]
    save(tmp_path)
    assert [saved.changed() for _ in range(4)] == [False, True, False, False]


def test_a_mounted_folder_that_is_swapped_counts(tmp_path: Path) -> None:
    for version in ("v1", "v2"):
        (tmp_path / version).mkdir()
        for name in ("sources.yaml", "alerts.yaml", "watchlist.yaml"):
            (tmp_path / version / name).write_text("{}\n")
    (tmp_path / "..data").symlink_to("v1")
    for name in ("sources.yaml", "alerts.yaml", "watchlist.yaml"):
        (tmp_path / name).symlink_to(f"..data/{name}")
    paths = {p: tmp_path / f"{p}.yaml" for p in ("sources", "alerts", "watchlist")}
    saved = Saved(Settings(**paths, data=tmp_path / "data"))  # type: ignore[arg-type]  # the paths are paths
    (tmp_path / "..fresh").symlink_to("v2")
    (tmp_path / "..fresh").replace(tmp_path / "..data")
    assert [saved.changed() for _ in range(3)] == [False, True, False]


def test_half_a_file_is_not_read_and_a_file_that_keeps_growing_waits(settings: Settings, tmp_path: Path) -> None:
    saved = Saved(settings)
    path = tmp_path / "watchlist.yaml"
    for size in range(1, 4):
        path.write_text("#" * size)
        assert not saved.changed()
    assert saved.changed()


def test_whoever_asks_gets_a_look_even_when_nothing_was_saved(settings: Settings) -> None:
    saved = Saved(settings)
    saved.ask()
    assert [saved.changed(), saved.changed()] == [True, False]


def test_what_changed_is_told_by_id_and_never_by_name() -> None:
    before = configuration(
        watchlist=Watchlist(defenders=tuple(Defender(id=f"kh-{n}", name="Sok Dara") for n in range(3))),
        sources=(Source(id="a", name="A", url="https://a.example/f"),),
    )
    people = (*before.watchlist.defenders[1:], Defender(id="kh-9", name="Amina Yusuf"))
    people = (replace(people[0], country=("KH",)), *people[1:])
    after = replace(before, watchlist=Watchlist(defenders=people), sources=())
    assert effect(before, before) == ()
    said = effect(before, after)
    assert said == (
        "defenders added (1): kh-9",
        "defenders changed (1): kh-1",
        "defenders removed (1): kh-0",
        "sources removed (1): a",
    )


def test_a_long_list_of_changes_is_cut() -> None:
    before = configuration(watchlist=Watchlist())
    many = Watchlist(defenders=tuple(Defender(id=f"d{n}", name="X Y") for n in range(40)))
    (said,) = effect(before, replace(before, watchlist=many))
    assert said.startswith("defenders added (40): d0, d1")
    assert said.endswith(" …")


def test_another_route_is_told() -> None:
    before = configuration(Watchlist())
    after = replace(before, routing=replace(before.routing, remind={"critical": 60.0}))
    assert effect(before, after) == ("routes, mutes or timers changed",)
