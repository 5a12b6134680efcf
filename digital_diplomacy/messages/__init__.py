"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

from digital_diplomacy.messages import authors, counting, rules, synthetic
from digital_diplomacy.messages.aggregates import (
    aggregate,
    aggregate_estimates,
    is_counts,
    read_counts,
    write_counts,
)
from digital_diplomacy.messages.engine import computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, take_in
from digital_diplomacy.messages.summaries import Summary, summary
from digital_diplomacy.messages.suppression import attack, suppress
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "Summary",
    "TakenIn",
    "aggregate",
    "aggregate_estimates",
    "attack",
    "authors",
    "computed",
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
