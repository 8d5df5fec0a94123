"""Encrypted publishers: a proven certificate is read, any other is a failure that says why, and https never falls to http."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import trustme

from monitor.fetch import Fetcher
from monitor.model import FetchFailure, Response, Source, SourceState
from tests.fakes.web import Publisher

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BODY = b"<rss version='2.0'><channel><title>t</title></channel></rss>" + b" " * 400_000


class Encrypted:
    """A publisher behind TLS and what is needed to trust it."""

    def __init__(self, web: Publisher, authority: trustme.CA) -> None:
        self.web, self._authority = web, authority

    def trusting(self) -> ssl.SSLContext:
        """Trusts the authority that vouches for this publisher."""
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context


@pytest.fixture
async def encrypted() -> AsyncIterator[Encrypted]:
    authority = trustme.CA()
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(own)
    async with Publisher(context=own) as web:
        web.put("/feed.xml", BODY)
        web.redirect("/plain", "http://127.0.0.1:1/feed.xml")
        yield Encrypted(web, authority)


async def visit(web: Publisher, path: str, context: ssl.SSLContext | None) -> object:
    source = Source(id="s", name="s", url=web.url(path), allow_private=True)
    async with Fetcher(context=context, exchange_s=5) as fetcher:
        return await fetcher.fetch(source, SourceState(source_id="s", next_visit=NOW), NOW)


async def test_a_document_behind_a_proven_certificate_is_read_whole(encrypted: Encrypted) -> None:
    answer = await visit(encrypted.web, "/feed.xml", encrypted.trusting())
    assert isinstance(answer, Response)
    assert answer.body == BODY


async def test_a_certificate_nobody_vouches_for_is_a_failure_that_says_so(encrypted: Encrypted) -> None:
    answer = await visit(encrypted.web, "/feed.xml", None)
    assert isinstance(answer, FetchFailure)
    assert (answer.kind, answer.why.partition(":")[0]) == ("hard", "its certificate is not valid")
    assert encrypted.web.visits == []


async def test_a_redirect_never_leads_from_https_to_http(encrypted: Encrypted) -> None:
    answer = await visit(encrypted.web, "/plain", encrypted.trusting())
    assert isinstance(answer, FetchFailure)
    assert answer.kind == "hard"


async def test_a_server_that_speaks_no_tls_is_a_failure() -> None:
    async with Publisher() as web:
        web.put("/feed.xml", BODY)
        source = Source(id="s", name="s", url=web.url("/feed.xml").replace("http:", "https:"), allow_private=True)
        async with Fetcher(exchange_s=5) as fetcher:
            answer = await fetcher.fetch(source, SourceState(source_id="s", next_visit=NOW), NOW)
    assert isinstance(answer, FetchFailure)
