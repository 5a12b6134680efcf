"""Castells' four powers as this package reads them, and what they answer."""
