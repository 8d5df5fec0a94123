"""Measurements, never tests: each prints one JSON line a figure, with its peer measured in the same run."""
