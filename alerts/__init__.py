"""From an alert to a person: every alert that is enqueued arrives, or somebody is told that it did not.

This package knows nothing of defenders, feeds or police and imports nothing from `monitor`. Its input is one frozen value,
`alerts.model.Alert`; its promise is exactly one message per alert and channel, or one that says it may be a duplicate.
"""
