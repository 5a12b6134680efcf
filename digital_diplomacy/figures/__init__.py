"""Rows to figures: every ``plot_*`` function draws one declared result table in Kazakh, Russian or English.

``plot_series``, ``plot_estimates``, ``plot_pairs``, ``plot_network`` and ``plot_findings`` return a matplotlib figure
with every interval drawn; ``show``, ``show_table``, ``show_sentences`` and ``show_answer`` are what
notebooks call.
"""

from digital_diplomacy.figures.alternative import describe
from digital_diplomacy.figures.displays import (
    show,
    show_answer,
    show_finding,
    show_missing,
    show_sentences,
    show_table,
    show_view,
)
from digital_diplomacy.figures.filling import fill_sentences
from digital_diplomacy.figures.html_tables import labelled, table_html
from digital_diplomacy.figures.interactive import attach_to_lab
from digital_diplomacy.figures.kinds.compared import plot_compared
from digital_diplomacy.figures.kinds.crossing import plot_crossing
from digital_diplomacy.figures.kinds.dumbbells import plot_dumbbells
from digital_diplomacy.figures.kinds.estimates import plot_estimates, plot_pairs
from digital_diplomacy.figures.kinds.exchange import plot_exchange
from digital_diplomacy.figures.kinds.findings import plot_findings
from digital_diplomacy.figures.kinds.maps import plot_map
from digital_diplomacy.figures.kinds.matrix import plot_matrix
from digital_diplomacy.figures.kinds.multiples import plot_multiples
from digital_diplomacy.figures.kinds.networks import plot_network
from digital_diplomacy.figures.kinds.noticed import plot_noticed
from digital_diplomacy.figures.kinds.places import plot_places
from digital_diplomacy.figures.kinds.powers import plot_powers
from digital_diplomacy.figures.kinds.profiles import plot_profile
from digital_diplomacy.figures.kinds.ranking import plot_ranking
from digital_diplomacy.figures.kinds.repeats import plot_repeats
from digital_diplomacy.figures.kinds.scatter import plot_scatter
from digital_diplomacy.figures.kinds.sensitivity import plot_sensitivity
from digital_diplomacy.figures.kinds.series import plot_series
from digital_diplomacy.figures.kinds.spread import plot_spread
from digital_diplomacy.figures.kinds.squares import plot_squares
from digital_diplomacy.figures.kinds.stacks import plot_stacks
from digital_diplomacy.figures.kinds.timeline import plot_timeline
from digital_diplomacy.figures.parts.style import png, svg
from digital_diplomacy.figures.parts.wording import column_decimals
from digital_diplomacy.figures.views.document import View, document
from digital_diplomacy.figures.views.network import view_network
from digital_diplomacy.figures.views.ranking import view_ranking
from digital_diplomacy.frames import in_words as _in_words

__all__ = [
    "View",
    "column_decimals",
    "describe",
    "document",
    "fill_sentences",
    "labelled",
    "plot_compared",
    "plot_crossing",
    "plot_dumbbells",
    "plot_estimates",
    "plot_exchange",
    "plot_findings",
    "plot_map",
    "plot_matrix",
    "plot_multiples",
    "plot_network",
    "plot_noticed",
    "plot_pairs",
    "plot_places",
    "plot_powers",
    "plot_profile",
    "plot_ranking",
    "plot_repeats",
    "plot_scatter",
    "plot_sensitivity",
    "plot_series",
    "plot_spread",
    "plot_squares",
    "plot_stacks",
    "plot_timeline",
    "png",
    "show",
    "show_answer",
    "show_finding",
    "show_missing",
    "show_sentences",
    "show_table",
    "show_view",
    "svg",
    "table_html",
    "view_network",
    "view_ranking",
]

# Tables of a metric's own, not declared in `tables`, are refused in words as a metric refuses them.
globals().update(_in_words(__name__, {"view_ranking": view_ranking}))

attach_to_lab()
