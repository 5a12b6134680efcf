"""What a sentence asks of a figure it tells: of which others it is the difference, growth, share, rate or sum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

Asked: TypeAlias = Literal["apart", "growth", "share", "times", "each", "exchange", "all", "rest", "parts"]

_NEAR: Final = 45
"""Characters up to which a cue is at a figure, if no other figure is between."""
_NUMBER: Final = re.compile(r"[\ue000-\uf0ff]")
_NO_SUM: Final = ("percent", "percentage_points", "times", "date", "rank", "places")
_BEHIND: Final = re.compile(
    r"[^\ue000-\uf0ff;]{0,50}?(?:[(,–—:]|\s(?:or|или|яғни|немесе|of|at)\s)[^\ue000-\uf0ff;)]{0,28}", re.IGNORECASE
)
"""What stands between a count and the share of it: a bracket, a comma, a dash, "or"."""
_AHEAD: Final = re.compile(
    r"[^\ue000-\uf0ff;,)]{0,30}?(?:\(|,\s(?:or|или|яғни|немесе)\s|\s[–—]\s)[^\ue000-\uf0ff;)]{0,15}", re.IGNORECASE
)
"""What stands between a share and the count that it is told of behind it."""


@dataclass(frozen=True)
class Question:
    """A figure, and what a cue asks of it.

    Parameters
    ----------
    told : Figure
        The figure that is the answer.
    asked : str
        What it is asked to be.
    is_near : bool
        Whether the cue stands at the figure, no other in between.
    way : {"up", "down", ""}
        Of a change, as its nearest cue says.
    words : str
        The cue, as printed.
    """

    told: Figure
    asked: Asked
    is_near: bool
    way: str
    words: str


@dataclass(frozen=True)
class Cue:
    """Words that ask, and how far from a figure they stand."""

    way: str
    words: str
    distance: int
    is_near: bool


def questions(said: Marked, told: Figure, before: Marked | None = None) -> Iterator[Question]:
    """Every question that its clause asks of a figure, the nearest cue first."""
    clause = _clause(said, told)
    apart = min(
        (cue for way, rule in (("up", "asks_more"), ("down", "asks_less"), ("", "asks_apart"))
         for cue in _cues(said, told, rule, way, clause)),
        key=lambda cue: cue.distance, default=None,
    )  # fmt: skip
    if told.unit == "times" and _is_of_occasions(said, told):
        return
    if told.unit == "times":
        yield Question(told, "times", True, apart.way if apart else "", told.printed)
    elif _is_end(said, told):
        return  # "by 8.9 to 9.1 points" is a range
    elif told.unit in ("percentage_points", "places") or any(named["c"] is told for _, named, _ in said.find("step")):
        yield Question(told, "apart", True, apart.way if apart and apart.is_near else "", told.printed)
    elif told.unit == "percent":
        if apart:
            yield Question(told, "growth", apart.is_near, apart.way, apart.words)
        yield Question(told, "share", not (apart and apart.is_near), "", told.printed)
        yield Question(told, "parts", False, "", told.printed)
        if any(cue.is_near for cue in _cues(said, told, "asks_all", "", _clause(said, told))):
            yield Question(told, "all", True, "", told.printed)
    elif told.unit != "rank":
        yield from _of_amount(said, told, apart, before)


def is_told_as_change(said: Marked, one: Figure) -> bool:
    """Whether words for more or less stand right before an amount: what "rose by 120, or 19 %" is no share."""
    ahead = said.plain[max(0, said.place(one) - _AT) : said.place(one)]
    ways = (match.group() for rule in ("asks_more", "asks_less") for _, _, match in said.find(rule))
    return "," not in ahead and any(words in ahead for words in ways)


_AT: Final = 20
"""Characters before an amount in which words say that it is a change."""


def _is_end(said: Marked, told: Figure) -> bool:
    """Whether points are an end of a range, which no difference of two others is."""
    if told.unit not in ("percentage_points", "unstated", "items"):
        return False
    place = said.place(told)
    return any(
        place in (match.start("a"), match.start("b")) and said.at(match["b"]).unit == "percentage_points"
        for match in _RANGE.finditer(said.plain)
    )


_RANGE: Final = re.compile(
    r"(?:\b(?:from|between)|(?<!\w)(?:от|между))\s(?P<a>[\ue000-\uf0ff])\s(?:to|and|до|и)\s(?P<b>[\ue000-\uf0ff])",
    re.IGNORECASE,
)


def _is_of_occasions(said: Marked, told: Figure) -> bool:
    """Whether something happens so often: «екі рет», «дважды», «два раза», but not «в два раза» больше."""
    place = said.place(told)
    words = f"{told.printed}{said.plain[place + 1 : place + 8]}"
    if said.language == "ru":
        is_often = re.match(r"(?:дважды|трижды|четырежды)|[^\W_]+\sраза?(?!\w)", words, re.IGNORECASE) is not None
        return is_often and re.search(r"(?<!\w)в[о]?\s$", said.plain[:place], re.IGNORECASE) is None
    return said.language == "kk" and re.search(r"\sрет", words) is not None


def _of_amount(said: Marked, told: Figure, apart: Cue | None, before: Marked | None) -> Iterator[Question]:
    """What may be asked of a count or of money."""
    clause = _clause(said, told)
    is_end = any(
        told in named.values() and named.get("c") is not told
        for rule in ("from_to", "against", "more_than") for _, named, _ in said.find(rule)
    )  # fmt: skip
    if apart and not is_end:
        yield Question(told, "apart", apart.is_near, apart.way, apart.words)
    asked: list[tuple[Asked, str]] = [] if is_end else [("each", "asks_each")]
    for what, rule in (*asked, *_WHOLES):
        cue = min(_cues(said, told, rule, "", clause), key=lambda cue: cue.distance, default=None)
        if cue is not None:
            yield Question(told, what, cue.is_near, "", cue.words)
        elif what == "rest" and before is not None and (words := _taken(said, told, before)):
            yield Question(told, "rest", True, "", words)
    if told.unit in MONEY and said.has("asks_exchange"):
        yield Question(told, "exchange", True, "", said.has("asks_exchange"))
    if told.unit not in _NO_SUM:
        yield Question(told, "parts", False, "", told.printed)


_WHOLES: Final[tuple[tuple[Asked, str], ...]] = (("all", "asks_all"), ("rest", "asks_rest"))


def _taken(said: Marked, told: Figure, before: Marked) -> str:
    """Words of the sentence before that take its last figure away, where this one is alone in its sentence."""
    others = [one for one in said.figures if one is not told and not one.is_date and one.unit != "rank"]
    last = before.figures[-1]
    if others or last.is_date:
        return ""
    near = [cue for cue in _cues(before, last, "asks_rest", "", (0, len(before.plain))) if cue.is_near]
    return near[0].words if near else ""


def is_attached(said: Marked, one: Figure, share: Figure) -> bool:
    """Whether nothing but a bracket, a comma or "or" stands between a count and a share."""
    first, last = sorted((said.place(one), said.place(share)))
    pattern = _BEHIND if said.place(one) == first else _AHEAD
    return pattern.fullmatch(said.plain, first + 1, last) is not None


def _clause(said: Marked, told: Figure) -> tuple[int, int]:
    place = said.place(told)
    end = said.plain.find(";", place)
    return said.plain.rfind(";", 0, place) + 1, len(said.plain) if end < 0 else end


def _cues(said: Marked, told: Figure, rule: str, way: str, clause: tuple[int, int]) -> Iterator[Cue]:
    """Cues of a clause; one that holds a figure itself asks of that alone, any other of the figure nearest to it."""
    place = said.place(told)
    for words, _, match in said.find(rule):
        if not clause[0] <= match.start() < clause[1]:
            continue
        if _NUMBER.search(match.group()):
            if match.start() <= place < match.end():
                yield Cue(way, words, 0, is_near=True)
            continue
        distance = _distance(match, place)
        rivals = [
            _distance(match, said.place(one))
            for one in said.figures
            if one is not told and _is_rival(one, told) and clause[0] <= said.place(one) < clause[1]
        ]
        yield Cue(way, words, distance, distance <= min([_NEAR, *rivals]))


def _is_rival(one: Figure, told: Figure) -> bool:
    """Whether a cue may be about another figure: not about a time, "over three years the growth was 62 %"."""
    return not one.is_date and (one.unit not in DURATIONS or told.unit in DURATIONS)


def _distance(match: re.Match[str], place: int) -> int:
    """Characters between a cue and a figure; a comma between a figure and what follows sets them further apart."""
    if match.end() <= place:
        is_apart = _TOLD_OF_IT.match(match.string, match.end(), place) is not None
        return place - match.end() + (_COMMA if is_apart else 0)
    between = match.string[place + 1 : match.start()]
    return max(match.start() - place - 1, 0) + (_COMMA if "," in between else 0)


_COMMA: Final = 15
_TOLD_OF_IT: Final = re.compile(r":\s[^\ue000-\uf0ff:;]*?(?<!\w)(?:it|they|она?|оно|они|ол|олар)\s", re.IGNORECASE)
"""A clause behind a colon that tells the thing itself: "the share grows: in the first year it was 19 %"."""
