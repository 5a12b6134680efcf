"""Rows of claims and relations as the tests of this folder write them; each fixture is a function that makes them."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pandas as pd
import pytest

from digital_diplomacy import claims

Made: TypeAlias = Callable[..., Any]

FIELDS = {
    "document": "002", "locator": "paragraph 1", "entity": "KAZ", "measure": "internet_users", "platform": None,
    "period": None, "value": None, "value_date": None, "low": None, "high": None, "unit": "percent", "bound": "exact",
    "reading": "number", "credited_source": None, "kind": "observation",
}  # fmt: skip

ENGLISH = ("en", ".", ",", "unknown")


@pytest.fixture
def read() -> Made:
    """Parsed claims of rows, numbered 002-001 and on, in a document of a language, its two marks and closing zeros."""

    def made(*rows: dict[str, object], habit: tuple[str, str, str, str] = ENGLISH) -> pd.DataFrame:
        documents = pd.DataFrame(
            [("002", *habit)], columns=["document", "lang", "decimal_mark", "grouping_mark", "closing_zeros"]
        )
        numbered = [{"claim_id": f"002-{n:03d}"} | FIELDS | row for n, row in enumerate(rows, 1)]
        return claims.parse(pd.DataFrame(numbered), documents)

    return made


@pytest.fixture
def figure() -> Made:
    """A number with half a unit of its last digit."""

    def made(text: str, value: float, half: float, **fields: object) -> dict[str, object]:
        low, high = (round(value + sign * half, 4) for sign in (-1, 1))
        return {"as_printed": text, "value": value, "low": low, "high": high} | fields

    return made


@pytest.fixture
def date() -> Made:
    """A date as printed, and in ISO 8601."""

    def made(text: str, day: str) -> dict[str, object]:
        return {"as_printed": text, "value_date": day, "unit": "date", "reading": "date", "kind": "date"}

    return made


@pytest.fixture
def related() -> Made:
    """A table of one relation, called r."""

    def made(kind: str, left: str, right: str | None = None, **fields: object) -> pd.DataFrame:
        row = {"relation_id": "r", "kind": kind, "left": left, "right": right, "exhaustive": False, "constant": None}
        return pd.DataFrame([row | fields])

    return made
