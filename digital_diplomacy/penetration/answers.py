"""Rows of which notebooks make their answers: what a country's tables say on one question, in one row each."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from digital_diplomacy.penetration.rows import side_by_side
from digital_diplomacy.tables import ESTIMATES, validate

NETWORKS: Final = "social_networks"
TRUST: Final = ("trust_full", "trust_sometimes", "trust_none")


def news_sources(survey: pd.DataFrame, users: pd.DataFrame) -> pd.DataFrame:
    """The largest main source of news beside social networks, and how many were online that year.

    Parameters
    ----------
    survey : DataFrame
        Estimates of measure ``main_source`` in percent of respondents, group the source.
    users : DataFrame
        Estimates by year, from `internet_users`.

    Returns
    -------
    DataFrame
        One row an entity and period that has a figure of social networks: ``entity``, ``period``, ``group`` (the
        largest source), ``top_low`` (the least it is printed as), ``networks`` with ``networks_low`` and
        ``networks_high``, and ``online_pct`` with its ``source_id`` (missing without a value of that year).

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("iei_survey_2017"), source_id="iei_survey_2017")
    >>> users = penetration.internet_users(sources.load("internet_users"), countries=["KAZ"])
    >>> penetration.news_sources(survey, users)[["group", "top_low", "networks", "online_pct"]]
            group  top_low  networks  online_pct
    0  television     60.0       4.8     76.4267
    """
    ranked = survey[survey["measure"] == "main_source"].sort_values("low", ascending=False, kind="stable")
    top = ranked.drop_duplicates(["entity", "period"])[["entity", "period", "group", "low"]]
    networks = ranked.loc[ranked["group"] == NETWORKS, ["entity", "period", "value", "low", "high"]]
    both = top.rename(columns={"low": "top_low"}).merge(networks, on=["entity", "period"], validate="one_to_one")
    both = both.rename(columns={"value": "networks", "low": "networks_low", "high": "networks_high"})
    online = users[["entity", "period", "value", "source_id"]].rename(columns={"value": "online_pct"})
    return both.merge(online, on=["entity", "period"], how="left", validate="one_to_one")


def trust_in_networks(trust: pd.DataFrame) -> pd.DataFrame:
    """How far social networks are trusted: the three answers to one question in one row.

    Parameters
    ----------
    trust : DataFrame
        Estimates in percent of respondents, measures ``trust_full``, ``trust_sometimes``, ``trust_none``.

    Returns
    -------
    DataFrame
        As `side_by_side`, of those entities and periods that have all three of social networks.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> penetration.trust_in_networks(survey)[["trust_full", "trust_sometimes", "trust_none"]]
       trust_full  trust_sometimes  trust_none
    0       16.54            65.28       12.22
    """
    return _complete(side_by_side(trust[trust["group"] == NETWORKS]), TRUST)


def last_alone(users: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """The latest of a country's figures where no other table holds anything of it.

    Parameters
    ----------
    users : DataFrame
        Estimates by year, in order of years, as of `internet_users`.
    *others : DataFrame
        What would say more: answers of surveys, counts.

    Returns
    -------
    DataFrame
        The last row of `users`; none if any of the others has a row.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> users = penetration.internet_users(sources.load("internet_users"), countries=["VUT"])
    >>> survey = penetration.printed_figures(sources.load("trust_survey"), source_id="trust_survey")
    >>> len(penetration.last_alone(users, survey.query("entity == 'VUT'"))), len(penetration.last_alone(users, survey))
    (1, 0)
    """
    latest = validate(users, ESTIMATES).tail(1)
    return latest if all(other.empty for other in others) else latest.iloc[:0]


def counted_together(counts: pd.DataFrame, *, measures: Sequence[str]) -> pd.DataFrame:
    """Counts of one entity side by side.

    Parameters
    ----------
    counts : DataFrame
        Columns ``entity``, ``measure``, ``value``; one row for each entity and measure.
    measures : sequence of str
        The counts wanted.

    Returns
    -------
    DataFrame
        One row an entity that has them all, a column for each; without such an entity an empty frame.

    Examples
    --------
    >>> from digital_diplomacy import penetration, sources
    >>> counts = sources.load("appeals_and_channels")
    >>> penetration.counted_together(counts, measures=["akimats", "akimats_with_call_centre"])
    measure entity  akimats  akimats_with_call_centre
    0          KAZ     17.0                       4.0
    """
    rows = counts[counts["measure"].isin(list(measures))]
    found = rows.pivot_table(index="entity", columns="measure", values="value", aggfunc="first").reset_index()
    return _complete(found, measures)


def _complete(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Rows that have a value in every column; none if a column is absent."""
    absent = not set(columns) <= set(rows.columns)
    return rows.head(0) if absent else rows.dropna(subset=list(columns)).reset_index(drop=True)
