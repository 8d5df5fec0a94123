"""What opens the desk's pages with names: the token of the settings, else one that is made once and kept beside the database."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from monitor.config.replaced import replace
from monitor.config.settings import Settings

FILE: Final = "desk-token"
BYTES: Final = 24  #: of chance in a token that we make


def desk_token(settings: Settings) -> str:
    """The token. One that is made here is readable by this user alone. Raises OSError when the data folder cannot be written."""
    if settings.web_token is not None:
        return settings.web_token.get_secret_value()
    path = settings.data / FILE
    held = _held(path)
    if held:
        return held
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = secrets.token_urlsafe(BYTES)
    replace(path, made + "\n", 0o600)
    return made


def _held(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""
