"""Reports → incidents → alerts: join what was done to whom, judge which happening it is, decide who must hear, and say it."""
