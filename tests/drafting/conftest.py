"""Figures as rules of drafts see them, written by hand."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from digital_diplomacy.extraction.tokens import Figure

Made: TypeAlias = Callable[..., Figure]


@pytest.fixture
def one() -> Made:
    """A figure with a value and a unit, and what else is said of it."""

    def made(value: float | None, unit: str = "users", **said: Any) -> Figure:
        told = {
            "claim_id": f"NEW-{value}-{unit}", "low": value, "high": value, "bound": "exact", "printed": f"{value}",
            "date": "", "entity": "", "platform": "", "period": "", "language": "en", "paragraph": 1, "sentence": 1,
            "table": "", "row": "", "column": "", "in_references": False,
        }  # fmt: skip
        return Figure(value=value, unit=unit, **(told | said))

    return made
