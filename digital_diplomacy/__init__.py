"""Reproducible research on digital diplomacy and the networked state."""

__version__ = "0.19.0"
