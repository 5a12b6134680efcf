"""The number inside a printed figure: digits or words, a half more, and scale words."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from digital_diplomacy.printed.model import Convention
from digital_diplomacy.printed.numerals import resolve
from digital_diplomacy.printed.words import Item


class Amount(NamedTuple):
    """A number without sign: value, place of its last digit, the place if closing zeros are no digits, whether it is a
    whole number below a thousand, which can be a count, and whether it is told in digits."""

    value: Decimal
    place: Decimal
    rough_place: Decimal
    is_count: bool
    is_digits: bool = False


_HALF: Final = Decimal("0.5")
_GROUP: Final = re.compile(r"Z|(?:C|[UE]?H)?(?:TU?|U|E)?")


def amount(row: Sequence[Item], convention: Convention, *, is_percent: bool, is_bounded: bool) -> Amount | None:
    """The number a row of items says, or ``None`` if they form no number.

    Parameters
    ----------
    row : sequence of Item
        Codes n, w, o, q, h, s and & only.
    convention : Convention
        How the document prints numerals.
    is_percent, is_bounded : bool
        Whether the figure is a percentage; whether a word of bound or approximation stands before it.

    Raises
    ------
    UnreadableError
        If digits can be read in more than one way.
    """
    if any("+" in item.group for item in row[:-1]):  # "үштен бір" is a fraction, not three and one
        return None
    terms = _terms(row)
    scales = [Decimal(1) if scale is None else Decimal(scale.value) for _, scale in terms]
    if any(later >= earlier for earlier, later in pairwise(scales)):
        return None
    is_scaled = terms[0][1] is not None
    parts = [
        _coefficient(words, scale, convention, is_plain_count=not is_percent and not is_scaled, may_be_bare=is_bounded)
        for words, scale in terms
    ]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not _fit(terms, known, scales):
        return None
    return _combined(terms, known, scales)


def _terms(row: Sequence[Item]) -> list[tuple[list[Item], Item | None]]:
    """Coefficient and scale word of each term; the last term may have no scale word."""
    terms: list[tuple[list[Item], Item | None]] = []
    words: list[Item] = []
    for item in row:
        if item.code == "s":
            terms.append((words, item))
            words = []
        elif not (item.code == "&" and not words and terms and "en" in item.languages):
            words.append(item)
    if words or not terms:
        terms.append((words, None))
    return terms


def _coefficient(
    words: list[Item], scale: Item | None, convention: Convention, *, is_plain_count: bool, may_be_bare: bool
) -> Amount | None:
    if not words:
        alone = scale is not None and (scale.group[0] == "S" or (scale.group[0] == "G" and may_be_bare))
        return Amount(Decimal(1), Decimal(1), Decimal(1), False) if alone else None
    codes = "".join(item.code for item in words)
    if codes == "q":
        value = Decimal(words[0].value)
        return Amount(value, _HALF, _HALF, False) if value > 1 or scale is not None else None
    if codes.endswith("h"):
        whole = _coefficient(words[:-1], scale, convention, is_plain_count=is_plain_count, may_be_bare=False)
        fits = whole is not None and len(words) > 1 and whole.value % 1 == 0 and whole.place == 1
        return Amount(whole.value + _HALF, _HALF, _HALF, False) if whole is not None and fits else None
    if codes[0] == "n":
        return _digits(words, convention, is_plain_count=is_plain_count)
    return _group(words)


def _digits(words: list[Item], convention: Convention, *, is_plain_count: bool) -> Amount | None:
    """Digits, with a power of ten or the word hundred behind them."""
    hundred = len(words) == 2 and words[1].group[:1] == "H"
    if len(words) > 1 and not hundred:
        return None
    first = words[0]
    found = resolve(first.text, convention, is_plain_count=is_plain_count and not first.group and not hundred)
    power = first.exponent + (2 if hundred else 0)
    value, place = found.value.scaleb(power), found.place.scaleb(power)
    rough = _last_significant(found.value).scaleb(power) if found.place == 1 else place
    is_count = found.place == 1 and not first.group and value < 1000  # "3 hundred" as "three hundred"
    return Amount(value, Decimal(1) if is_count else place, rough, is_count, is_digits=len(words) == 1)


def _group(words: list[Item]) -> Amount | None:
    """Number words below a thousand, each in its place."""
    kept = [item for n, item in enumerate(words) if not _is_english_and(words, n)]
    if any(item.code not in "wo" for item in kept) or not _GROUP.fullmatch("".join(item.group[0] for item in kept)):
        return None
    value = Decimal(0)
    for item in kept:
        is_multiplied = item.group[0] == "H" and value > 0
        value = value * 100 if is_multiplied else value + Decimal(item.value)
    rough = _last_significant(value)
    is_count = value < 1000  # "twelve hundred" is rounded like "one thousand two hundred"
    return Amount(value, Decimal(1) if is_count else rough, rough, is_count)


def _is_english_and(words: list[Item], index: int) -> bool:
    item = words[index]
    return item.code == "&" and "en" in item.languages and 0 < index < len(words) - 1 and words[index - 1].group == "H"


def _last_significant(value: Decimal) -> Decimal:
    place = Decimal(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _fit(terms: list[tuple[list[Item], Item | None]], parts: list[Amount], scales: list[Decimal]) -> bool:
    """Whether several terms make one number: whole, each below the scale before it, and no digits left without one."""
    if len(terms) == 1:
        return True
    whole = all(part.value % 1 == 0 and part.place == 1 for part in parts)
    said = all(words for words, _ in terms[1:])
    small = all(
        part.value * scale < earlier for part, scale, earlier in zip(parts[1:], scales[1:], scales, strict=False)
    )
    words, last_scale = terms[-1]
    return whole and said and small and (last_scale is not None or words[0].code == "w")


def _combined(terms: list[tuple[list[Item], Item | None]], parts: list[Amount], scales: list[Decimal]) -> Amount:
    value = sum((part.value * scale for part, scale in zip(parts, scales, strict=True)), Decimal(0))
    last, scale = parts[-1], scales[-1]
    is_scaled = terms[0][1] is not None
    # "one thousand two hundred" stops at the hundreds; "twenty million" is as precise as "20 million".
    place = last.rough_place if is_scaled and terms[-1][1] is None else last.place * scale
    return Amount(value, place, last.rough_place * scale, last.is_count and not is_scaled, last.is_digits)
