"""Drafts of one quantity told twice: the same noun, words, platform, time and unit in two sentences."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digital_diplomacy.scanning.drafts import Draft, draft
from digital_diplomacy.scanning.tokens import Figure, Marked

_WINDOW: Final = 75
"""Characters on either side of a figure whose words tell what it counts."""
_STEM: Final = 5
"""Letters of a word that stand for it: cases and numbers change what is behind them."""
_ALIKE: Final = 0.5
_RECALLED: Final = 0.34
_LEAST_WORDS: Final = 2
_NOTHING_SPECIAL: Final = ("percentage_points", "times", "rank", "date", "", "years", "days", "months", "hours")
_COMMON: Final = frozenset(
    stem[:_STEM]
    for stem in [
        "about",
        "which",
        "their",
        "there",
        "these",
        "those",
        "with",
        "from",
        "that",
        "this",
        "were",
        "been",
        "have",
        "more",
        "than",
        "over",
        "into",
        "also",
        "only",
        "most",
        "of",
        "in",
        "which",
        "year",
        "years",
        "million",
        "billion",
        "thousand",
        "total",
        "altogether",
        "noted",
        "above",
        "study",
        "work",
        "более",
        "около",
        "всего",
        "было",
        "были",
        "этого",
        "этот",
        "которые",
        "который",
        "года",
        "году",
        "млн",
        "млрд",
        "тыс",
        "тысяч",
        "миллион",
        "также",
        "как",
        "что",
        "для",
        "работе",
        "выше",
        "отмечено",
        "приня",
        "барлығы",
        "астам",
        "жылы",
        "жылғы",
        "млн",
        "мың",
        "үшін",
        "және",
        "бұл",
        "болды",
        "болған",
        "туралы",
        "жұмыста",
        "жоғарыда",
        "айтылғандай",
    ]
)


def twice(sentences: Sequence[Marked]) -> Iterator[Draft]:
    """Two figures in different sentences that count one thing by nearly the same words."""
    told = [
        (one, said, _words(said, one))
        for said in sentences
        for one in said.figures
        if _tells_a_quantity(one) and not one.in_references and not said.has("from_to")
    ]
    for place, (first, said, words) in enumerate(told):
        for second, again, others in told[place + 1 :]:
            if said.number == again.number or not _may_be_one(first, second):
                continue
            shared = words & others
            share = len(shared) / max(len(words | others), 1)
            recalled = again.has("recall")
            if first.unit == "percent" and not recalled:  # answers to two questions are told in the same words
                continue
            if len(shared) >= _LEAST_WORDS and share >= (_RECALLED if recalled else _ALIKE):
                named = f"{first.printed} … {second.printed} ({', '.join(sorted(shared))})"
                yield draft("same_quantity", [first], [second], "recalled" if recalled else "twice", named,
                            sure="words" if recalled else "place")  # fmt: skip
                break


def _tells_a_quantity(one: Figure) -> bool:
    return one.value is not None and one.unit not in _NOTHING_SPECIAL and not one.table and (one.value >= 10 or one.value % 1 != 0)  # fmt: skip


def _may_be_one(first: Figure, second: Figure) -> bool:
    """Whether nothing said of two figures tells them apart."""
    about = ((first.entity, second.entity), (first.platform, second.platform), (first.period, second.period))
    return first.unit == second.unit and all(a == b for a, b in about if a or b)


def _words(said: Marked, one: Figure) -> frozenset[str]:
    """Stems of the words around a figure, within its clause."""
    place = said.place(one)
    before = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[max(0, place - _WINDOW) : place])[-1]
    behind = re.split(r"[;:()]|[\ue000-\uf0ff]", said.plain[place + 1 : place + 1 + _WINDOW])[0]
    stems = {word[:_STEM] for word in re.findall(r"[^\W\d_]{4,}", f"{before} {behind}".casefold())}
    return frozenset(stems - _COMMON)
