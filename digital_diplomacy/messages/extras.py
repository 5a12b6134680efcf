"""Libraries that count messages, which are an extra; without them nothing of this room can be imported."""

from importlib.util import find_spec
from typing import Final

from digital_diplomacy.errors import SourceError

NEEDED: Final = ("charset_normalizer", "duckdb", "ibis", "ijson", "pyarrow", "pyarrow_hotfix", "python_calamine")

_missing = ", ".join(name for name in NEEDED if find_spec(name) is None)
if _missing:
    raise SourceError(
        "messages take {names}, not installed here; pip install 'digital-diplomacy[messages]'", names=_missing
    )
