"""By which keys an entry is known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.model import Entry
from monitor.sources.identity import content_digest, keyed, keys

ENTRY = Entry(
    source_id="s",
    guid="https://ngo.example/?p=71",
    url="https://ngo.example/2026/lawyer-held",
    title="Lawyer held in Mirovka",
    summary="<p>Police held the lawyer Tamsin Orlo outside the court.</p>",
    published=datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "http://www.ngo.example/?p=71"},
        {"guid": "https://ngo.example/?p=71&utm_source=rss"},
        {"guid": "new-71"},
        {"guid": ""},
        {"url": "http://ngo.example/2026/lawyer-held/?fbclid=1"},
        {"url": "https://new-home.example/a/71", "guid": "new-71"},
        {"title": "UPDATED: lawyer held in Mirovka"},
        {"title": "Lawyer held – in Mirovka!", "guid": "", "url": ""},
        {"summary": "<div>Police held the lawyer Tamsin Orlo, outside the court</div>", "guid": "", "url": ""},
    ],
)
def test_an_entry_is_known_again_after_a_change(change: dict[str, str]) -> None:
    assert set(keys(ENTRY)) & set(keys(replace(ENTRY, **change)))


@pytest.mark.parametrize(
    "other",
    [
        {"guid": "2", "url": "https://ngo.example/2026/another", "title": "Another lawyer held"},
        {"guid": "2", "url": "https://ngo.example/2026/another", "published": datetime(2026, 11, 2, tzinfo=UTC)},
        {
            "guid": "2",
            "url": "https://ngo.example/2026/another",
            "summary": "<p>A second lawyer was held in the evening.</p>",
        },
        {"source_id": "t"},
    ],
)
def test_another_entry_shares_no_key(other: dict[str, object]) -> None:
    assert not set(keys(ENTRY)) & set(keys(replace(ENTRY, **other)))  # type: ignore[arg-type]


def test_the_guid_is_the_first_key_then_the_address_then_the_words() -> None:
    assert [k[0] for k in keys(ENTRY)] == ["g", "u", "t"]
    assert [k[0] for k in keys(replace(ENTRY, guid=""))] == ["u", "t"]
    assert len(keys(Entry(source_id="s", guid="", url="", title=""))) == 1


def test_items_that_all_link_to_the_front_page_are_different_entries() -> None:
    one = replace(ENTRY, guid="", url="https://ngo.example/alerts")
    assert not set(keys(one)) & set(keys(replace(one, title="Second", summary="Other words")))


def test_a_guid_that_repeats_in_one_document_names_nobody() -> None:
    first, second = (
        replace(ENTRY, guid="same"),
        replace(ENTRY, guid="same", url="https://ngo.example/2026/second-one", title="Second"),
    )
    listed = keyed((first, second))
    assert [e for e, _ in listed] == [first, second]
    assert not set(listed[0][1]) & set(listed[1][1])


def test_an_address_that_repeats_in_one_document_names_nobody() -> None:
    first, second = replace(ENTRY, guid="1"), replace(ENTRY, guid="2", title="Second")
    assert [len(k) for _, k in keyed((first, second))] == [2, 2]


def test_what_is_listed_twice_comes_once() -> None:
    assert len(keyed((ENTRY, ENTRY))) == 1


def test_entries_without_words_or_names_are_still_told_apart() -> None:
    bare = Entry(source_id="s", guid="x", url="", title="")
    assert len({k for _, k in keyed((bare, replace(bare, guid="y"), replace(bare, guid="z")))}) == 3


def test_an_edit_changes_the_fingerprint_and_a_comma_does_not() -> None:
    assert content_digest(ENTRY) == content_digest(
        replace(ENTRY, summary="<b>Police held the lawyer Tamsin Orlo outside the court")
    )
    assert content_digest(ENTRY) != content_digest(replace(ENTRY, summary="Police freed the lawyer"))
