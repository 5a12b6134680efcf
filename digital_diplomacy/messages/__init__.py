"""Single messages by the million: files of platforms taken in, and counted by an engine under a publisher's rules."""

from digital_diplomacy.messages import authors, counting, rules, synthetic, ties
from digital_diplomacy.messages.accounts import Accounts, Network, known_accounts, network, read_accounts
from digital_diplomacy.messages.engine import computed, messages, opened
from digital_diplomacy.messages.intake.taking import TakenIn, mapping_template, take_in
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
from digital_diplomacy.messages.table import KINDS, SCHEMA, VISIBILITIES
from digital_diplomacy.messages.told import (
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

__all__ = [
    "KINDS",
    "SCHEMA",
    "VISIBILITIES",
    "Accounts",
    "Month",
    "Network",
    "Summary",
    "TakenIn",
    "agreement",
    "authors",
    "beside_printed",
    "busiest_day",
    "by_day",
    "compared",
    "computed",
    "counted",
    "counting",
    "forwards_back",
    "halves_of",
    "known_accounts",
    "mapping_template",
    "messages",
    "messages_answer",
    "month_of",
    "most_messages",
    "most_uneven",
    "network",
    "not_met",
    "opened",
    "read_accounts",
    "read_month",
    "rules",
    "source_of",
    "summary",
    "synthetic",
    "synthetic_totals",
    "take_in",
    "ties",
    "ties_by_period",
    "ties_of",
    "unevenness",
]
