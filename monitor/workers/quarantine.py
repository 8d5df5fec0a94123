"""Documents that cost a worker → remembered by digest, so that the same bytes never cost a second one."""

from __future__ import annotations

from collections import OrderedDict

MOST = 2_000  #: digests remembered, the oldest forgotten first; each is 16 bytes and a few words


class Quarantine:
    """What must not be read again as a whole, and why. Forgotten with the process: the first try after a start may cost one worker."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._why: OrderedDict[bytes, str] = OrderedDict()

    def add(self, digest: bytes, why: str) -> None:
        """Remember a digest."""
        self._why[digest] = why
        self._why.move_to_end(digest)
        while len(self._why) > self._most:
            self._why.popitem(last=False)

    def why(self, digest: bytes) -> str | None:
        """Why these bytes must not be read; None when nothing is known against them."""
        return self._why.get(digest)
