"""All that is counted of messages from two looks at the files: one at the messages, one at their authors.

The first (`counting.cells`) gives how many messages there are of each platform, day, hour, kind and language, and
whether they count. The second (`counting.profiles`) gives how many authors wrote how many messages, and how many of
these wrote on each day and in each language.
Whatever `counting` and `authors` tell one by one is a sum of the two, the same to the last message and author.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from digital_diplomacy.messages.counting import DAYS

_KEY: Final = ["platform", "year", "month"]


def languages_of(found: pd.DataFrame) -> list[str]:
    """Languages of the messages that count, the most frequent first: what is asked first is asked most often."""
    sums = found[found["messages"] > 0].groupby("language")["messages"].sum().reset_index()
    return [str(name) for name in sums.sort_values(["messages", "language"], ascending=[False, True])["language"]]


def counts(found: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    """As `counting.counts`: of what `counting.cells` and `counting.profiles` give."""
    dated = found.assign(
        year=found["local_day"].dt.year, month=found["local_day"].dt.month,
        authorless=found["messages"].where(found["nobody"], 0),
    )  # fmt: skip
    sums = dated.groupby(_KEY, as_index=False)[["messages", "undecided", "left_out", "authorless"]].sum()
    return _with_authors(sums, profiled[profiled["messages"] > 0])[
        [*_KEY, "messages", "authors", "undecided", "left_out", "authorless"]
    ]


def possible(found: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    """As `counting.possible`."""
    most = found["messages"] + found["undecided"]
    dated = found.assign(
        year=found["local_day"].dt.year, month=found["local_day"].dt.month,
        messages=most, authorless=most.where(found["nobody"], 0),
    )  # fmt: skip
    sums = dated[most > 0].groupby(_KEY, as_index=False)[["messages", "authorless"]].sum()
    return _with_authors(sums, profiled)[[*_KEY, "messages", "authors", "authorless"]]


def _with_authors(sums: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    people = profiled.groupby(_KEY)["authors"].sum().reset_index()
    both = sums.merge(people, on=_KEY, how="left", validate="one_to_one")
    return both.assign(authors=both["authors"].fillna(0).astype(np.int64)).astype({"year": "int32", "month": "int32"})


def _summed(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    sure = found[found["messages"] > 0]
    return sure.groupby(by)["messages"].sum().reset_index()


def hourly(found: pd.DataFrame) -> pd.DataFrame:
    """As `counting.hourly`, of the messages that count."""
    return _summed(found, ["platform", "local_hour"])


def kinds(found: pd.DataFrame) -> pd.DataFrame:
    """As `counting.kinds`, of the messages that count."""
    return _summed(found, ["platform", "kind"])


def daily(found: pd.DataFrame, profiled: pd.DataFrame) -> pd.DataFrame:
    """As `counting.daily`, of the messages that count."""
    columns = [f"day_{number + 1}" for number in range(DAYS)]
    sums = profiled.groupby(_KEY, as_index=False)[columns].sum()
    people = sums.melt(_KEY, columns, "day", "authors")
    people = people[people["authors"] > 0]
    people["day"] = people["day"].str.removeprefix("day_").astype(int)
    people["local_day"] = pd.to_datetime(people[["year", "month", "day"]]).astype("datetime64[us]")
    return _beside(_summed(found, ["platform", "local_day"]), people, ["platform", "local_day"])


def languages(found: pd.DataFrame, profiled: pd.DataFrame, named: Sequence[str]) -> pd.DataFrame:
    """As `counting.languages`, of the messages that count of one month and in the languages that were asked for.

    Parameters
    ----------
    named : sequence of str
        The languages that `counting.profiles` was asked for.
    """
    sums = profiled.groupby("platform", as_index=False)[[f"language_{number}" for number in range(len(named))]].sum()
    people = sums.set_axis(["platform", *named], axis=1).melt("platform", list(named), "language", "authors")
    return _beside(_summed(found, ["platform", "language"]), people, ["platform", "language"])


def _beside(messages: pd.DataFrame, people: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    both = messages.merge(people[[*by, "authors"]], on=by, how="left", validate="one_to_one")
    return both.assign(authors=both["authors"].fillna(0).astype(np.int64))


def frequencies(profiled: pd.DataFrame) -> pd.DataFrame:
    """As `authors.frequencies`, of the messages that count."""
    wrote = profiled.loc[profiled["messages"] > 0, [*_KEY, "messages", "authors"]]
    return wrote.sort_values([*_KEY, "messages"], ignore_index=True)


def of_one_month(profiled: pd.DataFrame) -> bool:
    """Whether no platform has authors of more than one month, so that nobody is counted in two."""
    return not profiled[[*_KEY]].drop_duplicates()["platform"].duplicated().any()


def newcomers(profiled: pd.DataFrame) -> pd.DataFrame:
    """As `authors.newcomers`, where nobody can have written before: all are new."""
    wrote = frequencies(profiled).groupby(_KEY)["authors"].sum().reset_index()
    return wrote.rename(columns={"authors": "new"}).assign(returning=np.int64(0))
