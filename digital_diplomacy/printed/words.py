"""From the words and symbols of a printed figure to a row of items, each with the code of what it does."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from digital_diplomacy.errors import said
from digital_diplomacy.printed import lexicon
from digital_diplomacy.printed.lexicon import ALL, Entry
from digital_diplomacy.printed.model import Convention, UnreadableError
from digital_diplomacy.printed.numerals import NUMERAL, plain_digits

MAX_LENGTH: Final = 120  # a figure with its words is short; longer text is a sentence

_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
ABBREVIATED: Final = frozenset(
    {
        "тыс",
        "млн",
        "млрд",
        "трлн",
        "mln",
        "mn",
        "bn",
        "bln",
        "чел",
        "руб",
        "approx",
        "ca",
        "п",
        "т",
        "p",
        "проц",
        "ч",
        "мин",
        "сек",
        "долл",
    }
)
TOKEN: Final = re.compile(
    rf"(?P<power>(?:{NUMERAL.pattern}) ?[×x·*хХ⋅] ?10(?:\^-?[0-9]{{1,2}}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})(?!\w))"
    rf"|(?P<scientific>(?:{NUMERAL.pattern})[eE][+-]?[0-9]{{1,2}}(?!\w))"
    rf"|(?P<numeral>{NUMERAL.pattern})"
    r"|(?P<ending>(?:(?<=[0-9%])|(?<=млн)|(?<=млрд)|(?<=трлн)|(?<=мың)|(?<=тыс))-[^\W\d_]+)"
    r"|(?P<symbol>(?:\bUS)?\$|[%٪≈~∼≃<>≤≥⩾⩽€₸₽])"
    r"|(?P<word>[^\W\d_]+(?!\d)\.?)"
    r"|(?P<sign>(?:^|(?<=[ ≈~∼≃<>≤≥⩾⩽]))[+\-–−](?=[0-9]))"
    r"|(?P<plus>(?<=\S)\+(?![0-9]))"
    r"|(?P<dash> [-–—−…] |[-–—−…])"
    r"|(?P<blank> )"
)


@dataclass(frozen=True)
class Item:
    """One meaningful part of a figure: its code (see ``lexicon``), value and group, as printed in ``text``.

    Further codes: n digits, e letters behind digits, r dash, + sign, c sign of a currency.
    """

    code: str
    text: str
    value: Decimal | str = ""
    group: str = ""
    languages: frozenset[str] = ALL
    exponent: int = 0


def items(text: str, convention: Convention) -> list[Item]:
    """All items of a text in order.

    Raises
    ------
    UnreadableError
        If a part of the text is unknown, or its words are of different languages or of another than the document's.
    """
    if len(text) > MAX_LENGTH:
        raise UnreadableError(
            text[:MAX_LENGTH] + "…",
            said("it is longer than {max_length} characters, so not a figure alone", max_length=MAX_LENGTH),
        )
    plain = plain_digits(unicodedata.normalize("NFC", text).strip().replace("\u2011", "-").replace("\u2010", "-"))
    plain = re.sub(r"(?<=[^.,;])[.,;]$", "", plain)
    plain = re.sub(r"\bпол(?=миллиона|миллиарда|тысячи)", "пол ", plain, flags=re.IGNORECASE)
    if not plain:
        raise UnreadableError(text, "it is empty")
    row = _plus_behind_scale(_joined_tens(_merged(_tokens(plain))))
    known = {convention.lang} if convention.lang else ALL
    for item in row:
        known = known & item.languages
        if not known:
            if convention.lang:
                told = "{word!r} is not a word of the language of the rest, or not of {lang!r}"
                raise UnreadableError(text, said(told, word=item.text, lang=convention.lang))
            raise UnreadableError(text, said("{word!r} is not a word of the language of the rest", word=item.text))
    return row


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kind and characters of every token; letters directly behind digits get a kind of their own."""
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise UnreadableError(text, said("{text!r} is not understood", text=text[position:]))
        kind = str(match.lastgroup)
        if kind == "word" and found and found[-1][0] in ("numeral", "power", "scientific"):
            kind = "glued"
        found.append((kind, match.group()))
        position = match.end()
    return found


