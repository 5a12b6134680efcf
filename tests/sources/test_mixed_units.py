"""Fractions among percentages are suspected where they look like them, and small percentages are not."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.sources import intake


def rows(*cells: tuple[str, str, float], group: str = "") -> pd.DataFrame:
    return pd.DataFrame(cells, columns=["entity", "period", "value"]).assign(group=group)


def suspected(frame: pd.DataFrame) -> list[float]:
    return frame.loc[sources.maybe_fractions(frame), "value"].tolist()


@pytest.mark.parametrize(
    ("series", "odd"),
    [
        ((0.615, 77.9, 81.9), [0.615]),
        ((61.5, 0.779, 81.9), [0.779]),
        ((61.5, 77.9, 0.819), [0.819]),
        ((0.615, 0.779, 81.9, 85.9), [0.779]),  # the one beside it tells; the first has no large figure beside it
        ((0.5, 100.0), [0.5]),  # exactly twice fifty
        ((1.0, 98.0), [1.0]),  # all of it, as a fraction
        ((0.49, 100.0), []),
        ((0.3, 0.9, 2.1, 5.6, 12.0), []),  # as the internet grew
        ((0.1, 0.4, 61.5), [0.4]),  # may be true: a remark, no fault
        ((0.09, 9.0), []),
        ((0.615, 0.779), []),  # asked about as a whole
        ((float("nan"), 0.615, 77.9), [0.615]),
    ],
)
def test_one_country_over_time(series: tuple[float, ...], odd: list[float]) -> None:
    years = [("KGZ", str(2018 + place), value) for place, value in enumerate(series)]
    assert suspected(rows(*years)) == odd
    assert suspected(rows(*years[::-1])) == odd[::-1]


def test_a_country_written_in_fractions_among_others_of_the_period() -> None:
    # The median of 77.9 and 85.9 is 81.9; 61.5 is within a factor of two of it, 40.0 is not.
    table = rows(("KGZ", "2020", 0.615), ("KAZ", "2020", 77.9), ("UZB", "2020", 85.9), ("TKM", "2020", 0.40))
    assert suspected(table) == [0.615]


def test_a_country_with_a_figure_above_one_is_compared_with_itself_alone() -> None:
    table = rows(("KGZ", "1998", 0.8), ("KGZ", "1999", 1.2), ("USA", "1998", 60.0), ("USA", "1999", 61.0))
    assert suspected(table) == []


def test_shares_of_platforms_are_compared_over_time_alone() -> None:
    one_month = [rows(("KAZ", "2020-01", value), group=name) for name, value in [("a", 0.5), ("b", 60.0)]]
    assert suspected(pd.concat(one_month, ignore_index=True)) == []
    assert suspected(rows(("KAZ", "2020-01", 0.6), ("KAZ", "2020-02", 60.0), group="a")) == [0.6]


def read(tmp_path: Path, text: str, **answers: str) -> intake.Reading:
    path = tmp_path / "users.csv"
    path.write_text(text, encoding="utf-8")
    return intake.read_foreign(path, intake.kind_of("internet_users"), intake.Answers(**answers))


TABLE = "Country;Year;Share of internet users, %\nKyrgyzstan;2020;0.615\nKyrgyzstan;2021;77.9\n"


def test_a_table_taken_in_tells_its_row(tmp_path: Path) -> None:
    found = read(tmp_path, TABLE)
    remark = next(one for one in found.remarks if one.code == "mixed_units")
    assert remark.named["cells"] == "line 2 (KGZ 2020): 0.615"
    assert found.frame["value"].tolist() == [0.615, 77.9]


def test_who_says_percent_is_told_nothing(tmp_path: Path) -> None:
    assert not [one for one in read(tmp_path, TABLE, unit="percent").remarks if one.code == "mixed_units"]
