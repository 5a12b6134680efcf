import pandas as pd
import pytest

from digital_diplomacy.errors import TableError
from digital_diplomacy.tables import ESTIMATES, MAX_REPORTED, validate


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
