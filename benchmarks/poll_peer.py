"""The peer of the polling benchmark: the `reader` package over the same feeds, a round for each line on standard input.

`python -m benchmarks.poll_peer FEEDS PORT FOLDER` prints one JSON line a round: CPU seconds of user and system, and resident memory.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from reader import make_reader

from benchmarks.publisher import address
from benchmarks.usage import spent

WORKERS = 8  #: threads, as its documentation advises for many feeds


def main() -> None:
    """Add the feeds, then update them all at each line."""
    feeds, port, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with make_reader(str(folder / "reader.sqlite3")) as reader:
        for feed in range(feeds):
            reader.add_feed(address(feed, port))
        print("ready", flush=True)
        for _ in sys.stdin:
            before = spent()
            reader.update_feeds(workers=WORKERS, scheduled=False)
            print(json.dumps(spent().since(before, reader.get_entry_counts().total or 0)), flush=True)


if __name__ == "__main__":
    main()
