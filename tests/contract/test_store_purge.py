"""A person is blacked out of every table, on both databases, and whatever is about somebody else stays."""

from __future__ import annotations

from sqlalchemy import MetaData, select

from monitor.config import load_packs
from monitor.incidents.redact import BLACK, Redactor
from monitor.incidents.rulings import Ruling, Verb
from monitor.incidents.silence import Silence
from monitor.match import build
from monitor.model import Defender, Sensitivity, Watchlist
from monitor.purge import purge
from monitor.store import articles, incidents, people, reports, rulings
from monitor.store.database import Database
from tests.fakes import stored
from tests.fakes.stored import NOW

PERSON = Defender(id="kh-0001", name="Sok Dara", names=("សុខ ដារ៉ា",), country=("KH",), sensitivity=Sensitivity.OPEN)
OTHER = Defender(id="ke-0001", name="Amina Yusuf", country=("KE",))


def _redactor() -> Redactor:
    return Redactor(PERSON, build(Watchlist(defenders=(PERSON,)), load_packs()), [OTHER])


def _filled(c) -> None:
    shared = "Police arrested Amina Yusuf and Sok Dara. Dara is held, Yusuf was freed. សុខ ដារ៉ា"
    articles.add(
        c, [stored.reading("own"), stored.reading("shared", text=shared, url="https://p.example/sok-dara-held")]
    )
    theirs = stored.citation("shared", quote=shared, url="https://p.example/sok-dara-held")
    incidents.save(c, stored.incident("i-own"))
    incidents.save(c, stored.incident("i-other", watch=("ke-0001",), citations=(theirs,)))
    reports.add(
        c,
        [
            (stored.report("own"), "i-own"),
            (stored.report("shared"), "i-own"),
            (stored.report("shared", watch="ke-0001", quote=shared), "i-other"),
        ],
    )
    people.add(c, "Sok Dara", "i-other", "shared", NOW)
    for incident in ("i-own", "i-other"):
        said = Ruling(incident=incident, verb=Verb.NOTE, by="a responder", at=NOW, text="spoke with Sok Dara's wife")
        rulings.add(c, said)
    rulings.silence(c, Silence(by="a responder", made=NOW, until=NOW, reason="Sok Dara's family asked"))


def _everything(database: Database) -> str:
    def read(c) -> str:
        known = MetaData()
        known.reflect(c)
        return "\n".join(sorted(repr(tuple(r)) for t in known.sorted_tables for r in c.execute(select(t))))

    return database.read_now(read)


async def test_no_table_names_the_person_and_the_other_case_stays(database: Database) -> None:
    database.transact_now(_filled)
    assert "Sok Dara" in _everything(database)
    done = await purge(database, PERSON.id, _redactor(), {}, lambda _name: None)
    assert (done.articles, done.incidents) == (2, 1)
    left = _everything(database)
    for trace in ("Sok Dara", "Dara is", "sok-dara", "សុខ", r"\u179f\u17bb"):
        assert trace not in left, trace
    other = database.read_now(lambda c: incidents.get(c, "i-other"))
    assert other.citations[0].quote.startswith(
        f"Police arrested Amina Yusuf and {BLACK * 8}. {BLACK * 4} is held, Yusuf"
    )
    assert other.citations[0].url == "https://p.example/"
    assert database.read_now(lambda c: incidents.get(c, "i-own")).citations[0].quote == ""
    again = await purge(database, PERSON.id, _redactor(), {}, lambda _name: None)
    assert again.deliveries == 0
    assert _everything(database) == left


def test_a_part_of_a_name_that_another_listed_person_bears_is_left_to_them() -> None:
    sister = Defender(id="kh-0009", name="Sok Pisey")
    redactor = Redactor(PERSON, build(Watchlist(defenders=(PERSON,)), load_packs()), [sister])
    said = redactor.text("Sok Dara and her sister Sok Pisey", named=True)
    assert said == f"{BLACK * 8} and her sister Sok Pisey"
