"""Drafts of a part whose whole is told before it: "1,200 people were asked. Of them 672 (56 %) …"."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.drafting.changes import further_parts, share_behind
from digital_diplomacy.drafting.elsewhere import noun_shared
from digital_diplomacy.drafting.known import OF_ANY
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft, is_of_people
from digital_diplomacy.extraction.tokens import DURATIONS, Figure, Marked


def of_them(before: Marked, said: Marked) -> Iterator[Draft]:
    """A number of "them" against the only count told before, in its sentence or in the one in front of it."""
    for words, named, match in said.find("of_them"):
        part = named["n"]
        whole = _only_count([one for one in said.figures if one.start < part.start])
        is_next = before.paragraph == said.paragraph and before.number == said.number - 1
        counts = [one for one in said.figures if one.start < part.start and one.is_whole and one.unit not in DURATIONS]
        if whole is None and is_next and not counts and not before.has("of_them"):
            compared = {one for _, named, _ in before.find("more_than") for one in (named["c"], named["a"])}
            whole = _only_count([one for one in before.figures if one not in compared])
        if whole is None or not part.is_whole or part.table or ALL_OF_THEM.search(words):
            continue
        if (part.value or 0) > _FAR * (whole.value or 0):
            continue  # "Of the three, one served 11 million" tells of no three people
        if not are_of_one_unit(part, whole) and any(is_of_people(one) for one in (part, whole)):
            continue  # people are no part of things
        yield draft("nesting", [part], [whole], "n_of_m", f"{whole.printed} … {words}")
        yield from further_parts(said, part, whole, words)
        share = share_behind(said, match.end())
        if share is not None and not _is_of_another(before, said, share):
            told = f"{whole.printed} … {words} … {share.printed}"
            yield draft("share_of_base", [part, whole], [share], "n_of_m_share", told)


def _is_of_another(before: Marked, said: Marked, share: Figure) -> bool:
    """Whether a share names behind it something that was not told before: "of this, $6 million (20 % of the loan)"."""
    noun = noun_shared(said, share)[:_STEM]
    told = f"{before.plain} {said.plain[: said.place(share)]}".casefold()
    return noun != "" and noun not in OF_ANY and noun not in told


_STEM: Final = 5
_FAR: Final = 10
"""Times its whole that a misprinted part may be."""
ALL_OF_THEM: Final = re.compile(r"(?<!\w)(?:олардың|соның|бұлардың) (?:жалпы )?сан[ыа]\w*", re.IGNORECASE)
"""«Олардың саны 75 болады» tells all of them, of which what was told before may be a part."""


def _only_count(figures: "tuple[Figure, ...] | list[Figure]") -> Figure | None:
    """The one figure that may count them; none where there are several, or a share or change beside it."""
    counts = [one for one in figures if not one.is_date and one.unit not in DURATIONS]
    return counts[0] if len(counts) == 1 and counts[0].is_whole and counts[0].bound == "exact" else None
