"""What a reviewer accepted and cannot be taken in is refused with its row, in the language of the reader."""

import pandas as pd
import pytest

from digital_diplomacy import drafting, sources
from digital_diplomacy.errors import TableError


def line(row: int, column: str) -> str:
    return f"line {row + 2} ({column})"


WHERE = {"claims": line, "claim_relations": line}


@pytest.fixture(scope="module")
def accepted() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Two figures that stand in the table of claims, the relation between them, and their documents."""
    figures = sources.load("claims").query("claim_id in ['000-035', '000-042']")
    relations = sources.load("claim_relations").query("relation_id == '000_lead_video'")
    return figures, relations, sources.load("documents")


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "what is printed does not read as what is stored .000-042 stores value 99.0, but '176,375' reads 176375",
        ),
        (
            "ru",
            "напечатанное читается не так, как записано .000-042 хранит value 99.0, а «176,375» читается как 176375",
        ),
        ("kk", "басылғаны жазылған мәндей оқылмайды .000-042 ішінде value 99.0 сақталған, ал «176,375»"),
    ],
)
def test_a_figure_that_does_not_read_as_stored_is_refused_with_its_row(accepted, lang: str, told: str) -> None:
    figures, relations, documents = accepted
    changed = figures.assign(value=[figures["value"].iloc[0], 99.0])
    with pytest.raises(TableError, match=rf"^line 3 \(claim_id\), .*{told}"):
        drafting.judged(changed, relations, documents, WHERE, lang=lang)


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "cannot be worked out"), ("ru", "отношение нельзя вычислить"), ("kk", "қатынасты есептеу мүмкін емес")],
)
def test_a_relation_of_a_figure_that_is_not_there_is_refused_with_its_row(accepted, lang: str, told: str) -> None:
    figures, relations, documents = accepted
    both = pd.concat([relations, relations.assign(relation_id="000_other", left="000-099")])
    with pytest.raises(TableError, match=rf"^line 3 \(relation_id\), .*{told}.*000-099"):
        drafting.judged(figures, both, documents, WHERE, lang=lang)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["NEW-001", "NEW-01"], "line 3 .*NEW-001"),
        (["NEW-001", "NEW-0011"], "line 3 .*NEW-001"),
        (["NEW-001", "NEW-002", "OLD-001"], "line 4 .*this id stands twice"),
    ],
)
def test_an_id_is_as_the_scan_writes_it_and_stands_once(ids: list[str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        drafting.numbered(pd.DataFrame({"claim_id": ids, "document": "NEW"}), "005", line)


def test_the_sides_of_a_relation_are_figures_that_were_accepted() -> None:
    figures = pd.DataFrame({"claim_id": ["005-001", "005-004"]})
    drafts = pd.DataFrame(
        {"relation_id": ["NEW_a_001", "NEW_b_002"], "left": ["NEW-001 NEW-004", "NEW-004"], "right": ["NEW-004", None]},
        index=[7, 9],
    )
    found = drafting.related(drafts, figures, "005", line)
    assert found["relation_id"].tolist() == ["005_a_001", "005_b_002"]
    assert found["left"].tolist() == ["005-001 005-004", "005-004"]
    assert found["right"].tolist() == ["005-004", None]
    with pytest.raises(TableError, match=r"line 3 .*`left`: NEW-002 was not accepted"):
        drafting.related(drafts.assign(left=["NEW-001", "NEW-002"]), figures, "005", line)
    with pytest.raises(TableError, match=r"line 3 .*this id stands twice"):
        drafting.related(drafts.assign(relation_id="NEW_a_001"), figures, "005", line)
    with pytest.raises(TableError, match=r"line 2 .*NEW_n_of_m_001"):
        drafting.related(drafts.assign(relation_id=["NEW-a-001", "NEW_b_002"]), figures, "005", line)


def test_what_fails_is_acknowledged_with_its_own_note() -> None:
    verdicts = ["holds", "fails", "unknown", "fails"]
    found = pd.DataFrame({"relation_id": list("abcd"), "verdict": verdicts, "reason": list("1234")})
    notes = pd.DataFrame({"relation_id": list("dcba"), "note": ["of d", "of c", "of b", "of a"]})
    assert drafting.acknowledged(found, notes).to_numpy().tolist() == [["b", "2", "of b"], ["d", "4", "of d"]]
