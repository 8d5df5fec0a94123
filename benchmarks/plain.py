"""A reader that finds nothing, for benchmarks of what comes before reading; of its own, so that worker processes can import it."""

from __future__ import annotations

from monitor.model import Article, Reading


class Plain:
    """Makes the article and keeps it, and looks for nothing in it."""

    identifier = None

    def read(self, article: Article) -> Reading:
        """The article alone."""
        return Reading(article=article)
