"""What a service manager is told: ready, alive, stopping. systemd's protocol: one datagram to the socket that NOTIFY_SOCKET names."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from typing import Final

READY: Final = "READY=1"
ALIVE: Final = "WATCHDOG=1"
STOPPING: Final = "STOPPING=1"


def tell(word: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Say one word to the service manager; False where there is none, or it does not listen. A leading @ means an abstract socket."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    if address.startswith("@"):
        address = f"\0{address[1:]}"
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto(word.encode(), address)
        return True
    return False
