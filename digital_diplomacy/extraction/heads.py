"""What the number of a cell counts, by the heads of its column and row and the caption of its table."""

import re
from collections.abc import Sequence
from typing import Final

from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, patterns
from digital_diplomacy.extraction.units import unit_named
from digital_diplomacy.extraction.whose import are_held
from digital_diplomacy.printed import counted_unit

_PERCENT: Final = re.compile(r"(?<!\d)(?<!\d\s)%|(?<!\d\s)(?:\bper ?cent\b|\bпроцент\w*|\bпайыз\w*)", re.IGNORECASE)
"""A unit, and not a number of percent: "50% off"."""
_OF_NUMBERS: Final = re.compile(
    r"(?<!\w)\d[\d.,\s–—-]*(?:-?(?:year-olds?|[^\W\d_]{1,4})\b(?=\s))?\s*[^\W\d_]*|"
    r"(?<!\w)(?:(?:more|less|fewer|over|under|up to|at least|about)(?: than)?(?: an?)?|"
    r"(?:более|менее|больше|меньше|свыше|до|от|около)"
    r"(?: одного| одной)?|бір)\s+[^\W\d_]+",
    re.IGNORECASE,
)
"""Numbers in heads with their nouns, which tell what the row is: "15–30 minutes", «Более часа», «Бір сағаттан көп»."""
_BEHIND: Final = re.compile(r"[,(\[]\s*([^,()\[\]]*)[)\]]?\s*$|(?<=\w\s)(?:in|в)\s+([^\W\d_]+)\s*$", re.IGNORECASE)
"""Where a head names its unit: "Replies, number", «Срок (дней)», "Time in hours"."""
_NUMBER_OF: Final = re.compile(
    r"^\W*(?:number|no\b|n\b|count|число|количество|кол-во)|(?:^|\s)саны\W*$|"
    r"[,(]\s*(?:number|count|n|число|количество|кол-во|саны)\W*$",
    re.IGNORECASE,
)


def unit_of_cell(heads: Sequence[str], language: str) -> str | None:
    """The unit that the heads of a cell name, its column's before its row's and its caption's.

    Money, wherever it is named, is what is counted. Where a caption says percent, only a column or row that names its
    own unit behind a comma, or calls itself a number of something, counts anything else. A number in a head tells what
    its row is, and no unit.

    Parameters
    ----------
    heads : sequence of str
        The heads of column and row, and the caption.
    language : str

    Examples
    --------
    >>> unit_of_cell(["Town", "15–30 minutes", "Time for news, %"], "en")
    'percent'
    >>> unit_of_cell(["Number of posts", "Embassies", "Posts, number and %"], "en")
    'messages'
    """
    labels, caption = list(heads[:2]), [*heads[2:], ""][0]
    plain = (("percentage_points", _POINTS.search), ("percent", is_of_percent), ("rank", _RANK.match))
    if (unit := next((unit for unit, tells in plain if any(map(tells, labels))), "")) != "":
        return unit
    if means := [label for label in labels if _PER.search(label)]:
        return unit_named(means, language) or ""
    if labels and are_held(f"{labels[0]} ", f" {labels[0]}"):
        return "persons"
    return _of_counts(labels, caption, language)


def _of_counts(labels: list[str], caption: str, language: str) -> str | None:
    """The unit of heads that tell no share, place or mean."""
    if labels and _DEED.fullmatch(labels[0]):
        caption = ""  # whatever it is «Задано», it is no people
    bare = ["" if _is_of_all(label) else _OF_NUMBERS.sub(" ", label) for label in labels]
    named = unit_named([*bare, caption], language)
    if named in MONEY:
        return named
    own = next((unit for label in bare if (unit := _own(label, language))), None)
    behind = _BEHIND.search(caption)
    if own is None and behind and behind[1] and unit_named(bare[:1], language) is None:
        own = _own(caption, language)  # rows of "…, thousand persons" are named, they count nothing of their own
    if own or not is_of_percent(caption):
        return own or _but_of_time(bare, caption, named, language)
    return "percent"


_PER: Final = re.compile(
    r"\w\s+per\s+(?!cent)[a-z]|\w\s+на\s+(?:одн\w+\s|кажд\w+\s|1\s)?[а-яё]{3,}(?<!ы)(?<!и)(?<!х)\s*$|"
    r"(?<!\w)(?:бір|әр)\s+\w+(?:[ғг][ае]|[қк][ае]|н[ае])\s+(?:келетін|шаққан)",
    re.IGNORECASE,
)
"""Heads of means: "Replies per post", «Реакций на сообщение», «Бір жазбаға келетін пікір»."""
_DEED: Final = re.compile(r"\W*[а-яё]{3,}(?:ано|ено|ято|ыто)\W*", re.IGNORECASE)
"""Heads that only say what was done: «Задано», «Отвечено»."""
_POINTS: Final = re.compile(
    r"\b(?:percentage|per ?cent) points?\b|(?<!\w)процентн\w+ пункт|(?<!\w)пайызд\w+ (?:тармақ|пункт)|"
    r"(?:^|[,(:]\s*|\s(?:in|в)\s|[±Δ+–-]\s?)(?:п\.\s?п\.?|п\.\s?т\.?|пп|p\.\s?p\.?|pp|ppt|pct\.? pts?)(?![\w])",
    re.IGNORECASE,
)
"""Heads of differences between shares: "Change, pp", «Изменение, п.п.», «Өзгеріс (п.т.)»."""
_RANK: Final = re.compile(
    r"\W*(?:rank(?:ing)?|place|position|место|позиция|орн?ы(?:н|ны)?)(?:\s(?:in|в|"
    r"of)\s[^\d]{0,30})?(?:,\s*\d{4})?\W*$",
    re.IGNORECASE,
)
"""Heads of places in a ranking."""


def _is_of_all(label: str) -> bool:
    """Whether a head only says where all of it was counted: "Province", «По стране»."""
    return any(pattern.search(label) for pattern in patterns("total_of_place", ""))


def is_of_percent(caption: str) -> bool:
    """Whether a caption or head says that its numbers are shares.

    Examples
    --------
    >>> is_of_percent("Languages, %"), is_of_percent("Those who paid 50 % more")
    (True, False)
    """
    return _PERCENT.search(caption) is not None


def _own(label: str, language: str) -> str | None:
    """The unit a head names behind a comma or in brackets, or as a number of something."""
    match = _BEHIND.search(label)
    if match and (span := counted_unit((match[1] or match[2] or "").strip().casefold(), language)) in DURATIONS:
        return span
    if match and (unit := unit_named([match[1] or match[2] or ""], language)):
        return unit
    return unit_named([label], language) if _NUMBER_OF.search(label) else None


def _but_of_time(bare: Sequence[str], caption: str, named: str | None, language: str) -> str | None:
    """The unit of heads whose rows are no times: "Under a week" is told of something else."""
    if (
        named in DURATIONS
        and len(bare) > 1
        and unit_named(bare[:1], language) is None
        and unit_named(bare[1:], language) == named
    ):
        return unit_named([bare[0], caption], language) or named
    return named
