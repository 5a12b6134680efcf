"""The page of a network tells the model of ties as the terminal does, with every coefficient and its interval."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, networks
from digital_diplomacy.cli.network.model import model_section

HEADS = {"kk": "Белгі", "ru": "Признак", "en": "Term"}


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_page_has_the_sentences_the_coefficients_and_the_figure(tmp_path: Path, lang: str) -> None:
    ties = pd.DataFrame({"source": list("abbccde"), "target": list("bacbdec")})
    model = networks.tie_model(networks.graph(ties), ["mutual"], draws=200, rng=np.random.default_rng(1))
    section = model_section(model, tmp_path, lang)
    assert list(section.paragraphs) == networks.tie_sentences(model, lang=lang)
    [table] = section.tables
    assert HEADS[lang] in table
    assert labels.text("tie_term.mutual", lang) in table
    assert table.count("<tr>") == 1 + 4  # coefficient and odds ratio of two terms
    # Dyads are independent, so that the estimate is known: 2 of 10 pairs are mutual, 3 tied one way, 5 not at all.
    # Log odds of a tie (3 / 2) / 5 = 0.3, of one answered 2 / 1.5 over 0.3: 2 x 5 / 1.5^2 = 4.444
    kept = pd.read_csv(tmp_path / "model.csv").set_index(["entity", "measure"])
    assert kept.at[("ties", "tie_log_odds"), "value"] == pytest.approx(np.log(0.3), abs=1e-6)
    assert kept.at[("mutual", "tie_odds_ratio"), "value"] == pytest.approx(40 / 9, rel=1e-6)
    picture = (tmp_path / "model.svg").read_text(encoding="utf-8")
    assert labels.text("tie_term.mutual", lang) in picture
    how_many = labels.text("tie_term.ties", lang)
    assert f">{how_many}<" not in picture  # how many there are at all is no likelihood of one
    assert section.image == "model.svg"
    assert (tmp_path / "model.png").read_bytes()[:4] == b"\x89PNG"
    assert labels.text("tie_term.mutual", lang) in section.alt
