"""Rows to figures."""
from digital_diplomacy.figures import style
from digital_diplomacy.figures.series import plot_series
from digital_diplomacy.figures.estimates import plot_estimates, plot_pairs
from digital_diplomacy.figures.networks import plot_network
from digital_diplomacy.figures.findings import plot_findings
