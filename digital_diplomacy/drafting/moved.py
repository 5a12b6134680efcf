"""Drafts of places of a ranking within those that are ranked."""

from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import DURATIONS, MONEY, Figure, Marked

_NOT_RANKED: Final = (*MONEY, *DURATIONS[1:], "places", "unstated", "")
_BACK: Final = 4
"""Sentences of a paragraph looked back at for how many are ranked."""


def within(said: Marked) -> Iterator[Draft]:
    """Places told behind those among which they are: «17 облыстың ішінде алтыншы, … 19-орында»."""
    for words, named, match in said.find("among"):
        among = named["m"]
        if not _may_rank(among):
            continue
        for place in _ranks(said):
            between = said.plain[match.end() : said.place(place)]
            if place.start > among.start and ";" not in between:
                yield draft("rank_within", [place], [among], "rank_of", f"{words} … {place.printed}")
    for words, named, _ in said.find("place_of"):
        if named["r"].unit == "rank" and named["r"].value is not None and _may_rank(named["m"]):
            yield draft("rank_within", [named["r"]], [named["m"]], "rank_of", words)


def within_ranked(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Places of a paragraph that told before how many were ranked: "It scored 130 ministries. … in 142nd place"."""
    for number, said in enumerate(sentences):
        ranks = [one for one in _ranks(said) if said.has("place")]
        near = [one for one in sentences[max(0, number - _BACK) : number] if one.paragraph == said.paragraph]
        ranked = [
            (words, named["m"]) for one in near for words, named, _ in one.find("ranked") if _may_rank(named["m"])
        ]
        if (
            ranks
            and len({one.claim_id for _, one in ranked}) == 1
            and not said.has("among")
            and not said.has("place_of")
        ):
            for place in ranks:
                words, among = ranked[0]
                yield draft("rank_within", [place], [among], "rank_of", f"{words} … {place.printed}", sure="place")


def _ranks(said: Marked) -> list[Figure]:
    return [
        one
        for one in said.figures
        if one.unit == "rank" and one.value is not None and one.bound == "exact" and not one.table
    ]


def _may_rank(among: Figure) -> bool:
    is_count = among.is_whole and among.unit not in _NOT_RANKED and among.bound == "exact"
    return is_count and (among.value or 0) > 1 and not among.table
