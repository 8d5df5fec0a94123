"""The files in use → what must be closed before anything runs, and what should be; each with the command that mends it."""

from __future__ import annotations

import shlex
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from monitor.config.channels import ChannelConfig
from monitor.config.load import Paths
from monitor.config.settings import ENV_FILE, Settings, twin_files
from monitor.config.watchlist_file import watchlist_files
from monitor.errors import Mistake


def permissions(
    paths: Paths,
    settings: Settings,
    channels: Mapping[str, ChannelConfig] | None = None,
    env_file: Path | None = ENV_FILE,
) -> tuple[tuple[Mistake, ...], tuple[Mistake, ...]]:
    """What `run` refuses to start with, and what is only noted.

    Refused: a secret file that others can read, a file of the configuration that others can change. Noted: a watchlist others can read.
    """
    del settings
    lists = watchlist_files(paths.watchlist)
    secret = [*twin_files(env_file), *_named_by(channels or {})]
    refusals = [*_readable(secret, "secrets"), *_writable([paths.sources, *lists, paths.alerts, *_packs(paths)])]
    return tuple(dict.fromkeys(refusals)), tuple(_readable(lists, "the watchlist"))


def _named_by(channels: Mapping[str, ChannelConfig]) -> Iterator[Path]:
    """The files with secrets that channels name in settings such as `url_file`."""
    for channel in channels.values():
        for key in getattr(channel.settings, "__dataclass_fields__", {}):
            value = getattr(channel.settings, key)
            if key.endswith("_file") and isinstance(value, str) and value:
                yield Path(value)


def _packs(paths: Paths) -> tuple[Path, ...]:
    return tuple(sorted(paths.packs.glob("*.yaml"))) if paths.packs else ()


def _readable(files: Iterable[Path], what: str) -> Iterator[Mistake]:
    for path, mode in _modes(files):
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            who = "everybody" if mode & stat.S_IRWXO else "the group"
            yield Mistake(
                str(path),
                0,
                0,
                f"{who} on this machine can read {what} in it",
                f"run: chmod 600 {shlex.quote(str(path))}",
            )


def _writable(files: Iterable[Path]) -> Iterator[Mistake]:
    """Files others can change, and folders in which others can put another file in its place."""
    files = list(files)
    for path, mode in _modes([*files, *dict.fromkeys(p.parent for p in files)]):
        sticky = stat.S_ISDIR(mode) and mode & stat.S_ISVTX
        if mode & stat.S_IWOTH and not sticky:
            yield Mistake(
                str(path), 0, 0, "everybody on this machine can change it", f"run: chmod o-w {shlex.quote(str(path))}"
            )


def _modes(files: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    for path in files:
        try:
            yield path, path.stat().st_mode
        except OSError:
            continue  # a file that is missing is told by whoever reads it
