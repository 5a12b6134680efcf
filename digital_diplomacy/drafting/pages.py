"""Drafts of one country's count on one platform, told twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_LEAST: Final = 100
_COUNTED: Final = ("followers", "users", "accounts", "views", "messages")


def pages(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """One country's count on one platform, told twice in the paper and no more often."""
    told: dict[tuple[str, str, str], list[tuple[Figure, Marked]]] = defaultdict(list)
    for said in sentences:
        for one in said.figures:
            is_count = one.value is not None and one.value >= _LEAST and one.unit in _COUNTED
            if is_count and one.entity and one.platform and not one.in_references:
                told[one.entity, one.platform, one.unit].append((one, said))
    for figures in told.values():
        if len(figures) != 2 or any(said.has("up") or said.has("from_to") for _, said in figures):
            continue
        (first, said), (second, other) = figures
        if said.number != other.number and not (first.period and second.period and first.period != second.period):
            words = f"{first.printed} … {second.printed} ({first.platform})"
            yield draft("same_quantity", [first], [second], "page", words, sure="place")