def _merged(tokens: list[tuple[str, str]]) -> list[Item]:
    """Items; the longest phrase of the lexicon wins."""
    row: list[Item] = []
    position = 0
    while position < len(tokens):
        kind, text = tokens[position]
        if kind == "word":
            length, entry = _longest_phrase(tokens, position)
            row.append(_entry_item(text, entry))
            position += length
            continue
        if kind != "blank":
            row.append(_item(kind, text))
        position += 1
    return row


def _longest_phrase(tokens: list[tuple[str, str]], start: int) -> tuple[int, Entry]:
    """Number of tokens (words and the blanks between them) the phrase takes, and its entry."""
    for length in range(2 * lexicon.PHRASE_LENGTH - 1, 0, -1):
        part = tokens[start : start + length]
        if any(kind not in ("word", "blank") for kind, _ in part) or part[-1][0] == "blank":
            continue
        words = [_undotted(text) for kind, text in part if kind == "word"]
        entry = None if None in words else lexicon.look_up(" ".join(str(word) for word in words))
        if entry is not None:
            return len(part), entry
    raise UnreadableError(
        "".join(text for _, text in tokens), said("{tokens!r} is not understood", tokens=tokens[start][1])
    )


def _undotted(word: str) -> str | None:
    """The word without the full stop of an abbreviation; any other full stop inside a figure is not understood."""
    bare = word.removesuffix(".")
    return bare if bare == word or bare.casefold() in ABBREVIATED else None


def _entry_item(text: str, entry: Entry) -> Item:
    return Item(entry.code, text, entry.value, entry.group, entry.languages)


def _item(kind: str, text: str) -> Item:
    if kind in ("numeral", "scientific", "power"):
        return _numeral(kind, text)
    if kind in ("ending", "glued"):
        return _glued(kind, text)
    marks = {
        "sign": Item("+", text, "+" if text == "+" else "-"),
        "plus": Item("p", text, "at_least"),
        "dash": Item("r", text.strip()),
    }
    return marks[kind] if kind in marks else _symbol(text)


def _symbol(text: str) -> Item:
    if text in lexicon.CURRENCY_SIGNS:
        return Item("c", text, lexicon.CURRENCY_SIGNS[text], "1")
    entry = lexicon.look_up(text)
    if entry is None:
        raise UnreadableError(text, "it is not understood")
    return _entry_item(text, entry)


def _numeral(kind: str, text: str) -> Item:
    if kind == "numeral":
        return Item("n", text)
    mantissa, exponent = re.split(r"[eE]" if kind == "scientific" else r" ?[×x·*хХ⋅] ?10\^?", text)
    return Item("n", mantissa, exponent=int(exponent.translate(_SUPERSCRIPT)), group="power")


def _glued(kind: str, text: str) -> Item:
    """Letters joined to digits: an ending, or a scale or percent word; anything else may be a misprinted digit."""
    meaning = lexicon.ending(text)
    if meaning:
        return Item("e", text, meaning)
    if text.casefold() == "-fold":
        return _entry_item(text, lexicon.look_up("fold") or Entry("x", "", "", ALL))
    word = text.removeprefix("-")
    entry = lexicon.look_up(_undotted(word) or word) if kind == "glued" else None
    if entry is None or entry.code not in "s%":
        raise UnreadableError(text, "these letters behind digits are not understood")
    return _entry_item(text, entry)


def _plus_behind_scale(row: list[Item]) -> list[Item]:
    """ "10+ million" says what "10 million+" says."""
    for index in range(1, len(row) - 1):
        before, plus, scale = row[index - 1 : index + 2]
        if plus.code == "p" and plus.text == "+" and before.code == "n" and scale.code == "s":
            return [*row[:index], scale, plus, *row[index + 2 :]]
    return row


def _joined_tens(row: list[Item]) -> list[Item]:
    """English tens and units are one number, with or without the hyphen; other dashes stay marks of range."""
    kept = []
    for index, item in enumerate(row):
        is_hyphen = (
            item.text == "-"
            and 0 < index < len(row) - 1
            and row[index - 1].group == "T"
            and row[index + 1].group == "U"
            and "en" in row[index - 1].languages & row[index + 1].languages
        )
        if not is_hyphen:
            kept.append(item)
    return kept
