"""What a reader wants to know first: where a country stands in both rankings, how sure that is, and what is not known.

Each function returns rows whose columns are the fields of one sentence.
"""

import numpy as np
import pandas as pd

from digital_diplomacy.rankings.published.reviews import rank_shares

_MOVES = {"fell": 1, "stayed": 0, "rose": -1}
"""Which sentence tells which sign of places lost."""


def answer(review: pd.DataFrame, index: pd.DataFrame, *, entity: str, edition: int) -> dict[str, pd.DataFrame]:
    """Sentences that answer where a country stands, each with the rows that fill it; most of them have none.

    Parameters
    ----------
    review : DataFrame
        Places of the Digital Diplomacy Review, estimates of unit ``rank``.
    index : DataFrame
        Ranks of the e-government index, estimates of unit ``rank``.
    entity : str
        The country asked about.
    edition : int
        Edition of the e-government index.

    Returns
    -------
    dict of str to DataFrame
        By the label of the sentence.

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> index = rankings.index_ranks(sources.load("egdi_by_edition"))
    >>> found = rankings.answer(rankings.review_ranks(*tables), index, entity="KAZ", edition=2024)
    >>> found["sentence.answer_rankings_egov"][["entity", "value", "n", "share_value"]]  # 23 of 193
      entity  value      n  share_value
    0    KAZ   24.0  193.0         11.9
    """
    own = review[review["entity"] == entity]
    return review_sentences(own, entity) | index_sentences(index, entity, edition) | limit_sentences(review)


def review_sentences(own: pd.DataFrame, entity: str) -> dict[str, pd.DataFrame]:
    """The first printed place and how it moved, bounds of others, and places printed without an edition."""
    dated = _with_shares(own[own["period"] != ""].sort_values("period"))
    printed = dated[dated["value"].notna()]
    moved = _movement(printed)
    sentences = {
        "place": printed.head(1),
        **{name: moved[moved["sign"] == sign] for name, sign in _MOVES.items()},
        "bounds": dated[dated["value"].isna()],
        "undated": own[own["period"] == ""],
        "absent": pd.DataFrame({"entity": [entity] if own.empty else []}),
    }
    return {f"sentence.answer_rankings_{name}": rows for name, rows in sentences.items()}


def index_sentences(index: pd.DataFrame, entity: str, edition: int) -> dict[str, pd.DataFrame]:
    """The rank in an edition with the ranks that rounding leaves, or that the edition has none."""
    rows = _with_shares(index[(index["entity"] == entity) & (index["period"] == str(edition))])
    fixed = rows["low"] == rows["high"]
    none = pd.DataFrame({"entity": [entity], "edition": [edition]}).iloc[: int(rows.empty)]
    return {
        "sentence.answer_rankings_egov": rows[fixed],
        "sentence.answer_rankings_egov_range": rows[~fixed],
        "sentence.answer_rankings_egov_none": none,
    }


def limit_sentences(review: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """How many places of the edition best known are printed, how many bounded, of how many ranked."""
    editions = review[review["period"] != ""].groupby("period")
    counts = pd.DataFrame(
        {
            "n": editions["n"].first(),
            "printed": editions["value"].count(),
            "named": editions.size(),
            "source_id": editions["source_id"].first(),
        }
    )
    best = counts.sort_values("named", kind="stable").tail(1).reset_index()
    return {"sentence.answer_rankings_limits": best.assign(bounded=best["named"] - best["printed"])}


def audiences_and_place(growth: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Growth of a ministry's audiences beside the places it lost: a row for each entity with both.

    Parameters
    ----------
    growth : DataFrame
        Estimates of unit ``percent``, as `audience_growth` returns them.
    moves : DataFrame
        Estimates of unit ``places``, as `rank_moves` returns them; rows without a value are left out.

    Returns
    -------
    DataFrame
        ``entity``, ``n`` (audiences), ``low`` and ``high`` (least and greatest growth their intervals allow, percent to
        one decimal, rounded away from what they bound), ``period`` (of the first audience to the last), ``places``
        (lost), ``since`` (editions).

    Examples
    --------
    >>> from digital_diplomacy import rankings, sources
    >>> growth = rankings.audience_growth(rankings.audiences(sources.load("ministry_audiences")))
    >>> tables = [sources.load(name) for name in ("digital_diplomacy_review", "digital_diplomacy_review_order")]
    >>> found = rankings.audiences_and_place(growth, rankings.rank_moves(rankings.review_ranks(*tables)))
    >>> found[["entity", "low", "high", "places"]]  # 1644.5 / 1537.5, 23950 / 18150; 38 to 44
      entity  low  high  places
    0    KAZ  6.9  32.0     6.0
    """
    columns = {"n": ("group", "nunique"), "low": ("low", "min"), "high": ("high", "max"), "period": ("period", "first")}
    grown = growth.groupby("entity").agg(**columns).reset_index()
    known = moves.dropna(subset="value")[["entity", "value", "period"]]
    lost = known.rename(columns={"value": "places", "period": "since"})
    both = grown.merge(lost, on="entity", validate="one_to_one")
    ends = {"low": np.floor((10 * both["low"]).round(6)) / 10, "high": np.ceil((10 * both["high"]).round(6)) / 10}
    return both.assign(since=both["since"].str.replace("/", "–"), **ends)


def _with_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with the percentage of those ranked that stand ahead."""
    plain = rows.reset_index(drop=True)
    shares = rank_shares(plain)
    return plain.assign(**{f"share_{end}": shares[end] for end in ("value", "low", "high")})


def _movement(printed: pd.DataFrame) -> pd.DataFrame:
    """The last printed place with the places lost (sign 1) or gained (-1) since the first; no row without two."""
    first, last = printed.head(1).reset_index(drop=True), printed.iloc[1:].tail(1).reset_index(drop=True)
    lost = last["value"] - first["value"].reindex(last.index)
    since = first["period"].reindex(last.index)
    return last.assign(period_first=since.astype(object), places=lost.abs(), sign=np.sign(lost))
