"""Figures as rules of drafts see them, written by hand."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.extraction.tokens import Figure, Marked

Made: TypeAlias = Callable[..., Figure]


@pytest.fixture
def one() -> Made:
    """A figure with a value and a unit, and what else is said of it."""

    def made(value: float | None, unit: str = "users", **said: Any) -> Figure:
        told = {
            "claim_id": f"NEW-{value}-{unit}", "low": value, "high": value, "bound": "exact", "printed": f"{value}",
            "date": "", "entity": "", "platform": "", "period": "", "language": "en", "paragraph": 1, "sentence": 1,
            "table": "", "row": "", "column": "", "in_references": False, "start": 0, "end": 0,
            "role": "", "counted": "",
        }  # fmt: skip
        return Figure(value=value, unit=unit, **(told | said))

    return made


@pytest.fixture
def sentence() -> Callable[..., Marked]:
    """A sentence in which # stands for each number and @ for each date, in the order of its figures."""

    def made(plain: str, *figures: Figure, lang: str = "en", number: int = 1, paragraph: int = 1) -> Marked:
        places = tuple(place for place, char in enumerate(plain) if char in "#@")
        chars = list(plain)
        for each, place in enumerate(places):
            chars[place] = chr((0xE000 if plain[place] == "#" else 0xF100) + each)
        own = tuple(
            replace(one, claim_id=f"{number}-{each}", start=place, end=place + 1)
            for each, (one, place) in enumerate(zip(figures, places, strict=True))
        )
        return Marked(plain, "".join(chars), own, places, lang, number, paragraph)

    return made


@pytest.fixture
def verdicts(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Verdicts of the drafts of one kind that a text leads to."""

    def found(text: str, kind: str) -> list[str]:
        path = tmp_path / "paper.txt"
        path.write_text(text, encoding="utf-8")
        review = drafting.review(sources.read_paper(path), document="NEW")
        told = dict(zip(review.findings["relation_id"], review.findings["verdict"], strict=True))
        rows = review.relations[review.relations["kind"] == kind]
        return [str(told.get(name)) for name in rows["relation_id"]]

    return found
