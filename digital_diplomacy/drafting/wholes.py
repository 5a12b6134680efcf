"""Drafts of parts of a hundred, and of counts with their shares of one population."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from digital_diplomacy.drafting.sums import shares_in_all, shares_told
from digital_diplomacy.drafting.unjudged import Draft, draft
from digital_diplomacy.extraction.tokens import Figure, Marked, patterns

_LEAST: Final = 3
"""Shares from which a sentence or column may tell the parts of one whole."""


_HIGHEST: Final = 115
"""Percent above which shares of two sentences are not of one whole."""


_ROUNDED: Final = re.compile(
    r"\b(?:in|by|to|due to|because of) rounding\b|(?<!\w)(?:при|из-за|вследствие) округлени[ияе]|(?<!\w)дөңгелекте",
    re.IGNORECASE,
)
"""A sentence that accounts for a missing percent by rounding has one answer each, whatever is asked next."""


def hundreds(said: Marked) -> Iterator[Draft]:
    """Shares of one whole in a sentence: all of it where one is the rest, otherwise at most all of it."""
    shares = _once(shares_told(said))
    overlaps = said.has("several") or (said.has("overlap") and not said.has("single"))
    if len(shares) < 2 or said.has("from_to") or _are_of_different_times(said):
        return
    if _are_of_different_nouns(said, shares):
        return
    rest = [named["p"] for _, named, _ in said.find("rest") if named["p"] in shares]
    rounded = _ROUNDED.search(said.plain, said.place(shares[-1]))
    rest = rest or (shares[-1:] if rounded and len(shares) >= _LEAST else [])
    is_divided = len(shares) >= _LEAST and bool(rest) and rest[-1] is shares[-1] and not said.has("several")
    if _are_nested(said, shares) or (overlaps and not is_divided):
        return  # "the remaining" are of one whole, whoever uses what
    whole = said.has("whole")
    if (len(shares) >= _LEAST and whole) or rest:
        kind = "sum_to_100" if rest and rest[-1] is shares[-1] else "sum_at_most_100"
        words = (
            " + ".join(one.printed for one in shares) + f" ({said.has('rest') or (rounded and rounded[0]) or whole})"
        )
        yield Draft(kind, tuple(shares), (), "hundred_rest" if kind == "sum_to_100" else "hundred", words,
                    exhaustive=kind == "sum_to_100")  # fmt: skip


def _are_of_different_nouns(said: Marked, shares: Sequence[Figure]) -> bool:
    """Whether shares name wholes of their own right behind them: "60 % of the embassies, 50 % of test questions"."""
    found = [_OF.match(said.plain, said.place(one) + 1) for one in shares]
    return len({match["noun"][:_STEM].casefold() for match in found if match}) == len(shares)


_STEM: Final = 4
_OF: Final = re.compile(
    r"\s*(?:%|per ?cent)?\s+of (?:(?:the|a|an|all|these|those|its|their)\s)?(?:[a-z]+ing\s)?(?P<noun>[a-z]{3,})",
    re.IGNORECASE,
)
"""What a share is told of behind it; Russian and Kazakh name there what is done as well."""


def of_one_answer(
    drafts: Iterable[Draft], sentences: Sequence[Marked], texts: Sequence[Mapping[str, Any]]
) -> Iterator[Draft]:
    """Drafts without hundreds of answers of which each may give several, but for those that make one as printed."""
    several = _of_several(sentences, texts)
    for one in drafts:
        is_hundred = one.kind in ("sum_to_100", "sum_at_most_100") and {each.sentence for each in one.left} <= several
        if not is_hundred or round(sum(each.value or 0 for each in one.left), 6) == _ALL:
            yield one


_ALL: Final = 100


def _of_several(sentences: Sequence[Marked], texts: Sequence[Mapping[str, Any]]) -> frozenset[int]:
    """Numbers of sentences whose shares are of several answers each may give, as they or words beside them say.

    Beside them: in their paragraph, back to the shares before, and the next, unless that tells other shares.
    """
    text_of = {int(block["paragraph"]): str(block["text"]) for block in texts}
    found, start, end, paragraph = set[int](), 0, 0, -1
    for said, later in itertools.zip_longest(sentences, sentences[1:]):
        text = text_of.get(said.paragraph, said.text)
        if said.paragraph != paragraph:
            start, end, paragraph = 0, 0, said.paragraph
        end = _end_of(said, text, end)
        if later is None or later.paragraph != paragraph:
            behind = len(text)
        else:
            behind = end if len(shares_told(later)) > 1 else _end_of(later, text, end)
        if any(one.unit == "percent" for one in said.figures):
            if not _ROUNDED.search(said.plain) and any(
                pattern.search(text, start, behind) for pattern in patterns("several", said.language)
            ):
                found.add(said.number)
            start = end
    return frozenset(found)


def _end_of(said: Marked, text: str, start: int) -> int:
    """Where a sentence ends in its paragraph."""
    return max(text.find(said.text.strip(), start), start) + len(said.text.strip())


def _once(shares: Sequence[Figure]) -> list[Figure]:
    """Shares without those in words that the next one tells again: "two requests in three (67%)"."""
    again = [
        one.bound == "about" and float(one.low or 0) <= (other.value or 0) <= float(one.high or 0)
        for one, other in itertools.pairwise(shares)
    ]
    return [one for one, is_again in zip(shares, [*again, False], strict=False) if not is_again]


def _are_nested(said: Marked, shares: Sequence[Figure]) -> bool:
    """Whether a share is told first and others as parts of it: "96 %, including 98 % in towns and 94 % in villages"."""
    first = said.place(shares[0])
    return any(first < match.start() for _, _, match in said.find("including"))


def hundreds_over_sentences(before: Marked, said: Marked) -> Iterator[Draft]:
    """Answers to one question told in two sentences of a paragraph."""
    both = [*before.figures, *said.figures]
    shares = [one for one in both if one.unit == "percent" and one.value is not None]
    is_one = before.paragraph == said.paragraph and len(before.figures) == len(
        [one for one in before.figures if one.unit == "percent"]
    )
    counts = [len([one for one in each.figures if one.unit == "percent"]) for each in (before, said)]
    if not is_one or min(counts) != 1 or len(shares) != _LEAST or len(shares) != len(both):
        return
    if shares_in_all(before) or shares_in_all(said):
        return
    is_near = sum(one.value or 0 for one in shares) <= _HIGHEST
    if is_near and before.has("whole") and not any(each.has("overlap") or each.has("up") for each in (before, said)):
        words = " + ".join(one.printed for one in shares) + f" ({before.has('whole')})"
        yield draft("sum_at_most_100", shares, [], "hundred", words, sure="place")


def _are_of_different_times(said: Marked) -> bool:
    return len({one.date for one in said.figures if one.is_date}) > 1


def _has_its_own_base(said: Marked, share: Figure) -> bool:
    """Whether a share says right behind it that it is one of the population; what follows is told of something else."""
    place = said.place(share)
    return any(pattern.search(said.plain, place, place + 45) for pattern in patterns("population", said.language))


def populations(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Counts of people that are each told with their share of one population, told of one time."""
    pairs: dict[tuple[str, str], list[tuple[Figure, Figure, str]]] = defaultdict(list)
    for said in sentences:
        counts = [one for one in said.figures if one.is_whole and (one.value or 0) >= 10_000]
        shares = [one for one in said.figures if one.unit == "percent" and one.value is not None]
        shares = shares[:1] if len(shares) > 1 and _has_its_own_base(said, shares[0]) else shares
        if len(counts) != 1 or len(shares) != 1 or said.has("up") or said.has("down"):
            continue
        count, share = counts[0], shares[0]
        if said.place(count) < said.place(share) and not said.figures[0].table:
            base = next((found.group() for pattern in patterns("population", said.language)
                         for found in [pattern.search(said.plain, said.place(share))] if found), "")  # fmt: skip
            is_penetration = re.search(r"penetration|проникновени|ену деңгей", said.text, re.IGNORECASE)
            if "population" in base or "насел" in base or "халық" in base or is_penetration:
                pairs[share.language, ""].append((count, share, base or "penetration"))
    for found in pairs.values():
        if len(found) > 1:
            sides = [one for count, share, _ in found for one in (count, share)]
            words = "; ".join(f"{count.printed} – {share.printed}" for count, share, _ in found)
            yield draft("common_population", sides, [], "population", words, sure="place")
