"""A fact that names the next date of a case, as written → the day itself, where the text says which."""

from __future__ import annotations

import re
from datetime import date

from monitor.detect.almanac import Almanac
from monitor.detect.dates import dates
from monitor.detect.page import prepare
from monitor.languages.pack import Packs
from monitor.model import Article, Fact

_YEAR = re.compile(r"\d{4}")


def appointed(article: Article, facts: tuple[Fact, ...], packs: Packs) -> tuple[Fact, ...]:
    """The facts, and beside the next date as written the day it means as ISO 8601; a day without a year lies ahead of publication."""
    pack = packs.for_language(article.language)
    written = next((f for f in facts if f.key == "next_date"), None)
    if pack is None or written is None or article.published is None:
        return facts
    published = article.published.date()
    page = prepare("text", written.value, pack, ())
    days = [
        d.occurrence.first
        for s in page.sentences
        for d in dates(page, s, published, Almanac.of(page))
        if d.occurrence.first == d.occurrence.last
    ]
    if not days:
        return facts
    day = days[0] if days[0] >= published or _YEAR.search(written.value) else _a_year_on(days[0])
    return (*facts, Fact(key="next_day", value=day.isoformat(), span=written.span)) if day >= published else facts


def _a_year_on(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28) if day.month == 2 else day.day)
