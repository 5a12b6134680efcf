"""Figures and outlines have the same bytes in every process."""

import os
import subprocess
import sys
from typing import Final

import pytest

from digital_diplomacy import labels

HASHED: Final = {
    "network": """
import hashlib, pandas as pd
from digital_diplomacy import figures, labels

codes = ["type.t", "relation.r", "notice.edge_direction", "notice.edge_weight", "notice.node_size"]
labels._texts = lambda: {code: {"en": code} for code in codes}
edges = pd.DataFrame({"source": list("abc"), "target": list("bca"), "relation": "r", "weight": [1.0, 2.0, 3.0]})
positions = pd.DataFrame({"actor_id": list("abc"), "type": "t", "label": list("ABC")})
places = positions.assign(x=[0.0, 1.0, 2.0], y=[0.0, 1.0, 0.0], size=[1.0, 2.0, 3.0])
figure = figures.plot_network(edges, places, lang="en")
print(hashlib.sha256(figures.svg(figure).encode() + figures.png(figure)).hexdigest())
""",
    "outlines": """
import hashlib
from digital_diplomacy.figures.parts.outlines import outlines
print(hashlib.sha256(b''.join(one.path.vertices.tobytes() for one in outlines().values())).hexdigest())
""",
}
"""Code that prints one hash."""


@pytest.fixture(scope="module")
def there() -> dict[str, str]:
    """Hashes from another process: one for all, since it takes seconds to import what draws."""
    # This process orders sets by chance, or by a number given to it; the other by another number.
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    command = [sys.executable, "-c", "".join(HASHED.values())]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    return dict(zip(HASHED, said.split(), strict=True))


@pytest.mark.parametrize("name", HASHED)
def test_two_processes_give_equal_bytes(
    name: str, there: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(labels, "_texts", labels._texts)  # which the code may replace
    exec(HASHED[name], {})  # noqa: S102 - the same here
    here = capsys.readouterr().out.strip()
    assert len(here) == 64
    assert here == there[name]
