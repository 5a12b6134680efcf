"""All texts of a language, wherever they stand."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

REPOSITORY = Path(__file__).parents[2]
LABELS = REPOSITORY / "digital_diplomacy" / "labels"


def _texts(lang: str) -> list[tuple[str, str]]:
    """All texts of a language, each with where it stands."""
    found = []
    for path in sorted(LABELS.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        key = next(iter(rows[0]))
        found += [(row[key], row[lang]) for row in rows if row[lang]]
    for path in sorted((REPOSITORY / "notebooks" / "locale" / lang).glob("*.po")):
        with path.open("rb") as stream:
            found += [(path.name, str(message.string)) for message in read_po(stream) if message.id]
    for path in sorted((REPOSITORY / "docs" / lang).glob("*.md")):
        prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [(f"{path.name}:{number}", line) for number, line in enumerate(prose.splitlines(), 1)]
    return found


@pytest.fixture(name="texts", scope="session")
def fixture_texts() -> Callable[[str], list[tuple[str, str]]]:
    """Texts of labels, refusals, help, catalogues and guides, each with where it stands."""
    return _texts
