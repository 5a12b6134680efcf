"""What a reader assumed or left out, as codes with values, so that it can be said in any language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from digital_diplomacy.errors import Said, joined

_NAMED: Final = 8  # names in one remark; more would hide the first


@dataclass(frozen=True)
class Remark:
    """Something that the reader of a file did and its owner should know.

    Attributes
    ----------
    code : str
        The text is the label ``remark.<code>``.
    named : mapping of str to str or Said
        What stands in the text's braces: words of the file itself, or a sentence of an error.

    Examples
    --------
    >>> from digital_diplomacy import labels, sources
    >>> remark = sources.Remark("separator", {"file": "mine.csv", "separator": ";"})
    >>> labels.text(f"remark.{remark.code}", "en", **remark.named)
    'mine.csv: cells are separated by “;”.'
    """

    code: str
    named: Mapping[str, str | Said]


def listed_places(cells: Iterable[tuple[str, object]]) -> Said:
    """Cells with where they stand, the first few of many, to be said in any language.

    Examples
    --------
    >>> from digital_diplomacy.labels import refusals
    >>> from digital_diplomacy.sources.remarks import listed_places
    >>> refusals.told(listed_places([("line 2", "0,5"), ("row 3", "n/a")]), "ru")
    "строка 2: '0,5', строка 3: 'n/a'"
    """
    every = list(cells)
    told: list[object] = [joined([place, repr(cell)], ": ") for place, cell in every[:_NAMED]]
    more = [f"… (+{len(every) - _NAMED})"] if len(every) > _NAMED else []
    return joined([*told, *more], ", ")


def listed(names: Iterable[object]) -> str:
    """Names joined by commas, each once, the first few of many; the full stop of the last is the sentence's own.

    Examples
    --------
    >>> from digital_diplomacy.sources.remarks import listed
    >>> listed(["2023 г.", "2024 г."])
    '2023 г., 2024 г'
    """
    distinct = list(dict.fromkeys(map(str, names)))
    more = f", … (+{len(distinct) - _NAMED})" if len(distinct) > _NAMED else ""
    return (", ".join(distinct[:_NAMED]) + more).removesuffix(".")
