"""Tables of the project: read, typed and validated against the descriptor that lies beside them."""

from digital_diplomacy.sources.network_files import NetworkFile, read_network
from digital_diplomacy.sources.own_tables import OwnTable, read_own_table, read_table
from digital_diplomacy.sources.registry import describe, load, names, project_root, save, seal
from digital_diplomacy.sources.remarks import Remark

__all__ = [
    "NetworkFile",
    "OwnTable",
    "Remark",
    "describe",
    "load",
    "names",
    "project_root",
    "read_network",
    "read_own_table",
    "read_table",
    "save",
    "seal",
]
