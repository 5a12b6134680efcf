"""Two kinds that leave no third, each at a number: those in towns and in villages, women and men."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from typing import Final

from digital_diplomacy.extraction.tokens import Figure, Marked

_KINDS: Final = {
    "en": (
        (r"\b(?:towns?|cit(?:y|ies)|urban)\b", r"\b(?:villages?|countryside|rural)\b"),
        (r"\b(?:women|girls|female)\b", r"\b(?:men|boys|male)\b"),
        (r"\b(?:in|from) the capital\b", r"\b(?:regions|provinces)\b"),
        (r"\b(?:at home|domestic\w*|in person|face to face)\b", r"\b(?:abroad|foreign\w*|online|by video)\b"),
    ),
    "ru": (
        (r"(?<!\w)(?:город(?!и)\w*|городск\w+)", r"(?<!\w)(?:с[её]л\w*|сельск\w+|деревн\w+)"),
        (r"(?<!\w)(?:женщин\w*|девуш\w+|девоч\w+)", r"(?<!\w)(?:мужчин\w*|юнош\w*|мальчик\w*)"),
        (r"(?<!\w)столиц\w+", r"(?<!\w)(?:регион|провинци)\w+"),
        (r"(?<!\w)(?:внутри страны|очно|лично)", r"(?<!\w)(?:за рубежом|онлайн|дистанционно|по видео\w+)"),
    ),
    "kk": (
        (r"(?<!\w)қала\w*", r"(?<!\w)ауыл\w*"),
        (r"(?<!\w)(?:әйел\w*|қыз(?!мет)\w*)", r"(?<!\w)(?:ер(?:(?:лер|кек| адам| азамат)\w*|(?!\w))|ұл(?:дар)\w*)"),
        (r"(?<!\w)(?:астана|елорда)(?:да|дан|лық)\w*", r"(?<!\w)(?:өңір|аймақ)\w*"),
        (r"(?<!\w)(?:бетпе-бет|ел ішінде)", r"(?<!\w)(?:шетелде|бейнебайланыс\w*|онлайн)"),
    ),
}
"""Words of either kind, by language."""
_WORDS: Final = "[^\ue000-\uf8ff;.]"
_SHARE: Final = rf"(?:\([^()]{{1,12}}\){_WORDS}{{0,20}})?"
"""What may stand in brackets behind the first of them."""
_A, _B = (f"(?P<{name}>[\ue000-\uf0ff])" for name in "ab")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """Each pair in both orders, the numbers before their words or behind them."""
    shapes = []
    for pair in _KINDS.get(language, ()):
        for one, other in permutations(pair):
            shapes.append(rf"{_A}{_WORDS}{{0,40}}?{one}{_WORDS}{{0,30}}?{_SHARE}{_B}{_WORDS}{{0,40}}?{other}")
            shapes.append(rf"{one}{_WORDS}{{0,30}}?{_A}{_WORDS}{{0,30}}?{other}{_WORDS}{{0,30}}?{_B}")
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


def both_kinds(said: Marked) -> Iterator[tuple[str, dict[str, Figure], re.Match[str]]]:
    """Words, the numbers ``a`` and ``b``, and the match, as ``Marked.find`` tells them."""
    for pattern in _patterns(said.language):
        for match in pattern.finditer(said.plain):
            yield said.words(match), {name: said.at(match[name]) for name in "ab"}, match
