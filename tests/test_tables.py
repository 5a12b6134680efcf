from functools import cache

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from digital_diplomacy import tables
from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import ESTIMATES, FINDINGS, MAX_REPORTED, PAIRS, POSITIONS, validate


def estimate(**changes: object) -> dict[str, object]:
    row: dict[str, object] = {
        "entity": "KAZ",
        "group": "",
        "period": "2020",
        "measure": "egdi",
        "value": 0.8375,
        "low": 0.83745,
        "high": 0.83755,
        "interval": "rounding",
        "level": None,
        "unit": "index",
        "base": "",
        "n": None,
        "source_id": "un_egdi",
    }
    return row | changes


def test_valid_rows_come_back_typed_and_the_input_is_untouched() -> None:
    frame = pd.DataFrame([estimate(value="0.8375")], index=[7])
    before = frame.copy()
    result = validate(frame, ESTIMATES)
    assert result["value"].tolist() == [0.8375]
    assert result.index.tolist() == [0]
    pd.testing.assert_frame_equal(frame, before)


def test_columns_come_back_in_the_order_that_is_declared() -> None:
    result = validate(pd.DataFrame([estimate(level=0.95, n=10.0)])[sorted(estimate())], ESTIMATES)
    assert list(result.columns) == list(ESTIMATES.columns)


def test_an_empty_frame_is_valid() -> None:
    assert validate(pd.DataFrame(columns=list(ESTIMATES.columns)), ESTIMATES).empty


@pytest.mark.parametrize("period", ["2020", "2020-01", "2020-01-31", "2018/2022", ""])
def test_iso_periods_are_allowed(period: str) -> None:
    assert len(validate(pd.DataFrame([estimate(period=period)]), ESTIMATES)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": "January 2020"}, r"row 1 \(KAZ//January 2020/egdi/un_egdi\), column `period`: 'January 2020'"),
        ({"interval": "guess"}, "column `interval`: 'guess' breaks isin"),
        ({"level": 95}, "column `level`: 95"),
        ({"value": "many"}, r"column `value`: 'many' breaks type\('float64'\)"),
        ({"low": 0.9}, "low <= value <= high"),
    ],
)
def test_a_refusal_names_row_column_value_and_rule(changes: dict[str, object], said: str) -> None:
    with pytest.raises(TableError, match=said):
        validate(pd.DataFrame([estimate(**changes)]), ESTIMATES, where="scores.csv")


def test_a_repeated_key_is_refused() -> None:
    with pytest.raises(TableError, match=r"row 1 .* breaks unique key; row 2 .* breaks unique key"):
        validate(pd.DataFrame([estimate(), estimate()]), ESTIMATES)


def test_missing_and_undeclared_columns_are_named_together() -> None:
    frame = pd.DataFrame([estimate()]).rename(columns={"unit": "units"})
    with pytest.raises(TableError, match="column `unit` is missing; column `units` is not declared"):
        validate(frame, ESTIMATES)


def test_a_long_list_of_faults_is_cut_and_counted() -> None:
    rows = [estimate(entity=f"E{number}", level=2) for number in range(MAX_REPORTED + 3)]
    with pytest.raises(TableError, match=r"\.\.\. and 3 more"):
        validate(pd.DataFrame(rows), ESTIMATES)


