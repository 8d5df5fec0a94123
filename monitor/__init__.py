"""From a feed URL to an alert: poll sources, read articles, match the watchlist, keep incidents, decide what to say.

The journey, in the order of the folders: fetch → sources → text → detect, match → incidents → store, then `alerts` delivers.
"""

__version__ = "0.1.0"
