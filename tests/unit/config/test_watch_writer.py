"""The watchlist changed by command: only the entry meant, with every comment, and nothing at all when it would be wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.cli.watch_entries import alike, altered, assigned
from monitor.config import load_watchlist
from monitor.config.watch_writer import add, edit, entries, exported, fresh_id, keep, read_import, remove
from monitor.errors import ConfigError

LIST = """# our list
defenders:
  - id: kh-0001    # never changed
    name: Sok Dara
    names:         # other spellings
      - សុខ ដារ៉ា
    country: [KH]
    review_by: 2027-03-01   # look again

  # the second one
  - id: kh-0002
    name: Chan Bopha
"""


@pytest.fixture
def watchlist(tmp_path: Path) -> Path:
    path = tmp_path / "watchlist.yaml"
    path.write_text(LIST, "utf-8")
    path.chmod(0o640)
    return path


def test_an_edit_changes_its_own_lines_and_no_other(watchlist: Path) -> None:
    edit(watchlist, "kh-0001", lambda entry: altered(entry, ["names+=Dara Sok", "priority=urgent"]))
    assert watchlist.read_text("utf-8") == LIST.replace(
        "      - សុខ ដារ៉ា\n", "      - សុខ ដារ៉ា\n      - Dara Sok\n"
    ).replace("    review_by", "    priority: urgent\n    review_by")
    assert stat.S_IMODE(watchlist.stat().st_mode) == 0o640


def test_every_comment_stays(watchlist: Path) -> None:
    edit(watchlist, "kh-0001", lambda entry: altered(entry, ["names-=សុខ ដារ៉ា", "names+=Dara Sok", "country="]))
    add(watchlist, [{"id": "kh-0003", "name": "Ana Velt", "country": ["KH"]}])
    text = watchlist.read_text("utf-8")
    for comment in ("# our list", "# never changed", "# look again", "# the second one"):
        assert comment in text
    found = {d.id: d for d in load_watchlist(watchlist).defenders}
    assert found["kh-0001"].names == ("Dara Sok",)
    assert found["kh-0001"].country == ()
    assert found["kh-0003"].name == "Ana Velt"


def test_an_entry_is_taken_out_alone(watchlist: Path) -> None:
    remove(watchlist, "kh-0001")
    assert [d.id for d in load_watchlist(watchlist).defenders] == ["kh-0002"]


@pytest.mark.parametrize(
    "given_", [["priority=purple"], ["id=kh-0002"], ["sensitivity=silent"], ["review_by=soon"], ["name="]]
)
def test_what_could_not_be_read_again_is_not_written(watchlist: Path, given_: list[str]) -> None:
    with pytest.raises(ConfigError) as error:
        edit(watchlist, "kh-0001", lambda entry: altered(entry, given_))
    assert watchlist.read_text("utf-8") == LIST
    assert all(m.path == str(watchlist) for m in error.value.mistakes)


@pytest.mark.parametrize("wrong", ["colour=red", "names", "name+=x", "name-=x"])
def test_what_cannot_be_done_is_said(wrong: str) -> None:
    with pytest.raises(ConfigError):
        altered({"id": "a"}, [wrong])


def test_a_key_without_a_value_is_said() -> None:
    with pytest.raises(ConfigError):
        assigned(["country"])


def test_one_file_a_team_is_changed_where_the_entry_stands(watchlist: Path) -> None:
    team = watchlist.with_name("watchlist.d")
    team.mkdir()
    (team / "north.yaml").write_text("defenders:\n  - {id: n-1, name: Oto Brandel}\n", "utf-8")
    (team / "south.csv").write_text("id,name,country\ns-1,Ana Velt,KH|TH\n", "utf-8")
    edit(watchlist, "n-1", lambda entry: {**entry, "owner": "north"})
    edit(watchlist, "s-1", lambda entry: altered(entry, ["country-=TH"]))
    assert watchlist.read_text("utf-8") == LIST
    assert "owner: north" in (team / "north.yaml").read_text("utf-8")
    assert {d.id: d.country for d in load_watchlist(watchlist).defenders}["s-1"] == ("KH",)
    remove(watchlist, "s-1")
    assert len(load_watchlist(watchlist).defenders) == 3


def test_ids_are_counted_by_country(watchlist: Path) -> None:
    assert fresh_id(watchlist, ["KH"]) == "kh-0003"
    assert fresh_id(watchlist) == "d-0001"


def test_a_list_that_was_not_there_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.yaml"
    add(path, [{"id": "a-1", "name": "Ana Velt"}])
    keep(tmp_path / "copy.csv", exported(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "copy.csv").stat().st_mode) == 0o600


def test_a_plain_list_is_one_name_a_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("# partners\nAna  Velt\n\nOto Brandel\n", "utf-8")
    assert read_import(path) == [{"name": "Ana Velt"}, {"name": "Oto Brandel"}]


def test_who_may_be_the_same_person_is_pointed_out(watchlist: Path) -> None:
    add(
        watchlist,
        [{"id": "x-1", "name": "Sok Darra"}, {"id": "x-2", "name": "Bopha"}, {"id": "x-3", "name": "Oto Brandel"}],
    )
    assert any("kh-0001" in note and "x-1" in note for note in alike(watchlist, ["x-1"]))
    assert alike(watchlist, ["x-3"]) == []


TEXT = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="|"), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"name": TEXT},
            optional={
                "names": st.lists(TEXT, min_size=1, max_size=3),
                "note": TEXT,
                "priority": st.sampled_from(["urgent", "high"]),
            },
        ),
        max_size=4,
    )
)
def test_csv_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, people: list[dict[str, object]]) -> None:
    folder = tmp_path_factory.mktemp("csv")
    path, copy = folder / "w.yaml", folder / "w.csv"
    add(path, [{"id": f"d-{n}", **person} for n, person in enumerate(people)])
    keep(copy, exported(path))
    assert load_watchlist(copy).defenders == load_watchlist(path).defenders
    assert len(list(entries(copy))) == len(people)
