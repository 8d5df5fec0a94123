"""An item's own web page → the text of its article, without menus and advertisements; empty where none is found."""

from __future__ import annotations

import html

MAX_BYTES = 2_000_000  #: of a page; larger ones are no article, and the extractor is slower than linear


def main_text(body: bytes) -> str:
    """The article of a page as paragraphs of markup, so that it is cleaned like any other entry. Runs in a worker: pages may be hostile."""
    if len(body) > MAX_BYTES:
        return ""
    import trafilatura  # noqa: PLC0415 - 20 MB that only a worker which reads pages has to hold

    found = trafilatura.extract(body, fast=True, include_comments=False, include_tables=False)
    return "".join(f"<p>{html.escape(line)}</p>" for line in (found or "").splitlines() if line.strip())
