"""Shares of people asked: intervals, tests, weights, and what their digits tell of the sample."""
