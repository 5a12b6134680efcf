"""The one normal form of identifiers, and the refusal of two that differ in nothing else."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from digital_diplomacy import labels
from digital_diplomacy.errors import TableError

_NO_BREAK: Final = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
_IGNORED: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What no font shows: the property ``Default_Ignorable_Code_Point`` of Unicode 16.0, ``DerivedCoreProperties.txt``."""

_WHOLE: Final = re.compile(r"(-?\d+)\.0+")
_UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of characters, which no format but JSON can hold."""

_UNSEEN: Final = re.compile(rf"[\r\x7f-\x9f{labels.TURNING}]|{_UNWRITABLE.pattern}")


def normal_form(text: str) -> str:
    """The text as an identifier: letters composed (NFC), no-break spaces as blanks, nothing invisible, ends stripped.

    Examples
    --------
    >>> normal_form(" e\\u0301lyse\\u0301e\\u00a0\\u200b") == "\\u00e9lys\\u00e9e"
    True
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", _IGNORED.sub("", text.translate(_NO_BREAK))).strip()


def plain_text(value: object) -> str:
    """A cell of any type as text; whole numbers without a point, so that 2.0 of a spreadsheet is 2."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


_LOST: Final = re.compile(r"\?{3}|\?(?=[а-яё])", re.IGNORECASE)
"""What is left of a name whose letters the encoding of its file has not: Georgian or Kazakh ones in Windows-1251."""


_MIXED: Final = re.compile(r"(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0400-\u04ff])[^\W\d_]+")
"""A word of Latin and Cyrillic letters."""

_ALIKE: Final = str.maketrans("AaBCcEeHIiKMOoPpTXxYy", "АаВСсЕеНІіКМОоРрТХхУу")
"""Latin letters and the Cyrillic ones that look the same."""


def refuse_twins(entries: Iterable[tuple[str, str]], where: str) -> None:
    """Refuse two identifiers that are one but for blanks, invisible characters, composition or ``.0``.

    So are two that look alike, one of which mixes Latin and Cyrillic letters within a word. One with question marks in
    place of letters is refused too: different names become one that way.

    Parameters
    ----------
    entries : iterable of (str, str)
        Every identifier as it stands in the file, and where: ``("mfa ", "line 3")``.
    where : str
        The file, for the message.

    Raises
    ------
    TableError
        Naming both, or the one, and where they stand.

    Examples
    --------
    >>> refuse_twins([("mfa", "line 2"), ("un", "line 2"), ("mfa", "line 3")], "ties.csv")
    >>> refuse_twins([("МИД", "line 2"), ("M\u0418\u0414", "line 3")], "ties.csv")
    Traceback (most recent call last):
        ...
    digital_diplomacy.errors.TableError: ties.csv: 'МИД' (line 2) and 'MИД' (line 3) look alike, and one of them mixes \
Latin and Cyrillic letters; write one of them everywhere
    """
    first: dict[str, tuple[str, str]] = {}
    for text, place in entries:
        name = " ".join(normal_form(text).split())  # two blanks in a name are one to the eye
        whole = _WHOLE.fullmatch(name)
        other, before = first.setdefault(whole[1] if whole else name, (text, place))
        if other is text and _LOST.search(text):
            raise TableError(
                "{where}: {text!r} ({place}) has question marks in place of letters, which the encoding that the file "
                "was saved in lacks; save it anew from where the letters still are, as UTF-8",
                where=where,
                text=text[:40],
                place=place,
            )
        if other != text:
            raise TableError(
                "{where}: {other!r} ({before}) and {text!r} ({place}) differ only in blanks, invisible characters, "
                "the way letters are composed, or .0; write one of them everywhere",
                where=where,
                other=other,
                before=before,
                text=text,
                place=place,
            )
    _refuse_alike(first.values(), where)


def _refuse_alike(entries: Iterable[tuple[str, str]], where: str) -> None:
    """Refuse two names that look alike, one of which mixes alphabets within a word."""
    known = list(entries)
    if not any(_MIXED.search(text) for text, _ in known):
        return
    first: dict[str, tuple[str, str]] = {}
    for text, place in known:
        other, before = first.setdefault(text.translate(_ALIKE), (text, place))
        if other != text and (_MIXED.search(text) or _MIXED.search(other)):
            raise TableError(
                "{where}: {other!r} ({before}) and {text!r} ({place}) look alike, and one of them mixes Latin and "
                "Cyrillic letters; write one of them everywhere",
                where=where,
                other=other,
                before=before,
                text=text,
                place=place,
            )


def unseen(text: str) -> str:
    """The first character of a text that a table of the project cannot keep: it is no letter, or turns the others.

    Examples
    --------
    >>> unseen("a\\x00b"), unseen("a b")
    ('\\x00', '')
    """
    found = _UNSEEN.search(text)
    return found.group() if found else ""


def writable(text: str) -> str:
    """The text with a blank for each control character and half character, which could not be written again.

    Examples
    --------
    >>> writable("23 900\\x07followers")
    '23 900 followers'
    """
    return _UNWRITABLE.sub(" ", text)


def refuse_unwritable(text: str, place: str, where: str) -> None:
    """Refuse a control character or half a character, which could not be written again."""
    if found := _UNWRITABLE.search(text):
        raise TableError(
            "{where}, {place}: {text!r} holds the control character {found!r}; remove it",
            where=where,
            place=place,
            text=text[:40],
            found=found[0],
        )
