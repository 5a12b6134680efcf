"""Drafts of a percentage that an abstract, highlights or conclusions tell again, by words that few sentences have.

Percentages of two digits are met by chance; one of a summary is that of the body where it is told nowhere else and a
rare word stands near both. One that differs is drafted only as a misprint, where nearly all its rare words are shared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from digital_diplomacy.drafting.misprints import are_equal, are_swapped, digits, is_misprint
from digital_diplomacy.drafting.twice import is_average, stems
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_OPENING: Final = 0.25
_CLOSING: Final = 0.85
"""Parts of a paper's sentences up to and from which they may sum up."""
_RARE: Final = 4
"""Sentences with figures that a telling word stands in, at most."""
_ALL: Final = 100
_PRINTS: Final = 3
"""Times that a percentage is printed in a text, at most, for one rare word to tell which is meant."""
_WINDOW: Final = 75
_LONG: Final = 3
_ALIKE: Final = 0.6
_LEAST_WORDS: Final = 3


def summarised(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Percentages of what sums a paper up, and those of its body that they tell again."""
    body = [said for said in sentences if not said.figures[0].table and not said.figures[0].in_references]
    met = Counter(stem for said in body for stem in stems(said.plain))
    told = [(place, said, one) for place, said in enumerate(body) for one in said.figures if _may_be_told(said, one)]
    values = Counter(one.value for _, _, one in told)
    for place, said, one in told:
        if not (place < _OPENING * len(body) or place > _CLOSING * len(body)):
            continue
        others = [(again, other) for at, again, other in told if again.paragraph != said.paragraph and at != place]
        others = [(again, other) for again, other in others if not _is_of_other_time(one, other)]
        own = _rare(said, one, met)
        scored = [
            (len(own & _rare(again, other, met)), again, other)
            for again, other in others
            if are_equal(one, other) and one.value == other.value
        ]
        most = max((score for score, _, _ in scored), default=0)
        best = [(again, other) for score, again, other in scored if score == most]
        is_round = (one.value or 0) % 10 == 0
        is_only = sum(score > 0 for score, _, _ in scored) == 1 and values[one.value] <= _PRINTS and not is_round
        if most >= (1 if is_only else 2) and len(best) == 1:
            yield _draft(said, one, *best[0], own & _rare(*best[0], met))
        elif not scored:
            near = [
                (again, other)
                for again, other in others
                if _is_mistold(one, other)
                and len(shared := own & _rare(again, other, met)) >= _LEAST_WORDS
                and len(shared) >= _ALIKE * len(own)
            ]
            if len(near) == 1:
                yield _draft(said, one, *near[0], own & _rare(*near[0], met))


def _draft(said: Marked, one: Figure, again: Marked, other: Figure, shared: frozenset[str]) -> Draft:
    first, second = (one, other) if said.number < again.number else (other, one)
    words = f"{first.printed} … {second.printed} ({', '.join(sorted(shared))})"
    return draft("same_quantity", [first], [second], "again", words, sure="place")


def _may_be_told(said: Marked, one: Figure) -> bool:
    is_share = one.unit == "percent" and one.bound == "exact" and 0 < (one.value or 0) < _ALL
    return is_share and not is_average(said, one)


def _rare(said: Marked, one: Figure, met: Mapping[str, int]) -> frozenset[str]:
    """Stems of the words near a figure that few sentences have."""
    place = said.place(one)
    is_long = len(digits(one)) >= _LONG
    near = stems(said.plain if is_long else said.plain[max(0, place - _WINDOW) : place + 1 + _WINDOW])
    return frozenset(stem for stem in near if met[stem] <= _RARE)


def _is_of_other_time(one: Figure, other: Figure) -> bool:
    return bool(one.period and other.period) and one.period != other.period


def _is_mistold(one: Figure, other: Figure) -> bool:
    return are_swapped(one, other) or (len(digits(one)) >= _LONG and is_misprint(one, other))
