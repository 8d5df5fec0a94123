"""The pages that show names: behind the token, inert whatever a feed writes, and as useful to a team without Slack as Slack is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection

from monitor.incidents.rulings import Verb
from monitor.model import Act, Liberty, SourceState
from monitor.store import articles, incidents, people, reports, rulings, sources
from tests.fakes.desk import NOW, SOK, TOKEN, Played
from tests.fakes.stored import article, citation, incident, reading, report

HOSTILE = "<script>alert(1)</script>"
PAGES = (
    "/incidents", "/incidents/i-1", "/incidents/i-1/appeal", "/defenders", "/defenders/new", "/defenders/kh-0001",
    "/defenders/kh-0001/edit", "/people", "/sources", "/search?q=Sok",
)  # fmt: skip


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    made = Played(tmp_path)

    def fill(conn: Connection) -> None:
        """One case with a hostile publisher, an assembly, a candidate, two sources."""
        articles.add(
            conn, [reading("a1", title=HOSTILE, text=f"Police detained Sok Dara. {HOSTILE}", url="javascript:alert(1)")]
        )
        mine = citation("a1", publisher=f"Paper {HOSTILE}", quote=f"“{HOSTILE}”", url="javascript:alert(1)")
        incidents.save(conn, incident(citations=(mine,)))
        reports.add(conn, [(report(), "i-1")])
        other = incident(
            "i-2", watch=(), act=Act.ASSEMBLY_DISPERSAL, acts=(Act.ASSEMBLY_DISPERSAL,), assembly="kh-assemblies"
        )
        incidents.save(conn, replace(other, key="v1:2", liberty=Liberty.AT_LIBERTY, custody=None))
        people.add(conn, "Chan Dara & Co", "i-1", "a1", NOW)
        sources.ensure(conn, ["ngo", "far"], NOW)
        states = [("ngo", "heard", ""), ("far", "broken", f"answers 500 {HOSTILE}")]
        sources.save(
            conn, [SourceState(source_id=i, next_visit=NOW, heard=NOW, verdict=v, why=w) for i, v, w in states]
        )

    made.database.transact_now(fill)
    yield made
    made.database.close()


def word(page: httpx.Response) -> str:
    found = re.search(r'name="word" value="([0-9a-f]+)"', page.text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_with_a_name_opens_without_the_token(played: Played, path: str) -> None:
    async with played.asked(opened=False) as browser:
        answer = await browser.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=/")
        assert "Sok" not in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole_inert_and_uncached(played: Played, path: str) -> None:
    async with played.asked() as browser:
        answer = await browser.get(path)
    assert answer.status_code == 200
    assert HOSTILE not in answer.text
    assert 'href="javascript:' not in answer.text
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'; style-src 'self';" in answer.headers["content-security-policy"]


async def test_the_token_opens_and_another_does_not(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.pages.WRONG_TOKEN_S", 0.0)
    async with played.asked(opened=False) as browser:
        wrong = await browser.post("/login", data={"token": TOKEN + "x", "reader": "Mina"})
        assert (wrong.status_code, "not the token" in wrong.text) == (403, True)
        right = await browser.post("/login", data={"token": TOKEN, "reader": "Mina", "next": "//evil.example"})
        assert right.headers["location"] == "/incidents"
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert TOKEN not in cookie
        closed = await browser.post("/logout", data={"word": word(await browser.get("/incidents"))})
        assert closed.status_code == 303
        assert (await browser.get("/incidents")).status_code == 303


async def test_a_cookie_ends_after_a_shift_and_cannot_be_made_up(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with played.asked() as browser:
        name, value = next(iter(browser.cookies.items()))
        monkeypatch.setattr("tests.fakes.desk.NOW", NOW + timedelta(hours=13))
        assert (await browser.get("/incidents")).status_code == 303
        monkeypatch.undo()
        browser.cookies.clear()
        browser.cookies.set(name, value[:-1] + ("0" if value[-1] != "0" else "1"))
        assert (await browser.get("/incidents")).status_code == 303


async def test_seen_from_elsewhere_the_first_page_is_closed_and_machines_are_answered(played: Played) -> None:
    async with played.asked(opened=False, outside=True) as browser:
        assert (await browser.get("/")).status_code == 303
        assert (await browser.get("/healthz")).text == "alive"
        assert "hrd_monitor_polls" in (await browser.get("/metrics")).text
    async with played.asked(opened=False) as browser:
        first = await browser.get("/")
        assert first.status_code == 200
        assert "Sok Dara" not in first.text


async def test_one_incident_shows_its_quote_clock_and_who_is_on_it(played: Played) -> None:
    async with played.asked() as browser:
        page = (await browser.get("/incidents/i-1")).text
        assert "<bdi>Sok Dara</bdi> reported" in page
        assert "held, place known" in page
        assert "Overdue: no public report of where the person is" in page
        assert "nobody yet" in page
        card = (await browser.get("/incidents/i-1/appeal")).text
        assert "INTERNAL: no consent to publish is recorded" in card
        assert "Not known yet:" in card
        assert (await browser.get("/incidents/i-9")).status_code == 404


async def test_what_is_pressed_on_the_desk_is_recorded_at_once_with_who(played: Played) -> None:
    async with played.asked() as browser:
        page = await browser.get("/incidents/i-1")
        done = await browser.post("/incidents/i-1/act", data={"word": word(page), "action": "take"})
        assert done.headers["location"] == "/incidents/i-1"
        noted = await browser.post("/incidents/i-1/note", data={"word": word(page), "text": "the family was called"})
        assert noted.status_code == 303
        after = (await browser.get("/incidents/i-1")).text
    assert "<dd>Mina" in after
    assert "the family was called" in after
    made = played.database.read_now(lambda c: rulings.of_incident(c, "i-1"))
    assert [(r.verb, r.by) for r in made] == [(Verb.TAKE, "Mina"), (Verb.NOTE, "Mina")]


@pytest.mark.parametrize("how", ["no word", "elsewhere", "cross-site", "closed"])
async def test_a_form_that_is_not_ours_does_nothing(played: Played, how: str) -> None:
    async with played.asked(opened=how != "closed") as browser:
        given = {"action": "take"}
        if how != "closed":
            given |= {"word": word(await browser.get("/incidents/i-1")) if how != "no word" else "0" * 64}
        headers = {"elsewhere": {"Origin": "https://evil.example"}, "cross-site": {"Sec-Fetch-Site": "cross-site"}}
        answer = await browser.post("/incidents/i-1/act", data=given, headers=headers.get(how, {}))
        assert answer.status_code == (303 if how == "closed" else 403)
    assert played.database.read_now(lambda c: rulings.of_incident(c, "i-1")) == []


async def test_an_action_there_is_not_and_a_case_there_is_not_are_refused(played: Played) -> None:
    async with played.asked() as browser:
        mine = word(await browser.get("/incidents/i-1"))
        assert (await browser.post("/incidents/i-1/act", data={"word": mine, "action": "arrest"})).status_code == 400
        assert (await browser.post("/incidents/i-9/act", data={"word": mine, "action": "take"})).status_code == 404
        assert (await browser.post("/incidents/i-9/note", data={"word": mine, "text": "x"})).status_code == 404
        assert (
            await browser.post("/incidents/i-1/note", data={"word": mine, "text": "x" * 300_000})
        ).status_code == 413


async def test_the_form_tries_first_and_then_writes_with_every_comment_kept(played: Played) -> None:
    before = played.file.read_text("utf-8")
    async with played.asked() as browser:
        page = await browser.get("/defenders/new?name=Amina+Yusuf&country=NG")
        assert 'value="Amina Yusuf"' in page.text
        given = {"word": word(page), "name": "Amina Yusuf", "country": "NG", "names": "أمينة يوسف\nAmina Yussuf"}
        tried = await browser.post("/defenders/new", data={**given, "do": "try"})
        assert tried.status_code == 200
        assert "Nothing is written yet. The entry would be ng-0001." in tried.text
        assert "In the 7 articles of the last 30 days" in tried.text
        assert "أمينة يوسف" in tried.text
        assert played.file.read_text("utf-8") == before
        assert [d.id for d in played.tried[0].defenders] == ["kh-0001", "ng-0001"]
        saved = await browser.post("/defenders/new", data={**given, "do": "save"})
        assert saved.headers["location"] == "/defenders/ng-0001/edit?saved=1"
        assert "within five seconds" in (await browser.get(saved.headers["location"])).text
    text = played.file.read_text("utf-8")
    assert text.startswith(before.rstrip("\n"))
    assert "Amina Yussuf" in text
    assert played.file.stat().st_mode & 0o077 == 0


async def test_an_edit_changes_only_what_was_changed(played: Played) -> None:
    async with played.asked() as browser:
        page = await browser.get("/defenders/kh-0001/edit")
        given = {"word": word(page), "name": "Sok Dara", "names": "សុខ ដារ៉ា\nSok Darra", "country": "KH", "do": "save"}
        assert (await browser.post("/defenders/kh-0001/edit", data=given)).status_code == 303
    text = played.file.read_text("utf-8")
    assert "id: kh-0001  # the first" in text
    assert "Sok Darra" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "the entry has no name"),
        ({"country": "Atlantis"}, "Atlantis"),
        ({"review_by": "soon"}, "review_by"),
    ],
)
async def test_a_mistake_is_told_and_nothing_that_was_typed_is_lost(
    played: Played, wrong: dict[str, str], said: str
) -> None:
    before = played.file.read_text("utf-8")
    async with played.asked() as browser:
        page = await browser.get("/defenders/new")
        given = {"word": word(page), "name": "Amina Yusuf", "places": "Kano", "do": "save"}
        answer = await browser.post("/defenders/new", data={**given, **wrong})
    assert answer.status_code == 400
    assert said in answer.text
    assert "Kano" in answer.text
    assert played.file.read_text("utf-8") == before


async def test_a_candidate_is_watched_or_forgotten(played: Played) -> None:
    async with played.asked() as browser:
        page = await browser.get("/people")
        assert "/defenders/new?name=Chan%20Dara%20%26%20Co&amp;country=KH" in page.text
        await browser.post("/people/forget", data={"word": word(page), "name": "Chan Dara & Co"})
        assert "Chan Dara" not in (await browser.get("/people")).text


async def test_a_country_that_nobody_reports_from_any_more_stands_first(played: Played) -> None:
    async with played.asked() as browser:
        page = (await browser.get("/sources")).text
    assert page.index("<td>IR<td>0 of 1") < page.index("<td>KH<td>1 of 1")
    assert "A &lt;b&gt;Paper" in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Sokk Daraa", "Sok Dara"),
        ("ដារ៉ា", "Sok Dara"),
        ("riverton", "/incidents/i-1"),
        ("detained Sok", "<h2>Articles</h2>\n<ul>"),
    ],
)
async def test_the_search_finds_people_in_any_spelling_places_and_articles(
    played: Played, wanted: str, found: str
) -> None:
    async with played.asked() as browser:
        assert found in (await browser.get("/search", params={"q": wanted})).text
        assert "None." in (await browser.get("/search", params={"q": "zzzzzz"})).text
        assert (await browser.get("/search")).status_code == 200


async def test_one_entry_shows_what_it_is_found_under_and_what_befell_the_person(played: Played) -> None:
    async with played.asked() as browser:
        page = (await browser.get("/defenders/kh-0001")).text
        assert (await browser.get("/defenders/kh-0009")).status_code == 404
        assert (await browser.get("/defenders/kh-0009/edit")).status_code == 404
    assert "order reversed" in page
    assert 'href="/incidents/i-1"' in page
    assert SOK.names[0] in page
    assert article().id


async def test_the_chart_counts_people_by_the_week_they_were_taken(played: Played) -> None:
    async with played.asked() as browser:
        page = (await browser.get("/incidents")).text
        assert "<title>week of 2026-03-09: 1</title>" in page
        assert page.count("<rect") == 26
        empty = (await browser.get("/incidents?country=FR")).text
        assert "None." in empty
