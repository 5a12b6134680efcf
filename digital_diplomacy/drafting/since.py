"""Drafts of changes by what came and what went, since some time ago, and of things named again by their words."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.drafting.changes import change_of
from digital_diplomacy.drafting.unjudged import Draft, are_of_one_unit, draft
from digital_diplomacy.extraction.tokens import Figure, Marked

_BACK: Final = 3
"""Sentences of a paragraph looked back at for what a change is of."""
_STEM: Final = 5
_PAIR: Final = 2
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_EDGE: Final = re.compile(r"[\ue000-\uf8ff,;:()]")
_OF_ANY: Final = frozenset({"үлесі", "share", "пайыз", "проце", "опрош", "респо", "сұрал", "кезде", "тогда", "сейча"})
"""Stems of words that stand beside any share."""
_ALIKE: Final = {"соцсе": "социа"}
"""Stems of short words, and of what they are short for."""


def since(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """What was some time ago and the change since, of the only count or of the share named alike, told before."""
    for place, said in enumerate(sentences):
        numbers = [one for one in said.figures if not one.is_date and one.unit not in ("years", "months")]
        found = [(words, named["a"]) for words, named, _ in said.find("ago") if named["a"] in numbers]
        changes = [named["c"] for _, named, _ in said.find("by") if named["c"] in numbers]
        is_down = bool(said.has("down"))
        if len(numbers) != _PAIR or not found or not changes or is_down == bool(said.has("up")):
            continue
        words, earlier = found[0]
        change = next((one for one in changes if one is not earlier), None)
        near = [one for one in sentences[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        if change is None or earlier.value is None or not near:
            continue
        shares = earlier.unit == "percent"
        later = _named_alike(said, earlier, near) if shares else _only_count(near[-1], earlier)
        if later is None or later.value is None or (earlier.counted and earlier.counted != later.counted):
            continue
        if (later.value < earlier.value) == is_down:
            told = f"{later.printed} … {words} … {change.printed}"
            made = change_of(earlier, later, change, is_down=is_down, words=told, sure="place")
            if made is not None:
                yield made


def named_again(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Points that something gained or lost, and the only two shares told of it before, in two sentences."""
    for place, said in enumerate(sentences):
        if any(one.unit == "percent" for one in said.figures):
            continue
        near = [one for one in sentences[max(0, place - _BACK) : place] if one.paragraph == said.paragraph]
        for change in said.figures:
            if change.value is None or change.unit != "percentage_points" or change.bound != "exact":
                continue
            clause = said.plain[: said.place(change)]
            stems = _stems(_EDGE.split(clause)[-1])
            alike = [
                (each.number, one)
                for each in near
                for one in each.figures
                if one.unit == "percent" and one.value is not None and stems & _beside(each, one)
            ]
            if len(alike) == _PAIR and alike[0][0] != alike[1][0]:
                high, low = sorted((one for _, one in alike), key=lambda one: -(one.value or 0))
                told = f"{high.printed} … {low.printed} … {change.printed}"
                yield draft("difference", [high, low], [change], "change_points", told, sure="place")


def _only_count(before: Marked, earlier: Figure) -> Figure | None:
    """The one count of a sentence that is no part of another."""
    parts = {named["n"] for rule in ("n_of_m", "of_them") for _, named, _ in before.find(rule)}
    counts = [
        one
        for one in before.figures
        if one.is_whole and one not in parts and one.bound == "exact" and not one.table
        and (are_of_one_unit(one, earlier) or earlier.unit == "items")
    ]  # fmt: skip
    return counts[0] if len(counts) == 1 else None


def _named_alike(said: Marked, earlier: Figure, near: Sequence[Marked]) -> Figure | None:
    stems = _beside(said, earlier)
    for each in reversed(near):
        found = [one for one in each.figures if one.unit == "percent" and stems & _beside(each, one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _beside(said: Marked, one: Figure) -> set[str]:
    """Stems of the words of a figure, up to the next figure or mark on either side."""
    place = said.place(one)
    return _stems(f"{_EDGE.split(said.plain[:place])[-1]} {_EDGE.split(said.plain[place + 1 :])[0]}")


def _stems(text: str) -> set[str]:
    found = {word[:_STEM].casefold() for word in _WORD.findall(text)}
    return {_ALIKE.get(stem, stem) for stem in found} - _OF_ANY
