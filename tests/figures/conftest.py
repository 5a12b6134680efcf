"""What tests of several figures measure."""

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from typing import Final

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from digital_diplomacy import labels
from digital_diplomacy.figures.parts import style

Pairs = list[tuple[str, str]]

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
"""Code that prints one hash, the same in every process."""


@pytest.fixture(scope="session")
def _there() -> dict[str, str]:
    """Hashes from another process: one for all, since it takes seconds to import what draws."""
    # This process orders sets by chance, or by a number given to it; the other by another number.
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    command = [sys.executable, "-c", "".join(HASHED.values())]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    return dict(zip(HASHED, said.split(), strict=True))


@pytest.fixture
def here_and_there(
    _there: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[str, str]]:
    """A hash of that name from this process, and from another."""

    def hashes(name: str) -> tuple[str, str]:
        monkeypatch.setattr(labels, "_texts", labels._texts)  # which the code may replace
        exec(HASHED[name], {})  # noqa: S102 - the same here
        return capsys.readouterr().out.strip(), _there[name]

    return hashes


@pytest.fixture
def touching() -> Callable[[Figure], Pairs]:
    """Pairs of texts of a figure that touch, and texts that leave the sheet."""

    def find(figure: Figure) -> Pairs:
        renderer = style.renderer(figure)
        with style.context():  # legends are put in their place when they are drawn, with the fonts they are saved with
            figure.draw_without_rendering()
        drawn = [text for text in figure.findobj(mpl.text.Text) if text.get_visible() and text.get_text().strip()]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in drawn]
        sheet = figure.bbox
        cut = [
            (text, "edge")
            for text, box in boxes
            if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1
        ]
        return cut + [
            (a, b) for (a, one), (b, other) in combinations(boxes, 2) if one.padded(-0.5).overlaps(other.padded(-0.5))
        ]

    return find
