"""The documents a project reads, as the key on its pages names them."""

import csv
import io
from pathlib import Path

from digital_diplomacy.runs.snapshot import DOCUMENTS


def key(root: Path) -> list[dict[str, str]]:
    """Rows of the table of documents, in its order; none where the project describes no documents.

    Read without the descriptor's types: a page repeats what is printed, and is written in a moment.
    """
    path = root / DOCUMENTS
    if not path.is_file():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
