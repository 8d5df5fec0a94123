"""The address the desk listens on → a server that the daemon starts and stops itself."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

import uvicorn
from starlette.applications import Starlette

from monitor.errors import ConfigError, Mistake


def private(address: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    host = address.rpartition(":")[0].strip("[]")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def server(address: str, made: Callable[[], Starlette]) -> uvicorn.Server | None:
    """A server for host:port, None for "off"; the desk is made only when it is served. Raises ConfigError when the address is taken or not ours."""
    if address == "off":
        return None
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, int(port)))
        except OSError:
            what = "this address is taken or not ours"
            raise ConfigError((Mistake("HRD_MONITOR_WEB", 0, 0, what, "write another port, or off"),)) from None
    config = uvicorn.Config(
        made(), host=host, port=int(port), log_config=None, access_log=False, server_header=False, lifespan="off"
    )
    serving = uvicorn.Server(config)
    serving.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  # the daemon's own handlers stop everything
    return serving
