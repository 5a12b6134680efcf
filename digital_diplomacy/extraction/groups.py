"""Bounds of groups, which only name what a share is of: "24 % were under 30", «30–49 жас – 38 %», heads of rows."""

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from digital_diplomacy.printed import Found

_BINNED: Final = ("", "years", "months", "weeks", "days", "hours", "minutes", "seconds")
"""Units of bounds; what counts people or money is a figure of its own."""
_HIGHEST: Final = 120
"""Oldest age, and most minutes or days that groups are told by."""
_OPEN_BEHIND: Final = re.compile(
    r"[\s-]*(?:лет|года?|жас\w*|years?(?: old)?|минут\w*|сағат\w*|hours?|minutes?)?\s*(?:(?:and|or) (?:over|"
    r"older|above|more)|"
    r"и (?:старше|более|больше)|және одан (?:жоғары|үлкен|көп|да)|\+)",
    re.IGNORECASE,
)
_OPEN_BEFORE: Final = re.compile(r"(?:старше|over|above|более|больше)\s+$", re.IGNORECASE)
_OPEN_KK: Final = re.compile(r"\s*(?:жас)?тан (?:асқан|үлкен|жоғары|көп)|\s*жастан", re.IGNORECASE)
_LONGEST_HEAD: Final = 40
"""Characters up to which a cell may be the name of a group."""


def without_groups(found: Sequence[Found], text: str, block: Mapping[Hashable, Any]) -> list[Found]:
    """The findings without the bounds of groups: those of rising groups that each have a share, and those of heads.

    Parameters
    ----------
    found : sequence of Found
        Of a sentence or cell, in order.
    text : str
        What is read.
    block : Mapping
        The block it stands in.

    Returns
    -------
    list of Found
        In order.

    Examples
    --------
    >>> from digital_diplomacy.printed import Convention, find
    >>> text = "By age, 24% were under 30, 43% between 30 and 49, and 33% 50 or over."
    >>> kept = without_groups(find(text, convention=Convention.of("en")), text, {"kind": "paragraph"})
    >>> [one.text for one in kept]
    ['24%', '43%', '33%']
    """
    if block["kind"] == "cell":
        is_first = not block["column_header"] and int(block["table_row"]) == 1
        is_name = bool(block["is_head"]) or is_first or not block["row_header"]
        if not is_name or len(text) > _LONGEST_HEAD or len(found) != 1:
            return list(found)
        return [one for one in found if not _is_bin_of_head(one, text)]
    bins = [(one, ends) for place, one in enumerate(found)
            if (ends := _ends(one, text)) is not None and _has_share(found, place, text)]  # fmt: skip
    is_rising = len(bins) > 1 and all(first[1] <= second[0] for (_, first), (_, second) in pairwise(bins))
    gone = {id(one) for one, _ in bins} if is_rising and any(b - a < _HIGHEST for _, (a, b) in bins) else set()
    return [one for one in found if id(one) not in gone]


def _ends(one: Found, text: str) -> tuple[float, float] | None:
    """Both ends of a group by whole numbers, an open one at zero or at infinity; nothing for any other figure."""
    figure = one.figure
    if one.date is not None or figure is None or figure.unit not in _BINNED or figure.last_digit != 1:
        return None
    if figure.ends is not None:
        low, high = float(figure.ends[0]), float(figure.ends[1])
        return (low, high) if high <= _HIGHEST and low % 1 == high % 1 == 0 else None
    value, behind = float(figure.value), text[one.end :]
    if value > _HIGHEST or value % 1:
        return None
    if figure.bound == "at_most":
        return 0.0, value
    is_open = figure.bound == "at_least" or _OPEN_BEHIND.match(behind) or _OPEN_KK.match(behind)
    if is_open or _OPEN_BEFORE.search(text[: one.start]) or re.search(r"(?:older|over|старше|\+)", one.text):
        return value, float("inf")
    return None


_NEAR: Final = 40
"""Characters between the bounds of a group and its share."""


def _has_share(found: Sequence[Found], place: int, text: str) -> bool:
    """Whether the figure beside a group, with no mark of a clause between, is a share."""
    for other in (place - 1, place + 1):
        if 0 <= other < len(found):
            near = found[other]
            first, last = sorted((near, found[place]), key=lambda one: one.start)
            between = text[first.end : last.start]
            is_share = near.figure is not None and near.figure.unit == "percent"
            if is_share and len(between) <= _NEAR and not re.search(r"[;.]\s", between):
                return True
    return False


def _is_bin_of_head(one: Found, text: str) -> bool:
    figure = one.figure
    if figure is None or one.date is not None or figure.unit not in _BINNED or figure.last_digit != 1:
        return False
    is_open = figure.bound in ("at_least", "at_most") or _OPEN_BEHIND.match(text[one.end :]) is not None
    words = re.findall(r"[^\W\d_]{3,}", f"{text[: one.start]} {text[one.end :]}")
    return (figure.ends is not None or is_open) and len(words) <= _FEW_WORDS


_FEW_WORDS: Final = 3
"""Words a head may have beside its bounds: "50 years and over", «Бір сағаттан көп»."""
