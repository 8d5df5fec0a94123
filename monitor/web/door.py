"""Who may see names: a token asked once → a signed cookie with the reader's own name in it, and a word that only our forms carry."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

COOKIE: Final = "hrd-monitor-desk"
LASTS: Final = timedelta(hours=12)  #: a shift; after it the token is asked for again
MAX_NAME: Final = 60  #: characters of the name a reader gives


@dataclass(frozen=True, slots=True)
class Door:
    """The token and the clock. Nothing is kept: a cookie says by itself whose it is and until when."""

    token: str
    now: Callable[[], datetime]

    def opens(self, given: str) -> bool:
        """Whether this is the token; takes as long either way."""
        return hmac.compare_digest(given.strip().encode("utf-8", "surrogatepass"), self.token.encode())

    def cookie(self, reader: str) -> str:
        """What a reader carries from now on."""
        until = int((self.now() + LASTS).timestamp())
        said = base64.urlsafe_b64encode(json.dumps([until, " ".join(reader.split())[:MAX_NAME]]).encode()).decode()
        return f"{said}.{self._sign('session', said)}"

    def reader(self, request: Request) -> str | None:
        """The name of whoever asks; None when the door is closed to them."""
        said, _, signature = request.cookies.get(COOKIE, "").rpartition(".")
        if not said or not hmac.compare_digest(signature, self._sign("session", said)):
            return None
        until, name = json.loads(base64.urlsafe_b64decode(said))
        return str(name) if until > self.now().timestamp() else None

    def word(self, request: Request) -> str:
        """What every form of this reader carries, so that no other page can send one in their name."""
        return self._sign("form", request.cookies.get(COOKIE, ""))

    def ours(self, request: Request, word: str) -> bool:
        """Whether a form was sent from one of our own pages."""
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
            return False
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        return hmac.compare_digest(word.encode("utf-8", "surrogatepass"), self.word(request).encode())

    def _sign(self, use: str, said: str) -> str:
        return hmac.digest(self.token.encode(), f"{use}:{said}".encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
