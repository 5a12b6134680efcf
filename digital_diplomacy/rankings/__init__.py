"""Rankings: composite indices made by declared steps, how sure their ranks are, and published indices recomputed.

Two tables drive an index: values, and a framework of indicators and aggregates (`FRAMEWORK`). `run` applies declared
steps and keeps where every number comes from. Two uncertainties are told apart by name: that of *method* (`simulate`,
`sobol`: other defensible choices, weights, errors), and that of *sampling* (`rank_sets`, `joint_rank_ranges`:
estimates with standard errors).
"""

from digital_diplomacy.frames import in_words as _in_words
from digital_diplomacy.rankings.compatible import compatible_correlation
from digital_diplomacy.rankings.composite.account import left_out, made_cells
from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.denominators import denominate
from digital_diplomacy.rankings.composite.framework import (
    FRAMEWORK,
    Hierarchy,
    check_framework,
    check_values,
    hierarchy,
)
from digital_diplomacy.rankings.composite.imputation import impute, impute_many
from digital_diplomacy.rankings.composite.normalisation import normalise
from digital_diplomacy.rankings.composite.panel import trends
from digital_diplomacy.rankings.composite.pipeline import (
    STEPS,
    Index,
    default_steps,
    load_steps,
    origin,
    resolve,
    run,
)
from digital_diplomacy.rankings.composite.screening import availability, screen
from digital_diplomacy.rankings.composite.steps import NOTES, Step
from digital_diplomacy.rankings.composite.treatment import treat
from digital_diplomacy.rankings.composite.weights import effective_weights, weigh
from digital_diplomacy.rankings.correlations import (
    correlation_p_values,
    correlations,
    flagged,
    pair_correlations,
    parent_correlations,
    sibling_correlations,
)
from digital_diplomacy.rankings.diagnostics import (
    cronbach_alpha,
    principal_components,
    rank_changes,
    scores_and_ranks,
    statistics,
    strengths,
    without_elements,
)
from digital_diplomacy.rankings.inference.confidence_sets import (
    count_rank_sets,
    critical_value,
    joint_rank_ranges,
    rank_sets,
    score_differences,
    tau_best,
)
from digital_diplomacy.rankings.inference.rank_regression import rank_regression, rank_sentences
from digital_diplomacy.rankings.place_bounds import place_bounds
from digital_diplomacy.rankings.places import rank_correlation, rank_intervals, ranks
from digital_diplomacy.rankings.published.answers import answer, audiences_and_place
from digital_diplomacy.rankings.published.audiences import (
    audience_growth,
    audience_ratio,
    audiences,
    audiences_compared,
)
from digital_diplomacy.rankings.published.breaks import edition_breaks, edition_weight_changes
from digital_diplomacy.rankings.published.editions import (
    EDITION_STEPS,
    edition_aim,
    edition_changes,
    edition_framework,
    edition_profile,
    edition_values,
)
from digital_diplomacy.rankings.published.exceptions import assessed
from digital_diplomacy.rankings.published.findings import (
    agreement_found,
    audience_lead,
    component_needed,
    component_places,
    differences_found,
    index_course,
    method_range,
    rankings_alike,
    review_place,
    weights_found,
    weights_needed,
)
from digital_diplomacy.rankings.published.indices import (
    agreement,
    by_edition,
    fit_weights,
    index_differences,
    index_levels,
    index_ranks,
    index_values,
    printed,
    rank_leeway,
    weighted_index,
)
from digital_diplomacy.rankings.published.reviews import both_editions, rank_moves, rank_shares, ranking, review_ranks
from digital_diplomacy.rankings.published.scheme import edition_exceptions, edition_scheme
from digital_diplomacy.rankings.robustness.clones import indicator_clones, rank_reversals, unit_clones
from digital_diplomacy.rankings.robustness.draws import draw_weights
from digital_diplomacy.rankings.robustness.factors import read_factors
from digital_diplomacy.rankings.robustness.missing_bounds import missing_bounds
from digital_diplomacy.rankings.robustness.overview import ranking_table, tiers
from digital_diplomacy.rankings.robustness.ranges import rounded_ranks
from digital_diplomacy.rankings.robustness.reweighing import fixed_because, reweighable
from digital_diplomacy.rankings.robustness.scenarios import model
from digital_diplomacy.rankings.robustness.sensitivity import Sensitivity, leave_one_out, sobol, sobol_indices
from digital_diplomacy.rankings.robustness.uncertainty import (
    Uncertainty,
    above_probability,
    acceptability,
    dominance,
    rank_errors,
    rank_estimates,
    simulate,
    top_probability,
)
from digital_diplomacy.rankings.robustness.what_if import indicator_change, weight_change
from digital_diplomacy.rankings.robustness.workable import unworkable_options

__all__ = [
    "EDITION_STEPS",
    "FRAMEWORK",
    "NOTES",
    "STEPS",
    "Hierarchy",
    "Index",
    "Sensitivity",
    "Step",
    "Uncertainty",
    "above_probability",
    "acceptability",
    "aggregate",
    "agreement",
    "agreement_found",
    "answer",
    "assessed",
    "audience_growth",
    "audience_lead",
    "audience_ratio",
    "audiences",
    "audiences_and_place",
    "audiences_compared",
    "availability",
    "both_editions",
    "by_edition",
    "check_framework",
    "check_values",
    "compatible_correlation",
    "component_needed",
    "component_places",
    "correlation_p_values",
    "correlations",
    "count_rank_sets",
    "critical_value",
    "cronbach_alpha",
    "default_steps",
    "denominate",
    "differences_found",
    "dominance",
    "draw_weights",
    "edition_aim",
    "edition_breaks",
    "edition_changes",
    "edition_exceptions",
    "edition_framework",
    "edition_profile",
    "edition_scheme",
    "edition_values",
    "edition_weight_changes",
    "effective_weights",
    "fit_weights",
    "fixed_because",
    "flagged",
    "hierarchy",
    "impute",
    "impute_many",
    "index_course",
    "index_differences",
    "index_levels",
    "index_ranks",
    "index_values",
    "indicator_change",
    "indicator_clones",
    "joint_rank_ranges",
    "leave_one_out",
    "left_out",
    "load_steps",
    "made_cells",
    "method_range",
    "missing_bounds",
    "model",
    "normalise",
    "origin",
    "pair_correlations",
    "parent_correlations",
    "place_bounds",
    "principal_components",
    "printed",
    "rank_changes",
    "rank_correlation",
    "rank_errors",
    "rank_estimates",
    "rank_intervals",
    "rank_leeway",
    "rank_moves",
    "rank_regression",
    "rank_reversals",
    "rank_sentences",
    "rank_sets",
    "rank_shares",
    "ranking",
    "ranking_table",
    "rankings_alike",
    "ranks",
    "read_factors",
    "resolve",
    "review_place",
    "review_ranks",
    "reweighable",
    "rounded_ranks",
    "run",
    "score_differences",
    "scores_and_ranks",
    "screen",
    "sibling_correlations",
    "simulate",
    "sobol",
    "sobol_indices",
    "statistics",
    "strengths",
    "tau_best",
    "tiers",
    "top_probability",
    "treat",
    "trends",
    "unit_clones",
    "unworkable_options",
    "weigh",
    "weight_change",
    "weighted_index",
    "weights_found",
    "weights_needed",
    "without_elements",
]

# A frame without a column that is needed is refused in words, whatever function it is given to.
globals().update(_in_words(__name__, {name: globals()[name] for name in __all__}))
