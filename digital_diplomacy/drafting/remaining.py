"""Drafts of what remains of a whole whose other shares the sentence before tells."""

import re
from collections.abc import Iterator
from typing import Final

from digital_diplomacy.drafting.sums import shares_told
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.russian import look_up
from digital_diplomacy.extraction.tokens import Figure, Marked

_MOST: Final = 4
"""Shares up to which a sentence tells the others of a whole."""
_ALL: Final = 100
_FAR: Final = 15
"""Percent by which several shares and the rest may miss their whole; where they do by more, they are of others."""


_NOUN: Final = {
    "en": re.compile(r"\s*(?:%|per ?cent)\s+of (?:the |all |these |those )?(?P<noun>[a-z]{3,})", re.IGNORECASE),
    "ru": re.compile(r"\s*(?:%|процент\w*)\s+(?P<noun>(?!был|стал)[а-яё]{3,})", re.IGNORECASE),
}
"""The noun that a share names behind it as what it is a share of."""
_STEM: Final = 4


def _is_of_others(said: Marked, rest: Figure, before: Marked) -> bool:
    """Whether the rest is of a noun that the sentence before has not: "the remaining 20 % of ballots"."""
    named = _NOUN[said.language].match(said.plain, said.place(rest) + 1) if said.language in _NOUN else None
    known = look_up(named["noun"]) if named and said.language == "ru" else None
    if named is None or (known is not None and (known.verb or not known.noun)):
        return False
    return named["noun"][:_STEM].casefold() not in before.plain.casefold()


def remaining(before: Marked, said: Marked) -> Iterator[Draft]:
    """The one share of a sentence, called the remaining one, with those of the sentence before."""
    rest = [named["p"] for _, named, _ in said.find("rest") if named["p"].unit == "percent"]
    is_next = before.paragraph == said.paragraph and before.number == said.number - 1
    if len(rest) != 1 or not is_next or said.figures[0].table or shares_told(said) != rest:
        return
    others = shares_told(before)
    if not 1 <= len(others) <= _MOST or any(
        before.has(rule) or said.has(rule) for rule in ("from_to", "against", "up", "down", "several")
    ):
        return
    if len(others) > 1 and (before.has("including") or before.has("overlap")):
        return
    shares = [*others, *rest]
    if _is_of_others(said, rest[0], before):
        return
    if any(one.bound != "exact" for one in shares):
        return
    if len(others) > 1 and abs(sum(one.value or 0 for one in shares) - _ALL) > _FAR:
        return
    words = " + ".join(one.printed for one in shares) + f" ({said.has('rest')})"
    yield Draft("sum_to_100", tuple(shares), (), "hundred_rest", words, "place", exhaustive=True)
