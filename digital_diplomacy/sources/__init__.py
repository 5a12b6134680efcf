"""Tables of the project: read, typed and validated against the descriptor that lies beside them."""

from digital_diplomacy.sources.coin_files import CoinFile, is_coin, read_coin
from digital_diplomacy.sources.coin_tool import is_coin_tool, read_coin_tool
from digital_diplomacy.sources.countries import country_codes
from digital_diplomacy.sources.doubtful_names import doubtful_names
from digital_diplomacy.sources.mixed_units import maybe_fractions
from digital_diplomacy.sources.network_files import NetworkFile, read_network
from digital_diplomacy.sources.own_tables import OwnTable, read_own_table, read_table, refuse_texts
from digital_diplomacy.sources.papers import picture_pages, read_paper
from digital_diplomacy.sources.registry import describe, load, names, project_root, save, seal, trial
from digital_diplomacy.sources.remarks import Remark

__all__ = [
    "CoinFile",
    "NetworkFile",
    "OwnTable",
    "Remark",
    "country_codes",
    "describe",
    "doubtful_names",
    "is_coin",
    "is_coin_tool",
    "load",
    "maybe_fractions",
    "names",
    "picture_pages",
    "project_root",
    "read_coin",
    "read_coin_tool",
    "read_network",
    "read_own_table",
    "read_paper",
    "read_table",
    "refuse_texts",
    "save",
    "seal",
    "trial",
]
