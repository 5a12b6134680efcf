"""Published indices made again: every edition of the e-government index, the Human Development Index, the review."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import rankings, sources
from digital_diplomacy.errors import TableError
from digital_diplomacy.rankings.composite.aggregation import aggregate
from digital_diplomacy.rankings.composite.means import geometric_mean
from digital_diplomacy.rankings.composite.normalisation import normalise, normalise_columns
from digital_diplomacy.rankings.composite.pipeline import run
from digital_diplomacy.rankings.published.editions import (
    EDITION_STEPS,
    edition_changes,
    edition_framework,
    edition_values,
)
from digital_diplomacy.rankings.published.indices import _weight_bounds

EDITIONS = [2003, 2004, 2005, 2008, 2010, 2012, 2014, 2016, 2018, 2020, 2022, 2024]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    names = ["un_egdi", "un_egdi_editions", "un_egdi_exceptions", "digital_diplomacy_review", "ministry_audiences"]
    names += ["digital_diplomacy_review_order"]
    return {name: sources.load(name) for name in names}


@pytest.fixture(scope="module")
def by_edition(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return rankings.by_edition(tables["un_egdi"], tables["un_egdi_editions"], tables["un_egdi_exceptions"])


# the e-government index -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_assessed_index_lies_within_the_rounding_of_its_components(edition: int, by_edition: pd.DataFrame):
    rows = by_edition[(by_edition["edition"] == edition) & (by_edition["status"] != "not_assessed")]
    apart = (rows["index_low"] > rows["published_high"]) | (rows["published_low"] > rows["index_high"])
    assert sorted(rows.loc[apart, "iso3"]) == (["CMR", "KHM"] if edition == 2008 else [])
    assert rows["rank"].between(rows["rank_low"], rows["rank_high"]).all()


def test_kazakhstan_2020_is_29th_with_0_8375(by_edition: pd.DataFrame):
    # UN E-Government Survey 2020: (0.9235 + 0.8866 + 0.7024) / 3 = 0.8375
    row = by_edition[(by_edition["iso3"] == "KAZ") & (by_edition["edition"] == 2020)].iloc[0]
    assert row[["published", "rank", "rank_low", "rank_high"]].tolist() == [0.8375, 29, 29, 29]
    assert row["index"] == pytest.approx(0.8375, abs=1e-9)


def test_exceptions_are_data_with_a_reason(tables: dict[str, pd.DataFrame]):
    listed = tables["un_egdi_exceptions"]
    assert listed["reason"].notna().all()
    named = {reason: set(zip(rows["edition"], rows["iso3"], strict=True)) for reason, rows in listed.groupby("reason")}
    assert named["differs_from_components"] == {(2008, "KHM"), (2008, "CMR")}
    assert named["above_one"] == {(2003, "FSM"), (2003, "TUV")}
    values = tables["un_egdi"].set_index(["edition", "iso3"])
    assert all(values.at[key, "egdi"] == 0 for key in named["not_assessed"] - {(2010, "SSD")})
    assert all(values.at[key, "hci"] > 1 for key in named["above_one"])
    assert (values["egdi"] == 0).sum() + values["egdi"].isna().sum() == len(named["not_assessed"])


@pytest.mark.parametrize("edition", [2003, 2010, 2020, 2024])
def test_the_engine_makes_the_index_of_an_edition(
    edition: int, tables: dict[str, pd.DataFrame], by_edition: pd.DataFrame
):
    parts = edition_values(tables["un_egdi"], tables["un_egdi_exceptions"], edition)
    made = run(parts, edition_framework(tables["un_egdi_editions"], edition), EDITION_STEPS)
    known = by_edition[by_edition["edition"] == edition].set_index("iso3").loc[parts["entity"]]
    assert made.scores["egdi"].to_numpy() == pytest.approx(known["index"].to_numpy(), abs=1e-10)
    # ranks as printed, but for ties that digits not printed break: each within what rounding allows
    places = rankings.ranks(made.scores["egdi"]).to_numpy()
    differs = (known["status"] == "differs_from_components").to_numpy()
    assert ((places >= known["rank_low"]) & (places <= known["rank_high"]))[~differs].all()


@pytest.mark.parametrize("edition", [2012, 2014, 2016, 2018, 2020, 2022, 2024])
def test_z_scores_scaled_from_0_to_1_give_the_same_index_where_components_fill_the_scale(
    edition: int, tables: dict[str, pd.DataFrame]
):
    # From 2012 on the survey scales z-scores of each component from 0 to 1, over all 193 states. A second scaling is
    # then no change: the least value is 0, the greatest 1. Earlier editions scaled otherwise and allow no check.
    values = tables["un_egdi"]
    rows = values[values["edition"] == edition].rename(columns={"iso3": "entity"})
    framework = edition_framework(tables["un_egdi_editions"], edition)
    scaled = normalise(rows[["entity", "osi", "hci", "tii"]], framework, method="z_score_min_max")
    made = aggregate(vars(scaled)["values"], scaled.framework)
    index = vars(made)["values"]["egdi"].to_numpy()
    assert index == pytest.approx(rows[["osi", "hci", "tii"]].mean(axis=1).to_numpy(), abs=1e-12)
    assessed = (rows["egdi"] > 0).to_numpy()
    assert np.abs(index - rows["egdi"].to_numpy())[assessed].max() < 1.2e-4


def test_an_edition_that_does_not_exist_is_refused(tables: dict[str, pd.DataFrame]):
    with pytest.raises(TableError, match="no edition 2006 of the index; there are 2003, 2004"):
        edition_values(tables["un_egdi"], tables["un_egdi_exceptions"], 2006)


def test_five_places_up_for_kazakhstan_2020(tables: dict[str, pd.DataFrame]):
    # Rank 24 is that of a state with the sum of components of the 24th of the others; one component has to make up
    # what the sum of Kazakhstan's lacks
    parts = edition_values(tables["un_egdi"], tables["un_egdi_exceptions"], 2020)
    tree = edition_framework(tables["un_egdi_editions"], 2020)
    rows = edition_changes(parts, tree, entity="KAZ", places=5)
    others = parts[parts["entity"] != "KAZ"][["osi", "hci", "tii"]].sum(axis=1).sort_values(ascending=False)
    lift = others.iloc[23] - (0.9235 + 0.8866 + 0.7024)
    needed = rows[rows["measure"] == "value_needed"].set_index("group")["value"]
    assert needed["osi"] == pytest.approx(0.9235 + lift, abs=1e-9)
    assert needed["tii"] == pytest.approx(0.7024 + lift, abs=1e-9)
    assert rows[rows["measure"] == "weight_needed"]["value"].sum() == pytest.approx(1)
    assert edition_changes(parts, tree, entity="QQQ", places=5).empty
    with pytest.raises(ValueError, match="places is 0; at least 1"):
        edition_changes(parts, tree, entity="KAZ", places=0)


# the Human Development Index ------------------------------------------------------------------------------------------

# UNDP, Human Development Report 2015, table 1: HDI of 2014, life expectancy and years of schooling (expected, mean),
# gross national income a head (2011 purchasing power). Australia's years and Singapore's income pass the goalposts.
HDI_2014 = pd.DataFrame(
    [
        ("NOR", 0.944, 81.6, 17.5, 12.6, 64_992.0),
        ("AUS", 0.935, 82.4, 20.2, 13.0, 42_261.0),
        ("CHE", 0.930, 83.0, 15.8, 12.8, 56_431.0),
        ("DEU", 0.916, 80.9, 16.5, 13.1, 43_919.0),
        ("USA", 0.915, 79.1, 16.5, 12.9, 52_947.0),
        ("SGP", 0.912, 83.0, 15.4, 10.6, 76_628.0),
        ("JPN", 0.891, 83.5, 15.3, 11.5, 36_927.0),
    ],
    columns=["entity", "hdi", "life", "expected", "mean_years", "income"],
)
HDI_TREE = pd.DataFrame(
    [
        ("life", "hdi", 20.0, 85.0),
        ("expected", "education", 0.0, 18.0),
        ("mean_years", "education", 0.0, 15.0),
        ("income", "hdi", 100.0, 75_000.0),
        ("education", "hdi", np.nan, np.nan),
        ("hdi", "", np.nan, np.nan),
    ],
    columns=["code", "parent", "goalpost_low", "goalpost_high"],
)
HDI_STEPS = [
    *(
        {"step": step, "method": "none", "reason": "as published"}
        for step in ("denominate", "screen", "impute", "treat")
    ),
    {"step": "normalise", "method": "goalposts", "by_indicator": {"income": {"log": True}}},
    {"step": "weigh", "method": "none", "reason": "equal within each dimension"},
    {"step": "aggregate", "method": {"education": "arithmetic", "hdi": "geometric"}},
]


def test_goalposts_caps_and_three_dimensions_give_the_human_development_index():
    # inputs are printed to 0.1 year and 1 dollar, the index to three decimals: intervals of half a unit must meet
    indicators = ["life", "expected", "mean_years", "income"]
    half = np.array([0.05, 0.05, 0.05, 0.5])
    given = HDI_2014[["entity", *indicators]]
    low, high = (
        run(given.assign(**(given[indicators] + sign * half)), HDI_TREE, HDI_STEPS).scores["hdi"] for sign in (-1, 1)
    )
    assert (low <= HDI_2014["hdi"] + 0.0005).all()
    assert (HDI_2014["hdi"] - 0.0005 <= high).all()
    assert (high - low).max() < 0.006


def test_the_human_development_index_of_norway_by_hand():
    # life (81.6 - 20) / 65 = 0.947692; education (17.5 / 18 + 12.6 / 15) / 2 = 0.906111; income
    # ln 649.92 / ln 750 = 6.476850 / 6.620073 = 0.978365; cube root of 0.840131 = 0.943603, printed 0.944
    made = run(HDI_2014[["entity", "life", "expected", "mean_years", "income"]], HDI_TREE, HDI_STEPS)
    norway = made.scores.iloc[0]
    assert norway["life"] == pytest.approx(0.947692, abs=1e-6)
    assert norway["education"] == pytest.approx(0.906111, abs=1e-6)
    assert norway["income"] == pytest.approx(0.978365, abs=1e-5)
    assert norway["hdi"] == pytest.approx(0.9436, abs=1e-4)
    capped = made.scores.set_index("entity")
    assert capped.at["AUS", "expected"] == 1
    assert capped.at["SGP", "income"] == 1


def test_the_example_of_the_technical_notes():
    # UNDP, Human Development Report 2020, technical note 1: income of 3829 dollars is 0.5506, and the dimensions
    # 0.6971, 0.3447 and 0.5506 make an index of 0.510
    income = normalise_columns(np.array([3829.0]), "goalposts", goalpost_low=100, goalpost_high=75_000, log=True)
    assert income[0] == pytest.approx(0.5506, abs=5e-5)
    assert geometric_mean(np.array([[0.6971, 0.3447, 0.5506]]), np.ones(3))[0] == pytest.approx(0.510, abs=5e-4)


# the Digital Diplomacy Review -----------------------------------------------------------------------------------------


def test_two_ministries_are_too_few_to_correlate_audiences_with_places(tables: dict[str, pd.DataFrame]):
    audiences = rankings.audiences(tables["ministry_audiences"])
    followers = audiences[(audiences["group"] == "facebook") & (audiences["period"] == "2018-02")]
    review = rankings.review_ranks(tables["digital_diplomacy_review"], tables["digital_diplomacy_review_order"])
    places = review[review["period"] == "2017"]
    assert sorted(followers["entity"]) == ["KAZ", "RUS"]
    assert rankings.rank_correlation(followers, places, rng=np.random.default_rng(1)).empty


@pytest.mark.parametrize(
    ("halves", "low", "high"),
    [
        # 0.4 w + 0.8 (1 - w) is within 0.05 of 0.6 for w from 0.375 to 0.625
        ((0.05, 0.0, 0.0), 0.375, 0.625),
        # half a digit of both components, 0.05 of weights that sum to 1, leaves twice as much open
        ((0.05, 0.05, 0.05), 0.25, 0.75),
        # half a digit of the first alone: 0.4 w - 0.2 is at most 0.05 + 0.04 w, and at least minus that
        ((0.05, 0.04, 0.0), 0.15 / 0.44, 0.25 / 0.36),
    ],
)
def test_weights_that_rounding_leaves_open_by_hand(halves: tuple[float, ...], low: float, high: float) -> None:
    found = _weight_bounds(np.array([[0.4, 0.8]]), np.array([0.6]), np.array([halves]), "2022")
    assert found[0] == pytest.approx([low, 1 - high])
    assert found[1] == pytest.approx([high, 1 - low])


def test_weights_are_no_more_than_1_and_none_is_an_error() -> None:
    found = _weight_bounds(np.array([[0.4, 0.8]]), np.array([0.4]), np.array([[0.05, 0.0, 0.0]]), "2022")
    assert found[0] == pytest.approx([0.875, 0])
    assert found[1] == pytest.approx([1, 0.125])
    with pytest.raises(TableError, match="2022"):
        _weight_bounds(np.array([[0.4, 0.8]]), np.array([0.2]), np.array([[0.05, 0.0, 0.0]]), "2022")
