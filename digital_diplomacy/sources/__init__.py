"""Tables of the project: read, typed and validated against the descriptor that lies beside them."""

from digital_diplomacy.sources.own_tables import read_table
from digital_diplomacy.sources.registry import describe, load, names, project_root, save, seal

__all__ = ["describe", "load", "names", "project_root", "read_table", "save", "seal"]
