"""Incidents as they are kept: reports put into them, clocks rung, rulings applied, messages put into the outbox; no network."""
