"""The configuration's files on disk → whether they were saved anew: by an editor that renames, by scp, or by a mounted folder that is swapped."""

from __future__ import annotations

from monitor.config.files import watchlist_files
from monitor.config.settings import Settings

Look = tuple[tuple[str, int, int, int], ...]


class Saved:
    """Watches the files by looking at them. A change counts once two looks in a row saw the same: nobody reads half a file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known = self._seen = self._look()
        self._asked = False

    def ask(self) -> None:
        """Take the next look for a change, whatever it sees."""
        self._asked = True

    def changed(self) -> bool:
        """Whether the files are to be read anew."""
        now = self._look()
        settled, self._seen = now == self._seen, now
        if not self._asked and (not settled or now == self._known):
            return False
        self._known, self._asked = now, False
        return True

    def _look(self) -> Look:
        """Name, inode, time and size of every file; one that is not there is left out."""
        s = self._settings
        packs = sorted(s.packs.glob("*.yaml")) if s.packs else []
        found = []
        for path in (s.sources, s.alerts, *watchlist_files(s.watchlist), *packs):
            try:
                seen = path.stat()
            except OSError:
                continue
            found.append((str(path), seen.st_ino, seen.st_mtime_ns, seen.st_size))
        return tuple(found)
