"""UN DESA, E-Government Knowledgebase: ranks, index and components of one or several surveys."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from digital_diplomacy.sources.countries import whole_names
from digital_diplomacy.sources.fetching.bodies import number, rows_of
from digital_diplomacy.sources.fetching.connecting import Limits
from digital_diplomacy.sources.fetching.downloading import Received
from digital_diplomacy.sources.fetching.faults import FetchError
from digital_diplomacy.sources.fetching.model import Published, Query
from digital_diplomacy.sources.fetching.tabling import left_out

SERIES: Final = "egdi"
_YEAR, _NAME, _RANK = "Survey Year", "Country Name", "E-Government Rank"
_PARTS: Final = {
    "E-Government Index": "egdi",
    "E-Participation Index": "epi",
    "Online Service Index": "osi",
    "Human Capital Index": "hci",
    "Telecommunication Infrastructure Index": "tii",
}
_WHOLE: Final = re.compile(r"[0-9]{1,4}")
_ORDER: Final = ("edition", "iso3", "rank", "egdi", "epi", "osi", "hci", "tii")


def read(bodies: Sequence[Received], query: Query, limits: Limits) -> Published:  # noqa: ARG001 - as all readers
    """The figures of every state, in the layout of the project's table of the index.

    Raises
    ------
    FetchError
        Naming file and place.
    """
    body = bodies[0]
    _, found = rows_of(body, (_YEAR, _NAME, _RANK, *_PARTS))
    codes = whole_names(one[_NAME] for one in found)
    groups = [one[_NAME] for one in found if one[_NAME] not in codes]
    rows = [_row(one, codes[one[_NAME]], body) for one in found if one[_NAME] in codes]
    if not rows:
        raise FetchError("nothing", file=body.name)
    _refuse_doubled(rows, body)
    figures = pd.DataFrame(rows, columns=list(_ORDER)).sort_values(["edition", "iso3"], ignore_index=True)
    years = sorted(figures["edition"].unique())
    title = f"E-Government Development Index, {', '.join(map(str, years))}"
    return Published(SERIES, title, "", figures, "", tuple(left_out(groups, body)))


def _row(one: Mapping[str, str], iso3: str, body: Received) -> dict[str, Any]:
    place = f"{one[_NAME]} {one[_YEAR]}"
    if not _WHOLE.fullmatch(one[_YEAR]) or len(one[_YEAR]) != len("2022"):
        raise FetchError("period", file=body.name, place=place, text=one[_YEAR][:40])
    if one[_RANK] and not _WHOLE.fullmatch(one[_RANK]):
        raise FetchError("number", file=body.name, place=place, text=one[_RANK][:40])
    parts = {code: _share(one[name], place, body) for name, code in _PARTS.items()}
    return {"edition": int(one[_YEAR]), "iso3": iso3, "rank": int(one[_RANK]) if one[_RANK] else None, **parts}


def _share(text: str, place: str, body: Received) -> float | None:
    """An index between 0 and 1; a blank cell is missing, as in the editions that leave some blank."""
    if not text:
        return None
    value = number(text, place, body)
    if not 0 <= value <= 1:
        raise FetchError("outside", file=body.name, place=place, value=text)
    return value


def _refuse_doubled(rows: Sequence[Mapping[str, Any]], body: Received) -> None:
    seen: set[tuple[int, str]] = set()
    for one in rows:
        key = (one["edition"], one["iso3"])
        if key in seen:
            what = f"{one['iso3']}/{one['edition']}"
            raise FetchError("doubled", file=body.name, place=what, other=what, what=what)
        seen.add(key)
