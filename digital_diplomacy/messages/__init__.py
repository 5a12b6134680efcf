"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

from digital_diplomacy.messages.engine import computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, take_in
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "TakenIn",
    "computed",
    "mapping_template",
    "messages",
    "opened",
    "take_in",
]
