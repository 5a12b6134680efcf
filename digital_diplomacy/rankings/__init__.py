"""Rankings: composite indices recomputed from printed digits, places and how sure they are, audiences compared."""

from digital_diplomacy.rankings.audiences import audience_growth, audience_ratio, audiences
from digital_diplomacy.rankings.indices import (
    agreement,
    assessed,
    by_edition,
    fit_weights,
    index_ranks,
    index_values,
    printed,
    weighted_index,
)
from digital_diplomacy.rankings.places import (
    compatible_correlation,
    rank_correlation,
    rank_intervals,
    ranks,
    review_ranks,
)

__all__ = [
    "agreement",
    "assessed",
    "audience_growth",
    "audience_ratio",
    "audiences",
    "by_edition",
    "compatible_correlation",
    "fit_weights",
    "index_ranks",
    "index_values",
    "printed",
    "rank_correlation",
    "rank_intervals",
    "ranks",
    "review_ranks",
    "weighted_index",
]
