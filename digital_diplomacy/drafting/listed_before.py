"""Drafts of the length of a list that stands above a sentence: "These four campaigns", «эти шесть тем»."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

from digital_diplomacy.drafting.lengths import is_lettered, marks
from digital_diplomacy.drafting.unjudged import Draft
from digital_diplomacy.extraction.tokens import Marked

_NUMBER: Final = "(?P<n>[\ue000-\uf0ff])"
_THESE: Final = {
    "en": rf"\b(?:these|those|all|the above)\s+{_NUMBER}\s+(?!of\b|per)[a-z]",
    "ru": rf"(?<!\w)(?:эт[аиоу]\w*|вс[ея]\w?|перечисленн\w+|названн\w+|указанн\w+|привед[её]нн\w+)\s+"
    rf"{_NUMBER}\s+(?!из\s|%)[а-яё]",
    "kk": rf"(?<!\w)(?:осы|бұл|аталған|барлық|аталмыш|көрсетілген|тізілген|жоғарыдағы)\s+{_NUMBER}\s+[а-яәғқңөұүһі]",
}
"""Words that point back to what was just listed, before how many it is."""
_LEAST: Final = 2
_MOST: Final = 30


def listed_before(said: Marked, above: Sequence[Mapping[str, Any]]) -> Iterator[Draft]:
    """The number of a sentence that opens the paragraph under a list, and the entries of that list.

    Parameters
    ----------
    said : Marked
        A sentence that opens its paragraph.
    above : sequence of mapping
        The blocks before that paragraph, in order.

    Returns
    -------
    iterator of Draft
        One of kind ``list_length`` at most.
    """
    match = re.search(_THESE[said.language], said.plain, re.IGNORECASE) if said.language in _THESE else None
    count = _entries(above)
    number = said.at(match["n"]) if match is not None else None
    if number is None or count < _LEAST or not number.is_whole or number.bound != "exact":
        return
    if _LEAST <= (number.value or 0) <= _MOST and number.unit not in ("percent", "times", "rank"):
        words = f"1–{count} … {said.words(match) if match is not None else ''}"
        yield Draft("list_length", (number,), (), "list_before", words, constant=count)


def _entries(above: Sequence[Mapping[str, Any]]) -> int:
    """How many entries of one list stand right before a place, as items or by letters in paragraphs."""
    run = list(takewhile(_is_entry, reversed(above)))
    if len(run) == len(above):
        return 0  # where it begins is not seen
    return sum(max(1, len(marks(str(block["text"])))) for block in run)


def _is_entry(block: Mapping[str, Any]) -> bool:
    text = str(block["text"])
    return block["kind"] == "item" or (block["kind"] == "paragraph" and is_lettered(text))
