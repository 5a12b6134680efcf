"""Reading a figure with the words around it: bounds, ranges, percentages, ranks and counted words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from functools import lru_cache
from typing import Final, NamedTuple, cast

from digital_diplomacy.errors import either, said
from digital_diplomacy.printed import lexicon
from digital_diplomacy.printed.amounts import Amount, amount
from digital_diplomacy.printed.asides import parted
from digital_diplomacy.printed.model import Bound, Convention, Printed, UnreadableError
from digital_diplomacy.printed.words import Item, items

_NUMBER: Final = "(?P<number>[nwshq&]+)(?P<end>e?)(?P<percent>%?)(?P<percent_end>e?)"
_FIGURE: Final = re.compile(
    rf"(?P<lead>[iv]*)(?P<bound>[btf]?)(?P<article>[iv]*)(?P<currency>c?)(?P<sign>\+?){_NUMBER}"
    r"(?P<post>p?)(?P<unit>[uc]?)(?P<last>p?)"
)
_LEFT: Final = re.compile(rf"(?P<lead>[iv]*)(?P<bound>b?)(?P<start>[fm]?)(?P<article>v?)(?P<currency>c?){_NUMBER}")
_RIGHT: Final = re.compile(rf"(?P<currency>c?){_NUMBER}(?P<post>p?)(?P<unit>[uc]?)(?P<last>p?)(?P<between>m?)")
_RANK: Final = re.compile(r"[iv]*(?P<bound>b?)v?(?:(?P<words>w*o)k?|(?P<digits>n)(?:(?P<end>e)k?|(?P<place>k)))")

_PERCENT_UNITS: Final = ("percent", "percentage_points")
_YEARS: Final = range(1000, 2200)


def read(text: str, *, convention: Convention | None = None) -> Printed:
    """The figure a text prints, with the interval its digits leave open.

    A reading that is the only possible one is taken whatever the document's habit; where digits and marks allow two
    (``18,200``), the habit decides, and without it the text is refused. Nothing is skipped: a text with a part that is
    not understood is refused too.

    Numbers in words and in digits are read alike. Those with decimals or a scale word, and those of a thousand and
    more, are rounded figures: half a unit of the last digit or scale on either side. Zeros that close a whole number
    may be digits or only fill up its places (18,200: 18,199.5 to 18,200.5, or 18,150 to 18,250); both readings are
    given unless the convention decides. Whole numbers below a thousand that stand in words or before a counted word
    are counts and exact, unless they count percent or are marked as approximate; then their last place that is not
    zero is uncertain (about fifty: 45 to 55). Ranks are exact. Of a range the value is the midpoint, and low and high
    are the outer limits of its rounded ends. A scale word or percent sign behind a range holds for both ends. Shares
    told as fractions (a third, half) have no last digit and are refused, as are dates (see ``read_date``). Marks of
    footnotes and references behind the figure, and a change or share in parentheses, are set aside and kept in
    ``aside``; raised digits behind a bare whole number may be a power and are refused.

    Parameters
    ----------
    text : str
        The figure alone, with its own words: ``"более 1,9 миллиона"``, ``"almost 42%"``, ``"14 миллионнан астам"``.
    convention : Convention, optional
        How the document prints figures.

    Raises
    ------
    UnreadableError
        If no reading, or more than one, is possible; the message names them.

    Examples
    --------
    >>> from digital_diplomacy import printed
    >>> found = printed.read("1,05 млн")
    >>> found.value, found.low, found.high
    (Decimal('1050000'), Decimal('1045000'), Decimal('1055000'))
    >>> found = printed.read("18,200", convention=printed.Convention(lang="ru", grouping=","))
    >>> found.value, found.low, found.low_filled
    (Decimal('18200'), Decimal('18199.5'), Decimal('18150'))
    >>> printed.read("18.200.5")  # without a convention "18,200" is refused too: it can mean 18200 or 18.200
    Traceback (most recent call last):
    digital_diplomacy.printed.model.UnreadableError: '18.200.5' cannot be read: its digits and marks form no number
    """
    return _read(text, convention or Convention())


_DECIMALS: Final = re.compile(r"(?:(?:0|[1-9][0-9]{3,8})[.,]([0-9]{1,17})|[1-9][0-9]{0,2}[.,]([0-9]{1,2}|[0-9]{4,17}))")
"""Numbers whose mark can only stand before decimals, of no more digits than ordinary arithmetic is exact in."""


def _plain_decimals(text: str, decimals: str) -> Printed:
    """What such a number is read as, whatever the habit; long tables hold a million different ones."""
    value, unit = Decimal(text.replace(",", ".")), Decimal(1).scaleb(-len(decimals))
    low, high = value - unit / 2, value + unit / 2  # whose last digit is a five
    return Printed(text, value, low, high, low, high, _plain(value), _plain(value + unit), last_digit=unit)


@lru_cache(maxsize=2**14)  # audits ask for the same figures again and again
def _read(text: str, habit: Convention) -> Printed:
    if plain := _DECIMALS.fullmatch(text):
        return _plain_decimals(text, plain[1] or plain[2])
    whole = parted(text)
    if whole.second:
        _check_second(text, whole.second, habit)
    found = _read_bare(text, whole.text, habit)
    return replace(found, aside=whole.aside) if whole.aside else found


def _check_second(text: str, second: str, habit: Convention) -> None:
    """Only a change or a share may stand behind a figure in parentheses: a bare number there may be anything."""
    found = _read_bare(text, second, habit)
    if found.unit not in _PERCENT_UNITS and not second.startswith(("+", "-", "−", "–")):
        raise UnreadableError(
            text, said("what ({second}) is beside the figure before it is not printed", second=second)
        )


def _read_bare(text: str, bare: str, habit: Convention) -> Printed:
    try:
        with localcontext(
            Context(prec=100, traps=[Inexact, InvalidOperation])
        ):  # a silent 29th digit would be a wrong one
            row = items(bare, habit)
            found = [*_figures(text, row, habit), *_ranks(text, row, habit), *_ranges(text, row, habit)]
            unique = list(dict.fromkeys(_tidy(printed) for printed in found))
    except UnreadableError as error:
        raise UnreadableError(
            text,
            error.reason
            if error.text in (text, bare)
            else said("{text!r}: {reason}", text=error.text, reason=error.reason),
        ) from error
    except (Inexact, InvalidOperation) as error:
        raise UnreadableError(text, "it has more than 100 digits") from error
    if len(unique) == 1:
        return unique[0]
    if unique:
        raise UnreadableError(text, said("it can mean {choice}", choice=either(printed.value for printed in unique)))
    raise UnreadableError(text, "its words and numbers form no figure (for dates and years use read_date)")


def _tidy(printed: Printed) -> Printed:
    """The same figure with plain decimals (1050000, not 1.05E+6) and exactly its printed decimals."""
    names = (
        "value", "low", "high", "low_filled", "high_filled", "low_truncated", "high_truncated", "last_digit",
    )  # fmt: skip
    plain = {name: _plain(getattr(printed, name)) for name in names}
    if plain["last_digit"] < 1 and printed.ends is None:
        plain["value"] = plain["value"].quantize(plain["last_digit"])
    return Printed(
        text=printed.text,
        bound=printed.bound,
        unit=printed.unit,
        ends=printed.ends,
        aside=printed.aside,
        **plain,
    )


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f")) if value else Decimal(0)


def _codes(row: Sequence[Item]) -> str:
    return "".join(item.code for item in row)


def _part(match: re.Match[str], name: str, row: Sequence[Item]) -> Sequence[Item]:
    return row[match.start(name) : match.end(name)] if name in match.re.groupindex else []


def may_be_figure(codes: str) -> bool:
    """Whether words of these codes can form a figure; those that cannot need not be read."""
    plain = codes.replace("wrw", "ww").replace("nps", "nsp")  # "twenty-one", "10+ million"
    return bool(_FIGURE.fullmatch(plain) or _RANK.fullmatch(plain)) or any(
        _LEFT.fullmatch(codes[: place + (code == "e")]) and _RIGHT.fullmatch(codes[place + 1 :])
        for place, code in enumerate(codes)
        if code in "rt&e"
    )


class _Figure(NamedTuple):
    """A number with its unit."""

    amount: Amount
    unit: str
    factor: Decimal


def _figures(text: str, row: list[Item], convention: Convention) -> Iterator[Printed]:
    """The reading as a single figure, if it is one."""
    match = _FIGURE.fullmatch(_codes(row))
    if match is None:
        return
    bound = _bound(match, row)
    figure = _figure(match, row, convention, is_bounded=bound not in (None, "exact"))
    if bound is None or figure is None or _may_be_a_year(match, row, figure):
        return
    sign = [item.value for item in _part(match, "sign", row)]
    yield _printed(text, figure, bound, convention, is_negative=sign == ["-"])


def _bound(match: re.Match[str], row: Sequence[Item]) -> Bound | None:
    """The one bound stated before or behind the number; ``None`` for two, or for a preposition that states none."""
    stated = [item for name in ("bound", "post", "last") for item in _part(match, name, row)]
    if len(stated) > 1 or any(item.value == "" or not _is_bound(item, row) for item in stated):
        return None
    return cast(Bound, stated[0].value) if stated else "exact"


def _is_bound(item: Item, row: Sequence[Item]) -> bool:
    """Whether a Kazakh word of comparison stands behind the ablative of what it is compared with."""
    if item.text.casefold() not in lexicon.KK_THAN:
        return True
    place = next(number for number, one in enumerate(row) if one is item)
    return place > 0 and row[place - 1].text.casefold().endswith(tuple(lexicon.KK_FROM))


def _figure(match: re.Match[str], row: Sequence[Item], convention: Convention, *, is_bounded: bool) -> _Figure | None:
    percent, number = _part(match, "percent", row), _part(match, "number", row)
    units = [*_part(match, "currency", row), *_part(match, "unit", row)]
    endings = [*_part(match, "end", row), *_part(match, "percent_end", row)]
    if len(units) > 1 or (percent and units) or not _is_inflected(number, endings):
        return None
    said = [*percent, *units]
    unit, factor = (str(said[0].value), Decimal(said[0].group or 1)) if said else ("", Decimal(1))
    found = amount(number, convention, is_percent=bool(percent), is_bounded=is_bounded)
    return None if found is None else _Figure(found, unit, factor)


def _is_inflected(number: Sequence[Item], endings: list[Item]) -> bool:
    """Letters behind a hyphen may only be one case ending, behind digits or a percent sign."""
    return not endings or (len(endings) == 1 and endings[0].value == "case" and number[-1].code in "ns")


def _may_be_a_year(match: re.Match[str], row: Sequence[Item], figure: _Figure) -> bool:
    """Whether the words leave open that a bare number is a year: "in 2015", "2019 года"."""
    number, units = _part(match, "number", row), _part(match, "unit", row)
    if _codes(number) != "n" or match["percent"]:
        return False
    if any(item.code == "i" for name in ("lead", "article") for item in _part(match, name, row)) and not units:
        return True
    is_duration = any(item.text.casefold() in lexicon.DURATION_WORDS for item in units)
    return figure.unit == "years" and figure.amount.value in _YEARS and number[0].text.isdigit() and not is_duration


def _printed(
    text: str,
    figure: _Figure,
    bound: Bound,
    convention: Convention,
    *,
    is_negative: bool = False,
    is_end: bool = False,
) -> Printed:
    found, factor = figure.amount, figure.factor
    place, open_place = (number * factor for number in _places(figure, bound, convention, is_end=is_end))
    # Digits alone do not say what they count: "13" may be 12.7 rounded, "13 years" and "thirteen" are counted.
    is_counted = found.is_count and (bool(figure.unit) or not found.is_digits)
    is_exact = is_counted and bound != "about" and figure.unit not in _PERCENT_UNITS and factor == 1 and not is_end
    half, half_filled, unit = (Decimal(0),) * 3 if is_exact else (place / 2, open_place / 2, open_place)
    value = -found.value * factor if is_negative else found.value * factor
    return Printed(
        text=text,
        value=value,
        low=value - half,
        high=value + half,
        low_filled=value - half_filled,
        high_filled=value + half_filled,
        low_truncated=value - unit if is_negative else value,
        high_truncated=value if is_negative else value + unit,
        last_digit=place,
        bound=bound,
        unit=figure.unit,
    )


def _places(figure: _Figure, bound: Bound, convention: Convention, *, is_end: bool) -> tuple[Decimal, Decimal]:
    """Place of the last digit, and of the last one before closing zeros, as far as the convention leaves that open."""
    place, rough = figure.amount.place, figure.amount.rough_place
    if bound == "about" and not is_end:
        return rough, rough
    if figure.unit in _PERCENT_UNITS or figure.amount.is_count or convention.zeros == "digits":
        return place, place
    return (rough, rough) if convention.zeros == "filler" else (place, rough)


def _ranks(text: str, row: list[Item], convention: Convention) -> Iterator[Printed]:
    """The reading as a place in an order: "38-е место", "second", "жиырма бірінші"."""
    match = _RANK.fullmatch(_codes(row))
    if match is None:
        return
    bound = _bound_of_rank(match, row)
    number = [*_part(match, "words", row), *_part(match, "digits", row)]
    found = amount(number, convention, is_percent=False, is_bounded=False)
    if bound is None or found is None or found.value < 1 or found.value % 1 or found.place != 1:
        return
    if not _names_a_rank(match, row, int(found.value)):
        return
    value = found.value
    yield Printed(text, *(value,) * 7, last_digit=Decimal(1), bound=bound, unit="rank")


def _bound_of_rank(match: re.Match[str], row: Sequence[Item]) -> Bound | None:
    stated = _part(match, "bound", row)
    return cast(Bound, stated[0].value) if stated else "exact"


def _names_a_rank(match: re.Match[str], row: Sequence[Item], value: int) -> bool:
    """Whether what follows digits makes them a rank; "22 места" may be 22 seats."""
    if match["place"]:
        return _part(match, "place", row)[0].group == "rank"
    if not match["end"]:
        return True
    end = _part(match, "end", row)[0]
    letters = end.text.casefold()
    if letters in ("st", "nd", "rd", "th"):
        proper = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
        return letters == proper
    return end.value in ("ordinal", "place")


def _ranges(text: str, row: list[Item], convention: Convention) -> Iterator[Printed]:
    """Every reading as a range: two figures, the second above the first."""
    for left, mark, right in _splits(row):
        first, second = _LEFT.fullmatch(_codes(left)), _RIGHT.fullmatch(_codes(right))
        if first is None or second is None or not _is_range(first, left, mark, second, right):
            continue
        bound = _range_bound(first, left, second, right, mark)
        ends = _ends(first, left, second, right, convention)
        if bound is not None and ends is not None:
            yield _range(text, ends, bound, convention)


def _splits(row: list[Item]) -> Iterator[tuple[list[Item], str, list[Item]]]:
    """Where a row may fall into two ends: at a mark of range, or behind "-ден" in Kazakh."""
    for index, item in enumerate(row):
        if item.code in ("r", "t", "&"):
            yield row[:index], item.code, row[index + 1 :]
        elif (
            item.code == "e"
            and item.text.removeprefix("-") in lexicon.KK_FROM
            and _codes(row[index + 1 : index + 2]) == "n"
        ):
            yield row[: index + 1], "e", row[index + 1 :]


def _is_range(
    first: re.Match[str], left: Sequence[Item], mark: str, second: re.Match[str], right: Sequence[Item]
) -> bool:
    """Whether the words before, between and behind the ends belong together."""
    if any(item.code == "i" for item in _part(first, "lead", left)) and not (second["unit"] or second["percent"]):
        return False
    if mark == "e":
        targets = [
            item.text.removeprefix("-") for item in (*_part(second, "end", right), *_part(second, "percent_end", right))
        ]
        return bool(targets) and targets[0] in lexicon.KK_TO and right[-1].text == "дейін" and not first["start"]
    if mark == "&":
        return (first["start"] == "m") != (second["between"] == "m")
    return not second["between"] and (mark == "t" or not first["start"])


def _range_bound(
    first: re.Match[str], left: Sequence[Item], second: re.Match[str], right: Sequence[Item], mark: str
) -> Bound | None:
    stated = [
        *_part(first, "bound", left),
        *([] if mark == "e" else [item for name in ("post", "last") for item in _part(second, name, right)]),
    ]
    if not stated:
        return "exact"
    return "about" if len(stated) == 1 and stated[0].value == "about" else None


def _ends(
    first: re.Match[str], left: Sequence[Item], second: re.Match[str], right: Sequence[Item], convention: Convention
) -> tuple[_Figure, _Figure] | None:
    """Both ends; a scale word, percent sign or unit behind the second holds for the first too."""
    currency = [str(item.value) for item in _part(first, "currency", left)]
    again = [str(item.value) for item in _part(second, "currency", right)]
    if again and again != currency:
        return None
    end = _figure(second, right, convention, is_bounded=False)
    number, other = _part(first, "number", left), _part(second, "number", right)
    if end is None or (first["percent"] and end.unit != "percent"):
        return None
    if any(item.value != end.unit for item in _part(first, "percent", left)):
        return None  # "by nine percentage points to 27 %" is no range
    shared = [other[-1]] if other[-1].code == "s" and all(item.code != "s" for item in number) else []
    endings = [*_part(first, "end", left), *_part(first, "percent_end", left)]
    start = amount([*number, *shared], convention, is_percent=end.unit in _PERCENT_UNITS, is_bounded=False)
    if start is None or not _is_inflected(number, endings) or (currency and end.unit and not again):
        return None
    unit = currency[0] if currency else end.unit
    return _Figure(start, unit, end.factor), end._replace(unit=unit)


def _range(text: str, ends: tuple[_Figure, _Figure], bound: Bound, convention: Convention) -> Printed:
    """Ends of a range are told roughly, whole numbers below a thousand among them."""
    first, second = (_printed(text, end, bound, convention, is_end=True) for end in ends)
    if first.value >= second.value:
        raise UnreadableError(
            text,
            said("a range from {value:f} up to {value_2:f} does not rise", value=first.value, value_2=second.value),
        )
    return Printed(
        text=text,
        value=(first.value + second.value) / 2,
        low=first.low,
        high=second.high,
        low_filled=first.low_filled,
        high_filled=second.high_filled,
        low_truncated=first.low_truncated,
        high_truncated=second.high_truncated,
        last_digit=max(first.last_digit, second.last_digit),
        bound=bound,
        unit=ends[1].unit,
        ends=(_plain(first.value), _plain(second.value)),
    )
