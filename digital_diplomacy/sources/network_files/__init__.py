"""Networks from files of researchers' own, whatever program wrote them, as edges and actors."""

from digital_diplomacy.sources.network_files.reading import NetworkFile, read_network

__all__ = ["NetworkFile", "read_network"]
