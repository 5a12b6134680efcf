"""Audiences of platforms: markets and compositions, the people behind them, editions compared."""
