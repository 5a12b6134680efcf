"""Cells of an index that do not mean what their column says."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError

SCHEME = pd.DataFrame(
    {"edition": [2020], "assessed_count": [1], "agreeing_decimals": [4]}
    | {f"{name}_weight": [1] for name in ("osi", "hci", "tii")}
    | {f"{name}_decimals": [4] for name in ("egdi", "osi", "hci", "tii")}
)


def states(*rows: tuple[str, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "egdi", "osi", "hci", "tii"]).assign(edition=2020, rank=1)


def exceptions(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "column", "reason"]).assign(edition=2020)


def test_cells_the_publisher_leaves_blank_are_missing():
    # UNU-EGOV's copy of the edition of 2010 (egdi/egdi-2010.csv): human capital is blank for nine states,
    # telecommunication for Nauru and North Korea, and all of South Sudan's row
    table = sources.load("un_egdi")
    rows = table[table["edition"] == 2010].set_index("iso3")
    nine = ["FSM", "KIR", "MCO", "MHL", "NRU", "PRK", "SMR", "SOM", "TUV"]
    assert sorted(rows.index[rows["hci"].isna()]) == sorted([*nine, "SSD"])
    assert sorted(rows.index[rows["tii"].isna()]) == ["NRU", "PRK", "SSD"]
    assert rows.loc["SSD"].drop("edition").isna().all()
    assert not (rows["hci"] == 0).any()
    assert rows.loc["NRU", ["egdi", "osi"]].tolist() == [0, 0.01269]


def test_a_blank_must_be_listed_with_its_column():
    blank = states(("KAZ", 0.5, 0.5, 0.5, 0.5), ("AAA", 0.0, 0.5, np.nan, 0.5))
    known = exceptions(("AAA", "egdi", "not_assessed"))
    with pytest.raises(TableError, match="AAA/2020, hci, is blank and not listed; add it"):
        rankings.by_edition(blank, SCHEME, known)
    other = pd.concat([known, exceptions(("AAA", "tii", "blank"))])
    with pytest.raises(TableError, match="AAA/2020, tii, is listed as blank and is not; remove it"):
        rankings.by_edition(blank, SCHEME, other)
    table = rankings.by_edition(blank, SCHEME, pd.concat([known, exceptions(("AAA", "hci", "blank"))]))
    assert table["status"].tolist() == ["agrees", "not_assessed"]


def test_a_missing_index_is_no_assessment():
    rows = states(("KAZ", 0.5, 0.5, 0.5, 0.5), ("AAA", np.nan, 0.5, 0.5, 0.5))
    with pytest.raises(TableError, match="AAA/2020, egdi, is not_assessed and not listed"):
        rankings.by_edition(rows, SCHEME, exceptions())
    table = rankings.by_edition(rows, SCHEME, exceptions(("AAA", "egdi", "not_assessed")))
    assert rankings.index_ranks(table)["entity"].tolist() == ["KAZ"]


def test_leeway_of_ranks_by_hand():
    # B and C print 0.5 each, 0.49995 to 0.50005, and may stand either way: places 2 and 3. A, and D at 0.4998 with at
    # most 0.49985, have one place each
    rows = states(
        ("A", 0.9, 0.9, 0.9, 0.9),
        ("B", 0.5, 0.5, 0.5, 0.5),
        ("C", 0.5, 0.5, 0.5, 0.5),
        ("D", 0.4998, 0.4998, 0.4998, 0.4998),
    ).assign(rank=[1, 2, 3, 4])
    found = rankings.rank_leeway(rankings.by_edition(rows, SCHEME, exceptions())).set_index("measure")
    assert found.loc["rank_leeway", ["value", "n", "unit"]].tolist() == [1, 4, "places"]
    assert found.loc["rank_fixed", "value"] == 2


def test_rounding_never_moves_a_rank_by_more_than_one_from_2012_on():
    # each state's interval of ranks against its printed one, counted anew from the rows
    tables = map(sources.load, ["un_egdi", "un_egdi_editions", "un_egdi_exceptions"])
    table = rankings.by_edition(*tables).dropna(subset=["rank_low"])
    found = rankings.rank_leeway(table).set_index(["measure", "period"])["value"]
    for edition, rows in table.groupby("edition"):
        farthest = max(max(row.rank - row.rank_low, row.rank_high - row.rank) for row in rows.itertuples())
        assert found["rank_leeway", str(edition)] == farthest
        assert farthest <= (1 if edition >= 2012 else 2)


def test_levels_by_the_printed_value():
    values = states(("A", 0.75, 0, 0, 0), ("B", 0.7501, 0, 0, 0), ("C", 0.25, 0, 0, 0), ("D", 0.5001, 0, 0, 0))
    found = rankings.index_levels(rankings.printed(values, SCHEME))
    assert found["group"].tolist() == ["egdi_high", "egdi_very_high", "egdi_low", "egdi_high"]
    early = rankings.printed(values.assign(edition=2010), SCHEME.assign(edition=2010))
    assert rankings.index_levels(early).empty
