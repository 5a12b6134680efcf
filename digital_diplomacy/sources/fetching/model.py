"""What is asked of a publisher, and what its files were found to say."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from digital_diplomacy.sources.remarks import Remark

COLUMNS: Final = (
    "entity", "period", "measure", "platform", "as_printed", "value", "low", "high", "unit", "base", "bound", "place",
)  # fmt: skip
"""Columns of figures: those that `sources.intake` gives a user's table too."""


@dataclass(frozen=True)
class Query:
    """What is asked for.

    Attributes
    ----------
    indicator : str
        The publisher's code of a series.
    countries : tuple of str
        ISO 3166 alpha-3; none for all.
    period : str
        ``first/last`` year or month, or one of them; empty for all.
    bulk : bool
        The whole series as one archive, where the publisher offers that.

    Examples
    --------
    >>> from digital_diplomacy.sources import fetching
    >>> query = fetching.Query("IT.NET.USER.ZS", countries=("KAZ", "UZB"), period="2020/2023")
    >>> query.countries, query.period, query.bulk
    (('KAZ', 'UZB'), '2020/2023', False)
    """

    indicator: str = ""
    countries: tuple[str, ...] = ()
    period: str = ""
    bulk: bool = False


@dataclass(frozen=True)
class Published:
    """What a publisher's files say.

    Attributes
    ----------
    series : str
        The publisher's code of the series.
    title : str
        What the publisher calls it.
    edition : str
        The date or name by which the publisher tells editions apart; empty if the files say none.
    figures : DataFrame
        `COLUMNS`, or the columns of a table of the project that has a layout of its own.
    unit : str
        The unit as the publisher words it; empty if it states none.
    remarks : tuple of Remark
        What was left out and assumed; labels ``remark.<code>``.
    citation : str
        How the publisher wants to be cited, where the files say so.

    Examples
    --------
    >>> from digital_diplomacy import sources
    >>> from digital_diplomacy.sources import fetching
    >>> sample = sources.project_root() / "docs" / "examples" / "worldbank.json"
    >>> query = fetching.Query("IT.NET.USER.ZS", countries=("KAZ",))
    >>> published = fetching.read(fetching.publisher_of("worldbank"), fetching.given([sample]), query)
    >>> published.title, published.edition
    ('Individuals using the Internet (% of population)', '2026-07-13')
    >>> published.unit, [remark.code for remark in published.remarks]
    ('% of population', ['fetch_groups', 'fetch_absent'])
    """

    series: str
    title: str
    edition: str
    figures: pd.DataFrame
    unit: str = ""
    remarks: tuple[Remark, ...] = ()
    citation: str = ""
