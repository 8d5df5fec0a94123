"""`python -m monitor COMMAND` is the same as `hrd-monitor COMMAND`."""

from __future__ import annotations

from monitor.cli import main

if __name__ == "__main__":
    main()
