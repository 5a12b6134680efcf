"""Result tables as readers see and take them: HTML in a language, frames of words, CSV."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.figures.filling import free_text, number_of, said_of
from digital_diplomacy.figures.parts import wording
from digital_diplomacy.formulas import to_csv

_QUOTED: Final = re.compile(r'<q lang="[a-z]{2,3}">(.*?)</q>', re.DOTALL)
_ESCAPED: Final = re.compile(r"&lt;q lang=&quot;([a-z]{2,3})&quot;&gt;(.*?)&lt;/q&gt;", re.DOTALL)
"""Quotations as ``labels.quoted`` marks them, before and after a text is escaped."""
_ENDS: Final = ("value", "low", "high", "level", "p")  # columns whose numbers are of several units, or told otherwise
_UNSAID: Final = "und"  # BCP 47 of a quotation whose language the table does not tell
_QUOTE: Final = r'<q lang="\1">\2</q>'


@wording.in_own_names
def table_html(
    frame: pd.DataFrame, *, title: str = "", lang: str = "en", folded: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The table as HTML: a caption, column headers with their scope, numbers in cells of class ``dd-number``.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    title, lang : str
        The caption, and the language of all words.
    folded : mapping of str to sequence of str, optional
        Columns that are no columns to readers: by the column in whose cells they can be unfolded.

    Raises
    ------
    ArgumentError
        If ``folded`` names a column that the table has not.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> frame = pd.DataFrame({"claim": ["Users"], "printed": ["5 million"]})
    >>> html = figures.table_html(frame, folded={"claim": ["printed"]})
    >>> html.count("<th "), "<dd>5 million</dd></dl></details></td>" in html
    (1, True)
    """
    merged = {"value", "low", "high"} <= set(frame.columns)
    inside = {column for columns in (folded or {}).values() for column in columns}
    absent = sorted({*(folded or {}), *inside} - {str(column) for column in frame.columns})
    if absent:
        raise ArgumentError(
            "folded: the table has no column {absent}; it has {frame}",
            absent=", ".join(absent),
            frame=", ".join(map(str, frame)),
        )
    told = [str(column) for column in frame.columns if not (merged and column in ("low", "high"))]
    shown = [column for column in told if column not in inside]
    numeric = {name: pd.api.types.is_numeric_dtype(frame[name]) and frame[name].dtype != bool for name in shown}
    heads = [f'<th scope="col"{_class(numeric[column])}>{_head(column, lang)}</th>' for column in shown]
    lines = []
    for row, texts in zip(frame.astype(object).to_dict("records"), _texts(frame, told, lang), strict=True):
        drawers = {column: _drawer(names, texts, lang) for column, names in (folded or {}).items()}
        cells = {name: _cell(texts[name], numeric[name], lang, drawers.get(name, "")) for name in shown}
        if texts.get("notebook") and "notebook" in cells:
            cells["notebook"] = f"<td>{_link(str(row['notebook']), texts['notebook'], lang)}</td>"
        lines.append(f"<tr>{''.join(cells.values())}</tr>")
    body = "\n".join(lines)
    return (
        f'<table class="dd-table{" dd-folded" if folded else ""}" lang="{lang}">\n<caption>{escape(title)}</caption>\n'
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


@wording.in_own_names
def labelled(frame: pd.DataFrame, *, lang: str = "en") -> pd.DataFrame:
    """A result table in words: headers, names, periods and numbers in the language, the value with its interval.

    Parameters
    ----------
    frame : DataFrame
        Any table, with the columns a reader is to see.
    lang : str
        Language of all words.

    Returns
    -------
    DataFrame
        Of text, one row a row; columns that hold nothing are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> rows = pd.DataFrame({"entity": ["UZB"], "period": ["2024"], "value": [63.0], "low": [62.0], "high": [63.0]})
    >>> print(figures.labelled(rows, lang="ru").to_string(index=False))
    Страна или организация Период   Значение
                Узбекистан   2024 63 (62–63)
    """
    merged = {"value", "low", "high"} <= set(frame.columns)
    told = [str(column) for column in frame.columns if not (merged and column in ("low", "high"))]
    rows = list(_texts(frame, told, lang))
    kept = [column for column in told if any(row[column] for row in rows)]
    cells = [[_QUOTED.sub("“\\1”", row[column]) for column in kept] for row in rows]
    return pd.DataFrame(cells, columns=[labels.name("column", column, lang) for column in kept])


def csv_of(frame: pd.DataFrame) -> str:
    """The table for a file: numbers of 12 significant digits, quotations in quotation marks."""
    return to_csv(_unmarked(frame.infer_objects()), float_format=_digits)


def _digits(value: object) -> str:
    """A number for a CSV file: whole, however large, or with 12 significant digits.

    Examples
    --------
    >>> _digits(-9.074000000000012), _digits(28.0), _digits(1234567890123.0)
    ('-9.074', '28', '1234567890123')
    """
    number = number_of(value)
    return str(int(number)) if number.is_integer() else f"{number:.12g}"


def _unmarked(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame for files of text, where quotation marks alone tell a quotation."""
    texts = {
        name: cells for name, cells in frame.items() if any("<q " in cell for cell in cells if isinstance(cell, str))
    }
    return frame.assign(**{str(name): cells.replace(_QUOTED, "“\\1”", regex=True) for name, cells in texts.items()})


def _texts(frame: pd.DataFrame, told: Sequence[str], lang: str) -> Iterator[dict[str, str]]:
    """The cells of every row in words; the value with its interval."""
    plain, places = free_text(frame), _places(frame[list(told)])
    for row in frame.astype(object).to_dict("records"):
        texts = {column: said_of(column, row[column], plain, lang) for column in told}
        for column, decimals in places.items():
            if texts[column]:
                texts[column] = wording.rounded(number_of(row[column]), lang, places=decimals)
        if texts.get("as_printed") and "<q " not in texts["as_printed"]:
            texts["as_printed"] = labels.quoted(texts["as_printed"], _UNSAID)
        if {"value", "low", "high"} <= set(row):
            value, low, high = (number_of(row[end]) for end in ("value", "low", "high"))
            described: dict[str, Any] = {"unit": str(row.get("unit", "")), "kind": str(row.get("interval", "bound"))}
            texts["value"] = wording.value_with_interval(value, low, high, lang, **described)
        elif row.get("unit") == "probability" and texts.get("value"):
            texts["value"] = wording.chance(number_of(row["value"]), lang)
        yield texts


def _places(frame: pd.DataFrame) -> dict[str, int]:
    """Decimals of columns that hold shares or indices, from 0 to 1, each of which has one number of them."""
    found = {}
    for column in frame.select_dtypes("float").columns:
        known = frame[column].dropna()
        is_share = len(known) > 1 and known.between(0, 1).all() and not known.isin([0, 1]).all()
        if is_share and column not in _ENDS and not wording.is_plain(str(column)):
            found[str(column)] = max(map(wording.decimals, known))
    return found


def _head(column: str, lang: str) -> str:
    return escape(labels.name("column", column, lang))


def _drawer(columns: Sequence[str], texts: Mapping[str, str], lang: str) -> str:
    """What a cell unfolds: columns that hold something, each with its name; nothing where none does."""
    told = [
        f"<dt>{_head(name, lang)}</dt><dd>{_ESCAPED.sub(_QUOTE, escape(texts[name]))}</dd>"
        for name in columns
        if texts[name]
    ]
    summary = f"<summary>{_text('notice.drawer', lang)}</summary>"
    return f'<details class="drawer">{summary}<dl>{"".join(told)}</dl></details>' if told else ""


def _text(code: str, lang: str) -> str:
    return escape(labels.text(code, lang))


def _class(is_number: bool) -> str:
    return ' class="dd-number"' if is_number else ""


def _cell(text: str, is_number: bool, lang: str, drawer: str = "") -> str:
    absent = f'<span title="{_text("notice.no_value", lang)}">–</span>'
    said = _ESCAPED.sub(_QUOTE, escape(text)) if text else absent
    return f"<td{_class(is_number)}>{said}{drawer}</td>"


def _link(notebook: str, text: str, lang: str) -> str:
    """A link from one notebook's page to another's in the same language, as the reports folder lays them out.

    Questions are whole sentences; a cell has their short names, so that hundreds of rows stay low.
    """
    short = f"notebook.{notebook}.short"
    said = labels.text(short, lang) if labels.is_known(short) else text
    return f'<a href="../../{escape(notebook)}/{lang}/index.html">{escape(said)}</a>'
