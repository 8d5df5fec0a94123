"""An offline demonstration: a local publisher, the real daemon, one arrest from first report to release; everybody in it is invented."""
