"""`python -m benchmarks NAME [--quick]`: print one JSON line a figure and exit 0 whatever the figures are; `all` runs every one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator

from benchmarks import daemon, delivery, events, hostile, hosts, incidents, names, pairs, poll, scale
from benchmarks.figure import Figure

BENCHES: dict[str, Callable[[bool], Iterator[Figure]]] = {
    "daemon": daemon.measure,
    "delivery": delivery.measure,
    "events": events.measure,
    "hostile": hostile.measure,
    "hosts": hosts.measure,
    "incidents": incidents.measure,
    "names": names.measure,
    "pairs": pairs.measure,
    "poll": poll.measure,
    "scale": scale.measure,
}


def main() -> None:
    """Run the named benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--quick", action="store_true", help="a short run, for trying the benchmark itself")
    chosen = parser.parse_args()
    for name, measure in BENCHES.items():
        if chosen.name in {name, "all"}:
            for figure in measure(chosen.quick):
                print(json.dumps(figure.line(name)), flush=True)


if __name__ == "__main__":
    main()