@cache
def frames() -> dict[str, tuple[pd.DataFrame, object]]:
    """Frames that are valid, must be typed first, or break one rule each, with their schema."""
    plain = pd.DataFrame([estimate(level=np.nan, n=np.nan), estimate(entity="UZB", level=0.95, n=40.0)])
    changes: dict[str, object] = {"value": ["1", "2"], "n": [3, 4], "level": [2.0, 0.5], "period": ["2020", "in May"]}
    changes |= {"interval": ["guess", "none"], "low": [np.nan, 9.0], "entity": ["KAZ", None], "high": [np.nan, np.nan]}
    changes |= {"unit": [1, 2], "group": ["", np.nan]}
    found = {name: (plain.assign(**{name: cells}), ESTIMATES) for name, cells in changes.items()}
    found |= {"plain": (plain, ESTIMATES), "key": (plain.assign(entity="KAZ"), ESTIMATES)}
    found |= {"index": (plain.set_index(pd.Index([5, 3])), ESTIMATES), "order": (plain.iloc[:, ::-1], ESTIMATES)}
    found |= {"whole numbers": (plain.assign(value=[1, 2], low=0, high=3, n=[4, -1]), ESTIMATES)}
    found |= {"only whole": (plain.assign(value=[1, 2], low=0, high=3, n=[4, 1]), ESTIMATES)}
    found["objects"] = (plain.astype({"entity": object}), ESTIMATES)
    found["categories"] = (plain.astype({"interval": "category"}), ESTIMATES)
    pair = plain.rename(columns={"entity": "left", "group": "right"})[list(PAIRS.columns)]
    found |= {"pairs": (pair, PAIRS), "negative": (pair.assign(n=-1.0), PAIRS)}
    place = pd.DataFrame({"actor_id": list("ab"), "type": "t", "label": "l", "x": 0.0, "y": [0.0, 1.0], "size": 1.0})
    found |= {"positions": (place, POSITIONS), "one actor twice": (place.assign(actor_id="a"), POSITIONS)}
    found |= {"nowhere": (place.assign(x=np.nan), POSITIONS)}
    odd = {"line": "2020\n", "digits": "٢٠٢٠", "letters": "2020 ж.", "end": "2020/2021\n"}
    found |= {name: (plain.assign(period=["2020", cell]), ESTIMATES) for name, cell in odd.items()}
    return found | edges()


def edges() -> dict[str, tuple[pd.DataFrame, object]]:
    """Cells on, in and beside the bounds of every rule of one cell, and keys that are alike though written apart."""
    bounds = {"min_value": 0, "max_value": 2}
    rules = [pa.Check.gt(0), pa.Check.ge(0), pa.Check.lt(2), pa.Check.le(2), pa.Check.isin([0, 1, 2]), pa.Check.ne(1)]
    rules += [pa.Check.in_range(**bounds, include_min=a, include_max=b) for a in (True, False) for b in (True, False)]
    cells = [[0.0], [1.0], [2.0], [-0.5], [2.5], [1.0, np.nan], [np.inf], [np.nan], []]
    made: dict[str, tuple[pd.DataFrame, object]] = {
        f"{rule.name} {number} {held}": (
            pd.DataFrame({"x": held}, dtype=float),
            pa.DataFrameSchema({"x": pa.Column(float, rule, nullable=True)}, name="edges"),
        )
        for number, rule in enumerate(rules)
        for held in cells
    }
    key = pa.DataFrameSchema(
        {"x": pa.Column(float, nullable=True), "y": pa.Column(int)}, unique=["x", "y"], name="keys"
    )
    for held in ([0.0, -0.0], [np.nan, np.nan], [np.nan, 1.0], [1.0, 2.0]):
        made[f"keys {held}"] = (pd.DataFrame({"x": held, "y": [1, 1]}), key)
    return made


@pytest.mark.parametrize("name", frames())
def test_a_quick_look_decides_as_the_whole_validation_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame, schema = frames()[name]

    def outcome() -> pd.DataFrame | str:
        try:
            return validate(frame, schema)  # type: ignore[arg-type]
        except TableError as error:
            return str(error)

    quick = outcome()
    monkeypatch.setattr(tables, "_fits", lambda *_: False)
    whole = outcome()
    assert isinstance(quick, pd.DataFrame) == isinstance(whole, pd.DataFrame)
    assert quick.equals(whole) if isinstance(quick, pd.DataFrame) else quick == whole


@pytest.mark.parametrize("schema", [ESTIMATES, PAIRS, POSITIONS, FINDINGS], ids=lambda schema: schema.name)
def test_what_has_been_validated_is_seen_to_be_valid_at_once(schema: object) -> None:
    cells = {name: "2020" if name == "period" else 1.0 for name in schema.columns}  # type: ignore[attr-defined]
    texts = {"interval": "none", "verdict": "holds"}
    validated = validate(pd.DataFrame([cells | {name: texts[name] for name in texts if name in cells}]), schema)  # type: ignore[arg-type]
    assert tables._fits(validated, schema)  # type: ignore[arg-type]
