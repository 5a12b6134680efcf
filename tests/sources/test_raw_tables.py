"""The printed figures of the raw tables say what their columns say."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import sources
from digital_diplomacy.printed import Convention, UnreadableError, read

REPOSITORY = Path(__file__).parents[2]
WHOLE = ("regions", "countries")  # few and countable: seventeen regions are neither sixteen and a half nor rounded


def tables_with_printed_figures() -> list[str]:
    names = [name for name in sources.names("raw", root=REPOSITORY) if name != "claims"]
    fields = {name: sources.describe(name, root=REPOSITORY)["schema"]["fields"] for name in names}
    wanted = {"document", "as_printed", "value", "low", "high"}
    return [name for name in names if wanted <= {field["name"] for field in fields[name]}]


def conventions() -> dict[str, Convention]:
    documents = sources.load("documents", root=REPOSITORY)
    return {row.document: Convention(row.lang, row.decimal_mark, row.grouping_mark) for row in documents.itertuples()}


@pytest.mark.parametrize("name", tables_with_printed_figures())
def test_values_and_rounding_intervals_are_those_of_the_printed_digits(name: str) -> None:
    known = conventions()
    rows = sources.load(name, root=REPOSITORY).dropna(subset=["as_printed", "value"])
    exact = rows[rows["bound"].isin(["exact", "about"])] if "bound" in rows else rows
    read_rows = 0
    for row in exact.to_dict("records"):
        try:
            found = read(row["as_printed"], convention=known[row["document"]])
        except UnreadableError:  # words around the figure; the claims table reads the figure alone
            continue
        read_rows += 1
        said = [Decimal(repr(row[column])) for column in ("value", "low", "high")]
        ends = [found.value, found.value] if row["unit"] in WHOLE else [found.low, found.high]
        assert said == [found.value, *ends], row["as_printed"]
    assert read_rows >= len(exact) / 2


def test_intervals_with_zeros_as_filler_are_those_of_the_digits_before_them() -> None:
    known = conventions()
    rows = sources.load("ministry_audiences", root=REPOSITORY)
    for row in rows.to_dict("records"):
        found = read(row["as_printed"], convention=known[row["document"]])
        said = [Decimal(repr(row[column])) for column in ("low_filled", "high_filled")]
        assert said == [found.low_filled, found.high_filled], row["as_printed"]
    wide = rows.loc[rows["low"] != rows["low_filled"], "as_printed"]
    assert sorted(wide) == ["1,220,000", "18,200", "23,900"]


def test_the_digits_of_one_figure_agree_in_every_table() -> None:
    """The same document, entity, platform and printed figure has one value wherever it stands."""
    parts = [sources.load(name, root=REPOSITORY) for name in [*tables_with_printed_figures(), "claims"]]
    rows = pd.concat([part[["document", "as_printed", "value"]] for part in parts]).dropna()
    assert rows.groupby(["document", "as_printed"])["value"].nunique().max() == 1


def test_followers_in_the_network_are_those_of_the_ministries_table() -> None:
    network = sources.load("relations", root=REPOSITORY).query("relation == 'follows'")
    audiences = sources.load("ministry_audiences", root=REPOSITORY).query("measure == 'followers'")
    assert sorted(network["weight"].dropna()) == sorted(audiences["value"])
