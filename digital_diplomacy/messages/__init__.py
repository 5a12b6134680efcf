"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

from digital_diplomacy.messages import authors, cluster, counting, rules, synthetic
from digital_diplomacy.messages.aggregates import (
    aggregate,
    aggregate_estimates,
    is_counts,
    read_counts,
    write_counts,
)
from digital_diplomacy.messages.cluster import connected
from digital_diplomacy.messages.engine import Connection, computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, take_in
from digital_diplomacy.messages.summaries import Summary, summary
from digital_diplomacy.messages.suppression import attack, suppress
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "Connection",
    "Summary",
    "TakenIn",
    "aggregate",
    "aggregate_estimates",
    "attack",
    "authors",
    "cluster",
    "computed",
    "connected",
    "counting",
    "is_counts",
    "mapping_template",
    "messages",
    "opened",
    "read_counts",
    "rules",
    "summary",
    "suppress",
    "synthetic",
    "take_in",
    "write_counts",
]
