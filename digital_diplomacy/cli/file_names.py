"""Names of files for what researchers' own tables call things."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 60  # letters of a name before its mark; archives and systems take twice as many
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


def file_stems(codes: Iterable[str]) -> dict[str, str]:
    """File names without ending that any system takes, by code; different ones also where capitals count for nothing.

    A code of plain letters is its own name, unless another differs from it in case only; any other code has a mark made
    of it behind what is left of it.

    Examples
    --------
    >>> file_stems(["KAZ", "a/b", "uses", "Uses"])
    {'KAZ': 'KAZ', 'a/b': 'a-b-c14cddc0', 'uses': 'uses-f480ffb2', 'Uses': 'Uses-9e6151ac'}
    """
    wanted = list(dict.fromkeys(codes))
    alike = Counter(code.casefold() for code in wanted)
    return {code: code if alike[code.casefold()] == 1 and _is_plain(code) else _marked(code) for code in wanted}


def _is_plain(code: str) -> bool:
    # A leading hyphen would be an option to whoever handles the file by a command.
    odd = _ODD.search(code) or _RESERVED.fullmatch(code) or code.startswith("-")
    return bool(code) and len(code) <= _LONGEST and not odd


def _marked(code: str) -> str:
    kept = _ODD.sub("-", code)[:_LONGEST].strip("-")
    return "-".join(filter(None, [kept, hashlib.sha256(code.encode()).hexdigest()[:8]]))
