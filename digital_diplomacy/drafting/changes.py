"""Drafts within a sentence: changes, parts of a whole, shares of a base, places, multiples, spans of ages."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from digital_diplomacy.drafting import reckoned
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.steps import ranks_apart
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked, patterns

_NO_COUNT = ("percent", "percentage_points", "times", "date", "rank", "years", "unstated")


def changes(said: Marked) -> Iterator[Draft]:
    """ "From A to B, by C": C in percent, in points, in the unit of both, or in times."""
    for rule, words, named in _pairs(said):
        earlier, later = named["a"], named["b"]
        if earlier.unit != later.unit or earlier.value is None or later.value is None:
            continue
        falls, rises = _ways(said, earlier, later)
        is_down = falls and not rises
        if not is_down and not rises:
            if rule == "from_to" and not (said.has("altered") or any(one.unit == "times" for one in said.figures)):
                continue
            is_down = later.value < earlier.value
        for by, change in _nearest(said, {earlier, later}):
            if _is_no_change(said, earlier, later, change):
                continue
            told = f"{by} {change.printed}"
            less, more = (bool(words_of.search(told)) for words_of in (_LESS, _MORE))
            falls = less if less != more else is_down  # what "came in" is no fall where it is 12 % more
            made = change_of(earlier, later, change, is_down=falls, words=f"{words} … {by}")
            if made is not None:
                yield made
                break


def _is_no_change(said: Marked, earlier: Figure, later: Figure, change: Figure) -> bool:
    return (
        _is_of_others(said, max(earlier, later, key=lambda one: one.start), change)
        or _is_scale(earlier, later, change)
        or _is_apart(said, earlier, later, change)
        or _is_worked_out(said, change)
        or _is_of_its_time(said, earlier, later, change)
    )


def _is_worked_out(said: Marked, one: Figure) -> bool:
    """Whether a figure opens an equation: "a gain of 83 - 24 = 59 places"."""
    return _EQUATION.match(said.plain, said.place(one) + 1) is not None


_EQUATION: Final = re.compile(r"\s?[^\W\d_]{0,6}\s?[-+−–—×*/:]\s?[\ue000-\uf0ff]\s?[^\W\d_]{0,6}\s?=")


def _is_scale(earlier: Figure, later: Figure, change: Figure) -> bool:
    """Whether an amount that opens a clause counts what both ends are told for: "for 100 pupils 38 desks, then 31"."""
    is_first = change.start < min(earlier.start, later.start)
    nouns = {one.counted for one in (earlier, later)} - {""}
    return is_first and change.counted != "" and bool(nouns) and change.counted not in nouns


def _is_apart(said: Marked, earlier: Figure, later: Figure, change: Figure) -> bool:
    """Whether points in another clause than both shares, or behind two others, are not what lies between them."""
    ends = sorted((earlier, later), key=lambda one: -(one.value or 0))
    start, end = sorted((said.place(later), said.place(change)))
    between = said.plain[start:end]
    is_other = change.unit == "percentage_points" and ";" in between and between.count("(") == between.count(")")
    others = [one for one in said.figures if later.start < one.start < change.start and one.unit == later.unit]
    return (is_other or len(others) > 1) and not reckoned.fits("difference", ends, change)


def _ways(said: Marked, earlier: Figure, later: Figure) -> tuple[bool, bool]:
    """Whether the clause of both ends tells a fall or a rise; the whole sentence where the clause tells neither."""
    first, last = sorted((said.place(earlier), said.place(later)))
    start = said.plain.rfind(";", 0, first) + 1
    end = said.plain.find(";", last)
    end = len(said.plain) if end < 0 else end
    ways = {
        way: [match.start() for _, _, match in said.find(way) if start <= match.start() < end] for way in ("down", "up")
    }
    if all(ways.values()):  # "rose from 90 to 93 while refusals fell from 8 to 5": the verb right before tells
        nearest = {way: max((one for one in starts if one < first), default=-1) for way, starts in ways.items()}
        if first - max(nearest.values()) > _WAY_AHEAD or nearest["up"] == nearest["down"]:
            return True, True
        return nearest["down"] > nearest["up"], nearest["up"] > nearest["down"]
    if any(ways.values()):
        return bool(ways["down"]), bool(ways["up"])
    return bool(said.has("down")), bool(said.has("up"))


_WAY_AHEAD: Final = 25
"""Characters between a verb of change and the first of both ends."""


def _is_of_others(said: Marked, last: Figure, change: Figure) -> bool:
    """Whether an amount stands behind another figure that it belongs to: "from 13 to 12, but oil to 3, 0.4 more"."""
    return change.unit not in ("percent", "percentage_points", "times") and any(
        last.start < one.start < change.start and are_of_one_unit(one, last) and not one.is_date
        and _SUBJECT.search(said.plain, said.place(last), said.place(one)) is not None
        for one in said.figures
    )  # fmt: skip


def _is_of_its_time(said: Marked, earlier: Figure, later: Figure, change: Figure) -> bool:
    """Whether an amount is told of another time than both ends: "from 13 to 18 in three years, last year by 2"."""
    ends = sorted((earlier, later), key=lambda one: -(one.value or 0))
    return (
        is_of_its_time(said, later, change)
        and change.unit == later.unit
        and not reckoned.fits("difference", ends, change)
    )


def is_of_its_time(said: Marked, last: Figure, told: Figure) -> bool:
    """Whether a time is named between a figure and one behind it."""
    return _OTHER_TIME.search(said.plain, said.place(last) + 1, said.place(told)) is not None


_OTHER_TIME: Final = re.compile(
    r"[,;–—(]\s*(?:(?:of which|including|and|but|а|и|в том числе|из них|ал|оның ішінде|соның ішінде)\s+)*"
    r"(?:(?:за|в|на|in|over|during)\s+)?(?:the\s+)?(?:"
    r"(?:last|first|past|second|final|previous)\s+(?:year|month|quarter|half|week)|"
    r"(?:последн|перв|втор|прошл|предыдущ)\w+\s+(?:год|месяц|квартал|полугоди|недел)|"
    r"(?:соңғы|алғашқы|бірінші|екінші|өткен)\s+(?:жыл|ай|тоқсан|апта|жартыжыл))\w*",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(r"[,;](?: \w+){0,3} (?:while|but|and|зато|а|но|ал|бірақ)?")


def turns(words: str) -> bool:
    """Whether words go over to something else."""
    return _TURN.search(words) is not None


_TURN: Final = re.compile(
    r",?\s(?:while|whereas|but|although)\b|,\s(?:а|но|зато|тогда как)(?!\w)|(?<!\w)(?:ал|бірақ|дегенмен)(?!\w)",
    re.IGNORECASE,
)
"""Words behind which something else is told."""


def _nearest(said: Marked, ends: set[Figure]) -> list[tuple[str, Figure]]:
    """Amounts in the clause of both ends, the nearest to them first; where the clause has none, in the sentence."""
    places = [said.place(one) for one in ends]

    def distance(one: Figure) -> int:
        return min(abs(said.place(one) - place) for place in places)

    amounts = sorted(_amounts(said, ends), key=lambda pair: distance(pair[1]))
    near = [pair for pair in amounts if ";" not in said.plain[slice(*sorted((said.place(pair[1]), places[0])))]]
    return near or amounts


_LESS: Final = re.compile(r"\b(?:less|lower|fewer|меньше|ниже|менее|аз|кем|төмен)\b", re.IGNORECASE)

_MORE: Final = re.compile(r"\b(?:more|higher|больше|выше|более|көп|артық|жоғары)\b", re.IGNORECASE)


def dated(said: Marked) -> Iterator[Draft]:
    """ "In 2019 there were A, in 2021 there were B, C more": two figures of one unit, each told of its own time."""
    if any(True for _ in _pairs(said)):
        return
    for by, change in _amounts(said, set()):
        alike = [one for one in said.figures if not one.is_date and one is not change and one.value is not None]
        if len(alike) != 2 or alike[0].unit != alike[1].unit or "" in (one.period for one in alike):
            continue
        first, last = sorted(alike, key=lambda one: one.period)
        if first.period == last.period or first.table:
            continue
        behind = said.plain[said.place(max(alike, key=lambda one: one.start)) : said.place(change)]
        if turns(behind):
            continue  # "12 pages in 2019 and 18 in 2022, while readers grew 4 times"
        is_down = (last.value or 0) < (first.value or 0)
        made = change_of(first, last, change, is_down=is_down, words=f"{first.printed} … {last.printed} … {by}")
        if made is not None:
            yield made
            return


def _pairs(said: Marked) -> Iterator[tuple[str, str, dict[str, Figure]]]:
    for rule in ("from_to", "against"):
        for words, named, _ in said.find(rule):
            if not _is_of_two(said, named["a"], named["b"]):
                yield rule, words, named


def _is_of_two(said: Marked, one: Figure, other: Figure) -> bool:
    """Whether something else comes between two figures, and grows or falls: "to 93 %, while refusals fell from 8"."""
    first, last = sorted((said.place(one), said.place(other)))
    changed = [match for way in ("up", "down") for _, _, match in said.find(way) if first < match.start() < last]
    return bool(changed) and turns(said.plain[first:last])


def _is_base(said: Marked, one: Figure, ends: set[Figure]) -> bool:
    """Whether a round number is what others are told per: «на 100 семей приходится 54 против 51»."""
    is_round = one.is_whole and re.fullmatch(r"10*", f"{one.value:.0f}") is not None
    return is_round and all(one.start < other.start for other in ends) and _PER_BASE.search(said.plain) is not None


_PER_BASE: Final = re.compile(r"(?<!\w)(?:приход\w+|пришл\w+|насчитыва\w+)(?!\w)", re.IGNORECASE)


def _amounts(said: Marked, taken: set[Figure]) -> Iterator[tuple[str, Figure]]:
    for words, named, _ in said.find("by"):
        if named["c"] not in taken and named["c"].value is not None and not _is_base(said, named["c"], taken):
            yield words, named["c"]
    for one in said.figures:
        if one.unit == "times" and _MULTIPLE.fullmatch(one.printed):
            yield one.printed, one


_MULTIPLE: Final = re.compile(
    r"(?:doubled|tripled|trebled|quadrupled|вдвое|втрое|вчетверо|впятеро|(?:удво|утро)(?:ил|ит|ят)\w+)", re.IGNORECASE
)
"""Words that are a change and how large it is."""


def change_of(
    earlier: Figure,
    later: Figure,
    change: Figure,
    *,
    is_down: bool,
    words: str,
    sure: Literal["words", "place"] = "words",
) -> Draft | None:
    """A change between two figures of one unit, by what it is told in; nothing where its unit is of no change."""
    sides = (earlier, later) if is_down else (later, earlier)
    unit = earlier.unit
    if change.unit == "times":
        return draft("ratio", sides, [change], "change_times", words, sure=sure)
    if change.unit == "percent" and unit not in ("percent", "percentage_points", "rank"):
        kind = "decline_rate" if is_down and (change.value or 0) > 0 else "growth_rate"  # "fell (-25 %)"
        return draft(kind, [earlier, later], [change], "change_percent", words, sure=sure)
    is_same = change.unit == unit or (change.unit == "items" and unit not in (*_NO_COUNT, *DURATIONS))
    if (unit == "percent" and change.unit == "percentage_points") or (is_same and unit != "percent"):
        why = "change_points" if unit == "percent" else "change_amount"
        return draft("difference", sides, [change], why, words, sure=sure)
    return None


def grown(said: Marked) -> Iterator[Draft]:
    """A figure with how much it grew in its own unit and in percent: "12 million, 26 % (2.5 million) more"."""
    if (
        said.has("from_to")
        or said.has("against")
        or (not said.has("up") and "больше" not in said.text and "more" not in said.text)
    ):
        return
    shares = [one for one in said.figures if one.unit == "percent"]
    counts = [one for one in said.figures if one.unit not in _NO_COUNT and one.value is not None and one.value >= 1000]
    if len(shares) != 1 or len(counts) != 2:
        return
    end, increase = counts
    if any(one.is_date and end.start < one.start < increase.start for one in said.figures):
        return  # "690 million; in 2022 it was 460 million" are both ends
    is_by = any(named["c"] in (shares[0], increase) for _, named, _ in said.find("by"))
    if is_by and _may_be_increase(end, increase, shares[0]):
        words = f"{end.printed} … {shares[0].printed} … {increase.printed}"
        yield draft("growth_over_base", [end, increase], shares, "grown", words)


def _may_be_increase(end: Figure, increase: Figure, share: Figure) -> bool:
    """Whether a figure may be by how much another grew, and is not what it was before: "9,450 after 8,400, 12.5 %"."""
    last, more, told = end.value or 0, increase.value or 0, share.value or 0
    if not 0 < more < last or told <= 0:
        return False
    return told / _FACTOR <= 100 * more / (last - more) <= told * _FACTOR


_FACTOR: Final = 4
"""Times up to which an increase may differ from the percent told of it."""


def parts(said: Marked) -> Iterator[Draft]:
    """ "N of M", and the share that is told with it."""
    ends = {figure for _, named, _ in said.find("from_to") for figure in named.values()}
    for words, named, match in said.find("n_of_m"):
        if ends & set(named.values()):
            continue
        part, whole = named["n"], named["m"]
        if not (part.is_whole and whole.is_whole) or whole.value == 1 or part.table:
            continue
        are_two = part.counted and whole.counted and part.counted != whole.counted
        if are_two and (part.value or 0) > (whole.value or 0):
            continue  # "63 figures of the twelve notebooks"
        if (part.value or 0) > (whole.value or 0) and any(
            reckoned.fits("sum_of_parts", (part, whole), one)
            for one in said.figures
            if one.is_whole and not one.is_date
        ):
            continue  # "2,912 records; after removal of 731 duplicates, 2,181"
        yield draft("nesting", [part], [whole], "n_of_m", words)
        share = share_behind(said, match.end())
        if share is not None:
            yield draft("share_of_base", [part, whole], [share], "n_of_m_share", f"{words} … {share.printed}")
        if part.start > whole.start:
            yield from further_parts(said, part, whole, words)
    for words, named, _ in said.find("share_of"):
        share, whole, part = named["p"], named["m"], named["n"]
        is_money = part.unit == whole.unit in MONEY
        if share.unit == "percent" and ((part.is_whole and whole.is_whole) or is_money):
            yield draft("share_of_base", [part, whole], [share], "share_of_base", words)


def further_parts(said: Marked, part: Figure, whole: Figure, words: str) -> Iterator[Draft]:
    """Further counts of one sentence, each with its share in brackets: "of 1,600 1,088 (68 %) …, 560 (35 %)"."""
    of_them = [named["n"] for _, named, _ in said.find("of_them")]
    for one in said.figures:
        if (
            one.start <= part.start
            or one in of_them  # "of 500 people 300 …, 240 of them (80 %)"
            or not one.is_whole
            or one.table
            or one.counted in _SPANS
            or not (are_of_one_unit(one, whole) or are_of_one_unit(one, part))
            or ";" in said.plain[said.place(part) : said.place(one)]
        ):
            continue
        behind = _BRACKET.match(said.plain, said.place(one) + 1)
        share = said.at(behind["p"]) if behind else None
        if share is not None and share.unit == "percent" and share.value is not None:
            told = f"{words} … {one.printed} … {share.printed}"
            yield draft("nesting", [one], [whole], "n_of_m", told)
            yield draft("share_of_base", [one, whole], [share], "n_of_m_share", told)


_SPANS: Final = ("тәулік", "сутки", "сутка", "fortnight", "quarter", "shift")
"""Nouns of spans of time that are no unit."""
_BRACKET: Final = re.compile(
    r"[^\ue000-\uf8ff;,]{0,25}?(?:\(|,\s*(?:or|that is|i\.e\.|или|то есть|т\. ?е\.|яғни|немесе)[ ,])\s*"
    r"(?P<p>[\ue000-\uf0ff])\s*(?:%|per ?cent|проц|пайыз)(?!\w*\s+(?:of|от|из)\b)"
)
"""A share told behind a count: in brackets, or after "that is", if no other base is named behind it."""


def share_behind(said: Marked, place: int) -> Figure | None:
    """The share told in parentheses, or after "that is", behind a place of a sentence."""
    for pattern in patterns("share_behind", said.language):
        match = pattern.search(said.plain[place:])
        if match:
            figure = said.at(match["p"])
            return figure if figure.unit == "percent" and figure.value is not None else None
    return None


def places(said: Marked) -> Iterator[Draft]:
    """A place among a number of them."""
    for words, named, _ in (*said.find("rank_of"), *said.find("rank_in_list")):
        place, among = named["r"], named["m"]
        if place.value is not None and among.is_whole and among.unit != "places" and place.unit in ("rank", "items"):
            yield draft("rank_within", [place], [among], "rank_of", words)


def steps(said: Marked) -> Iterator[Draft]:
    """Two places of a ranking and how far they are apart: "from 41st to 29th, up twelve places"."""
    for words, former, latter, step in ranks_apart(said):
        high, low = sorted((former, latter), key=lambda one: -(one.value or 0))
        yield draft("difference", [high, low], [step], "change_amount", words)


def lives(said: Marked) -> Iterator[Draft]:
    """Years joined by a dash, the first not after the second."""
    for first, second in zip(said.figures, said.figures[1:], strict=False):
        between = said.text[first.end : second.start].strip()
        if first.is_date and second.is_date and between in ("-", "–", "—"):
            yield draft("date_order", [first], [second], "years", f"{first.printed} – {second.printed}")


def ages(said: Marked) -> Iterator[Draft]:
    """Ages from the younger to the older."""
    for words, named, _ in said.find("span"):
        low, high = named["a"], named["b"]
        is_told = None not in (low.value, high.value) and low.unit == high.unit and low != high
        if not is_told or said.has("down") or _is_worked_out(said, low):  # "a rank falls from 83 to 24"
            continue
        if low.unit in ("years", "persons", "items") and max(low.value or 0, high.value or 0) <= _OLDEST:
            yield draft("order", [high, low], [], "span", words)


_OLDEST: Final = 120


def above_whole(said: Marked) -> Iterator[Draft]:
    """A share of people above all of them."""
    for share in said.figures:
        if share.unit == "percent" and share.value is not None and share.value > 100:
            base = next(
                (match for pattern in patterns("population", said.language)
                 for match in [pattern.search(said.plain, said.place(share), said.place(share) + 60)] if match),
                None,
            )  # fmt: skip
            if base is not None and not said.has("up"):
                yield draft("share_of_persons", [share], [], "above_whole", f"{share.printed} … {base.group()}")
