"""The errors of delivery; what a destination answers is an Outcome, never an exception."""

from __future__ import annotations


class AlertsError(Exception):
    """Something the operator must put right before alerts can arrive; the message says what, and names nobody."""


class RenderError(AlertsError):
    """An alert could not be laid out for a channel; the plain text layout is sent instead."""


class ChannelError(AlertsError):
    """A channel cannot be used as configured: a missing token, an unknown kind, an address that is none."""
