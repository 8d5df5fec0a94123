"""One article → everything it says: mentions, events, reports; the plain heart that workers, analyse, replay and explain share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.detect import detect
from monitor.detect.appointed import appointed
from monitor.incidents.reports import join
from monitor.languages.pack import Packs
from monitor.match import Index, match
from monitor.model import Article, Reading, Watchlist
from monitor.text.article import with_language
from monitor.text.language import Identifier


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to read: the language packs, the compiled index of names, the watchlist it was built from, and what tells languages apart."""

    packs: Packs
    index: Index
    watchlist: Watchlist
    identifier: Identifier

    def read(self, article: Article) -> Reading:
        """What this article says about whom. Raises whatever a stage raises: the caller keeps the article as unread."""
        article = with_language(article, self.identifier)
        mentions = match(article, self.index)
        detection = detect(article, self.packs, tuple(m.span for m in mentions))
        return Reading(
            article=article,
            mentions=mentions,
            events=detection.events,
            reports=tuple(
                replace(r, facts=appointed(article, r.facts, self.packs))
                for r in join(article, detection.events, mentions, self.watchlist)
            ),
            people=detection.people,
        )
