"""The commands: one file each, registered here; what is wrong is told on standard error with file, line and the next step."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from alerts.errors import AlertsError
from monitor import __version__
from monitor.cli import (
    analyse,
    backtest,
    backup,
    channels,
    check,
    desk,
    doctor,
    explain,
    export,
    incident,
    migrate_store,
    people,
    purge,
    replay,
    run,
    schema,
    setup,
    silence,
    sources,
    status,
    support,
    watch,
    why_not,
)
from monitor.errors import MonitorError

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Watch for defenders who are taken, and tell once.",
)
for _command in (
    run,
    check,
    setup,
    analyse,
    replay,
    explain,
    why_not,
    backtest,
    export,
    incident,
    silence,
    people,
    status,
    desk,
    schema,
    backup,
    purge,
    doctor,
    support,
    migrate_store,
):
    _command.register(app)
sources.register(app)
channels.register(app)
watch.register(app)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        print(f"hrd-monitor {__version__}")
        raise typer.Exit


def main() -> None:
    """Run one command; 0 done, 1 found problems, 2 wrong use or configuration. No traceback for an expected failure."""
    try:
        app()
    except (MonitorError, AlertsError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


__all__ = ["app", "main"]
