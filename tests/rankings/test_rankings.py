"""Indices recomputed from printed digits, places and their intervals, correlations, audiences."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.places import settled

SCHEME = pd.DataFrame(
    {
        "edition": [2020, 2008],
        "osi_weight": [1, 34],
        "hci_weight": [1, 33],
        "tii_weight": [1, 33],
        "egdi_decimals": [4, 4],
        "osi_decimals": [4, 5],
        "hci_decimals": [4, 5],
        "tii_decimals": [4, 5],
        "agreeing_decimals": [4, 5],
        "assessed_count": [193, 182],
    }
)
NO_EXCEPTIONS = pd.DataFrame(
    {
        "edition": pd.Series(dtype=int),
        "iso3": pd.Series(dtype=str),
        "column": pd.Series(dtype=str),
        "reason": pd.Series(dtype=str),
    }
)


def states(*rows: tuple[int, str, float, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["edition", "iso3", "rank", "egdi", "osi", "hci", "tii"])


def exceptions(*rows: tuple[int, str, str], column: str = "egdi") -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["edition", "iso3", "reason"]).assign(column=column)


def ranked(measure: str, values: dict[str, float]) -> pd.DataFrame:
    """Estimates without intervals, one row per entity."""
    frame = pd.DataFrame({"entity": list(values), "value": list(values.values())})
    return frame.assign(measure=measure, low=frame["value"], high=frame["value"], source_id="un_egdi")


# UN E-Government Survey 2020, data tables, rows of Kazakhstan, Denmark and Hungary
KAZ = (2020, "KAZ", 29, 0.8375, 0.9235, 0.8866, 0.7024)
DNK = (2020, "DNK", 1, 0.9758, 0.9706, 0.9588, 0.9979)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    names = ["un_egdi", "un_egdi_editions", "un_egdi_exceptions", "digital_diplomacy_review", "ministry_audiences"]
    return {name: sources.load(name) for name in names}


@pytest.fixture(scope="module")
def by_edition(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return rankings.by_edition(tables["un_egdi"], tables["un_egdi_editions"], tables["un_egdi_exceptions"])


# the index ------------------------------------------------------------------------------------------------------------


def test_index_of_kazakhstan_2020_is_the_mean_of_its_components():
    # (0.9235 + 0.8866 + 0.7024) / 3 = 2.5125 / 3 = 0.8375; each is off by at most 0.00005, and so is their mean
    found = rankings.weighted_index(states(KAZ), SCHEME).iloc[0]
    assert found["value"] == pytest.approx(0.8375, abs=1e-12)
    assert (found["low"], found["high"]) == (0.83745, 0.83755)
    assert (found["interval"], found["unit"], found["period"], found["n"]) == ("rounding", "index", "2020", 193)


def test_weights_of_an_edition_apply_to_its_rows():
    # 0.34 * 1 + 0.33 * 0 + 0.33 * 0.5 = 0.505
    row = (2008, "AAA", 1, 0.505, 1.0, 0.0, 0.5)
    assert rankings.weighted_index(states(row, KAZ), SCHEME)["value"].tolist() == pytest.approx(
        [0.505, 0.8375], abs=1e-12
    )


def test_interval_uses_no_more_digits_than_agree():
    scheme = SCHEME.assign(osi_decimals=5, hci_decimals=5, tii_decimals=5)
    wide = rankings.weighted_index(states(KAZ), scheme).iloc[0]
    narrow = rankings.weighted_index(states(KAZ), scheme, all_digits=True).iloc[0]
    assert wide["high"] - wide["low"] == pytest.approx(1e-4)
    assert narrow["high"] - narrow["low"] == pytest.approx(1e-5)


def test_printed_value_is_within_half_a_unit():
    found = rankings.printed(states(KAZ), SCHEME).iloc[0]
    assert (found["low"], found["value"], found["high"]) == (0.83745, 0.8375, 0.83755)


def test_several_printed_columns_become_groups():
    found = rankings.printed(states(KAZ), SCHEME, columns=["osi", "tii"], measure="egdi_component")
    assert found[["group", "value"]].to_numpy().tolist() == [["osi", 0.9235], ["tii", 0.7024]]


@given(st.lists(st.integers(0, 10**4), min_size=3, max_size=3), st.lists(st.floats(-0.5, 0.5), min_size=3, max_size=3))
@settings(max_examples=30, deadline=None)
def test_interval_holds_the_index_of_any_unrounded_components(digits: list[int], errors: list[float]):
    components = [digit / 10**4 for digit in digits]
    row = rankings.weighted_index(states((2020, "AAA", 1, 0.5, *components)), SCHEME).iloc[0]
    true = sum(value + error / 10**4 for value, error in zip(components, errors, strict=True)) / 3
    assert row["low"] - 1e-11 <= true <= row["high"] + 1e-11


def test_n_is_the_states_assessed_whichever_rows_are_asked_for():
    # Kazakhstan alone is one of 193 in 2020, one state of 2008 one of 182
    rows = states(KAZ, (2008, "AAA", 1, 0.505, 1.0, 0.0, 0.5))
    assert rankings.printed(rows, SCHEME)["n"].tolist() == [193, 182]
    assert rankings.weighted_index(rows, SCHEME)["n"].tolist() == [193, 182]
    with pytest.raises(ValueError, match="`assessed_count` is missing"):
        rankings.printed(rows, SCHEME.drop(columns="assessed_count"))


def test_intervals_end_at_zero_and_one_but_a_value_above_one_keeps_its_own():
    # 1.0000 is 0.99995 to 1, 0.0000 is 0 to 0.00005; 1.0100 is printed above the scale: 1.00995 to 1.01005
    rows = states((2020, "AAA", 1, 1.0, 1.0, 1.01, 0.0))
    found = rankings.printed(rows, SCHEME, columns=["osi", "hci", "tii"], measure="egdi_component").set_index("group")
    ends = found[["low", "high"]]
    assert ends.to_numpy().tolist() == [[0.99995, 1], [1.00995, 1.01005], [0, 0.00005]]
    top, bottom = states((2020, "AAA", 1, 1.0, 1.0, 1.0, 1.0)), states((2020, "BBB", 1, 0.0, 0.0, 0.0, 0.0))
    found = rankings.weighted_index(pd.concat([top, bottom]), SCHEME)
    assert found[["low", "high"]].to_numpy().tolist() == [[0.99995, 1], [0, 0.00005]]


def test_missing_edition_in_scheme_is_refused():
    with pytest.raises(TableError, match=r"editions \[1999\] have no row in the scheme"):
        rankings.weighted_index(states((1999, "AAA", 1, 0.5, 0.5, 0.5, 0.5)), SCHEME)


def test_unknown_component_is_refused():
    with pytest.raises(ValueError, match="`xyz`, `xyz_decimals`"):
        rankings.weighted_index(states(KAZ), SCHEME, components=["osi", "xyz"])


def test_no_states_give_no_rows():
    assert rankings.weighted_index(states(), SCHEME).empty
    assert rankings.printed(states(), SCHEME, columns=["osi", "hci"]).empty
    table = rankings.by_edition(states(), SCHEME, NO_EXCEPTIONS)
    assert rankings.index_ranks(table).empty
    assert rankings.agreement(table).empty
    assert rankings.fit_weights(states(), SCHEME, NO_EXCEPTIONS).empty


# places ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # scores 0.9, 0.7, 0.7, 0.7, 0.1: the three tied units hold places 2, 3 and 4
        ("min", [1, 2, 2, 2, 5]),
        ("max", [1, 4, 4, 4, 5]),
        ("average", [1, 3, 3, 3, 5]),
        ("dense", [1, 2, 2, 2, 3]),
        ("ordinal", [1, 2, 3, 4, 5]),
    ],
)
def test_tie_rules(method: str, expected: list[float]):
    assert rankings.ranks(pd.Series([0.9, 0.7, 0.7, 0.7, 0.1]), method=method).tolist() == expected


def test_missing_score_has_no_place():
    assert rankings.ranks(pd.Series([0.1, np.nan, 0.5])).fillna(-1).tolist() == [2, -1, 1]


def test_scores_that_differ_by_the_noise_of_binary_arithmetic_tie() -> None:
    # The geometric means of (8, 1, 1), (4, 2, 1) and (2, 2, 2) are all 2, but not in binary.
    logs = np.log([[8.0, 1, 1], [4.0, 2, 1], [2.0, 2, 2], [8.0, 1, 1.000001]])
    scores = pd.Series(np.exp(logs.mean(axis=1)))
    assert rankings.ranks(scores).tolist() == [2, 2, 2, 1]
    assert rankings.ranks(-1e6 * scores).tolist() == [1, 1, 1, 4]
    assert rankings.ranks(pd.Series([1e-13, 2e-13, 2e-13])).tolist() == [3, 1, 1]
    assert rankings.ranks(pd.Series([0.0, -0.0, np.nan])).fillna(-1).tolist() == [1, 1, -1]
    assert rankings.ranks(pd.Series([], dtype=float)).tolist() == []


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_noise_is_a_millionth_of_a_millionth_of_the_largest_score(size: float) -> None:
    near, far = size * (1 - 0.9e-12), size * (1 - 2.1e-12)
    assert settled(pd.Series([near, size, far, -size / 2])).tolist() == [size, size, far, -size / 2]
    assert settled(pd.Series([-size, -near, size / 2])).tolist() == [-near, -near, size / 2]


def test_settled_scores_keep_their_places_whatever_their_order() -> None:
    scores = pd.Series([0.3, 0.1 + 0.2, 0.5, 0.7], index=list("KLMN"))
    for order in ("KLMN", "NMLK", "LNKM"):
        assert rankings.ranks(scores[list(order)])[list("KLMN")].tolist() == [3, 3, 2, 1]


def test_unknown_tie_rule_is_refused():
    with pytest.raises(ValueError, match="unknown tie rule 'first'; allowed: min, max"):
        rankings.ranks(pd.Series([1.0]), method="first")


def test_rank_intervals_of_three_units():
    # A 5..6 is above all; B 3..4 and C 2..3.5 overlap, so each may be second or third
    assert rankings.rank_intervals([5, 3, 2], [6, 4, 3.5]).to_numpy().tolist() == [[1, 1], [2, 3], [2, 3]]


def test_rank_intervals_of_five_units():
    # A 8..9, B 5..8, C 4..6, D 4, E 0..1; units that meet only in one point never stand above each other for sure.
    # Surely above: A none, B none, C {A}, D {A, B}, E {A, B, C, D}
    # possibly above: A none, B {A, C}, C {A, B}, D {A, B, C}, E {A, B, C, D}
    found = rankings.rank_intervals([8, 5, 4, 4, 0], [9, 8, 6, 4, 1])
    assert found["low"].tolist() == [1, 1, 2, 3, 5]
    assert found["high"].tolist() == [1, 3, 3, 4, 5]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_rank_intervals_are_those_of_all_corner_cases(ends: list[tuple[int, int]]):
    low, high = [a for a, _ in ends], [a + b for a, b in ends]
    places = [
        rankings.ranks(pd.Series(scores, dtype=float)).tolist()
        for scores in product(*({a, b} for a, b in zip(low, high, strict=True)))
    ]
    found = rankings.rank_intervals(low, high)
    assert found["low"].tolist() == np.min(places, axis=0).tolist()
    assert found["high"].tolist() == np.max(places, axis=0).tolist()


def test_points_have_one_place():
    found = rankings.rank_intervals([0.3, 0.9, 0.3], [0.3, 0.9, 0.3])
    assert found.to_numpy().tolist() == [[2, 2], [1, 1], [2, 2]]


def test_reversed_or_missing_ends_are_refused():
    with pytest.raises(ValueError, match="low <= high"):
        rankings.rank_intervals([2.0], [1.0])
    with pytest.raises(ValueError, match="both ends"):
        rankings.rank_intervals([np.nan], [1.0])


# published against recomputed -----------------------------------------------------------------------------------------


def test_published_figures_of_two_states_follow_from_their_components():
    # Denmark: (0.9706 + 0.9588 + 0.9979) / 3 = 2.9273 / 3 = 0.97577, printed 0.9758
    kaz = (*KAZ[:2], 2, *KAZ[3:])
    table = rankings.by_edition(states(kaz, DNK), SCHEME, NO_EXCEPTIONS)
    assert table["status"].tolist() == ["agrees", "agrees"]
    assert table[["rank_low", "rank_high"]].to_numpy().tolist() == [[2, 2], [1, 1]]


def test_unlisted_disagreement_is_refused():
    wrong = (2020, "AAA", 3, 0.6, 0.5, 0.5, 0.5)
    with pytest.raises(TableError, match="AAA/2020, egdi, is differs_from_components and not listed; add it"):
        rankings.by_edition(states(KAZ, DNK, wrong), SCHEME, NO_EXCEPTIONS)


def test_exception_that_no_longer_applies_is_refused():
    with pytest.raises(TableError, match="KAZ/2020, egdi, is listed as differs_from_components and is not; remove it"):
        rankings.by_edition(states(KAZ, DNK), SCHEME, exceptions((2020, "KAZ", "differs_from_components")))


def test_zero_index_must_be_listed_as_not_assessed():
    zero = (2020, "AAA", 3, 0.0, 0.5, 0.5, 0.5)
    with pytest.raises(TableError, match="AAA/2020, egdi, is not_assessed and not listed"):
        rankings.by_edition(states(KAZ, zero), SCHEME, NO_EXCEPTIONS)
    table = rankings.by_edition(states(KAZ, zero), SCHEME, exceptions((2020, "AAA", "not_assessed")))
    assert table["status"].tolist() == ["agrees", "not_assessed"]
    assert table.loc[1, ["index", "published", "rank_low"]].isna().all()
    assert rankings.index_values(table)["entity"].tolist() == ["KAZ"]


def test_rank_of_a_differing_state_rests_on_its_published_index():
    # components of AAA say 0.5, the edition prints 0.9 and ranks by it: first, above Kazakhstan's 0.8375
    odd = (2020, "AAA", 1, 0.9, 0.5, 0.5, 0.5)
    kaz = (*KAZ[:2], 2, *KAZ[3:])
    table = rankings.by_edition(states(kaz, odd), SCHEME, exceptions((2020, "AAA", "differs_from_components")))
    assert table["rank_low"].tolist() == [2, 1]
    counts = rankings.agreement(table).set_index("group")["value"]
    assert counts.to_dict() == {"index_agrees": 1, "index_last_digit": 0, "index_differs": 1, "rank_inside": 2}


def test_a_rank_follows_only_between_both_ends():
    # Denmark is surely first and Kazakhstan surely second; printed as 2 and 3 they lie above their best rank only
    kaz, dnk = (*KAZ[:2], 3, *KAZ[3:]), (*DNK[:2], 2, *DNK[3:])
    table = rankings.by_edition(states(kaz, dnk), SCHEME, NO_EXCEPTIONS)
    counts = rankings.agreement(table).set_index("group")
    assert counts.loc["rank_inside", ["value", "n"]].tolist() == [0, 2]


def test_states_not_assessed_are_not_counted():
    zero = (2020, "AAA", 3, 0.0, 0.5, 0.5, 0.5)
    kaz = (*KAZ[:2], 2, *KAZ[3:])
    table = rankings.by_edition(states(kaz, DNK, zero), SCHEME, exceptions((2020, "AAA", "not_assessed")))
    assert set(rankings.agreement(table)["n"]) == {2}
    assert rankings.index_ranks(table)["n"].tolist() == [2, 2]


def test_argument_is_not_changed():
    given_states = states(KAZ, DNK)
    before = given_states.copy()
    rankings.by_edition(given_states.assign(rank=[2, 1]), SCHEME, NO_EXCEPTIONS)
    rankings.fit_weights(given_states, SCHEME, NO_EXCEPTIONS)
    pd.testing.assert_frame_equal(given_states, before)


def test_published_figures_of_kazakhstan(by_edition: pd.DataFrame):
    # UN E-Government Survey 2020 (rank 29, 0.8375) and 2024 (rank 24, 0.90093)
    kazakhstan = by_edition[by_edition["iso3"] == "KAZ"].set_index("edition")
    assert kazakhstan.loc[2020, ["published", "rank", "rank_low", "rank_high"]].tolist() == [0.8375, 29, 29, 29]
    assert kazakhstan.loc[2024, ["published", "rank"]].tolist() == [0.90093, 24]


def test_every_published_rank_follows(by_edition: pd.DataFrame):
    counts = rankings.agreement(by_edition)
    inside = counts[counts["group"] == "rank_inside"]
    assert len(inside) == 12
    assert (inside["value"] == inside["n"]).all()


def test_counts_of_the_descriptor_of_editions_hold(by_edition: pd.DataFrame, tables: dict[str, pd.DataFrame]):
    assessed = by_edition[by_edition["status"] != "not_assessed"].groupby("edition").size()
    editions = tables["un_egdi_editions"].set_index("edition")
    assert assessed.to_dict() == editions["assessed_count"].astype(int).to_dict()
    assert (by_edition.groupby("edition").size() == 193).all()


def test_disagreements_stand_in_two_editions_only(by_edition: pd.DataFrame):
    odd = by_edition[by_edition["status"].isin(["last_digit", "differs_from_components"])]
    assert odd.groupby(["edition", "status"]).size().to_dict() == {
        (2008, "differs_from_components"): 2,
        (2024, "last_digit"): 92,
    }
    assert odd.loc[odd["edition"] == 2008, "iso3"].tolist() == ["CMR", "KHM"]


def test_four_ties_of_2020_are_broken_by_digits_not_printed(by_edition: pd.DataFrame):
    # published 2020: Hungary 52 after a state with the same 0.7745, and three more pairs of this kind
    rows = by_edition[by_edition["edition"] == 2020].reset_index(drop=True)
    places = rankings.ranks(rows["published"])
    assert rows.loc[rows["rank"] != places, "iso3"].tolist() == ["AND", "HUN", "MKD", "TLS"]
    assert rows["rank"].between(rows["rank_low"], rows["rank_high"]).all()


def test_processed_table_is_the_one_computed(by_edition: pd.DataFrame):
    pd.testing.assert_frame_equal(
        sources.load("egdi_by_edition"), by_edition.sort_values(["edition", "iso3"], ignore_index=True)
    )


# weights --------------------------------------------------------------------------------------------------------------


def test_weights_of_2008_and_2010_are_not_thirds(tables: dict[str, pd.DataFrame]):
    # United Nations e-Government Survey 2008, technical notes: 0.34, 0.33 and 0.33
    fitted = rankings.fit_weights(tables["un_egdi"], tables["un_egdi_editions"], tables["un_egdi_exceptions"])
    expected = {"osi": 0.34, "hci": 0.33, "tii": 0.33}
    for edition, rows in fitted.groupby("period"):
        known = rows["group"].map(expected) if edition in ("2008", "2010") else pd.Series(1 / 3, index=rows.index)
        assert ((rows["low"] <= known) & (known <= rows["high"])).all(), edition
        assert rows["value"].sum() == pytest.approx(1, abs=1e-6)
        assert (rows["high"] - rows["low"]).max() < 0.001


def test_weights_are_recovered_from_rounded_figures():
    rng = np.random.default_rng(5)
    components = rng.random((40, 3)).round(4)
    index = (components @ [0.5, 0.3, 0.2]).round(4)
    rows = [(2020, f"S{i:02d}", i + 1.0, index[i], *components[i]) for i in range(40)]
    fitted = rankings.fit_weights(states(*rows), SCHEME, NO_EXCEPTIONS).set_index("group")
    assert fitted["value"].tolist() == pytest.approx([0.5, 0.3, 0.2], abs=2e-4)
    assert (fitted["low"] <= [0.5, 0.3, 0.2]).all()
    assert (fitted["high"] >= [0.5, 0.3, 0.2]).all()


def test_weights_lie_between_their_ends_and_rest_on_states_that_agree():
    # a state whose index differs from its components is not among the three the weights are fitted to
    rng = np.random.default_rng(6)
    components = rng.random((3, 3)).round(4)
    index = components.mean(axis=1).round(4)
    rows = [(2020, f"S{i}", i + 1.0, index[i], *components[i]) for i in range(3)]
    odd = (2020, "ODD", 4, 0.9, 0.5, 0.5, 0.5)
    fitted = rankings.fit_weights(states(*rows, odd), SCHEME, exceptions((2020, "ODD", "differs_from_components")))
    assert ((fitted["low"] <= fitted["value"]) & (fitted["value"] <= fitted["high"])).all()
    assert set(fitted["n"]) == {3}


def test_fitted_weights_are_kept_within_what_rounding_allows():
    # Three states rest on online services alone, printed 0.5000, 0.5001 and 0.5002. Only about 0.5001 fits all three,
    # while least squares is drawn below it by the others' 0.3000 and 0.2000, for the sum is 1.
    only = [(1.0, 0.0, 0.0, 0.5), (1.0, 0.0, 0.0, 0.5001), (1.0, 0.0, 0.0, 0.5002), (0.0, 1.0, 0.0, 0.3)]
    rows = [(2020, f"S{i}", i + 1.0, y, *x) for i, (*x, y) in enumerate([*only, (0.0, 0.0, 1.0, 0.2)])]
    fitted = rankings.fit_weights(states(*rows), SCHEME, NO_EXCEPTIONS).set_index("group")
    assert fitted.loc["osi", ["value", "low"]].tolist() == pytest.approx([0.5001, 0.5001], abs=5e-6)


def test_figures_no_weights_explain_are_refused():
    with pytest.raises(TableError, match="edition 2020: no weights reproduce every index within rounding"):
        rankings.fit_weights(states((2020, "AAA", 1, 0.9, 0.5, 0.5, 0.5)), SCHEME, NO_EXCEPTIONS)


# correlations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "peer"), [("kendall", stats.kendalltau), ("spearman", stats.spearmanr)])
def test_coefficients_are_those_of_scipy(method: str, peer):
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 9, 25).astype(float), rng.integers(0, 9, 25).astype(float)
    left, right = (
        ranked(name, {f"E{i}": v for i, v in enumerate(v)}) for name, v in (("egdi_rank", x), ("ddr_rank", y))
    )
    found = rankings.rank_correlation(left, right, method=method, rng=np.random.default_rng(0)).iloc[0]
    assert found["value"] == pytest.approx(peer(x, y).statistic, abs=1e-12)


def test_kendall_by_hand():
    # of the 10 pairs of (1,2,3,4,5) and (2,1,3,5,4) two are inverted: (8 - 2) / 10 = 0.6
    left = ranked("egdi_rank", dict(zip("ABCDE", [1, 2, 3, 4, 5], strict=True)))
    right = ranked("ddr_rank", dict(zip("ABCDE", [2, 1, 3, 5, 4], strict=True)))
    found = rankings.rank_correlation(left, right, rng=np.random.default_rng(0)).iloc[0]
    assert found["value"] == pytest.approx(0.6)
    assert found["low"] <= 0.6 <= found["high"]
    assert found[["left", "right", "measure", "interval", "n"]].tolist() == [
        "egdi_rank",
        "ddr_rank",
        "kendall_tau_b",
        "confidence",
        5,
    ]


def test_bootstrap_equals_resampling_entity_by_entity():
    order = np.random.default_rng(8)
    x, y = order.permutation(12).astype(float), order.permutation(12).astype(float)
    left, right = (
        ranked(name, {f"E{k}": v for k, v in enumerate(z)}) for name, z in (("egdi_rank", x), ("ddr_rank", y))
    )
    found = rankings.rank_correlation(left, right, method="spearman", draws=60, rng=np.random.default_rng(0)).iloc[0]
    counts = np.random.default_rng(0).multinomial(12, np.full(12, 1 / 12), size=60)
    drawn = [stats.spearmanr(np.repeat(x, count), np.repeat(y, count)).statistic for count in counts]
    assert (found["low"], found["high"]) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975], method="weibull")))


def test_level_of_a_bootstrap_interval_is_the_one_asked_for():
    order = np.random.default_rng(8)
    left = ranked("egdi_rank", {f"E{k}": float(v) for k, v in enumerate(order.permutation(12))})
    right = ranked("ddr_rank", {f"E{k}": float(v) for k, v in enumerate(order.permutation(12))})
    narrow, wide = (
        rankings.rank_correlation(left, right, level=level, rng=np.random.default_rng(0)).iloc[0]
        for level in (0.5, 0.95)
    )
    assert (narrow["level"], wide["level"]) == (0.5, 0.95)
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_same_generator_gives_same_interval():
    left = ranked("egdi_rank", {f"E{i}": i for i in range(12)})
    right = ranked("ddr_rank", {f"E{i}": (5 * i) % 12 for i in range(12)})
    first, second = (rankings.rank_correlation(left, right, rng=np.random.default_rng(4)) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


def test_too_few_shared_entities_give_no_row():
    left = ranked("egdi_rank", dict(zip("ABCD", [1, 2, 3, 4], strict=True)))
    assert rankings.rank_correlation(left, left, rng=np.random.default_rng(0)).empty


def test_two_rows_of_one_entity_are_refused():
    left = ranked("egdi_rank", {"A": 1, "B": 2})
    with pytest.raises(ValueError, match=r"entities \['A', 'B'\] have more than one row"):
        rankings.rank_correlation(pd.concat([left, left]), left, rng=np.random.default_rng(0))


def test_bad_settings_of_a_correlation_are_refused():
    left = ranked("egdi_rank", {"A": 1, "B": 2})
    with pytest.raises(ValueError, match="unknown coefficient 'pearson'; allowed: kendall, spearman"):
        rankings.rank_correlation(left, left, method="pearson", rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="level is 1"):
        rankings.rank_correlation(left, left, level=1, rng=np.random.default_rng(0))


def test_rankings_of_2016_agree_where_places_are_printed(by_edition: pd.DataFrame, tables: dict[str, pd.DataFrame]):
    review = tables["digital_diplomacy_review"].dropna(subset="rank")
    places = review[review["edition"] == 2016].rename(columns={"rank": "value"})
    ranks = rankings.index_ranks(by_edition)
    left, right = ranks[ranks["period"] == "2016"], places.assign(measure="ddr_rank", source_id="review")
    found = rankings.rank_correlation(left, right, rng=np.random.default_rng(1)).iloc[0]
    # of the 22 ministries with a printed place the European Union and Abkhazia are not in the survey
    assert found["n"] == 20
    assert found["low"] > 0
    assert found["source_id"] == "un_egdi review"


# audiences ------------------------------------------------------------------------------------------------------------


def test_ratio_of_facebook_audiences(tables: dict[str, pd.DataFrame]):
    # document 000, February 2018: 364,547 and 11,668, so 31.2433 times; ends divide low by high and high by low
    ratio = rankings.audience_ratio(rankings.audiences(tables["ministry_audiences"]), "KAZ").set_index("group")
    assert ratio.loc["facebook", ["value", "low", "high"]].tolist() == pytest.approx(
        [364547 / 11668, 364546.5 / 11668.5, 364547.5 / 11667.5]
    )
    assert set(ratio["entity"]) == {"RUS"}
    assert ratio.loc["instagram", ["low", "high"]].tolist() == pytest.approx([93500 / 1645.5, 94500 / 1644.5])


def test_growth_of_twitter_audience(tables: dict[str, pd.DataFrame]):
    # 18,200 to 23,900: 5700 / 18200 = 31.3 percent; from 23899.5 / 18200.5 to 23900.5 / 18199.5 by the last digits
    growth = rankings.audience_growth(rankings.audiences(tables["ministry_audiences"]))
    assert growth["group"].tolist() == ["facebook", "instagram", "twitter", "twitter"]
    twitter = growth.set_index(["group", "measure"]).loc[("twitter", "audience_growth")]
    assert twitter[["value", "low", "high"]].tolist() == pytest.approx(
        [100 * 5700 / 18200, 100 * (23899.5 / 18200.5 - 1), 100 * (23900.5 / 18199.5 - 1)]
    )
    assert (twitter["period"], twitter["unit"]) == ("2017-08/2018-02", "percent")


def test_growth_and_ratio_of_audiences_whose_zeros_may_be_filler(tables: dict[str, pd.DataFrame]):
    # 18,200 is then 18,150 to 18,250 and 23,900 is 23,850 to 23,950: growth from 23850 / 18250 = 1.30685 to
    # 23950 / 18150 = 1.31956; the ratio of 1,215,000 to 1,225,000 is from 1215000 / 23950 = 50.731 to 1225000 / 23850.
    rows = rankings.audiences(tables["ministry_audiences"])
    growth = rankings.audience_growth(rows).set_index("measure").loc["audience_growth_filled"]
    assert growth[["low", "high"]].tolist() == pytest.approx([30.685, 31.956], abs=5e-4)
    ratio = rankings.audience_ratio(rows, "KAZ").set_index("measure").loc["audience_ratio_filled"]
    assert ratio[["low", "high"]].tolist() == pytest.approx([50.731, 51.363], abs=5e-4)
    assert (growth["group"], ratio["group"]) == ("twitter", "twitter")  # no other audience ends in zeros


def test_a_ratio_is_taken_in_one_reading_though_only_one_audience_ends_in_zeros():
    # 2,000 (1,500 to 2,500 if its zeros are filler) over 125 exactly as printed, 124.5 to 125.5.
    row = {"platform": "vk", "period": "2020", "measure": "followers", "unit": "followers"}
    table = pd.DataFrame(
        [
            {"iso3": "UZB", "value": 2000, "low": 1999.5, "high": 2000.5, "low_filled": 1500, "high_filled": 2500}
            | row,
            {"iso3": "TKM", "value": 125, "low": 124.5, "high": 125.5, "low_filled": 124.5, "high_filled": 125.5} | row,
        ]
    )
    ratio = rankings.audience_ratio(rankings.audiences(table), "TKM").set_index("measure")
    assert ratio.loc["audience_ratio_filled", ["low", "high"]].tolist() == pytest.approx([1500 / 125.5, 2500 / 124.5])
    assert ratio.loc["audience_ratio", "low"] == pytest.approx(1999.5 / 125.5)


def test_printed_characters_of_audiences_are_kept(tables: dict[str, pd.DataFrame]):
    printed = set(tables["ministry_audiences"]["as_printed"])
    assert {"18,200", "364, 547", "94К", "102,875.", "1,220,000"} <= printed
    assert len(tables["ministry_audiences"]) == 14


def test_unknown_country_gives_no_rows(tables: dict[str, pd.DataFrame]):
    rows = rankings.audiences(tables["ministry_audiences"])
    assert rankings.audience_ratio(rows, "UZB").empty
    assert rankings.audience_growth(rows[rows["entity"] == "UZB"]).empty


def test_ratio_to_an_audience_that_may_be_zero_is_refused(tables: dict[str, pd.DataFrame]):
    rows = rankings.audiences(tables["ministry_audiences"])
    with pytest.raises(ValueError, match="an audience of KAZ may be 0"):
        rankings.audience_ratio(rows.assign(low=0), "KAZ")
