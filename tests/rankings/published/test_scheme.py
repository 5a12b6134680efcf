"""How an edition is put together, found in its figures, against the tables that people filled in."""

import pandas as pd
import pytest

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError

KEY = ["edition", "iso3", "column", "reason"]


def three(**changed: list[float]) -> pd.DataFrame:
    """Three states: (0.9 + 0.6 + 0.3) / 3 = 0.6, (0.6 + 0.6 + 0.3) / 3 = 0.5, (0.3 + 0.3 + 0.3) / 3 = 0.3."""
    columns = {"rank": [1, 2, 3], "egdi": [0.6, 0.5, 0.3], "osi": [0.9, 0.6, 0.3], "hci": [0.6, 0.6, 0.3],
               "tii": [0.3, 0.3, 0.3]}  # fmt: skip
    return pd.DataFrame({"edition": 2026, "iso3": ["KAZ", "UZB", "KGZ"], **columns, **changed})


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    return sources.load("un_egdi_editions")


def test_every_edition_is_found_as_it_was_described(known: pd.DataFrame) -> None:
    values, exceptions = sources.load("un_egdi"), sources.load("un_egdi_exceptions")
    found = rankings.edition_scheme(values, known)
    numbers = [column for column in known if column != "note"]
    assert found[numbers].astype(int).to_numpy().tolist() == known[numbers].astype(int).to_numpy().tolist()
    odd = rankings.edition_exceptions(values, found)
    assert set(odd[KEY].itertuples(index=False)) == set(exceptions[KEY].itertuples(index=False))


def test_weights_that_no_edition_had_are_found(known: pd.DataFrame) -> None:
    values = sources.load("un_egdi").query("edition == 2022")
    made = (0.5 * values["osi"] + 0.3 * values["hci"] + 0.2 * values["tii"]).round(4)
    values = values.assign(egdi=made, rank=made.rank(ascending=False, method="min").astype(int))
    row = rankings.edition_scheme(values, known).iloc[0]
    assert [row[f"{part}_weight"] for part in ("osi", "hci", "tii")] == [50, 30, 20]


def test_an_edition_that_nobody_has_described_is_recomputed(known: pd.DataFrame) -> None:
    scheme = rankings.edition_scheme(three(), known)
    assert scheme[["osi_weight", "egdi_decimals", "agreeing_decimals", "assessed_count"]].iloc[0].tolist() == [
        1,
        1,
        1,
        3,
    ]
    table = rankings.by_edition(three(), scheme, rankings.edition_exceptions(three(), scheme))
    assert table["index"].round(4).tolist() == [0.6, 0.5, 0.3]


@pytest.mark.parametrize("rank", [[1, 2, 4], [2, 3, 4], [1, 2, None]])
def test_a_rank_among_states_that_are_not_there_is_refused(known: pd.DataFrame, rank: list[float]) -> None:
    with pytest.raises(TableError, match="take in all states of the edition"):
        rankings.edition_scheme(three(rank=rank), known)


def test_columns_that_are_not_those_of_the_index_are_refused(known: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="no weighted mean of its components"):
        rankings.edition_scheme(three(egdi=[0.95, 0.94, 0.93]), known)
