"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

from digital_diplomacy.messages import authors, counting, rules, synthetic
from digital_diplomacy.messages.engine import computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, take_in
from digital_diplomacy.messages.summaries import Summary, summary
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "Summary",
    "TakenIn",
    "authors",
    "computed",
    "counting",
    "mapping_template",
    "messages",
    "opened",
    "rules",
    "summary",
    "synthetic",
    "take_in",
]
