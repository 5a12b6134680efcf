"""The prose of every notebook that comes with the project is translated, to every language, as it stands."""

from pathlib import Path

import pytest

from digital_diplomacy import labels
from digital_diplomacy.runs import translations

FOUND = (Path(__file__).parents[1] / "notebooks").glob("*.ipynb")
NOTEBOOKS = sorted(path for path in FOUND if '"order"' in path.read_text(encoding="utf-8"))  # no researcher's own


@pytest.mark.parametrize("lang", [lang for lang in labels.LANGUAGES if lang != translations.SOURCE])
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_wholly_translated(notebook: Path, lang: str) -> None:
    assert translations.catalogue(notebook, lang).is_file()
    assert [str(fault) for fault in translations.faults(notebook, lang)] == []
