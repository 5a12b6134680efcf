"""Survey shares, implied populations, growth, platforms and programme targets: frames in, estimates out."""

from digital_diplomacy.frames import in_words as _in_words
from digital_diplomacy.penetration.adoption.backtest import (
    BACKTEST,
    adoption_backtest,
    backtest_best,
    backtest_comparison,
    backtest_reading,
    backtest_summary,
)
from digital_diplomacy.penetration.adoption.checks import (
    check_adoption,
    check_lines,
    forecast_counts,
    sound_forecasts,
)
from digital_diplomacy.penetration.adoption.fits import (
    FITS,
    adoption_fits,
    adoption_forecast,
    adoption_parameters,
)
from digital_diplomacy.penetration.adoption.forecasts import BASELINES, CURVES, periods_ahead
from digital_diplomacy.penetration.answers import counted_together, last_alone, news_sources, trust_in_networks
from digital_diplomacy.penetration.audiences.bounds import (
    audience_bounds,
    audience_shares,
    neither,
    part_of_count,
    per_hundred,
    ranked_total,
    registered_twice,
    remainder,
)
from digital_diplomacy.penetration.audiences.editions import edition_changes, editions_without, pinned_figures
from digital_diplomacy.penetration.audiences.markets import unevenness, unevenness_bounds
from digital_diplomacy.penetration.audiences.people import (
    audience_range,
    distinct_people,
    frechet_bounds,
)
from digital_diplomacy.penetration.audiences.platforms import (
    concentration,
    messages_per_author,
    order_agreement,
    suppressed,
)
from digital_diplomacy.penetration.audiences.populations import (
    check_growth,
    check_population,
    common_population,
    implied_population,
    previous_level,
)
from digital_diplomacy.penetration.growth import growth, required_growth, required_share
from digital_diplomacy.penetration.headlines import counted_shares
from digital_diplomacy.penetration.rows import outer_ends, printed_figures, side_by_side
from digital_diplomacy.penetration.series import (
    edition_repeats,
    internet_users,
    last_periods,
    latest,
    penetration_lag,
    periods_before,
    within,
)
from digital_diplomacy.penetration.surveys.comparisons import (
    mcnemar_p,
    two_proportion_p,
)
from digital_diplomacy.penetration.surveys.contingency import chi_square
from digital_diplomacy.penetration.surveys.samples import (
    compatible_samples,
    likely_sample,
    read_chance,
    smallest_sample,
)
from digital_diplomacy.penetration.surveys.shares import (
    METHODS,
    share_difference,
    share_interval,
    share_sensitivity,
    users_share,
)
from digital_diplomacy.penetration.surveys.weighting import (
    WEIGHTINGS,
    kish_design_effect,
    poststratify,
    rake,
    weighted_share,
)
from digital_diplomacy.penetration.targets import (
    check_targets,
    dated_targets,
    drawn_targets,
    first_reached,
    targets_found,
    verdict_counts,
)
from digital_diplomacy.penetration.titles import (
    coverage_found,
    distance_to_median,
    extremes,
    forecast_reach,
    half_online,
    leaders,
    people_found,
    percent_change,
    populations_found,
    repeats_found,
    writers_found,
)

__all__ = [
    "BACKTEST",
    "BASELINES",
    "CURVES",
    "FITS",
    "METHODS",
    "WEIGHTINGS",
    "adoption_backtest",
    "adoption_fits",
    "adoption_forecast",
    "adoption_parameters",
    "audience_bounds",
    "audience_range",
    "audience_shares",
    "backtest_best",
    "backtest_comparison",
    "backtest_reading",
    "backtest_summary",
    "check_adoption",
    "check_growth",
    "check_lines",
    "check_population",
    "check_targets",
    "chi_square",
    "common_population",
    "compatible_samples",
    "concentration",
    "counted_shares",
    "counted_together",
    "coverage_found",
    "dated_targets",
    "distance_to_median",
    "distinct_people",
    "drawn_targets",
    "edition_changes",
    "edition_repeats",
    "editions_without",
    "extremes",
    "first_reached",
    "forecast_counts",
    "forecast_reach",
    "frechet_bounds",
    "growth",
    "half_online",
    "implied_population",
    "internet_users",
    "kish_design_effect",
    "last_alone",
    "last_periods",
    "latest",
    "leaders",
    "likely_sample",
    "mcnemar_p",
    "messages_per_author",
    "neither",
    "news_sources",
    "order_agreement",
    "outer_ends",
    "part_of_count",
    "penetration_lag",
    "people_found",
    "per_hundred",
    "percent_change",
    "periods_ahead",
    "periods_before",
    "pinned_figures",
    "populations_found",
    "poststratify",
    "previous_level",
    "printed_figures",
    "rake",
    "ranked_total",
    "read_chance",
    "registered_twice",
    "remainder",
    "repeats_found",
    "required_growth",
    "required_share",
    "share_difference",
    "share_interval",
    "share_sensitivity",
    "side_by_side",
    "smallest_sample",
    "sound_forecasts",
    "suppressed",
    "targets_found",
    "trust_in_networks",
    "two_proportion_p",
    "unevenness",
    "unevenness_bounds",
    "users_share",
    "verdict_counts",
    "weighted_share",
    "within",
    "writers_found",
]

# A frame without a column that is needed is refused in words, whatever function it is given to.
globals().update(_in_words(__name__, {name: globals()[name] for name in __all__}))
