"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

import digital_diplomacy.messages.extras  # noqa: F401 - refuses before the others are imported
from digital_diplomacy.handed_counts import is_counts
from digital_diplomacy.messages import authors, cluster, counting, rules, synthetic, ties
from digital_diplomacy.messages.accounts import Accounts, Network, known_accounts, network, read_accounts
from digital_diplomacy.messages.aggregates import aggregate, aggregate_estimates, read_counts, write_counts
from digital_diplomacy.messages.answers import (
    absence,
    agreement,
    beside_printed,
    busiest_day,
    by_day,
    counted,
    forwards_back,
    messages_answer,
    most_messages,
    most_uneven,
    not_met,
    source_of,
    unevenness,
)
from digital_diplomacy.messages.cluster import connected
from digital_diplomacy.messages.engine import Connection, computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, needs_key, take_in
from digital_diplomacy.messages.months import (
    Month,
    compared,
    halves_of,
    month_of,
    read_month,
    synthetic_totals,
    ties_by_period,
    ties_of,
)
from digital_diplomacy.messages.summaries import Summary, summary
from digital_diplomacy.messages.suppression import attack, suppress
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "Accounts",
    "Connection",
    "Month",
    "Network",
    "Summary",
    "TakenIn",
    "absence",
    "aggregate",
    "aggregate_estimates",
    "agreement",
    "attack",
    "authors",
    "beside_printed",
    "busiest_day",
    "by_day",
    "cluster",
    "compared",
    "computed",
    "connected",
    "counted",
    "counting",
    "forwards_back",
    "halves_of",
    "is_counts",
    "known_accounts",
    "mapping_template",
    "messages",
    "messages_answer",
    "month_of",
    "most_messages",
    "most_uneven",
    "needs_key",
    "network",
    "not_met",
    "opened",
    "read_accounts",
    "read_counts",
    "read_month",
    "rules",
    "source_of",
    "summary",
    "suppress",
    "synthetic",
    "synthetic_totals",
    "take_in",
    "ties",
    "ties_by_period",
    "ties_of",
    "unevenness",
    "write_counts",
]
