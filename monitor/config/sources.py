"""sources.yaml → the sources of the team, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from monitor.config.files import validated
from monitor.config.models import MIN_EVERY_PRIVATE_S, MIN_EVERY_S, SourcesFile
from monitor.config.yaml_reader import read
from monitor.errors import Mistake
from monitor.model import Source
from monitor.sources.page import faulty


def read_sources(path: Path, mistakes: list[Mistake]) -> tuple[Source, ...]:
    """The sources of a file; what is wrong is added to `mistakes`."""
    document = read(path)
    model = validated(document, SourcesFile)
    found: list[Source] = []
    lines: dict[str, int] = {}
    for index, item in enumerate(model.sources if model else ()):
        where = ("sources", index)
        every_s = item.every if item.every is not None else model.defaults.every if model else MIN_EVERY_S
        least = MIN_EVERY_PRIVATE_S if item.allow_private else MIN_EVERY_S
        if every_s < least:
            document.wrong(
                (*where, "every"), "this is more often than a publisher may be asked", f"write {least}s or more"
            )
        if item.id in lines:
            document.wrong(
                (*where, "id"),
                f"the id {item.id!r} stands twice, first on line {lines[item.id]}",
                "give this one another id",
            )
        select = tuple((p, s) for p, s in (item.select.model_dump() if item.select else {}).items() if s)
        for part, selector in select:
            why = faulty(selector)
            if why is not None:
                document.wrong(
                    (*where, "select", part), f"this is no CSS selector: {why}", "write one such as  article h2 a"
                )
        if select and item.kind != "page":
            document.wrong((*where, "select"), "only the kind page selects", "write  kind: page  or remove this key")
        lines[item.id] = document.places.get((*where, "id"), (0, 0))[0]
        found.append(
            Source(
                id=item.id,
                name=item.name,
                url=item.url,
                kind=item.kind,
                country=item.country,
                language=item.language,
                publisher=item.publisher,
                group=item.group or item.id,
                every_s=every_s,
                page=item.page or (model.defaults.page if model else "never"),
                proxy=item.proxy,
                allow_private=item.allow_private,
                select=select,
                hosts=item.hosts,
            )
        )
    mistakes += document.mistakes
    return tuple(found)
