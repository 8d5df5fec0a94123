"""A file's `defaults:` and its lists of entries → the entries with what they leave unsaid, so that each can be judged alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from monitor.config.document import Document
from monitor.config.mistakes import told
from monitor.errors import Mistake


def fill(
    document: Document, lists: Iterable[str], model: type[BaseModel]
) -> tuple[dict[str, Any], tuple[Mistake, ...]]:
    """The file's values without `defaults`, every entry of the named lists filled up, and what is wrong with the defaults.

    A default that is wrong is told once and given to nobody.
    """
    value = dict(document.value)
    given = value.pop("defaults", None)
    if "defaults" not in document.value:
        return value, ()
    found: tuple[Mistake, ...] = ()
    refused: set[str] = set()
    try:
        model.model_validate(given)
    except ValidationError as error:
        found = tuple(told(document, error, model, ("defaults",)))
        refused = {str(e["loc"][0]) for e in error.errors(include_url=False) if e["loc"]}
    good = {k: v for k, v in given.items() if k not in refused} if isinstance(given, dict) else {}
    for name in lists:
        entries = value.get(name)
        if isinstance(entries, list):
            value[name] = [{**good, **entry} if isinstance(entry, dict) else entry for entry in entries]
    return value, found
