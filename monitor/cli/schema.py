"""`hrd-monitor schema`: the editors' schemas of the three files, JSON Schema draft-07."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from monitor.config.models import AlertsFile, SourcesFile, WatchlistFile

MODELS: dict[str, type[BaseModel]] = {"sources": SourcesFile, "watchlist": WatchlistFile, "alerts": AlertsFile}
DRAFT = "http://json-schema.org/draft-07/schema#"


def schema(name: str) -> dict[str, Any]:
    """The schema of one file; lists may be written as one value, times and durations as texts, as the reader takes them."""
    made = MODELS[name].model_json_schema(by_alias=True, mode="validation")
    text = (
        json.dumps({"$schema": DRAFT, **made}).replace("#/$defs/", "#/definitions/").replace('"$defs"', '"definitions"')
    )
    found: dict[str, Any] = _loosened(json.loads(text))
    return found


def _loosened(node: Any) -> Any:
    """Every list of texts may also be one text; dates and times are plain texts."""
    if isinstance(node, list):
        return [_loosened(n) for n in node]
    if not isinstance(node, dict):
        return node
    found = {k: _loosened(v) for k, v in node.items() if not (k == "format" and v in {"date", "time"})}
    items = found.get("items")
    if found.get("type") == "array" and isinstance(items, dict) and (items.get("type") == "string" or "$ref" in items):
        kept = {k: found.pop(k) for k in ("description", "default", "examples", "title") if k in found}
        return {**kept, "anyOf": [found, items, {"type": "null"}]}
    return found


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("schema")
    def command(
        name: Annotated[Literal["sources", "watchlist", "alerts"] | None, typer.Argument(help="Which file.")] = None,
        write: Annotated[Path | None, typer.Option("--write", help="Write all three into this folder.")] = None,
    ) -> None:
        """Print what an editor needs to help with a file.

        Example: hrd-monitor schema watchlist
        """
        if write is not None:
            write.mkdir(parents=True, exist_ok=True)
            for each in MODELS:
                (write / f"{each}.schema.json").write_text(
                    json.dumps(schema(each), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
                )
        elif name is not None:
            typer.echo(json.dumps(schema(name), indent=1, ensure_ascii=False))
        else:
            raise typer.BadParameter("name one of sources, watchlist, alerts, or use --write FOLDER")
