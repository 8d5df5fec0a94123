"""A desk over a real database in memory: everything but the daemon around it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from alerts.model import AlertKind, Routing
from alerts.routing import Destination
from monitor.backtest import Difference
from monitor.casework.terms import Terms
from monitor.languages.pack import Packs
from monitor.model import Defender, Source, Watchlist
from monitor.store.database import Database
from monitor.store.migrate import migrate
from monitor.web.desk import Desk, application
from monitor.web.meters import Meters
from monitor.web.overview import overview
from monitor.web.work import Work

NO_PACKS = Packs({})  #: nothing here reads articles
TOKEN = "sesame-for-the-desk"
NOW = datetime(2026, 3, 15, 9, 0, tzinfo=UTC)
SOK = Defender(id="kh-0001", name="Sok Dara", names=("សុខ ដារ៉ា",), country=("KH",))
LEILA = Defender(id="ir-0001", name="Leila Omidvar", names=("لیلا امیدوار",), country=("IR",))
SOURCES = (
    Source(id="ngo", name="A <b>Paper</b>", url="https://a.example/f", country=("KH",), language=("km",)),
    Source(id="far", name="B", url="https://b.example/f", country=("IR",), language=("fa",)),
)
WHERE = {"ops": Destination(addresses=("ops@ngo.example",), parts=dict.fromkeys(AlertKind, ("post",)))}


class Played:
    """The parts a test looks at. tried: the lists whose difference was asked for."""

    def __init__(self, folder: Path, packs: Packs = NO_PACKS) -> None:
        self.database = Database.open("sqlite://")
        migrate(self.database, NOW)
        self.watchlist = Watchlist(defenders=(SOK, LEILA))
        self.file = folder / "watchlist.yaml"
        self.file.write_text(
            "# our list\ndefenders:\n  - id: kh-0001  # the first\n    name: Sok Dara\n    names: [សុខ ដារ៉ា]\n    country: [KH]\n",
            "utf-8",
        )
        self.file.chmod(0o600)
        self.tried: list[Watchlist] = []
        self.ailment: str | None = None
        self.packs = packs

    def desk(self, *, outside: bool = False, token: str = TOKEN) -> Desk:
        """The desk of these parts."""
        meters = Meters()

        async def page() -> Mapping[str, Any]:
            """No incident on the first page."""
            return overview({}, [], [], {}, SOURCES, 2, NOW, "terminal", self.ailment, "1.2.3")

        async def ill() -> str | None:
            """As the test says."""
            return self.ailment

        async def metrics() -> bytes:
            """Nothing but the names of the meters."""
            return meters.show({}, 0.0, {})

        async def difference(edited: Watchlist) -> Difference:
            """Remember what was asked; nothing differs."""
            self.tried.append(edited)
            return Difference(changed=(), looked=7, lost=0, gained=(), missed=())

        work = Work(
            read=self.database.read,
            write=self.database.transact,
            terms=self.terms,
            packs=lambda: self.packs,
            watchlist=self.file,
            difference=difference,
            now=lambda: NOW,
        )
        return Desk(page, ill, metrics, work, token, outside)

    def terms(self) -> Terms:
        """What casework decides by."""
        return Terms(
            watchlist=self.watchlist,
            sources={s.id: s for s in SOURCES},
            routing=Routing(routes=(), operator=("ops",)),
            destinations=WHERE,
            secret=b"s",
        )

    @asynccontextmanager
    async def asked(self, *, opened: bool = True, outside: bool = False) -> AsyncIterator[httpx.AsyncClient]:
        """A browser at the desk; opened: with the token given."""
        app = application(self.desk(outside=outside))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
            if opened:
                answer = await client.post("/login", data={"token": TOKEN, "reader": "Mina", "next": "/incidents"})
                assert answer.status_code == 303
            yield client
