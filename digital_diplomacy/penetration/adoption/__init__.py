"""Adoption over the years: curves, their checks, forecasts and how well those would have done."""
