"""The desk and the two addresses machines ask: / for people, /healthz and /metrics for supervisors. No page here shows a name."""
