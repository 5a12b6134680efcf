"""Which noted relations a paper tells mechanically, and which of them the drafts of a scan find.

Mechanical are: parts of a hundred or of a total (``sum_at_most_100``, ``sum_to_100``, ``sum_of_parts``), a count of a
larger one in the same sentence (``nesting``, ``rank_within``, ``share_of_base``), the stated length of a list
(``list_length``), one quantity told twice (``same_quantity``, ``restated``), differences, growth and multiples
(``difference``, ``growth_rate``, ``decline_rate``, ``growth_over_base``, ``ratio``), counts with shares of one
population (``common_population``), a share of persons above all of them (``share_of_persons``), years of a life and
the days a paper was received and accepted (``date_order``), and dates of works cited (``same_date`` and ``date_order``
between dates of the list of references, or of a citation and the list). What only the subject tells is left out: that
users of a network use the internet, that an event comes before another; and what the reviewer noted with a caveat, for
the words then do not say it. Figures of other tables and documents are not the paper's.
"""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

Row = dict[str, Any]

ALIKE: Final = {"sum_to_100": "sum_at_most_100", "restated": "same_quantity", "decline_rate": "growth_rate"}
UNORDERED: Final = frozenset({"sum_at_most_100", "sum_of_parts", "same_quantity", "same_date", "common_population"})
MECHANICAL: Final = frozenset({
    "sum_at_most_100", "sum_of_parts", "nesting", "rank_within", "share_of_base", "list_length", "same_quantity",
    "difference", "growth_rate", "growth_over_base", "ratio", "common_population", "share_of_persons", "date_order",
    "same_date",
})  # fmt: skip
IN_ONE_SENTENCE: Final = frozenset({"nesting", "rank_within", "share_of_base"})


def plain_kind(kind: str) -> str:
    return ALIKE.get(kind, kind)


def sides(row: Row) -> tuple[list[str], list[str]]:
    left, right = (str(row[side]).split() if pd.notna(row[side]) else [] for side in ("left", "right"))
    return left, right


def is_mechanical(row: Row, claims: pd.DataFrame, found: pd.DataFrame, answers: Mapping[str, str]) -> bool:
    """Whether the paper's words or places tell a relation; figures the scan missed are taken to stand where it says."""
    names = [name for side in sides(row) for name in side]
    kind = plain_kind(str(row["kind"]))
    if kind not in MECHANICAL or (pd.notna(row["caveat"]) and row["caveat"]):
        return False
    if (
        not names
        or not set(names) <= set(claims["claim_id"])
        or len(set(claims.loc[claims["claim_id"].isin(names), "document"])) > 1
    ):
        return False
    own = found[found["claim_id"].isin([answers[name] for name in names if name in answers])]
    if kind in IN_ONE_SENTENCE:
        return len(names) == 2 + (kind == "share_of_base") and len(set(own["sentence_number"])) <= 1
    if kind == "date_order" and row["matter"] != "reference":
        return _is_life_or_history(own)
    if kind in ("same_date", "date_order"):
        return row["matter"] == "reference" and bool(own["in_references"].all())
    return True


def _is_life_or_history(dates: pd.DataFrame) -> bool:
    """Whether two dates stand side by side, as those of a life, or are the days a paper was received and accepted."""
    if len(dates) != 2 or set(dates["unit"]) != {"date"}:
        return False
    first, last = dates.sort_values("start").iloc[[0, -1]].to_dict("records")
    is_side_by_side = last["start"] - first["end"] <= 3
    return is_side_by_side or all(len(str(one["value_date"])) == len("2024-01-31") for one in (first, last))


def is_found(row: Row, drafts: pd.DataFrame, answers: Mapping[str, str], figures: pd.DataFrame) -> bool:
    """Whether a draft of the relation's kind has its figures on the same sides.

    Of dates only what they say is compared: years stand in a list of references many times.
    """
    kind = plain_kind(str(row["kind"]))
    said = figures.set_index("claim_id")["value_date"]

    def known(names: list[str]) -> list[str]:
        return [str(said.get(name, name)) for name in names] if kind in ("same_date", "date_order") else names

    left, right = (known([answers.get(name, f"missed {name}") for name in side]) for side in sides(row))
    for draft in drafts.to_dict("records"):
        one, other = (known(side) for side in sides({str(key): value for key, value in draft.items()}))
        if plain_kind(str(draft["kind"])) != kind:
            continue
        if kind == "list_length" and pd.notna(row["constant"]) and int(row["constant"]) != int(draft["constant"]):
            continue
        if kind in UNORDERED and sorted(map(sorted, (one, other))) == sorted(map(sorted, (left, right))):
            return True
        if (one, other) == (left, right):
            return True
    return False
