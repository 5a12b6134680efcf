"""What every reader of a format gives back, and the words formats use for the same things."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from digital_diplomacy.sources.remarks import Remark, listed

TIE: Final = ("source", "target", "relation", "weight")
ACTOR: Final = ("actor_id", "type", "label")
PERIOD: Final = "period"

# What Gephi and others write in the languages they speak.
_WITH: Final = """
directed arc dirigé dirigée orienté dirigido dirigida direcionado direcionada direccionado gerichtet orientato diretto
orientovaný orientovaná skierowana gericht yönlü ориентированный ориентированная ориентированное направленный
направленная направленное бағытталған 有向 有向的
"""
_WITHOUT: Final = """
undirected edge non-directed nondirected ungerichtet neorientovaný neorientovaná nieskierowana ongericht yönsüz
неориентированный неориентированная неориентированное ненаправленный ненаправленная ненаправленное бағытталмаған
无向 無向 无向的
"""
_NOT: Final = ("non", "no", "não", "nicht", "not")
_DIRECTED: Final = frozenset(_WITH.split())
_UNDIRECTED: Final = frozenset(_WITHOUT.split()) | {f"{no} {word}" for no in _NOT for word in _DIRECTED}
_MUTUAL: Final = frozenset({"mutual", "bidirectional", "both"})
_ENTITY: Final = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\u00a0"}
_TRUE: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True)
class Row:
    """A tie or an actor as a file gives it.

    Attributes
    ----------
    place : str
        Where it stands in the file, for messages: ``line 3``, ``edge 'e2'``.
    cells : mapping of str to object
        By the names the file uses; missing values are left out or None.
    is_directed : bool or None
        Whether a tie has a direction; None where the file does not say.
    is_mutual : bool
        Whether a tie with a direction stands for two, one either way.
    """

    place: str
    cells: Mapping[str, Any]
    is_directed: bool | None = None
    is_mutual: bool = False


@dataclass(frozen=True)
class Parts:
    """A file's ties and actors; whether ties have a direction (None where it does not say); what was left out."""

    ties: Sequence[Row]
    actors: Sequence[Row]
    is_directed: bool | None
    remarks: tuple[Remark, ...] = field(default=())


Reader = Callable[[str, str, str], Parts]
"""Reads a text; the path for refusals and the file's name for remarks follow it."""


def direction(word: str) -> tuple[bool, bool] | None:
    """Whether a tie of this type has a direction, and whether it is mutual; nothing where the word is no direction.

    Examples
    --------
    >>> direction("Undirected"), direction("mutual"), direction("retweet")
    ((False, False), (True, True), None)
    """
    plain = " ".join(word.casefold().split())
    if plain in _MUTUAL:
        return True, True
    if plain in _DIRECTED:
        return True, False
    return (False, False) if plain in _UNDIRECTED else None


def truth(word: object) -> bool | None:
    """A truth value as formats write it, or nothing."""
    return _TRUE.get(str(word).strip().casefold())


def beside(name: str, taken: Iterable[str]) -> str:
    """The column of an attribute; one named as what the format itself says about a tie or actor stands beside it."""
    return f"{name}_attribute" if name in taken else name


def left_out(file: str, things: Iterable[str]) -> tuple[Remark, ...]:
    """The remark that these things of the file are not read; none for none."""
    named = listed(sorted(set(things)))
    return (Remark("left_out", {"file": file, "what": named}),) if named else ()


def numbers_ties(identifiers: Sequence[str | None]) -> bool:
    """Whether identifiers of ties say nothing but their order, as formats that require one make programs write."""
    for first in (0, 1):
        for start in ("", "e", "edge"):
            if all(name in (None, "", f"{start}{place}") for place, name in enumerate(identifiers, start=first)):
                return True
    return False


def decoded(text: str) -> str:
    """The text with ``&#1052;``, ``&amp;`` and their like as characters, as Pajek and GML write what is not ASCII.

    Examples
    --------
    >>> decoded("&#1052;&#x418;&#1044; &amp; Co, AT&T")
    'МИД & Co, AT&T'
    """
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]
