"""A file's new text → the file, replaced at once or not at all, with the rights it had."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace(path: Path, text: str, mode: int = 0o644) -> None:
    """Write beside the file and move over it. mode: the rights of a file that was not there before. Raises OSError."""
    replace_bytes(path, text.encode(), mode)


def replace_bytes(path: Path, data: bytes, mode: int = 0o644) -> None:
    """The same for what is no text. Raises OSError."""
    mode = path.stat().st_mode & 0o777 if path.exists() else mode
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
        new.write(data)
    os.chmod(new.name, mode)  # noqa: PTH101 - the name of a temporary file
    os.replace(new.name, path)  # noqa: PTH105 - the same
