"""Heads of tables that scale the numbers below them: "Users, thousand", «Аудитория, млн», «Сайттар, мың»."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from digital_diplomacy.extraction.four_digits import as_number
from digital_diplomacy.extraction.masks import BLANK
from digital_diplomacy.printed import Found

_WORDS: Final = {
    1_000: r"thousands?|тыс(?:яч\w*)?|мың\w{0,4}|(?<!\d[,.’'\s])(?<!\d[,.] )['’]?000s?",
    1_000_000: r"millions?|mln|mn|млн|миллион\w*",
    1_000_000_000: r"billions?|bln|bn|млрд|миллиард\w*",
    1_000_000_000_000: r"trillions?|trn|трлн|триллион\w*",
}
_SCALE: Final = "|".join(rf"(?P<s{size}>{words})" for size, words in _WORDS.items())
SCALE_WORD: Final = re.compile(rf"^(?:{'|'.join(_WORDS.values())})(?!\w)\.?\s*", re.IGNORECASE)
"""A word of scale that opens the name of a unit: "thousand tonnes"."""
_OWN: Final = re.compile(rf"(?<![^\W\d_])(?:{_SCALE})(?!\w)", re.IGNORECASE)
_HEAD: Final = re.compile(
    rf"(?:^|[,;:(\[–—/]\s*|\b(?:in|в)\s+)(?:(?:in|в)\s+)?(?:(?:US|USD|EUR|KZT)?\s?[$€₸₽£]?\s?)?\b(?:{_SCALE})(?!\w)"
    rf"|(?<!\d)(?<!\d\s)\s(?:{_SCALE.replace('<s', '<e')})\.?\s*$",
    re.IGNORECASE,
)
_RATE: Final = re.compile(
    r"\b(?:per|for (?:each|every)|на|на кажд\w+)\s+(?:1\s|one\s|одну\s)?(?:thousand|million|тыс|миллион|млн)|шаққанда",
    re.IGNORECASE,
)
"""Heads of rates: "per thousand residents" divides, it does not multiply."""
_UNSCALED: Final = re.compile(
    r"%|per ?cent|процент|пайыз|\bshare|дол[яи]\b|үлес|\brank|\bмест[оа]\b|\bорын(?!дал)|рейтинг|growth|прирост|"
    r"[,(]\s*(?:number|count|units|число|количество|ед\.?|шт\.?|саны|дана)\W*$|"
    r"темп|өсім|\bratio|(?<!\d\s)(?<!\d)\b(?:year|год|жыл)\b",
    re.IGNORECASE,
)
"""Heads whose numbers a scale of another head does not reach."""
_LONGEST: Final = 80
"""Characters up to which a cell may be a head."""


def scale_named(heads: Iterable[str]) -> int:
    """Scale that heads of a cell name, the nearest first; 1 if none does, or a nearer one is of shares or places.

    Examples
    --------
    >>> scale_named(["Users, thousand"]), scale_named(["2019", "Аудитория, млн чел."]), scale_named(["Сайттар (мың)"])
    (1000, 1000000, 1000)
    >>> scale_named(["Share, %", "Users, thousand"]), scale_named(["Sites per thousand residents"])
    (1, 1)
    """
    for head in heads:
        match = None if _RATE.search(head) else _HEAD.search(head)
        if match:
            return int(next(name for name, said in match.groupdict().items() if said)[1:])
        if _UNSCALED.search(head):
            return 1
    return 1


def without_scale(text: str, kind: str) -> str:
    """A head or caption with its word of scale blanked, which is no figure of its own; as long as before."""
    if kind not in ("cell", "caption") or (kind == "cell" and len(text) > _LONGEST) or _RATE.search(text):
        return text
    return _HEAD.sub(lambda found: BLANK * len(found.group()), text)


def scaled(found: Sequence[Found], scale: int, *, is_head: bool = False) -> list[Found]:
    """The findings of a cell times the scale of its heads; those with a unit or scale of their own as they were.

    Four digits that may be a year are one in the head of a column (``is_head``), and a number below it.
    """
    return [_scaled(one, Decimal(scale), is_head) for one in found] if scale > 1 else list(found)


def _scaled(one: Found, scale: Decimal, is_head: bool) -> Found:
    is_number = one.date is not None and not is_head
    figure = as_number(one.text) if is_number else one.figure
    if figure is None or figure.unit in ("percent", "percentage_points", "rank", "times") or _OWN.search(one.text):
        return one
    names = ("low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated")
    half = figure.last_digit / 2
    if figure.low == figure.high and figure.ends is None:  # counted to the last one, had it no scale
        figure = replace(figure, low=figure.value - half, high=figure.value + half)
    limits = {name: getattr(figure, name) * scale for name in names}
    ends = (figure.ends[0] * scale, figure.ends[1] * scale) if figure.ends else None
    figure = replace(figure, value=figure.value * scale, last_digit=figure.last_digit * scale, ends=ends, **limits)
    return replace(one, figure=figure, date=None, is_implied=True)
