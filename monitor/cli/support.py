"""`hrd-monitor support-bundle`: what somebody who helps from afar needs to know of an installation, and nobody's name."""

from __future__ import annotations

import io
import json
import platform
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from monitor.cli.doctor import examine
from monitor.cli.options import settings
from monitor.cli.status import status
from monitor.config import Configuration, load
from monitor.config.in_force import unspoken
from monitor.config.replaced import replace_bytes
from monitor.config.settings import Settings
from monitor.errors import ConfigError, StoreError

LOG_LINES: Final = 2_000  #: of a log, the last ones
HIDDEN: Final = "[…]"  #: in place of a name, a secret or an address
_ADDRESS: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE)


def bundle(chosen: Settings, log: str, moment: datetime) -> bytes:
    """The bundle as a ZIP file. log: the text of a log, or nothing. Everything in it is searched once more for names and secrets."""
    findings, figures = examine(chosen, moment)
    parts: dict[str, Any] = {
        "doctor.json": {"findings": [vars_of(f) for f in findings], **figures},
        "machine.json": machine(),
        "settings.json": shape(chosen),
    }
    hidden: tuple[str, ...] = ()
    try:
        configuration = load(chosen)
        hidden = unspoken(configuration)
        parts["configuration.json"] = counted(configuration)
    except ConfigError as error:
        parts["configuration.json"] = {"mistakes": len(error.mistakes)}
    try:
        parts["status.json"] = status(chosen, moment)
    except StoreError as error:
        parts["status.json"] = {"unreadable": type(error).__name__}
    if log and hidden:  # without the list nobody can say what a log must not say
        parts["log.txt"] = "\n".join(log.splitlines()[-LOG_LINES:])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, value in sorted(parts.items()):
            text = value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False, default=str)
            out.writestr(name, without(text, hidden))
    return made.getvalue()


def vars_of(finding: Any) -> dict[str, Any]:
    """One finding of the doctor as a record."""
    return {"what": finding.what, "fix": finding.fix, "grave": finding.grave}


def machine() -> dict[str, Any]:
    """The system and the versions of everything that is installed beside us."""
    return {
        "system": platform.platform(),
        "python": sys.version,
        "packages": {d.name: d.version for d in sorted(distributions(), key=lambda d: d.name.lower())},
    }


def shape(chosen: Settings) -> dict[str, Any]:
    """Which settings are given, never what they say; only those without an address or a secret with their value."""
    plain = {"keep", "clocks", "log", "reconcile_after_s", "time_scale"}
    return {
        name: value if name in plain else "given"
        for name in sorted(type(chosen).model_fields)
        if (value := getattr(chosen, name)) not in (None, "", type(chosen).model_fields[name].default)
    }


def counted(configuration: Configuration) -> dict[str, Any]:
    """How much the files hold, of which kinds."""
    people = configuration.watchlist.defenders
    return {
        "sources": {
            "kind": _count(s.kind for s in configuration.sources),
            "page": _count(s.page for s in configuration.sources),
        },
        "countries of sources": _count(c for s in configuration.sources for c in s.country),
        "languages of sources": _count(c for s in configuration.sources for c in s.language),
        "defenders": {
            "kind": _count(d.kind for d in people),
            "sensitivity": _count(d.sensitivity.value for d in people),
            "priority": _count(d.priority.value for d in people),
            "spellings": _count(len(d.names) for d in people),
        },
        "assemblies": len(configuration.watchlist.assemblies),
        "channels": _count(kind for kind, _ in configuration.channels.values()),
        "routes": len(configuration.routing.routes),
        "trial": configuration.routing.trial is not None,
        "languages read": list(configuration.packs.codes),
        "notes": len(configuration.notes),
    }


def without(text: str, hidden: tuple[str, ...]) -> str:
    """A text in which no name, no secret and no address stands, in whatever case."""
    text = _ADDRESS.sub(HIDDEN, text)
    folded = text.casefold()
    for name in sorted({h.casefold() for h in hidden if h.strip()}, key=len, reverse=True):
        if name in folded:
            text = _cut(text, name)
            folded = text.casefold()
    return text


def _cut(text: str, name: str) -> str:
    """The text with every place where the folded name stands made unreadable; letters that fold to several are kept whole."""
    places = [k for k, c in enumerate(text) for _ in c.casefold()]
    folded, kept, at = text.casefold(), [], 0
    while (found := folded.find(name, at)) >= 0:
        first = places[at] if at < len(places) else len(text)
        kept.append(text[first : places[found]] + HIDDEN)
        at = found + len(name)
    kept.append(text[places[at] if at < len(places) else len(text) :])
    return "".join(kept)


def _count(values: Any) -> Mapping[str, int]:
    return dict(Counter(map(str, values)).most_common())


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("support-bundle")
    def command(
        file: Annotated[Path, typer.Argument(help="The ZIP file to write.")],
        log: Annotated[Path | None, typer.Option("--log", help="A file with the daemon's log.", exists=True)] = None,
    ) -> None:
        """Write what somebody who helps needs: versions, figures, states, findings; no name, no address, no secret. Read it before you send it.

        Example: hrd-monitor support-bundle hrd-monitor.zip
        """
        from monitor.app import now  # noqa: PLC0415 - the clock is read where the daemon reads it

        text = log.read_text("utf-8", "replace") if log else ""
        replace_bytes(file, bundle(settings(), text, now()), 0o600)
        typer.echo(f"{file} written; look through it before you send it: unzip -p {file} | less")
