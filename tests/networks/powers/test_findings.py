"""Powers in words: what stays without any document, what rests on one, what exceeds chance, and who has most."""

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy.networks.powers.findings import networking_found, powers_found, powers_told

BLANK = {"group": "", "period": "", "level": np.nan, "unit": "count", "base": "", "n": 5.0, "source_id": "relations"}


def estimates(*rows: tuple[str, str, float, float, float]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["entity", "measure", "value", "low", "high"])
    return made.assign(interval="sensitivity", **BLANK)


ROWS = estimates(
    ("a", "core_ratio", 1.0, 1.0, 1.0),
    ("a", "dependence", 2.0, 1.5, 2.0),
    ("a", "goals_set", 3.0, 0.0, 3.0),
    ("b", "core_ratio", 0.9, 0.5, 1.0),
    ("b", "dependence", 1.2, 0.8, 1.2),
    ("b", "switched_pairs", 4.0, 1.0, 4.0),
    ("c", "dependence", 0.4, 0.0, 0.4),
    ("std", "coverage", 0.1, 0.05, 0.2),
)


def cells(told: pd.DataFrame) -> dict[tuple[str, str], str]:
    kept = told[told["cell"] != ""]
    names = kept["row"].str.removeprefix("entity."), kept["column"].str.removeprefix("notice.told_power_")
    return dict(zip(zip(*names, strict=True), kept["cell"], strict=True))


def test_a_power_stays_rests_on_one_document_or_is_none() -> None:
    # b is never inside the core with all documents (0.9), and is turned to by one whole actor only with all (0.8 < 1).
    assert cells(powers_told(ROWS)) == {
        ("a", "networking"): "stays",
        ("a", "networked"): "stays",
        ("a", "programmers"): "rests_on_one",
        ("b", "networked"): "rests_on_one",
        ("b", "switchers"): "stays",
        ("std", "network"): "stays",
    }


def test_any_part_of_a_goal_a_pair_or_a_coverage_is_a_power_and_nothing_of_it_is_none() -> None:
    measures = {"programmers": "goals_set", "switchers": "switched_pairs", "network": "coverage"}
    for power, measure in measures.items():
        part, none = (measure, 0.5, 0.25, 0.5), (measure, 0.0, 0.0, 0.0)
        assert cells(powers_told(estimates(("a", *part), ("b", *none)))) == {("a", power): "stays"}


def test_those_with_most_powers_that_stay_come_first_and_standards_last() -> None:
    assert list(dict.fromkeys(powers_told(ROWS)["row"])) == ["entity.a", "entity.b", "entity.std"]


def test_only_what_exceeds_chance_without_any_document_is_told_to() -> None:
    chance = ("b", "switcher_p", 0.01, 0.01, 0.04)
    safe = powers_told(pd.concat([ROWS, estimates(chance)], ignore_index=True))
    assert cells(safe)["b", "switchers"] == "beyond_chance"
    shaky = powers_told(pd.concat([ROWS, estimates((*chance[:4], 0.3))], ignore_index=True))
    assert cells(shaky)["b", "switchers"] == "stays"
    assert powers_found(safe).iloc[0][["case", "beyond"]].tolist() == ["beyond", 1]


def test_the_actor_with_most_powers_is_named_and_equals_are_not() -> None:
    found = powers_found(powers_told(ROWS)).iloc[0]
    assert found[["entity", "value", "n", "case"]].tolist() == ["a", 2, 4, "most"]  # standards are no actors
    equal = powers_told(ROWS[~((ROWS["entity"] == "a") & (ROWS["measure"] == "dependence"))])
    assert powers_found(equal)["case"].item() == "tie"


def test_nothing_measured_is_nothing_told() -> None:
    told = powers_told(ROWS.head(0))
    assert told.empty
    assert powers_found(told).empty
    assert powers_found(powers_told(ROWS[ROWS["entity"] == "std"])).empty


def networking(value: float, p: float, group: str = "") -> pd.DataFrame:
    rows = estimates(
        ("network", "core_members", 3.0, np.nan, np.nan),
        ("network", "exclusion_asymmetry", value, np.nan, np.nan),
        ("network", "exclusion_asymmetry_p", p, np.nan, np.nan),
    )
    return rows.assign(interval="none", group=group)


@pytest.mark.parametrize(
    ("value", "p", "case"),
    [
        (0.6, 0.05, "inwards"),
        (0.4, 0.05, "outwards"),
        (0.5, 0.05, "outwards"),
        (0.505, 0.05, "inwards"),
        (0.6, 0.06, "none"),
        (0.6, np.nan, "bare"),
        (np.nan, np.nan, "whole"),
        (np.nan, 0.01, "whole"),
    ],
)
def test_attention_across_the_border_goes_in_or_out_where_chance_does_not(value: float, p: float, case: str) -> None:
    both = pd.concat([networking(value, p, "a"), networking(1 - value, 1.0, "b")])
    found = networking_found(both)
    assert found[["group", "members", "actors", "case"]].to_numpy().tolist() == [["a", 3, 5, case]]
    assert networking_found(networking(0.6, 0.02), level=0.01)["case"].item() == "none"
    assert networking_found(ROWS).empty


def test_rows_stand_by_powers_that_stay_then_by_all_powers_then_by_dependence_then_by_name() -> None:
    stays, rests = (1.0, 1.0, 1.0), (1.0, 0.0, 1.0)
    told = powers_told(
        estimates(
            *(("z", measure, *stays) for measure in ("goals_set", "switched_pairs")),
            ("y", "core_ratio", *rests),
            *((name, "goals_set", *stays) for name in "uvwxy"),
            *((name, "switched_pairs", *rests) for name in "uvwxy"),
            ("x", "dependence", 0.9, 0.9, 0.9),
            ("w", "dependence", 0.5, 0.5, 0.5),
            ("u", "dependence", 0.0, 0.0, 0.0),
            ("t", "coverage", *stays),
            ("s", "coverage", *stays),
            ("s", "goals_set", *stays),  # a platform of which goals are taken is an actor too
        )
    )
    assert [name.removeprefix("entity.") for name in dict.fromkeys(told["row"])] == list("szyxwuvt")
    groups = told.set_index("row")["row_group"]
    assert groups["entity.t"].unique().tolist() == ["notice.told_standards"]
    assert groups["entity.s"].unique().tolist() == ["notice.told_actors"]


def test_of_those_with_as_many_powers_the_first_of_the_table_is_named() -> None:
    one = (1.0, 1.0, 1.0)
    told = powers_told(estimates(("z", "dependence", 2.0, 2.0, 2.0), ("a", "goals_set", *one)))
    assert powers_found(told).to_dict("records") == [{"entity": "z", "value": 1, "n": 4, "beyond": 0, "case": "tie"}]


@pytest.mark.parametrize(
    ("value", "high", "cell"),
    [(0.05, 0.05, "beyond_chance"), (0.01, 0.06, "stays"), (0.06, 0.06, "stays"), (0.01, np.nan, "beyond_chance")],
)
def test_a_standard_exceeds_chance_with_every_document_left_out(value: float, high: float, cell: str) -> None:
    chance = estimates(("std", "coverage_p", value, min(value, high), high))
    told = powers_told(pd.concat([ROWS, chance.assign(interval="none" if np.isnan(high) else "sensitivity")]))
    assert cells(told)["std", "network"] == cell
    assert powers_found(told)["beyond"].item() == (cell == "beyond_chance")
