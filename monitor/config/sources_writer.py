"""One more source → the same sources.yaml with it at the end, every comment and line where it was."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from monitor.config.replaced import replace
from monitor.errors import ConfigError, Mistake

_HEAD = "# yaml-language-server: $schema=schemas/sources.schema.json\n"


def add(path: Path, items: Sequence[Mapping[str, Any]]) -> None:
    """Write these items to the end of a file's list, making the file when there is none. Raises ConfigError when it is no list of sources.

    The file is replaced at once or not at all.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = path.read_text("utf-8") if path.exists() else _HEAD + "sources: []\n"
    document = yaml.load(text)
    if not isinstance(document, CommentedMap):
        raise ConfigError((Mistake(str(path), 1, 1, "this is no list of sources", "begin it with  sources:"),))
    listed = document.get("sources")
    if listed is None or (isinstance(listed, CommentedSeq) and not listed):
        listed = CommentedSeq()
        document["sources"] = listed
    for item in items:
        listed.append(_flow(item))
    made = io.StringIO()
    yaml.dump(document, made)
    replace(path, made.getvalue())


def _flow(item: Mapping[str, Any]) -> CommentedMap:
    made = CommentedMap()
    made.fa.set_flow_style()  # a block after a commented line would lose its first line break
    for key, value in item.items():
        if isinstance(value, list | tuple):
            inner = CommentedSeq(value)
            inner.fa.set_flow_style()
            made[key] = inner
        else:
            made[key] = value
    return made
