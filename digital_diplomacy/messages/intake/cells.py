"""Cells of tables as values: flags, lists, names of accounts, addresses."""

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

FLAGS: Final = (None, "", "N/A", "nan", "NaN", "None", "null")
"""Cells that say nothing."""

LOST: Final = re.compile(r"@?\d(?:[.,]\d+)?[eE]\+\d{2,3}")
"""A long number as a spreadsheet shows it: the digits that told it from others are gone."""

_EXACT: Final = 2**53
"""Whole numbers beyond it do not fit into a floating-point number."""

NOBODY: Final = frozenset(
    ("[deleted]", "[removed]", "[удалено]", "deleted account", "deleted user", "удалённый аккаунт", "удаленный аккаунт",
     "пользователь удалён", "жойылған аккаунт", "-", "–", "—")
)  # fmt: skip
"""What exports write in place of authors who are gone, in small letters: not one author but any number of them."""

_NO: Final = ("no", "false", "0", "0.0")


def plain(cell: Any) -> str | None:
    """A cell as text, whole numbers without a point; none if it says nothing.

    Examples
    --------
    >>> plain(12.0), plain("12.0"), plain(" a "), plain("")
    ('12', '12', 'a', None)
    >>> plain(1.4362785134185226e18)  # whose last digits are noise
    '1.43628E+18'
    """
    if cell in FLAGS:
        return None
    if isinstance(cell, float) and abs(cell) >= _EXACT:
        return f"{cell:.5E}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return (text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text) or None


def filled(cell: Any) -> bool:
    """Whether a cell says something other than no.

    Examples
    --------
    >>> filled("yes"), filled("no"), filled(""), filled("False"), filled("7")
    (True, False, False, False, True)
    """
    text = plain(cell)
    return text is not None and text.lower() not in _NO


def account(cell: Any) -> str | None:
    """The name of an account as one form, with its sign and in small letters.

    Examples
    --------
    >>> account("MFA_KZ"), account("@mfa_kz")
    ('@mfa_kz', '@mfa_kz')
    """
    text = plain(cell)
    return None if text is None else f"@{text.removeprefix('@').lower()}"


def first(cell: Any) -> str | None:
    """The first of a list between commas."""
    text = plain(cell)
    return None if text is None else text.partition(",")[0].strip() or None


def listed(cell: Any) -> tuple[str, ...]:
    """Accounts of a list in JSON or between commas; numbers stay as they are.

    Examples
    --------
    >>> listed('["@A", "b"]'), listed("a,b"), listed("")
    (('@a', '@b'), ('@a', '@b'), ())
    """
    text = plain(cell)
    if text is None:
        return ()
    try:
        found = json.loads(text) if text.startswith("[") else text.split(",")
    except ValueError:
        found = text.strip("[]").split(",")
    names = (one.get("id") or one.get("username") if isinstance(one, dict) else one for one in found)
    stripped = (str(name).strip(" '\"") for name in names if name)
    return tuple(
        name if name.isdigit() or ":" in name else f"@{name.removeprefix('@').lower()}" for name in stripped if name
    )


def host(cell: Any) -> str | None:
    """The site of an address.

    Examples
    --------
    >>> host("https://www.example.org/news/1")
    'example.org'
    """
    text = plain(cell)
    return None if text is None else (urlsplit(text).hostname or text).removeprefix("www.")
