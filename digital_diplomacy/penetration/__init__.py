"""Survey shares, implied populations, growth, platforms and programme targets: frames in, estimates out."""

from digital_diplomacy.penetration.growth import growth, required_growth
from digital_diplomacy.penetration.platforms import audience_bounds, concentration, messages_per_author
from digital_diplomacy.penetration.populations import (
    check_growth,
    check_population,
    common_population,
    implied_population,
    previous_level,
)
from digital_diplomacy.penetration.rows import printed_figures
from digital_diplomacy.penetration.samples import compatible_samples
from digital_diplomacy.penetration.series import internet_users, latest, penetration_lag, within
from digital_diplomacy.penetration.shares import (
    METHODS,
    share_difference,
    share_interval,
    share_sensitivity,
    smallest_sample,
    users_share,
)
from digital_diplomacy.penetration.targets import check_targets, first_reached, target_gaps

__all__ = [
    "METHODS",
    "audience_bounds",
    "check_growth",
    "check_population",
    "check_targets",
    "common_population",
    "compatible_samples",
    "concentration",
    "first_reached",
    "growth",
    "implied_population",
    "internet_users",
    "latest",
    "messages_per_author",
    "penetration_lag",
    "previous_level",
    "printed_figures",
    "required_growth",
    "share_difference",
    "share_interval",
    "share_sensitivity",
    "smallest_sample",
    "target_gaps",
    "users_share",
    "within",
]
