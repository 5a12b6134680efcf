"""Tables of the project: read, typed and validated against the descriptor that lies beside them."""

from digital_diplomacy.sources.registry import describe, load, names, project_root, save, seal

__all__ = ["describe", "load", "names", "project_root", "save", "seal"]
