"""Audiences of platforms: markets and compositions, the people behind them, editions compared.

`people` bounds how many people stand behind audiences that overlap (Fréchet), `bounds` does so for whole tables and
counts for each hundred; `markets` and `platforms` measure shares of platforms, `compositions` shares as parts of one
whole; `populations` derives what count and share imply, `editions` compares what one publisher printed at two times.
"""
