"""The sentences of an entry are tried on the whole list, and what turns out otherwise is told without its words."""

from __future__ import annotations

from monitor.match import build
from monitor.match.expected import Unmet, unmet
from monitor.model import Defender, Watchlist

SOK = Defender(
    id="kh-0001",
    name="Sok Dara",
    against=("footballer",),
    should_match=("Police detained Dara Sok outside the court.", "Police detained her brother."),
    should_not_match=("The footballer Sok Dara scored twice.", "Sok Dara was arrested again."),
)


def test_only_what_turns_out_otherwise_is_told() -> None:
    found = list(unmet(build(Watchlist(defenders=(SOK,)))))
    assert found == [Unmet("kh-0001", True, 2), Unmet("kh-0001", False, 2)]
    assert "brother" not in str(found[0])
    assert str(found[1]).endswith("names this person; add the word that tells them apart to not")


def test_a_list_that_does_what_it_says_tells_nothing() -> None:
    assert list(unmet(build(Watchlist(defenders=(Defender(id="a", name="Amina Yusuf"),))))) == []
